"""Dask reads the rows: the partitions of a DataFrame, or files that its workers can open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError, UsageError
from enkat.files.frames import as_arrow
from enkat.scanning.formats import source_of_files

if TYPE_CHECKING:
    import distributed
    import pyarrow as pa

FAN_IN = 8  # parts that one task merges


class Dask:
    """Tasks for the parts and a tree of tasks that merge them; with a client on its workers, else as Dask is set."""

    schema: pa.Schema

    def __init__(self, client: distributed.Client | None) -> None:
        self._client = client

    def parts(self, columns: Sequence[str]) -> list[Any]:
        """What `batches` makes batches of, a task (or a plain value) a part."""
        raise NotImplementedError

    @staticmethod
    def batches(part: Any, columns: Sequence[str]) -> Iterator[Any]:
        """The batches of a part, where it is."""
        raise NotImplementedError

    def run(
        self, columns: Sequence[str], observe: Callable[..., bytes], merge: Callable[..., bytes]
    ) -> Iterable[bytes]:
        """Observes every part where it is, and merges on the way, so that little is sent and little can be lost."""
        import dask

        batches = type(self).batches
        # As a task of its own, what is to be done is sent once to a worker and not with every part.
        call = dask.delayed((observe, merge), traverse=False, pure=False)
        level = [dask.delayed(_observe, pure=False)(call, batches, part, list(columns)) for part in self.parts(columns)]
        while len(level) > FAN_IN:
            groups = [level[i : i + FAN_IN] for i in range(0, len(level), FAN_IN)]
            level = [dask.delayed(_merge, pure=False)(call, group) for group in groups]
        return self._computed(level)

    def _computed(self, tasks: list[Any]) -> Sequence[bytes]:
        import dask

        try:
            if self._client is not None:
                return list(self._client.gather(self._client.compute(tasks)))
            found: Sequence[bytes] = dask.compute(*tasks)  # by a client too, where one is Dask's default
            return found
        except Exception as error:
            if type(error).__name__ != "KilledWorker":  # of `distributed`, which need not be installed
                raise
            raise workers_lost(error) from error


def _observe(call: Any, batches: Callable[..., Iterator[Any]], part: Any, columns: Sequence[str]) -> bytes:
    observe, _ = call
    return bytes(observe(batches(part, columns)))


def _merge(call: Any, parts: Sequence[bytes]) -> bytes:
    _, merge = call
    return bytes(merge(parts))


class DaskFrame(Dask):
    """A Dask DataFrame, by its partitions."""

    def __init__(self, frame: Any, client: distributed.Client | None) -> None:
        import dask.dataframe

        super().__init__(client)
        if not isinstance(frame, dask.dataframe.DataFrame):
            raise UsageError("usage.source", "of Dask, scan() takes a dask.dataframe: make one of it first")
        self._frame = frame
        self.schema = as_arrow(frame._meta_nonempty).schema

    def parts(self, columns: Sequence[str]) -> list[Any]:
        """These columns of the partitions."""
        return list(self._frame[list(columns)].to_delayed())

    @staticmethod
    def batches(part: Any, columns: Sequence[str]) -> Iterator[Any]:
        """A partition as one table."""
        yield as_arrow(part).select(list(columns))


class DaskFiles(Dask):
    """Files that every worker can open by the same path, a task each."""

    def __init__(self, files: Sequence[Path], client: distributed.Client | None) -> None:
        super().__init__(client)
        self._files = list(files)
        self.schema = source_of_files(self._files).schema

    def parts(self, columns: Sequence[str]) -> list[Any]:
        """The files."""
        return self._files

    @staticmethod
    def batches(part: Any, columns: Sequence[str]) -> Iterator[Any]:
        """The batches of a file."""
        return source_of_files([part]).batches(columns)


def workers_lost(error: Exception) -> DataError:
    """The error when workers die again and again over the same part."""
    return DataError(
        "data.workers_lost",
        "Dask's workers died several times over the same part of the data, so there is no estimate; look at their"
        " memory and logs, and make the partitions smaller",
        {"cause": str(error)},
    )
