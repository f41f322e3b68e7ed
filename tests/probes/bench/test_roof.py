"""The roof of a card: what the best of the frameworks reaches, found by each in the same way."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from probes.bench import roof_on_card, workers
from probes.bench.arms import framework_of
from probes.bench.derived import best_roof
from probes.bench.document import Roof
from probes.bench.workers import Workers
from probes.interpreters import resolve_interpreters
from probes.processes import ChildResult
from tests.probes.bench.child_jobs import ask, needs
from tests.probes.bench.plans import tiny_plan


@pytest.mark.parametrize("arm", ["pytorch/eager", "tensorflow/eager", "jax/jit"])
def test_each_framework_finds_it_with_the_same_program(arm: str, tmp_path: Path) -> None:
    needs(framework_of(arm))
    (line,) = ask("probes.bench.roof_on_card", arm, [], tmp_path, sizes=[64, 256], megabytes=8)
    assert line["event"] == "roof"
    # A thread of any machine of these years: more than an abacus, less than a card.
    assert 0.1 < line["gflops"] < 5_000
    assert 0.1 < line["gigabytes_per_second"] < 1_000
    assert framework_of(arm) in line["how"] and "(64, 256)" in line["how"]


def roof(gflops: float, rate: float, how: str) -> Roof:
    return Roof(threads=2, gflops=gflops, gigabytes_per_second=rate, how=how)


def test_the_best_of_each_figure_is_the_roof_of_all() -> None:
    found = best_roof([roof(10.0, 5.0, "by torch"), roof(9.0, 6.0, "by jax")])
    assert found is not None
    assert (found.gflops, found.gigabytes_per_second) == (10.0, 6.0)
    assert "by torch" in found.how and "by jax" in found.how
    assert best_roof([]) is None


def test_on_a_card_every_framework_is_asked_and_one_that_fails_costs_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, str, str]] = []

    def child(interpreter: str, module: str, job: dict[str, Any], **options: Any) -> ChildResult:
        asked.append((module, job["framework"], job["device"]))
        line = {"event": "roof", "gflops": 7.0, "gigabytes_per_second": 3.0, "how": "found"}
        lines = [] if job["framework"] == "tensorflow" else [line]
        return ChildResult(outcome="finished", lines=lines)

    monkeypatch.setattr(workers, "run_child", child)
    plan = structs.replace(tiny_plan(), device="cuda")
    found = Workers(plan, resolve_interpreters(None), "/tmp/none", threading.Event(), "w").roof()
    assert found is not None and found.gflops == 7.0
    module = roof_on_card.__name__
    assert asked == [(module, "pytorch", "cuda"), (module, "tensorflow", "cuda")]
