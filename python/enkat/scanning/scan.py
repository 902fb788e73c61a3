"""Surveys of data larger than memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from enkat import _core
from enkat.design import Design
from enkat.errors import UsageError
from enkat.extras import needs
from enkat.files.one_form import Respelt
from enkat.keywords import checked
from enkat.progress import progress
from enkat.recognition.frames import nothing_recognised
from enkat.scanning.distributed import Elsewhere
from enkat.scanning.rounds import Readings
from enkat.scanning.source import Here, Source, columns_table
from enkat.survey import Codebook, Survey, codebook_text

if TYPE_CHECKING:
    import distributed


@checked
def scan(
    source: Any,
    codebook: Codebook | None = None,
    design: Design | None = None,
    *,
    client: distributed.Client | None = None,
) -> Survey:
    """A survey of data that need not fit in memory, read again in batches for every estimate.

    The estimates are those of `enkat.Survey` to the last bit (of weights fitted on numbers, to eleven digits); memory
    is bounded by groups and sampling units, not rows.

    Args:
        source: Parquet or Arrow files (a path, a pattern such as "data/*.parquet", a folder, or a list), a pyarrow
            dataset, a Polars LazyFrame, a DuckDB relation, a function that gives batches whenever it is called, or any
            stream or iterator of batches, which is first written to a temporary file. A Dask DataFrame, or any object
            with `schema` and `run` as docs/scale.md describes, is read by the machines that have it.
        codebook: As for `enkat.Survey`; without it nothing is recognised in the columns. `enkat.read` of one file makes
            a codebook: `enkat.scan("parts/*.parquet", enkat.read("parts/1.parquet").codebook)`. An answer that only
            other files have is then a problem, not read as another.
        design: How the sample was drawn. Unequal probabilities (`pps`), two phases and `id` need all rows in memory.
        client: A `distributed.Client` whose workers read the files.

    Returns:
        A Survey. What needs all rows at once (`weights`, masks, replicates of single rows) is refused with
        `estimate.in_memory_only`.

    Raises:
        DataError: Files that are missing, damaged, cut off, or differ in their columns, each by its name;
            `data.changed` when they are others than those scanned first.
        UsageError: Not a source.

    Example:
        >>> survey = enkat.scan("staff/*.parquet", design=enkat.Design(weight="w"))
        >>> survey.mean("age", by="region")
        region  variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
        north   age       –       42.4      3.1  35.8    49.0     13  14  –      0.99
        south   age       –       45.7      2.3  40.8    50.5     25  26  –      1.06
    """
    if design is not None and not isinstance(design, Design):
        raise UsageError("usage.design", "design is an enkat.Design, such as enkat.Design(weight='w')")
    questions = codebook_text(codebook) if codebook is not None else None
    needs("pyarrow", to="to scan data")
    design = design or Design()
    engine = engine_of(source, client)
    respelt = Respelt()
    rows = Here(source_of(source), respelt) if engine is None else Elsewhere(engine, design, respelt)
    readings = Readings(rows.read)
    known = _core.Codebook.parse(questions) if questions is not None else _core.Codebook()
    with progress("reading the design") as report:
        core = _core.Survey.in_parts(columns_table(rows.schema), known, design.as_dict(), _core.Parts(readings), report)
    survey = Survey._made(core, design, respelt)
    survey._together = readings.together
    return survey._noted(nothing_recognised(survey.columns)) if codebook is None else survey


def source_of(source: Any) -> Source:
    """The source that an argument of `scan` stands for."""
    import narwhals as nw

    from enkat.scanning.files import Dataset, files_of
    from enkat.scanning.formats import source_of_files
    from enkat.scanning.queries import DuckQuery, InMemory, PolarsQuery, Reopened, tables_of
    from enkat.scanning.spool import Spooled

    if is_paths(source):
        paths = [source] if isinstance(source, (str, os.PathLike)) else source
        return source_of_files(files_of(paths))
    if nw.dependencies.is_polars_lazyframe(source):
        return PolarsQuery(source)
    module = type(source).__module__
    if module.split(".")[0] in ("duckdb", "_duckdb"):
        return DuckQuery(source)
    if module.startswith("pyarrow") and hasattr(source, "get_fragments"):
        return Dataset(source)
    if callable(source):
        return Reopened(source)
    if nw.dependencies.is_into_dataframe(source):
        from enkat.files.frames import as_arrow

        return InMemory(as_arrow(source))
    if hasattr(source, "__arrow_c_stream__") or (isinstance(source, Iterable) and not isinstance(source, Mapping)):
        return Spooled(tables_of(source))
    kind = type(source).__name__
    raise UsageError(
        "usage.source",
        f"scan() takes files, a lazy query, or batches, not {kind}; a data frame of any library goes to Survey()",
        {"type": kind},
    )


def is_paths(source: Any) -> bool:
    """Whether this is a path or a list of paths."""
    if isinstance(source, (str, os.PathLike)):
        return True
    return isinstance(source, Sequence) and len(source) > 0 and all(isinstance(p, (str, os.PathLike)) for p in source)


def engine_of(source: Any, client: distributed.Client | None) -> Any:
    """Who reads the source on other machines, or None: it is read here."""
    if type(source).__module__.split(".")[0].startswith("dask"):
        needs("dask", "distributed", to="to read by Dask")
        from enkat.scanning.dask import DaskFrame

        return DaskFrame(source, client)
    if client is not None:
        if not is_paths(source):
            raise UsageError("usage.client", "client= is for files, which its workers read, and for Dask DataFrames")
        needs("dask", "distributed", to="to read by Dask")
        from enkat.scanning.dask import DaskFiles
        from enkat.scanning.files import files_of

        return DaskFiles(files_of([source] if isinstance(source, (str, os.PathLike)) else source), client)
    return source if hasattr(source, "run") and hasattr(source, "schema") else None
