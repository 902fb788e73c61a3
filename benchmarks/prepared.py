"""The data as each engine holds it before it is timed; engines are imported and filled on first use."""

# mypy: disable-error-code="import-not-found,import-untyped"

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy
import pyarrow
from benchmarks.data import DOMAINS, REPLICATES, Shape, codebook, table
from benchmarks.threads import THREADS

if TYPE_CHECKING:
    import duckdb
    import pandas
    import polars

    import enkat

Margins = Mapping[str, Mapping[str, float]]


class Prepared:
    """One data set, held by every engine that has been asked for."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape

    @functools.cached_property
    def arrow(self) -> pyarrow.Table:
        return table(self.shape)

    @functools.cached_property
    def survey(self) -> "enkat.Survey":
        import enkat

        design = enkat.Design(weight="w", strata="stratum", cluster="psu")
        return enkat.Survey(self.arrow, codebook=codebook(), design=design)

    @functools.cached_property
    def equal_survey(self) -> "enkat.Survey":
        """All weights 1, for a peer that knows no others."""
        import enkat

        return enkat.Survey(self.arrow, codebook=codebook(), design=enkat.Design(strata="stratum", cluster="psu"))

    @functools.cached_property
    def raked_survey(self) -> "enkat.Survey":
        return self.survey.rake(self.margins)

    @functools.cached_property
    def replicated_survey(self) -> "enkat.Survey":
        import enkat

        design = enkat.Design(weight="w", replicate_weights=list(REPLICATES), method="BRR")
        return enkat.Survey(self.arrow, codebook=codebook(), design=design)

    @functools.cached_property
    def polars(self) -> "polars.DataFrame":
        import polars

        frame = polars.from_arrow(self.arrow, rechunk=True)
        assert isinstance(frame, polars.DataFrame)
        return frame

    @functools.cached_property
    def pandas(self) -> "pandas.DataFrame":
        frame: pandas.DataFrame = self.arrow.select(list(DOMAINS)).to_pandas()
        return frame

    @functools.cached_property
    def duckdb(self) -> "duckdb.DuckDBPyConnection":
        """A table of its own, not a view of Arrow's buffers: that is what it is fastest on."""
        import duckdb

        connection = duckdb.connect()
        connection.execute(f"SET threads = {THREADS}")
        connection.register("arrow", self.arrow)
        return connection.execute("CREATE TABLE answers AS SELECT * FROM arrow")

    @functools.cached_property
    def sample(self) -> Any:
        """svy's counterpart of a Survey."""
        import svy

        return svy.Sample(self.polars, svy.Design(stratum="stratum", psu="psu", wgt="w"))

    @functools.cached_property
    def replicated_sample(self) -> Any:
        import svy

        weights = svy.BrrWgts(prefix="rep", n_reps=len(REPLICATES))
        return svy.Sample(self.polars, svy.Design(wgt="w", rep_wgts=weights))

    @functools.cached_property
    def margins(self) -> Margins:
        """Population sizes of the groups of three variables, up to a fifth away from the sample's."""
        return self.tilted("w")

    @functools.cached_property
    def shares(self) -> Margins:
        """Percentages of the groups, up to a fifth away from those of the rows."""
        counts = self.tilted(None)
        return {name: {key: 100 * n / sum(of.values()) for key, n in of.items()} for name, of in counts.items()}

    def tilted(self, weight: str | None) -> Margins:
        weights = numpy.ones(self.shape.rows) if weight is None else self.arrow[weight].to_numpy()
        margins: dict[str, dict[str, float]] = {}
        for name in DOMAINS:
            column = self.arrow[name].combine_chunks().dictionary_encode()
            sizes = numpy.bincount(column.indices.to_numpy(), weights)
            aimed = sizes * (1 + 0.2 * numpy.cos(numpy.arange(len(sizes))))
            aimed *= sizes.sum() / aimed.sum()
            margins[name] = dict(zip(map(str, column.dictionary.to_pylist()), aimed.tolist(), strict=True))
        return margins

    @functools.cached_property
    def x_total(self) -> float:
        """The known total of x, five per cent above the sample's."""
        return 1.05 * float(numpy.dot(self.arrow["w"].to_numpy(), self.arrow["x"].to_numpy()))

    def level(self, key: str) -> object:
        """A value of a domain as the data has it: peers tell 3 from "3"."""
        return key if self.shape.texts else int(key)

    def levels(self, margins: Margins) -> dict[str, dict[Any, float]]:
        return {name: {self.level(key): size for key, size in of.items()} for name, of in margins.items()}
