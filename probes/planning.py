"""The plan of a run on this machine: where to measure, with how many threads, what, how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isinf
from typing import Literal

from msgspec import structs

from probes.bench.budget import fitted
from probes.bench.document import Plan
from probes.bench.plan import EFFORTS, make_plan
from probes.bench.workloads import load_workload
from probes.document import Framework
from probes.errors import ProbeError
from probes.evidence import Reading
from probes.health import USABLE
from probes.machine.look import look_at_machine

Device = Literal["cpu", "cuda"]
Profile = Literal["matched", "default"]


def plan_benchmarks(
    effort: str = "quick",
    hardware: Mapping[str, Reading] | None = None,
    frameworks: Mapping[str, Framework] | None = None,
    *,
    workloads: Sequence[str] | None = None,
    wanted: Sequence[str] | None = None,
    arms: Sequence[str] | None = None,
    seed: int = 0,
    budget: float | None = None,
    device: Device | None = None,
    profile: Profile = "matched",
) -> Plan:
    """Return the plan for this machine: its usable threads, its card, the installed frameworks.

    Args:
        effort: ``quick``, ``standard`` or ``thorough``.
        hardware: Facts of the hardware look; it is taken if they are missing.
        frameworks: Verdicts; without them every framework is planned, on the processor.
        workloads: Ids that were asked for: all of them are measured, unless there is a budget.
        wanted: Ids that count for the user's answers; what is quick among them, if any is.
        arms: Ids that were asked for.
        seed: Of the data and the order.
        budget: Seconds to fit the plan into; those of the effort if nothing was asked for by name.
        device: Where to measure; by default on a card if it compares as much there as elsewhere.
        profile: ``matched``: equal threads and precision; ``default``: each as it comes.

    Raises:
        ProbeError: An effort, workload or arm has no such name, or no framework can use the card
            that was asked for.
    """
    facts = hardware if hardware is not None else look_at_machine()
    threads = facts.get("cpu-usable-threads", Reading(status="unknown")).integer()
    device, installed = _device(frameworks, device)
    plan = make_plan(
        effort,
        workloads=workloads or _quick_among(wanted),
        arms=arms,
        frameworks=installed,
        threads=threads or 1,
        seed=seed,
        device=device,
    )
    plan = structs.replace(plan, profile=profile)
    if budget is None and (workloads or not plan.arms):
        return plan
    if budget is None or isinf(budget):
        return fitted(plan, EFFORTS[effort].seconds if budget is None else budget, bool(arms))
    return structs.replace(fitted(plan, budget, bool(arms)), budget_seconds=budget)


def _device(
    frameworks: Mapping[str, Framework] | None, wanted: Device | None
) -> tuple[Device, list[str] | None]:
    """Return where to measure, and with which frameworks.

    A card that only one of the two can use would leave nothing to compare: then both are measured
    on the processor, unless the card was asked for.
    """
    if frameworks is None:
        return wanted or "cpu", None
    on_card = [
        name
        for name, one in frameworks.items()
        if any(device.kind == "cuda" and device.verdict in USABLE for device in one.devices)
    ]
    installed = [name for name, one in frameworks.items() if one.installed]
    if wanted == "cuda" and not on_card:
        raise ProbeError("no framework that is installed here can use a CUDA card")
    two = {"pytorch", "tensorflow"} & set(installed)
    if wanted == "cuda" or (wanted is None and two and two <= set(on_card)):
        return "cuda", on_card
    return "cpu", installed


def _quick_among(names: Sequence[str] | None) -> list[str] | None:
    """Return those that are quick: with a size for it, and without a process for each sample."""
    modules = {name: load_workload(name) for name in names or ()}
    quick = [name for name, one in modules.items() if "quick" in one.EFFORTS and not one.FRESH]
    return quick or None
