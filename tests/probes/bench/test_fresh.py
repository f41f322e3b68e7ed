"""Workloads that take every sample in a process of its own: peak memory, and the first call."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from probes.bench.arms import framework_of
from probes.bench.document import Case
from probes.bench.peak_memory import peak_bytes, reset_peak
from tests.probes.bench.child_jobs import WORKER, ask, needs, results
from tests.probes.bench.plans import (
    COMPILE_BLOCK,
    COMPILE_DECODE,
    FRESH,
    MEMORY,
    MISTAKES,
)

needs_peaks = pytest.mark.skipif(not reset_peak(), reason="a peak of memory cannot be reset here")


@needs_peaks
def test_a_peak_of_before_is_not_booked_on_what_comes_after() -> None:
    much = b"x" * (256 << 20)
    before = peak_bytes()
    assert before is not None and before > len(much)
    del much
    assert reset_peak()
    after = peak_bytes()
    assert after is not None and after < before - (200 << 20)


@needs_peaks
@pytest.mark.parametrize("arm", ["pytorch/eager", "tensorflow/function"])
def test_peak_memory_lies_above_what_the_framework_takes_before(arm: str, tmp_path: Path) -> None:
    needs(framework_of(arm))
    (line,) = results(ask(WORKER, arm, [MEMORY], tmp_path, mode="measure"))
    assert line["status"] == "ok", line
    (peak,) = line["samples"]
    before, added = (line["figures"][name][0] for name in ("before", "added"))
    assert 50 << 20 < before < peak < 8 << 30
    assert added == peak - before
    assert all(unit == "bytes" for _, unit in line["figures"].values())


@pytest.mark.parametrize(
    ("arm", "case"), [("pytorch/compile", COMPILE_BLOCK), ("tensorflow/function", COMPILE_DECODE)]
)
def test_the_first_call_holds_the_compilation(arm: str, case: Case, tmp_path: Path) -> None:
    needs(framework_of(arm))
    (line,) = results(ask(WORKER, arm, [case], tmp_path, mode="measure"))
    assert line["status"] == "ok", line
    (first,) = line["samples"]
    assert first > line["figures"]["second-call"][0] > 0
    assert line["first_call_seconds"] == first


Lines = dict[str, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module", params=["pytorch", "tensorflow"])
def sabotaged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lines:
    """What one framework made of every mistake, by case and mistake; all of it in one process."""
    needs(request.param)
    folder = tmp_path_factory.mktemp("cases")
    found: Lines = {}
    # The one that sets nothing up comes last: threads cannot be set after a first operation.
    arm = f"{request.param}/eager"
    for line in results(ask("sabotage_fresh", arm, FRESH, folder, mode="measure")):
        found.setdefault(line["case"], {})[line["sabotage"]] = line
    return found


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=[needs_peaks] if case is MEMORY else [], id=case.id)
        for case in FRESH
    ],
)
def test_the_gate_holds_what_they_run_against_its_references(case: Case, sabotaged: Lines) -> None:
    found = dict(sabotaged[case.id])
    assert found.pop("none")["status"] == "ok"
    assert len(found) == MISTAKES[case.id]
    for line in found.values():
        assert line["status"] == "not-comparable", line
        assert "samples" not in line
