"""Files and folders of answers, and what is wrong with them before anything is read."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from enkat.errors import DataError, Issue
from enkat.files.format import FORMATS
from enkat.scanning.source import BATCH_ROWS, schema_issues

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.dataset

STREAMED = [kind for kind in FORMATS if kind.streamed]


def files_of(paths: Sequence[str | os.PathLike[str]]) -> list[Path]:
    """The files that paths, patterns and folders stand for, in the order of their names."""
    found: list[Path] = []
    for given in paths:
        path = os.fspath(given)
        if Path(path).is_dir():
            suffixes = [suffix for kind in STREAMED for suffix in kind.suffixes]
            matches = [file for file in Path(path).rglob("*") if file.suffix.lower() in suffixes]
        elif glob.has_magic(path) and not Path(path).exists():
            anchor = Path(path).anchor
            matches = list(Path(anchor).glob(str(Path(path).relative_to(anchor))))
        else:
            matches = [Path(path)] if Path(path).is_file() else []
        if not matches:
            raise DataError("data.no_file", f"there is no file {path!r}", {"path": path})
        found += sorted(matches)
    return found


class State:
    """Sizes and times of files: whether they are still those that were scanned."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files
        self._first = self._now()

    def _now(self) -> list[tuple[int, int] | None]:
        return [(file.stat().st_size, file.stat().st_mtime_ns) if file.is_file() else None for file in self._files]

    def refuse_changed(self) -> None:
        """Raises DataError `data.changed` with the files that changed or are gone."""
        changed = [
            file.name for file, was, now in zip(self._files, self._first, self._now(), strict=True) if was != now
        ]
        if changed:
            raise DataError(
                "data.changed",
                f"{', '.join(changed[:5])}: not what was scanned first; nothing is estimated from a mixture: scan anew",
                {"files": changed},
            )


def check_schemas(schemas: Sequence[tuple[str, pa.Schema | DataError]]) -> None:
    """Refuses damaged files and those with other columns than the first, all at once."""
    issues: list[Issue] = []
    first: pa.Schema | None = None
    for name, schema in schemas:
        if isinstance(schema, DataError):
            issues.append(Issue(schema.code, schema.message, schema.context))
        elif first is None:
            first = schema
        else:
            issues += schema_issues(first, schema, name)
    if issues:
        raise DataError.of(issues)


def damaged(name: str, error: Exception) -> DataError:
    """The error for a file that cannot be read to its end."""
    return DataError(
        "data.file_damaged",
        f"{name} is damaged or was cut off: fetch it or export it again; nothing is estimated from a part of the data",
        {"file": name, "cause": type(error).__name__},
    )


class Dataset:
    """A pyarrow dataset, on whatever file system it is."""

    def __init__(self, dataset: pa.dataset.Dataset) -> None:
        self._dataset = dataset
        self.schema: pa.Schema = dataset.schema
        check_schemas([(Path(getattr(f, "path", "a part")).name, self._schema_of(f)) for f in dataset.get_fragments()])

    def _schema_of(self, fragment: pa.dataset.Fragment) -> pa.Schema | DataError:
        import pyarrow as pa

        try:
            return fragment.physical_schema
        except (pa.ArrowException, OSError) as error:
            return damaged(Path(getattr(fragment, "path", "a part")).name, error)

    def batches(self, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """These columns of all fragments."""
        import pyarrow as pa

        scanner = self._dataset.scanner(
            columns=list(columns), batch_size=BATCH_ROWS, batch_readahead=2, fragment_readahead=1
        )
        try:
            yield from scanner.to_batches()
        except (pa.ArrowException, OSError) as error:
            raise damaged("a part of the dataset", error) from None
