"""Runs of the real controller whose workers are stand-ins: quick, and bad where they are told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from msgspec import json as msgspec_json

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import Cell, Plan
from probes.bench.workers import Workers
from tests.probes.bench.plans import tiny_plan

WORKER = "misbehaving_worker"
ARMS = ["pytorch/eager", "pytorch/compile", "tensorflow/function"]
TWO = ["pytorch/eager", "pytorch/compile"]
SAMPLES = [0.8e-3] * 3
"""Of one process of the arm `pytorch/compile`."""


def told(monkeypatch: pytest.MonkeyPatch, orders: dict[str, Any] | None = None) -> None:
    """Tell the stand-ins what to do; and what this machine can do at most matters to no test."""
    monkeypatch.setenv("FAKE_WORKER", json.dumps(orders or {}))
    monkeypatch.setattr(Workers, "roof", lambda self: None)


def run(
    monkeypatch: pytest.MonkeyPatch, orders: dict[str, Any] | None = None, **options: Any
) -> BenchmarkRun:
    """Run three arms on two cases for two blocks; `plan` changes that."""
    told(monkeypatch, orders)
    changes = {"arms": ARMS, "blocks": 2} | options.pop("plan", {})
    return run_plan(tiny_plan(**changes), worker=WORKER, **options)


def three_blocks(**changes: Any) -> Plan:
    """Return a plan of two arms, three blocks and no copy: every arm has one process a block."""
    return tiny_plan(**({"arms": TWO, "copy_of": None, "blocks": 3} | changes))


def cell(result: BenchmarkRun, case: str, arm: str) -> Cell:
    return result.benchmarks.workloads[case].arms[arm]


def kept(run: BenchmarkRun) -> BenchmarkRun:
    """Return a run as it is read from a file."""
    return msgspec_json.decode(msgspec_json.encode(run), type=BenchmarkRun)


def assert_lost_in_block_3(
    result: BenchmarkRun, case: str, status: str, words: str, arm: str = "pytorch/compile"
) -> None:
    """One case of an arm ended in block 3 and says why; two blocks of it and all else are whole."""
    lost = cell(result, case, arm)
    assert lost.status == status
    assert lost.reason.startswith("in block 3: ")
    assert words in lost.reason
    assert lost.blocks == [1, 2]
    assert lost.samples == [SAMPLES, SAMPLES]
    for name, workload in result.benchmarks.workloads.items():
        for other, whole in workload.arms.items():
            if (name, other) != (case, arm):
                assert (whole.status, whole.blocks) == ("ok", [1, 2, 3]), (name, other, whole)
    pairs = {(pair.a, pair.b): pair.verdict for pair in result.benchmarks.workloads[case].pairs}
    assert pairs["pytorch/eager", "pytorch/compile"] == "not-comparable"
    assert not result.benchmarks.interrupted
