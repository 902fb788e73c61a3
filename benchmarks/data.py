"""The data of all benchmarks: a clustered, weighted sample that is the same for every machine and every length.

Rows are drawn in blocks with a stream of random numbers each, so the first m rows do not depend on how many follow.
Run: python -m benchmarks.data --rows 100000000 FOLDER; it writes Parquet files of a million rows.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy
import pyarrow
import pyarrow.parquet

SEED = 20_261
BLOCK = 1 << 16  # rows that share a stream of random numbers; another number would give other data
FILE_ROWS = 1_000_000

STRATA = 50
PSUS = 20  # of each stratum
DOMAINS = {"dom3": 3, "dom20": 20, "age4": 4}
ITEMS = tuple(f"item_{i}" for i in range(10))
REPLICATES = tuple(f"rep{i + 1}" for i in range(80))

Floats = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]
Integers = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.int64]]
Order = Literal["drawn", "sorted", "shuffled"]


@dataclass(frozen=True)
class Shape:
    """What a benchmark can vary about its data: a fast answer on one shape only is no answer."""

    rows: int
    seed: int = SEED
    strata: int = STRATA
    psus: int = PSUS
    missing: float = 0.0  # share of rows without y, without a rating, without any of the items; x is known for all
    order: Order = "drawn"  # "drawn" is unsorted already; "shuffled" is another order of the same rows
    texts: bool = False  # domains as strings instead of small integers
    replicates: bool = False  # 80 columns of replicate weights, 640 bytes a row


@dataclass(frozen=True)
class Effects:
    """What all rows of a PSU share."""

    share: Floats  # PSU × item: the chance of a yes
    level: Floats  # PSU: added to y
    halves: Floats  # PSU × replicate: −1 or 1

    @classmethod
    def draw(cls, shape: Shape) -> "Effects":
        random = numpy.random.default_rng([shape.seed, 1])
        psus = shape.strata * shape.psus
        logits = numpy.linspace(-2.0, 1.5, len(ITEMS))[None, :] + random.normal(0, 0.4, (psus, len(ITEMS)))
        return cls(
            share=1 / (1 + numpy.exp(-logits)),
            level=random.normal(0, 2, psus),
            halves=numpy.where(random.random((psus, len(REPLICATES))) < 0.5, -1.0, 1.0),
        )


def block(shape: Shape, effects: Effects, number: int) -> pyarrow.Table:
    """The rows of one block, always all of them."""
    random = numpy.random.default_rng([shape.seed, 2, number])
    psu = random.integers(0, shape.strata * shape.psus, BLOCK)
    weight = numpy.exp(random.normal(0, 0.5, BLOCK)) * 100
    domains = {name: random.integers(0, size, BLOCK) for name, size in DOMAINS.items()}
    rating = 1 + random.binomial(4, 0.55, BLOCK)
    x = numpy.exp(random.normal(1, 0.4, BLOCK))
    y = 10 + 2 * x + effects.level[psu] + 0.3 * domains["dom20"] + random.normal(0, 4, BLOCK)
    items = random.random((BLOCK, len(ITEMS))) < effects.share[psu]
    skipped = random.random((3, BLOCK)) < shape.missing
    no_y, no_rating, no_items = skipped if shape.missing else (None, None, None)
    columns = {
        "stratum": pyarrow.array((psu // shape.psus).astype(numpy.int32)),
        "psu": pyarrow.array(psu.astype(numpy.int32)),
        "w": pyarrow.array(weight),
        "y": pyarrow.array(y, mask=no_y),
        "x": pyarrow.array(x),
        "rating": pyarrow.array(rating.astype(numpy.int8), mask=no_rating),
    }
    columns |= {name: domain(values, shape.texts) for name, values in domains.items()}
    columns |= {name: pyarrow.array(items[:, i].astype(numpy.int8), mask=no_items) for i, name in enumerate(ITEMS)}
    if shape.replicates:
        # Half a weight more or less for a PSU, and a little for each row, as when replicates have been raked.
        factors = (1 + 0.5 * effects.halves[psu]) * (1 + 0.02 * random.random((BLOCK, len(REPLICATES))))
        columns |= {name: pyarrow.array(weight * factors[:, i]) for i, name in enumerate(REPLICATES)}
    return pyarrow.table(columns)


def domain(values: Integers, texts: bool) -> pyarrow.Array:
    """Values of a domain: 0, 1, 2 … or "group 0", "group 1", "group 2" …"""
    if not texts:
        return pyarrow.array(values.astype(numpy.int8))
    return pyarrow.array([f"group {value}" for value in range(values.max() + 1)]).take(pyarrow.array(values))


def blocks(shape: Shape) -> Iterator[pyarrow.Table]:
    """The rows in order, a block at a time, so that any number of them can be written or streamed."""
    effects = Effects.draw(shape)
    for number, first in enumerate(range(0, shape.rows, BLOCK)):
        yield block(shape, effects, number).slice(0, min(BLOCK, shape.rows - first))


def table(shape: Shape) -> pyarrow.Table:
    """The data in memory, each column one run of bytes."""
    whole = pyarrow.concat_tables(blocks(shape)).combine_chunks()
    if shape.order == "sorted":
        return whole.sort_by([("stratum", "ascending"), ("psu", "ascending")]).combine_chunks()
    if shape.order == "shuffled":
        return whole.take(numpy.random.default_rng([shape.seed, 3]).permutation(shape.rows))
    return whole


def codebook() -> dict[str, object]:
    """The ten items as one question with ten options; the other columns are read as they are."""
    options = [{"name": name, "column": name} for name in ITEMS]
    question = {"name": "items", "type": "multiple", "storage": "columns", "label": "Items", "options": options}
    return {"schema_version": 1, "language": "en", "questions": [question]}


def write(shape: Shape, folder: Path) -> list[Path]:
    """Parquet files of a million rows each (zstd), for what is streamed."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    waiting: list[pyarrow.Table] = []
    held = 0

    def flush(size: int) -> None:
        nonlocal waiting, held
        rows = pyarrow.concat_tables(waiting)
        paths.append(folder / f"part-{len(paths):05}.parquet")
        pyarrow.parquet.write_table(rows.slice(0, size), paths[-1], compression="zstd")
        waiting, held = [rows.slice(size)], held - size

    for part in blocks(shape):
        waiting.append(part)
        held += len(part)
        while held >= FILE_ROWS:
            flush(FILE_ROWS)
    if held:
        flush(held)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=FILE_ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--missing", type=float, default=0.0)
    given = parser.parse_args()
    for path in write(Shape(given.rows, seed=given.seed, missing=given.missing), given.folder):
        print(path)


if __name__ == "__main__":
    main()
