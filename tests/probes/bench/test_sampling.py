"""How one sample is taken, on a clock that the test turns."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest

from probes.bench import sampling
from probes.bench.places import Places
from probes.bench.sampling import Subject, choose_loops, take_samples, warm_up


class Clock:
    """Time passes only when the function under test runs."""

    def __init__(self) -> None:
        self.now = 0

    def perf_counter_ns(self) -> int:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(sampling, "time", clock)
    return clock


def subject(clock: Clock, cost: Callable[[int], float], scalar: float = 1.0) -> Subject:
    """A function whose n-th call costs ``cost(n)`` seconds."""
    calls: list[Any] = []

    def function(value: Any) -> Any:
        clock.now += int(cost(len(calls)) * 1e9)
        calls.append(value)
        return value

    places = Places(lambda number: number, [[0, 1, 2, 3]], moves=False)
    answer = Subject(function, places, lambda: None, lambda output: scalar)
    answer.calls = calls  # type: ignore[attr-defined]
    return answer


def test_a_sample_runs_over_the_ring_and_waits_once_at_its_end(clock: Clock) -> None:
    waits: list[int] = []
    one = subject(clock, lambda n: 0.001)
    one.synchronise = lambda: waits.append(clock.now)
    assert one.sample(6) == pytest.approx(0.006)
    assert one.calls == [0, 1, 2, 3, 0, 1]  # type: ignore[attr-defined]
    assert len(waits) == 1


def test_the_fetched_scalar_is_within_the_sample_and_must_be_finite(clock: Clock) -> None:
    one = subject(clock, lambda n: 0.001)

    def slow_fetch(output: Any) -> float:
        clock.now += 5_000_000
        return 1.0

    one.checksum = slow_fetch
    assert one.sample(1) == pytest.approx(0.006)
    with pytest.raises(ArithmeticError, match="nan"):
        subject(clock, lambda n: 0.001, scalar=float("nan")).sample(1)


@pytest.mark.parametrize("call_seconds", [3e-6, 1e-3, 0.03, 0.2])
def test_loops_double_until_a_sample_is_long_enough(clock: Clock, call_seconds: float) -> None:
    one = subject(clock, lambda n: call_seconds)
    loops = choose_loops(one, 0.05, call_seconds)
    assert loops & (loops - 1) == 0
    assert loops * call_seconds >= 0.05
    assert loops == 1 or loops * call_seconds / 2 < 0.05


def test_loops_do_not_trust_a_warm_up_that_was_too_slow(clock: Clock) -> None:
    one = subject(clock, lambda n: 0.001)
    assert choose_loops(one, 0.05, call_seconds=0.05) == 64


@pytest.mark.parametrize("least", [1, 4])
def test_what_fetching_compiles_does_not_make_samples_short(clock: Clock, least: int) -> None:
    one = subject(clock, lambda n: 0.001)
    compiled: set[Any] = set()

    def fetch(output: Any) -> float:
        # Once for each kind of output, if these differ; else once.
        kind = output if least > 1 else "the same"
        clock.now += 0 if kind in compiled else 40_000_000
        compiled.add(kind)
        return 1.0

    one.checksum = fetch
    loops = choose_loops(one, 0.05, 0.001, least)
    assert loops == 64
    assert take_samples(one, loops, 3) == pytest.approx([0.001] * 3)


def test_samples_are_seconds_per_call_with_the_collector_off(clock: Clock) -> None:
    states: list[bool] = []

    def cost(call: int) -> float:
        states.append(gc.isenabled())
        return 0.002

    assert take_samples(subject(clock, cost), 8, 3) == pytest.approx([0.002] * 3)
    assert not any(states)
    assert gc.isenabled()


def test_the_collector_comes_back_after_an_error(clock: Clock) -> None:
    with pytest.raises(ArithmeticError):
        take_samples(subject(clock, lambda n: 0.001, scalar=float("inf")), 1, 1)
    assert gc.isenabled()


def test_the_warm_up_lasts_its_least_calls_and_its_least_time(clock: Clock) -> None:
    fast = subject(clock, lambda n: 0.01)
    result = warm_up(fast, least_calls=12, least_seconds=0.5, cap_seconds=2.0)
    assert result.settled
    assert len(result.curve) == 50
    slow = subject(clock, lambda n: 3.0)
    result = warm_up(slow, least_calls=12, least_seconds=0.5, cap_seconds=2.0)
    assert len(result.curve) == 12


def test_the_warm_up_waits_until_the_times_settle(clock: Clock) -> None:
    # Slow for a while, as while something is compiled in the background, then steady.
    one = subject(clock, lambda n: 0.01 if n >= 57 else 0.05 - n * 0.0005)
    result = warm_up(one, least_calls=3, least_seconds=0.0, cap_seconds=60.0)
    assert result.settled
    assert len(one.calls) >= 57 + 5  # type: ignore[attr-defined]
    assert result.call_seconds == pytest.approx(0.01)
    assert result.curve[0] == pytest.approx(0.05)


def test_times_that_never_settle_end_at_the_cap_with_a_flag(clock: Clock) -> None:
    one = subject(clock, lambda n: 0.01 * 1.2 ** (n % 10))
    result = warm_up(one, least_calls=3, least_seconds=0.1, cap_seconds=1.0)
    assert not result.settled
    assert clock.now / 1e9 < 1.2
