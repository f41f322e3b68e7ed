"""What is said before a measurement: how long it takes, what was left out, and how to get that."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from .asked import Asked
from .output import Output
from .progress import duration

if TYPE_CHECKING:
    from probes.bench.assembly import BenchmarkRun
    from probes.bench.document import Plan

MOST_NAMES = 4
KEPT = "Ctrl-C keeps what is done"


def announce(plan: Plan, whole: Plan, asked: Asked, output: Output) -> None:
    """Say what is measured, how long that takes, and what there was no time for.

    Args:
        plan: What is measured.
        whole: What would be measured if it might take any time.
        asked: What the plan was made from.
        output: Where it is said.
    """
    from probes.bench.estimate import estimate_seconds

    seconds = estimate_seconds(plan)
    output.narrate(
        f"{_count(len(plan.cases), 'case')}, {_count(len(plan.arms), 'arm')} and a copy, "
        f"{_count(plan.blocks, 'block')}: about {duration(seconds)}; {KEPT}"
    )
    again = plan.blocks // 2
    longest = seconds + again * _block_seconds(plan)
    if plan.budget_seconds is not None:
        longest = max(seconds, min(longest, plan.budget_seconds))
    if longest > seconds:
        output.narrate(
            f"a block that something else disturbs is measured again, up to {_count(again, 'time')}"
            f": then about {duration(longest)}"
        )
    missing = left_out(whole, plan)
    if missing:
        output.narrate(f"left out to fit the time: {missing}; {_more_time(whole, asked)}")


def announce_rest(plan: Plan, previous: BenchmarkRun, output: Output) -> None:
    """Say how much of a run that was interrupted is still to be measured."""
    from probes.bench.arms import COMPILED_ARMS
    from probes.bench.estimate import gate_seconds

    done = previous.environment.blocks
    left = max(0, plan.blocks - sum(1 for block in done if not block.dirty))
    block = sum(one.seconds for one in done) / len(done) if done else _block_seconds(plan)
    # They compile anew: the caches of before are gone.
    gates = sum(gate_seconds(plan, arm) for arm in plan.arms if arm in COMPILED_ARMS or not done)
    output.narrate(
        f"going on after {_count(len(done), 'block')}, with {left} to come: "
        f"about {duration(gates + left * block)}; {KEPT}"
    )


def left_out(whole: Plan, plan: Plan) -> str:
    """Return in words what a plan leaves out; nothing if that is nothing."""
    cases, kept = {case.id for case in plan.cases}, {case.workload for case in plan.cases}
    workloads = dict.fromkeys(case.workload for case in whole.cases if case.workload not in kept)
    sizes = [one.id for one in whole.cases if one.workload in kept and one.id not in cases]
    arms = [arm for arm in whole.arms if arm not in plan.arms]
    parts = [
        _named("arm", arms),
        *(f"{arm} in {_count(n, 'case')}" for arm, n in _thinned(whole, plan).items()),
        _named("workload", list(workloads)),
        _named("size", sizes),
    ]
    return "; ".join(filter(None, parts))


def _thinned(whole: Plan, plan: Plan) -> dict[str, int]:
    """Return the arms that a plan keeps, but not in all of its cases: in how many it lacks them."""
    from probes.bench.plan import runs_case

    found = {}
    before = {case.id: case for case in whole.cases}
    for arm in plan.arms:
        lacking = sum(
            runs_case(arm, before.get(case.id, case), plan.device)
            and not runs_case(arm, case, plan.device)
            for case in plan.cases
        )
        if lacking:
            found[arm] = lacking
    return found


def _named(what: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{_count(len(names), what)} ({', '.join(names[:MOST_NAMES])}{more})"


def _more_time(whole: Plan, asked: Asked) -> str:
    from probes.bench.estimate import estimate_seconds

    minutes = ceil(estimate_seconds(whole) / 60)
    hours = f"{minutes // 60}h" if minutes >= 60 else ""
    time = hours + (f"{minutes % 60}m" if minutes % 60 or not hours else "")
    return f"{asked.longer.replace('TIME', time)} measures all of it"


def _block_seconds(plan: Plan) -> float:
    from probes.bench.estimate import process_seconds
    from probes.bench.order import slots

    return sum(process_seconds(plan, slot) for slot in slots(plan))


def _count(number: int, one: str) -> str:
    return f"{number} {one}" + ("" if number == 1 else "s")
