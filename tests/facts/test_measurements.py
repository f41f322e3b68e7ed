"""What a document of a benchmark says to the advice, and when it says nothing."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from advisor.engine.measured import Measurement
from advisor.facts.evidence import from_document
from probes.document import ProbeDocument
from probes.evidence import ASSUMED, Reading
from tests.store.making import hardware, measured

TODAY = "2026-11-20T12:00:00Z"


def said(document: ProbeDocument, today: str = TODAY) -> tuple[list[Measurement], str]:
    """Return what was measured, and all warnings."""
    _, evidence, warnings = from_document(document, "last", today)
    return [one for one in evidence if isinstance(one, Measurement)], " ".join(warnings)


def test_times_of_equal_conditions_count() -> None:
    (found,), warnings = said(measured())
    assert (found.workload, found.device, found.origin) == ("matmul", "cpu", "last")
    assert "does not count" not in warnings


def test_times_of_frameworks_as_they_come_are_shown_and_do_not_count() -> None:
    found, warnings = said(measured(plan={"profile": "default"}))
    assert found == []
    assert "last was measured with each framework as it comes" in warnings


@pytest.mark.parametrize(("day", "old"), [("2026-12-20", False), ("2026-12-21", True)])
def test_after_thirty_days_a_measurement_is_to_be_made_again(day: str, old: bool) -> None:
    document = measured(created="2026-11-20T10:00:00Z")
    assert ("31 days old: measure again" in said(document, f"{day}T10:00:00Z")[1]) is old


def test_what_was_assumed_is_not_passed_off_as_found() -> None:
    assumed: dict[str, Any] = hardware(gpus=Reading(status="absent", source=ASSUMED))
    warnings = said(measured(hardware=assumed))[1]
    assert "about a machine that was assumed, not probed: gpus" in warnings
    assert "assumed" not in said(measured())[1]


def test_an_interrupted_run_says_that_it_is_one() -> None:
    whole = measured()
    half = structs.replace(whole.benchmarks, interrupted=True)
    assert "interrupted run" in said(structs.replace(whole, benchmarks=half))[1]
