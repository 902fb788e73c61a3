"""The tasks that are timed: who does each, how near the answers must be, and what enkat aims at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks import engines, ours, svy_peer, weightipy_peer
from benchmarks.calls import Call, Tolerance
from benchmarks.engines import DUCKDB, POLARS
from benchmarks.prepared import Prepared

Maker = Callable[[Prepared], Call]
SVY = svy_peer.NAME
WEIGHTIPY = weightipy_peer.NAME
R = "R survey"

# Two bootstraps of 200 replicates have standard errors that differ by chance, by some 7 % of their size; five times it.
BY_CHANCE = Tolerance(se=0.35)
RAKED = Tolerance(value=1e-6)  # both stop once the margins are near enough


@dataclass(frozen=True)
class Task:
    """One row of the tables."""

    name: str
    says: str
    bytes_per_row: float  # that must be read or written at least once, the columns being as narrow as they can
    ours: Maker
    peers: Mapping[str, Maker]
    in_r: bool = False  # r_peer.R knows it too
    tolerance: Tolerance = field(default_factory=Tolerance)
    at_least: Mapping[str, float] = field(default_factory=dict)  # times as fast as a peer, at a million rows
    replicates: bool = False  # needs the 80 columns of replicate weights


TASKS = (
    Task(
        "mean",
        "mean of one variable, with its standard error",
        bytes_per_row=18,
        ours=ours.mean,
        peers={SVY: svy_peer.mean, POLARS: engines.mean_polars, DUCKDB: engines.mean_duckdb},
        in_r=True,
        at_least={SVY: 4},
    ),
    Task(
        "mean_by_20",
        "mean by 20 domains",
        bytes_per_row=19,
        ours=ours.mean_by_20,
        peers={SVY: svy_peer.mean_by_20, POLARS: engines.mean_by_20_polars, DUCKDB: engines.mean_by_20_duckdb},
        in_r=True,
        at_least={SVY: 85, DUCKDB: 2},
    ),
    Task(
        "items_by_3",
        "10 multiple-response items by 3 domains",
        bytes_per_row=21,
        ours=ours.items_by_3,
        peers={SVY: svy_peer.items_by_3, POLARS: engines.items_by_3_polars, DUCKDB: engines.items_by_3_duckdb},
        in_r=True,
        at_least={SVY: 220, DUCKDB: 2.4},
    ),
    Task(
        "ratio",
        "ratio of two variables",
        bytes_per_row=26,
        ours=ours.ratio,
        peers={SVY: svy_peer.ratio},
        in_r=True,
        at_least={SVY: 11},
    ),
    Task(
        "median",
        "median with Woodruff's interval (polars: without)",
        bytes_per_row=50,
        ours=ours.median,
        peers={SVY: svy_peer.median, POLARS: engines.median_polars},
        in_r=True,
        at_least={SVY: 25, POLARS: 7},
    ),
    Task(
        "rake",
        "raking to 3 margins, weights written",
        bytes_per_row=30,
        ours=ours.rake,
        peers={SVY: svy_peer.rake},
        in_r=True,
        tolerance=RAKED,
        at_least={SVY: 140},
    ),
    Task(
        "rake_equal",
        "raking to 3 margins from equal weights, weights written",
        bytes_per_row=30,
        ours=ours.rake_equal,
        peers={WEIGHTIPY: weightipy_peer.rake_equal},
        tolerance=RAKED,
        at_least={WEIGHTIPY: 38},
    ),
    Task(
        "calibrate",
        "linear calibration to 7 totals, weights written",
        bytes_per_row=60,
        ours=ours.calibrate,
        peers={SVY: svy_peer.calibrate},
        in_r=True,
        tolerance=Tolerance(value=1e-8),
        at_least={SVY: 12},
    ),
    Task(
        "bootstrap_200",
        "bootstrap of 200 replicates made, then 10 items",
        bytes_per_row=21,
        ours=ours.bootstrap_200,
        peers={SVY: svy_peer.bootstrap_200},
        in_r=True,
        tolerance=BY_CHANCE,
        at_least={SVY: 1000},
    ),
    Task(
        "bootstrap_1000_raked",
        "bootstrap of 1,000 replicates of a raked sample, then 10 items (svy: 200)",
        bytes_per_row=30,
        ours=ours.bootstrap_1000_raked,
        peers={SVY: svy_peer.bootstrap_200_raked},
        tolerance=Tolerance(value=1e-6, se=0.35),
    ),
    Task(
        "supplied_by_20",
        "mean by 20 domains with 80 columns of replicate weights",
        bytes_per_row=649,
        ours=ours.supplied_by_20,
        peers={SVY: svy_peer.supplied_by_20},
        at_least={SVY: 2},
        replicates=True,
    ),
)


def named(name: str) -> Task:
    return next(task for task in TASKS if task.name == name)
