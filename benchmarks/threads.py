"""How many CPUs and threads a run may use: pools read their settings once, when their library is loaded."""

import os
import sys

THREADS = 1
POOLS = ("POLARS_MAX_THREADS", "RAYON_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
NOTE = (
    "All engines run on one CPU, which the process and those it starts are bound to; "
    "pools of the peers have one thread."
)


def bind_to_one_cpu() -> None:
    """One CPU for everyone: the only fair comparison on machines whose further CPUs come and go."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with_pools_of_one_thread()


def with_pools_of_one_thread() -> None:
    """Starts this program anew, once, so that no library starts threads of its own."""
    if all(os.environ.get(name) == str(THREADS) for name in POOLS):
        return
    os.environ.update(dict.fromkeys(POOLS, str(THREADS)))
    os.execv(sys.executable, sys.orig_argv)
