"""What a card can do at most, as far as a framework reaches it: a product and a pass over memory.

On the processor NumPy is neutral; on a card there is nothing like it everywhere, so every framework
of the run is asked, and the best that any of them reached is the roof of all. Operators of Python
are all that is called: the same program for each.
"""

from __future__ import annotations

import operator
import time
from collections.abc import Callable
from typing import Any

from probes.bench.backends import Backend, load_backend

SIZES = (2048, 4096, 8192)
MEGABYTES = 256
TRIES = 5
CALLS = 10
_HOW = (
    "best of {tries} × {calls} float32 matrix products ({sizes}) and of as many passes over "
    "{megabytes} MB by {framework} {version}"
)


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Measure both and say how; ``sizes`` and ``megabytes`` of the job may be smaller."""
    sizes = tuple(int(size) for size in job.get("sizes", SIZES))
    megabytes = int(job.get("megabytes", MEGABYTES))
    backend = load_backend(job["framework"], job["threads"], job["device"], job["arm_mode"])
    with backend.session():
        gflops = max(_product(backend, size) for size in sizes)
        rate = _pass_over_memory(backend, megabytes)
    emit(
        {
            "event": "roof",
            "gflops": gflops,
            "gigabytes_per_second": rate,
            "how": _HOW.format(
                tries=TRIES,
                calls=CALLS,
                sizes=", ".join(map(str, sizes)),
                megabytes=megabytes,
                framework=job["framework"],
                version=backend.version(),
            ),
        }
    )


def _product(backend: Backend, size: int) -> float:
    """Return the best rate of square products, in 10⁹ operations per second."""
    import numpy as np

    generator = np.random.default_rng(0)
    left, right = (
        backend.tensor(generator.standard_normal((size, size), dtype="float32")) for _ in range(2)
    )
    return 2.0 * size**3 / 1e9 / _best(backend, lambda: operator.matmul(left, right))


def _pass_over_memory(backend: Backend, megabytes: int) -> float:
    """Return the best rate of reading and writing, in 10⁹ bytes per second together."""
    import numpy as np

    numbers = megabytes * 250_000
    x = backend.tensor(np.ones(numbers, dtype="float32"))
    return 2.0 * 4.0 * numbers / 1e9 / _best(backend, lambda: operator.add(x, 1.0))


def _best(backend: Backend, work: Callable[[], Any]) -> float:
    """Return the least seconds of a call, from several rounds of them, the first one aside."""
    times = []
    for _ in range(1 + TRIES):
        started = time.perf_counter()
        for _ in range(CALLS):
            output = work()
        # What is fetched comes last: then all of it is done, on every framework.
        backend.checksum(output)
        times.append((time.perf_counter() - started) / CALLS)
    return min(times[1:])
