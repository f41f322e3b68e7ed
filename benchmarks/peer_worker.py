"""The worker, but beside each of its samples stand two that others would take, of the same calls.

A sample becomes three, in this order: the worker's own; a loop written by hand; and one by the
framework's public timer, `torch.utils.benchmark.Timer` with as many threads as the worker has, or,
since TensorFlow has none, the standard library's `timeit.Timer`. All are seconds per call of the
same function on the same ring of inputs. The order turns round from round to round.
"""

from __future__ import annotations

import timeit
from collections.abc import Callable
from time import perf_counter
from typing import Any

from probes.bench import measuring, worker
from probes.bench.sampling import Subject, collector_off

METHODS = ("worker", "loop by hand", "public timer")
STATEMENT = "for inputs in ring: output = function(*inputs)"


def main(job: dict[str, Any], emit: Any) -> None:
    measuring.take_samples = sampler(job["framework"], job["threads"])
    worker.main(job, emit)


def sampler(framework: str, threads: int) -> Callable[[Subject, int, int], list[float]]:
    def take(subject: Subject, loops: int, count: int) -> list[float]:
        public = public_timer(framework, subject, loops, threads)
        ways = [
            lambda: subject.sample(loops) / loops,
            lambda: by_hand(subject, loops),
            public,
        ]
        samples = []
        with collector_off():
            for round_ in range(count):
                found = [0.0] * len(ways)
                for place in range(len(ways)):
                    chosen = (place + round_) % len(ways)
                    found[chosen] = ways[chosen]()
                samples += found
        return samples

    return take


def by_hand(subject: Subject, loops: int) -> float:
    """Return the seconds per call of what somebody would write who knows to wait at the end."""
    function, ring = subject.function, subject.places.ring
    started = perf_counter()
    for _ in range(max(1, loops // len(ring))):
        for inputs in ring:
            function(*inputs)
    subject.synchronise()
    return (perf_counter() - started) / (max(1, loops // len(ring)) * len(ring))


def public_timer(framework: str, subject: Subject, loops: int, threads: int) -> Callable[[], float]:
    ring = subject.places.ring
    number = max(1, loops // len(ring))
    names = {"function": subject.function, "ring": ring}
    if framework != "pytorch":
        plain = timeit.Timer(STATEMENT, globals=names)
        return lambda: plain.timeit(number) / (number * len(ring))
    from torch.utils.benchmark import Timer

    timer = Timer(STATEMENT, globals=names, num_threads=threads)
    return lambda: float(timer.timeit(number).mean) / len(ring)
