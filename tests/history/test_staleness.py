"""The stale badge: machine, versions and age, each said in words; never for runs from elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from advisor.facts.evidence import STALE_DAYS
from advisor.history.staleness import Badge, Present, badge
from probes.evidence import Reading, found
from probes.store import Kept, open_store
from probes.store.fingerprint import fingerprint, machine_facts
from tests.store.making import ARMS, STEADY, hardware, measured

TODAY = "2026-11-20T10:00:00Z"
HERE = {("pytorch", "/opt/python"): "2.13.0", ("tensorflow", "/opt/python"): "2.21.0"}


@pytest.fixture
def run(tmp_path: Path) -> Kept:
    store = open_store(tmp_path / "runs.sqlite3")
    store.keep(measured())
    return store.runs()[0]


def present(versions: dict[tuple[str, str], str | None] | None = None, **changes: Any) -> Present:
    facts = machine_facts(hardware(**changes))
    return Present(facts, fingerprint(facts), HERE | (versions or {}))


def test_a_fresh_run_of_this_machine_is_not_stale(run: Kept) -> None:
    assert badge(run, present(), TODAY) == Badge(False, "")
    more_memory_free = found(1, "/proc/meminfo")
    assert not badge(run, present(memory_available_bytes=more_memory_free), TODAY).stale


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cpu_usable_threads": found(1, "x")}, "the machine changed: usable threads 2 → 1"),
        ({"nvidia_driver": found("580", "x")}, "the machine changed: driver none → 580"),
        ({"cpu_flags": found(["avx"], "x")}, "the processor's instructions differ"),
    ],
)
def test_a_changed_machine_is_named(run: Kept, changes: dict[str, Reading], words: str) -> None:
    made = badge(run, present(**changes), TODAY)
    assert made.stale and words in made.reason


def test_a_changed_or_missing_framework_is_named(run: Kept) -> None:
    other: dict[tuple[str, str], str | None] = {
        ("pytorch", "/opt/python"): "2.14.0",
        ("tensorflow", "/opt/python"): None,
    }
    made = badge(run, present(other), TODAY)
    assert made.reason == "PyTorch 2.13.0 → 2.14.0; TensorFlow 2.21.0 is not installed any more"


def test_a_framework_that_was_not_measured_makes_nothing_stale(tmp_path: Path) -> None:
    store = open_store(tmp_path / "runs.sqlite3")
    store.keep(measured({ARMS[0]: STEADY}))
    gone: dict[tuple[str, str], str | None] = {("tensorflow", "/opt/python"): None}
    assert not badge(store.runs()[0], present(gone), TODAY).stale


def test_a_framework_that_was_not_looked_for_makes_nothing_stale(run: Kept) -> None:
    assert not badge(run, structs.replace(present(), versions={}), TODAY).stale


@pytest.mark.parametrize(
    ("created", "stale", "words"),
    [
        ("2026-10-21T10:00:00Z", False, ""),
        ("2026-10-20T09:59:59Z", True, "31 days old"),
        ("2026-11-20T20:00:00+02:00", False, ""),
        ("2026-11-21T09:00:00Z", False, ""),
        ("2027-03-01T00:00:00Z", True, "dated 2027-03-01, ahead of this clock"),
        ("2026-11-20", False, ""),
        ("yesterday", True, "its date cannot be read"),
    ],
)
def test_age_counts_and_a_date_ahead_of_the_clock_is_said(
    run: Kept, created: str, stale: bool, words: str
) -> None:
    made = badge(structs.replace(run, created=created), present(), TODAY)
    assert made.stale is stale and words in made.reason
    assert STALE_DAYS == 30


def test_a_run_from_elsewhere_is_never_judged_as_of_this_machine(run: Kept) -> None:
    foreign = structs.replace(run, origin="elsewhere")
    assert badge(foreign, present(), TODAY) == Badge(None, "measured elsewhere")


def test_a_run_of_no_known_machine_is_stale(run: Kept) -> None:
    unknown = structs.replace(run, fingerprint="")
    nothing = Present({}, "", HERE)
    assert "does not tell which machine" in badge(unknown, nothing, TODAY).reason
