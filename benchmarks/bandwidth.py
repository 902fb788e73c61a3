"""How fast this machine reads memory now: the limit that every one-pass task is held against."""

import time

import numpy
from benchmarks.data import Floats

ARRAY_BYTES = 256 << 20  # far more than any cache
ROUNDS = 5


def read_bandwidth() -> float:
    """Bytes a second of one thread that reads two arrays and keeps one number, the best of five; as STREAM counts."""
    a, b = numpy.ones(ARRAY_BYTES // 8), numpy.ones(ARRAY_BYTES // 8)
    best = min(seconds_of_dot(a, b) for _ in range(ROUNDS))
    return 2 * ARRAY_BYTES / best


def seconds_of_dot(a: Floats, b: Floats) -> float:
    start = time.perf_counter()
    numpy.dot(a, b)
    return time.perf_counter() - start


if __name__ == "__main__":
    print(f"read {read_bandwidth() / 1e9:.1f} GB/s")
