"""What goes wrong in a source while its rows are read is said in enkat's words; the source's own stand below them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from enkat.errors import DataError, EnkatError


@contextmanager
def said_as(failed: Callable[[BaseException], DataError]) -> Iterator[None]:
    """Makes what somebody else's code raises an error of enkat: any class, as libraries in Rust have their own."""
    try:
        yield
    except (EnkatError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:
        raise failed(error) from error


def stream_failed(error: BaseException) -> DataError:
    """The error for batches that broke off."""
    cause = type(error).__name__
    sentence = f"the stream broke off ({cause}): nothing is estimated from a part of it"
    return DataError("data.stream_failed", sentence, {"cause": cause})


def query_failed(engine: str) -> Callable[[BaseException], DataError]:
    """The error for a query that did not give all its rows."""

    def failed(error: BaseException) -> DataError:
        cause = type(error).__name__
        return DataError(
            "data.query_failed",
            f"{engine} could not finish the query ({cause}), and nothing is estimated from a part of it: run it there"
            " to see why",
            {"engine": engine, "cause": cause},
        )

    return failed
