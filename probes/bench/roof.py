"""What this machine can do at most, found without any framework: a matrix product and a copy.

A child with numpy only. The best of several tries, because a roof is what can be reached, not what
is usual. Threads are those of the benchmark.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

SIZES = (512, 1024)
TRIES = 8
COPY_BYTES = 64 << 20
_HOW = (
    "best of {tries} float32 matrix products ({sizes}) and of {tries} copies of {megabytes} MB by "
    "NumPy {version} with {threads} thread(s)"
)


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Measure both and say how."""
    import numpy as np

    threads = int(job["threads"])
    emit(
        {
            "event": "roof",
            "gflops": max(_product(np, size) for size in SIZES),
            "gigabytes_per_second": _copy(np, threads),
            "how": _HOW.format(
                tries=TRIES,
                sizes=", ".join(map(str, SIZES)),
                megabytes=COPY_BYTES >> 20,
                version=np.__version__,
                threads=threads,
            ),
        }
    )


def _product(np: Any, size: int) -> float:
    """Return the best rate of square products, in 10⁹ operations per second."""
    left = np.random.default_rng(0).standard_normal((size, size), dtype="float32")
    right, out = left.T.copy(), np.empty_like(left)
    return 2.0 * size**3 / 1e9 / _best(lambda: np.matmul(left, right, out=out))


def _copy(np: Any, threads: int) -> float:
    """Return the best rate of copying, read and written bytes together, in 10⁹ per second."""
    source = np.ones(COPY_BYTES // 4, dtype="float32")
    target = np.empty_like(source)
    pieces = list(
        zip(np.array_split(target, threads), np.array_split(source, threads), strict=True)
    )

    def copy_piece(piece: Any) -> None:
        np.copyto(*piece)

    with ThreadPoolExecutor(threads) as pool:
        seconds = _best(lambda: list(pool.map(copy_piece, pieces)))
    return 2.0 * COPY_BYTES / 1e9 / seconds


def _best(work: Callable[[], Any]) -> float:
    """Return the least seconds of several tries, the first one aside."""
    work()
    times = []
    for _ in range(TRIES):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)
