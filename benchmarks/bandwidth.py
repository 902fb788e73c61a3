"""How fast this machine reads memory now: the limit that every one-pass task is held against."""

import time
from concurrent.futures import ThreadPoolExecutor

import numpy
from benchmarks.data import Floats

ARRAY_BYTES = 256 << 20  # far more than any cache
ROUNDS = 5


def read_bandwidth(threads: int = 1) -> float:
    """Bytes a second of threads that read two arrays and keep a number each, the best of five; as STREAM counts."""
    a, b = numpy.ones(ARRAY_BYTES // 8), numpy.ones(ARRAY_BYTES // 8)
    shares = list(zip(numpy.array_split(a, threads), numpy.array_split(b, threads), strict=True))
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(dot, shares))  # the pool starts its threads when they are first needed
        return 2 * ARRAY_BYTES / min(seconds_of_dots(pool, shares) for _ in range(ROUNDS))


def seconds_of_dots(pool: ThreadPoolExecutor, shares: list[tuple[Floats, Floats]]) -> float:
    start = time.perf_counter()
    list(pool.map(dot, shares))
    return time.perf_counter() - start


def dot(arrays: tuple[Floats, Floats]) -> float:
    """NumPy lets other threads run meanwhile."""
    return float(numpy.dot(*arrays))


if __name__ == "__main__":
    print(f"read {read_bandwidth() / 1e9:.1f} GB/s")
