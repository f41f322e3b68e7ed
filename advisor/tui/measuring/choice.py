"""What is to be measured: a choice, and the plan that it comes to on this machine. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import TYPE_CHECKING

from probes.bench.arms import ARMS, COPY_SUFFIX, host_of
from probes.bench.document import Plan
from probes.bench.order import slots
from probes.bench.plan import EFFORTS, arm_runs, runs_case
from probes.bench.workloads import WORKLOADS, load_workload

from .words import arm_words, case_words, title_of

if TYPE_CHECKING:
    from ..look_job import Found

Planner = Callable[..., Plan]


@dataclass(frozen=True)
class Choice:
    """What was chosen; None: what is proposed, as long as nothing of it was changed."""

    effort: str = "quick"
    budget: float | None = None
    """Seconds to stay within; without it what was chosen is measured, however long it takes."""
    workloads: tuple[str, ...] | None = None
    arms: tuple[str, ...] | None = None

    @property
    def touched(self) -> bool:
        """Whether something was ticked or unticked."""
        return self.workloads is not None or self.arms is not None


@dataclass(frozen=True)
class Offer:
    """A choice with its plan, what it leaves out, and what else could be chosen."""

    choice: Choice
    proposed: tuple[str, ...]
    """Workloads that count for the answers, those that weigh most first."""
    plan: Plan | None
    """None if nothing is left to measure."""
    workloads: tuple[str, ...]
    arms: tuple[str, ...]
    possible_workloads: tuple[str, ...]
    possible_arms: tuple[str, ...]
    left_out: tuple[str, ...]
    limit: float | None
    """Seconds that the plan was fitted into."""

    @property
    def compares(self) -> bool:
        """Whether more than one framework is measured."""
        return len({arm.partition("/")[0] for arm in self.arms}) > 1

    def toggled(self, kind: str, name: str) -> Choice:
        """Return the choice with one workload or arm more, or less."""
        both = {"workload": self.workloads, "arm": self.arms}
        ticked = both[kind]
        both[kind] = tuple(one for one in ticked if one != name)
        if name not in ticked:
            both[kind] = (*ticked, name)
        return replace(self.choice, workloads=both["workload"], arms=both["arm"])


def offer_for(choice: Choice, found: Found, wanted: Sequence[str], plan: Planner) -> Offer:
    """Return what a choice comes to.

    Args:
        choice: What was chosen.
        found: A whole look at this machine.
        wanted: Workloads that count for the answers.
        plan: `probes.planning.plan_benchmarks`.
    """
    hardware, frameworks = found.record.hardware, found.diagnosis.frameworks

    def planned(budget: float | None, **asked: object) -> Plan:
        return plan(choice.effort, hardware, frameworks, budget=budget, **asked)

    usual, proposal = planned(inf, wanted=wanted), planned(choice.budget, wanted=wanted)
    arms = _possible_arms(found, proposal)
    limit = choice.budget
    asked, fitted = usual, proposal
    workloads, ticked = _workloads(fitted), tuple(fitted.arms)
    if not choice.touched:
        limit = limit or EFFORTS[choice.effort].seconds
    else:
        workloads, ticked = choice.workloads or (), choice.arms or ()
        if workloads and ticked:
            asked = planned(inf, workloads=workloads, arms=ticked)
            fitted = asked if limit is None else planned(limit, workloads=workloads, arms=ticked)
    whole = bool(workloads and ticked and fitted.cases and fitted.arms)
    return Offer(
        choice=choice,
        proposed=tuple(dict.fromkeys([*_workloads(usual), *wanted])),
        plan=fitted if whole else None,
        workloads=workloads,
        arms=ticked,
        possible_workloads=tuple(
            name for name in WORKLOADS if any(arm_runs(a, name, proposal.device) for a in arms)
        ),
        possible_arms=arms,
        left_out=left_out(asked, fitted) if whole else (),
        limit=limit,
    )


def left_out(asked: Plan, fitted: Plan) -> tuple[str, ...]:
    """Return in words what a plan leaves out of what was asked for."""
    arms = [arm_words(arm) for arm in asked.arms if arm not in fitted.arms]
    kept = _workloads(fitted)
    whole = [name for name in _workloads(asked) if name not in kept]
    ids = {case.id for case in fitted.cases}
    sizes = [
        case_words(case) for case in asked.cases if case.workload in kept and case.id not in ids
    ]
    return (*map(title_of, whole), *sizes, *arms)


def processes(plan: Plan) -> int:
    """Return how many processes a plan starts: the check of each arm, then every block."""
    once = sum(_of_slot(plan, arm) for arm in plan.arms)
    return once + plan.blocks * sum(_of_slot(plan, slot) for slot in slots(plan))


def _of_slot(plan: Plan, slot: str) -> int:
    arm = slot.removesuffix(COPY_SUFFIX)
    ran = [one.workload for one in plan.cases if runs_case(arm, one, plan.device)]
    alone = sum(1 for name in ran if load_workload(name).FRESH)
    return alone + (len(ran) > alone)


def _possible_arms(found: Found, plan: Plan) -> tuple[str, ...]:
    """Return the arms whose framework is installed: on a card, those that can use it."""
    frameworks = found.diagnosis.frameworks
    installed = {name for name, one in frameworks.items() if one.installed}
    if plan.device != "cpu":
        from probes.health import USABLE

        installed = {
            name
            for name in installed
            if any(d.kind == plan.device and d.verdict in USABLE for d in frameworks[name].devices)
        }
    return tuple(arm for arm in ARMS if host_of(arm) in installed)


def _workloads(plan: Plan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case.workload for case in plan.cases))
