"""The screen and the real controller together; only the workers are stand-ins."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from advisor.cli.store_access import store_path
from advisor.tui.app import AdvisorApp
from advisor.tui.measuring.live import live_rows
from advisor.tui.widgets.rows import Row
from probes.bench import controller
from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import BlockConditions, Plan
from probes.bench.events import Progress
from probes.doctor.record import Record
from probes.run import assemble_document
from probes.store import open_store
from tests.probes.bench.plans import BLOCK, GEMM, tiny_plan
from tests.probes.doctor.recorded import recorded

from .conftest import settle, text_of
from .fake_probe import FakeRunner
from .measuring import open_measuring

ARMS = ["pytorch/eager", "pytorch/compile", "tensorflow/function"]
CHILDREN = Path(__file__).parents[1] / "probes" / "children"


class RealController(FakeRunner):
    """Plans two blocks of two tiny cases, and has them run by the fake worker."""

    def __init__(self, app: AdvisorApp, record: Record) -> None:
        super().__init__(record)
        self.course = lambda: app.probe_job().course
        self.steps: list[str] = []

    def plan_benchmarks(self, effort: str, *facts: Any, **asked: Any) -> Plan:
        return tiny_plan(effort=effort, cases=[GEMM, BLOCK], arms=ARMS, blocks=2)

    def run_benchmarks(  # type: ignore[override]
        self, plan: Plan, *, on_progress: Callable[[Progress], None], **how: Any
    ) -> BenchmarkRun:
        def moved(event: Progress) -> None:
            on_progress(event)
            rows = live_rows(self.course(), 90)
            self.steps.append("\n".join(one.plain for _, one in rows if isinstance(one, Row)))

        return run_plan(plan, on_progress=moved, worker="misbehaving_worker", **how)

    assemble_document = staticmethod(partial(assemble_document))  # type: ignore[assignment]


@pytest.fixture
def real(app: AdvisorApp, monkeypatch: pytest.MonkeyPatch) -> RealController:
    made = RealController(app, recorded("recorded-container-without-card").record)
    monkeypatch.setattr(app, "probe_runner", lambda: made)
    monkeypatch.setenv("PYTHONPATH", str(CHILDREN))
    orders = {"pytorch/compile": {"do": "failed", "reason": "no [red]compiler", "case": GEMM.id}}
    monkeypatch.setenv("FAKE_WORKER", json.dumps(orders))

    def quiet(block: int, before: object, after: object) -> BlockConditions:
        return BlockConditions(block=block, seconds=1.0, foreign_share=0.0, steal_share=0.0)

    monkeypatch.setattr(controller, "conditions_between", quiet)
    return made


async def test_a_run_from_choosing_to_results(app: AdvisorApp, real: RealController) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await open_measuring(pilot)
        await pilot.press("m")
        await settle(pilot)
        shown = text_of(app)
        assert "Matrix product · gemm-24" in shown and "Transformer block, forward · 8x16" in shown
        assert "PyTorch compile, Matrix product · gemm-24: failed: no [red]compiler" in shown
        (run,) = open_store(store_path()).runs()
        assert run.state == "finished" and f"kept as {run.id}" in shown
    steps = "\n".join(real.steps)
    assert "Checking that results agree · PyTorch eager: " in steps
    assert "Block 1 of 2 · " in steps and "PyTorch eager again" in steps
    assert "× PyTorch compile, 1 case: failed: no [red]compiler" in steps
