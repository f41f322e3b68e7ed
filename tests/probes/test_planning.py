"""Where a run is measured: there, where it compares as much as anywhere."""

from __future__ import annotations

import pytest

from probes.document import Device, Framework
from probes.errors import ProbeError
from probes.evidence import Reading
from probes.planning import plan_benchmarks

HARDWARE = {"cpu-usable-threads": Reading(value=2, source="test")}


def framework(*kinds: str, installed: bool = True) -> Framework:
    """One that can use these kinds of devices, and the processor."""
    devices = [Device(kind=kind, name=kind, verdict="usable") for kind in ("cpu", *kinds)]
    return Framework(
        interpreter="/opt/python", installed=installed, devices=devices if installed else []
    )


BOTH = {"pytorch": framework("cuda"), "tensorflow": framework("cuda")}
ONE = {"pytorch": framework("cuda"), "tensorflow": framework()}
ALONE = {"pytorch": framework("cuda"), "tensorflow": framework(installed=False)}


def compared(frameworks: dict[str, Framework], **asked: object) -> tuple[str, set[str]]:
    plan = plan_benchmarks("quick", HARDWARE, frameworks, **asked)  # type: ignore[arg-type]
    return plan.device, {arm.partition("/")[0] for arm in plan.arms}


def test_a_card_that_both_can_use_is_where_they_are_measured() -> None:
    assert compared(BOTH) == ("cuda", {"pytorch", "tensorflow"})


def test_a_card_that_only_one_can_use_compares_nothing_so_the_processor_is_measured() -> None:
    assert compared(ONE) == ("cpu", {"pytorch", "tensorflow"})


def test_what_is_installed_alone_is_measured_on_its_card() -> None:
    assert compared(ALONE) == ("cuda", {"pytorch"})


def test_the_device_that_is_asked_for_wins() -> None:
    assert compared(ONE, device="cuda") == ("cuda", {"pytorch"})
    assert compared(BOTH, device="cpu") == ("cpu", {"pytorch", "tensorflow"})


def test_a_card_that_nothing_can_use_is_refused() -> None:
    with pytest.raises(ProbeError, match="no framework that is installed here can use a CUDA card"):
        compared({"pytorch": framework()}, device="cuda")


def test_arms_that_were_asked_for_by_name_are_measured_however_short_the_time() -> None:
    asked = ["pytorch/eager", "keras/torch", "keras/tensorflow"]
    plan = plan_benchmarks("thorough", HARDWARE, ONE, arms=asked, budget=60.0)
    assert plan.arms == asked and len(plan.cases) == 1


def test_a_time_that_was_given_bounds_disturbed_blocks_too() -> None:
    plan = plan_benchmarks("quick", HARDWARE, ONE, budget=120.0)
    assert plan.budget_seconds == 120.0
    assert plan_benchmarks("quick", HARDWARE, ONE).budget_seconds is None
    assert plan_benchmarks("quick", HARDWARE, ONE, budget=float("inf")).budget_seconds is None
