"""One thread for everyone: the only fair comparison on machines whose further CPUs come and go."""

import os
import sys

THREADS = 1
POOLS = ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
NOTE = (
    "All engines run on one CPU, which the process and those it starts are bound to; pools of the peers have one "
    "thread. enkat asks how many CPUs the machine has, not how many it may use: from 250,000 rows on, its threads "
    "share that CPU."
)


def bind_to_one_cpu() -> None:
    """Starts this program anew, once: pools read their settings when their library is loaded."""
    if all(os.environ.get(name) == str(THREADS) for name in POOLS) and len(os.sched_getaffinity(0)) == THREADS:
        return
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    os.environ.update(dict.fromkeys(POOLS, str(THREADS)))
    os.execv(sys.executable, sys.orig_argv)
