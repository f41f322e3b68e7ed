"""Takes the time of one function: first call, warm-up, then samples of equal length.

One sample is ``loops`` calls over a ring of inputs, then a synchronisation and one fetched scalar,
so that no work can be left undone. Knows nothing of frameworks: it is handed the four functions.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from probes.bench.places import Places

# Two successive windows of this many calls must agree within this share before sampling starts.
WINDOW_CALLS = 5
SETTLED_SHARE = 0.02
# The first calls tell the story of a compilation; thousands of later ones do not.
CURVE_CALLS = 64
_LOOPS_LIMIT = 1 << 24


class Subject:
    """The function under test, with what is needed to call it and to wait for it."""

    def __init__(
        self,
        function: Callable[..., Any],
        places: Places,
        synchronise: Callable[[], None],
        checksum: Callable[[Any], float],
    ) -> None:
        """Take the function, where its inputs lie, how to wait, and how to fetch a scalar."""
        self.function = function
        self.places = places
        self.synchronise = synchronise
        self.checksum = checksum

    def call_once(self, index: int) -> float:
        """Return the seconds of one call, waited for."""
        inputs = self.places.ring[index % len(self.places.ring)]
        started = time.perf_counter_ns()
        self.function(*inputs)
        self.synchronise()
        return (time.perf_counter_ns() - started) / 1e9

    def sample(self, loops: int) -> float:
        """Return the seconds of one sample.

        Raises:
            ArithmeticError: The fetched scalar is not finite, so the work was not the work.
        """
        function, ring, size = self.function, self.places.ring, len(self.places.ring)
        output = None
        started = time.perf_counter_ns()
        for index in range(loops):
            output = function(*ring[index % size])
        self.synchronise()
        scalar = self.checksum(output)
        seconds = (time.perf_counter_ns() - started) / 1e9
        if not math.isfinite(scalar):
            raise ArithmeticError(f"the checksum of a sample is {scalar}")
        return seconds

    def outputs(self) -> list[Any]:
        """Return what comes of every set of inputs."""
        return [self.function(*inputs) for inputs in self.places.ring]

    def move(self) -> None:
        """Put the inputs elsewhere, and let one call through that nobody times: new pages, cold."""
        if self.places.move():
            self.sample(len(self.places.ring))


class WarmUp:
    """How the warm-up went: the first times, a call at its end, and whether it settled."""

    def __init__(self, times: list[float], settled: bool) -> None:
        """Keep what the times tell."""
        self.curve = times[:CURVE_CALLS]
        self.call_seconds = statistics.median(times[-WINDOW_CALLS:])
        self.settled = settled


def warm_up(
    subject: Subject, *, least_calls: int, least_seconds: float, cap_seconds: float
) -> WarmUp:
    """Call until the times settle.

    At least ``least_calls`` calls and ``least_seconds`` seconds, then until two successive windows
    of five calls differ by at most 2 % in their medians, and no longer than ``cap_seconds``.
    """
    times: list[float] = []
    total = 0.0
    while True:
        times.append(subject.call_once(len(times)))
        total += times[-1]
        enough = len(times) >= least_calls and total >= least_seconds
        if enough and len(times) % WINDOW_CALLS == 0 and _settled(times):
            return WarmUp(times, True)
        # A slow call must still get its least number of calls, whatever the cap.
        if total >= cap_seconds and len(times) >= least_calls:
            return WarmUp(times, _settled(times))


def _settled(times: list[float]) -> bool:
    if len(times) < 2 * WINDOW_CALLS:
        return False
    before = statistics.median(times[-2 * WINDOW_CALLS : -WINDOW_CALLS])
    after = statistics.median(times[-WINDOW_CALLS:])
    return abs(after - before) <= SETTLED_SHARE * before


def choose_loops(
    subject: Subject, sample_seconds: float, call_seconds: float, least: int = 1
) -> int:
    """Double the calls of a sample, from ``least`` on, until it lasts ``sample_seconds``.

    ``call_seconds``, the time of a settled call, spares the small samples that cannot be enough.
    Where the inputs differ from call to call, ``least`` lets every sample have each of them.
    """
    # Fetching a number compiles something too (JAX): within the first sample, which then seems
    # long, it would leave all others too short.
    subject.sample(least)
    loops = least
    while 2 * loops * call_seconds < sample_seconds and loops < _LOOPS_LIMIT:
        loops *= 2
    while subject.sample(loops) < sample_seconds and loops < _LOOPS_LIMIT:
        loops *= 2
    return loops


def take_samples(subject: Subject, loops: int, count: int) -> list[float]:
    """Return seconds per call of ``count`` samples; the garbage collector rests meanwhile."""
    samples = []
    with collector_off():
        for _ in range(count):
            subject.move()
            samples.append(subject.sample(loops) / loops)
    return samples


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep Python's garbage collector out of the timed region."""
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
