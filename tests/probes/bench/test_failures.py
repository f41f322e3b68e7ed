"""Workers that crash, hang, lie or vanish: each becomes a cell, and the rest of the run goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from msgspec import json as msgspec_json

from probes.bench.document import Benchmarks
from probes.bench.events import Progress
from tests.probes.bench.plans import BLOCK, GEMM
from tests.probes.bench.stand_in import ARMS, SAMPLES, TWO, cell, run
from tests.probes.pids import ends

pytestmark = pytest.mark.usefixtures("children_on_path", "no_process_left")
ROOT = Path(__file__).resolve().parents[3]


def test_all_well_every_cell_has_every_block(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch)
    for workload in result.benchmarks.workloads.values():
        assert list(workload.arms) == ARMS
        assert all(one.status == "ok" and one.blocks == [1, 2] for one in workload.arms.values())
        assert len(workload.pairs) == 3
    assert not result.benchmarks.interrupted
    assert [one.block for one in result.environment.blocks] == [1, 2]


def test_a_crash_in_one_case_spares_the_cases_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, {"pytorch/compile": {"do": "crash", "case": GEMM.id}})
    crashed = cell(result, GEMM.id, "pytorch/compile")
    assert crashed.status == "crashed"
    assert crashed.reason.startswith("crashed (signal 11)")
    assert cell(result, BLOCK.id, "pytorch/compile").blocks == [1, 2]
    verdicts = {(p.a, p.b): p.verdict for p in result.benchmarks.workloads[GEMM.id].pairs}
    assert verdicts["pytorch/eager", "pytorch/compile"] == "not-comparable"


def test_a_hang_is_killed_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(
        monkeypatch,
        {"tensorflow/function": {"do": "hang", "mode": "gate", "case": GEMM.id}},
        # Long enough for any process that does not hang.
        plan={"process_limit_seconds": 4.0, "blocks": 1},
    )
    hung = cell(result, GEMM.id, "tensorflow/function")
    assert hung.status == "timed-out"
    assert hung.reason.startswith("did not end within its time limit, after ")
    assert cell(result, BLOCK.id, "tensorflow/function").status == "ok"


@pytest.mark.parametrize(
    ("order", "status", "words"),
    [
        ({"do": "out-of-memory", "reason": "CUDA out of memory"}, "out-of-memory", "CUDA out"),
        ({"do": "failed", "reason": "Unsupported: graph break"}, "failed", "graph break"),
        ({"do": "exit"}, "failed", "ended with status 1"),
        ({"do": "silent"}, "failed", "without a result"),
        ({"do": "missing", "module": "torch"}, "not-installed", "PyTorch is not installed"),
        ({"do": "missing", "module": "numpy"}, "failed", "numpy"),
    ],
)
def test_every_end_has_its_status_and_its_words(
    monkeypatch: pytest.MonkeyPatch, order: dict[str, Any], status: str, words: str
) -> None:
    result = run(monkeypatch, {"pytorch/compile": order}, plan={"blocks": 1})
    for case in (GEMM.id, BLOCK.id):
        broken = cell(result, case, "pytorch/compile")
        assert broken.status == status
        assert words in broken.reason
        assert broken.samples == []
        assert cell(result, case, "pytorch/eager").status == "ok"


def test_a_failure_in_a_later_block_keeps_the_samples_and_withholds_the_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = {"do": "crash", "mode": "measure", "after": 6, "file": str(tmp_path / "processes")}
    plan = {"arms": TWO, "copy_of": None, "cases": [GEMM], "blocks": 7}
    result = run(monkeypatch, {"pytorch/compile": crash}, plan=plan)
    broken = cell(result, GEMM.id, "pytorch/compile")
    assert (broken.status, broken.reason) == ("crashed", "in block 7: crashed (signal 11)")
    assert broken.blocks == [1, 2, 3, 4, 5, 6]
    assert broken.samples == [SAMPLES] * 6
    # Six blocks would carry a verdict, but of an arm that does not always run there is none.
    (pair,) = result.benchmarks.workloads[GEMM.id].pairs
    assert (pair.verdict, pair.ratio) == ("not-comparable", None)


def test_a_missing_framework_leaves_the_other_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {"do": "missing", "module": "tensorflow"}
    result = run(monkeypatch, {"tensorflow/function": missing})
    assert cell(result, GEMM.id, "tensorflow/function").status == "not-installed"
    assert cell(result, GEMM.id, "tensorflow/function").code == "NOT_INSTALLED"
    assert cell(result, GEMM.id, "pytorch/compile").blocks == [1, 2]


def test_nothing_to_measure_is_an_empty_result_not_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = run(monkeypatch, plan={"arms": [], "copy_of": None})
    assert result.aa is None
    assert result.benchmarks.workloads[GEMM.id].arms == {}


def test_six_blocks_decide_and_the_faster_arm_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, plan={"blocks": 6, "cases": [GEMM]})
    pairs = {(p.a, p.b): p for p in result.benchmarks.workloads[GEMM.id].pairs}
    slower = pairs["pytorch/eager", "pytorch/compile"]
    assert (slower.verdict, slower.blocks) == ("slower", 6)
    assert slower.ratio == pytest.approx(1.25)
    assert pairs["pytorch/eager", "tensorflow/function"].verdict == "equivalent"
    assert result.aa is not None and result.aa.quiet


def test_the_copy_is_kept_apart_from_the_arms(monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch)
    assert result.aa is not None and result.aa.arm == "pytorch/eager"
    assert result.aa.cases[GEMM.id].cell.blocks == [1, 2]
    assert all("#" not in arm for arm in result.benchmarks.workloads[GEMM.id].arms)


def test_cancelling_keeps_the_finished_blocks_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    cancel = threading.Event()
    seen: list[Progress] = []

    def cancel_in_block_3(progress: Progress) -> None:
        seen.append(progress)
        if progress.block == 3 and progress.case is not None:
            cancel.set()

    result = run(monkeypatch, plan={"blocks": 6}, on_progress=cancel_in_block_3, cancel=cancel)
    assert result.benchmarks.interrupted
    for workload in result.benchmarks.workloads.values():
        assert all(one.blocks == [1, 2] for one in workload.arms.values())
        assert all(pair.verdict == "undecided" for pair in workload.pairs)
        assert all("2 of at least 6" in pair.note for pair in workload.pairs)
    assert seen[-1].phase == "finished"


def test_cancelled_before_the_gate_there_are_no_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    cancel = threading.Event()
    cancel.set()
    result = run(monkeypatch, cancel=cancel)
    assert result.benchmarks.interrupted
    assert all(not workload.arms for workload in result.benchmarks.workloads.values())


CONTROL_C = """
import sys
from msgspec.json import encode
from probes.bench.controller import run_plan
from tests.probes.bench.plans import tiny_plan
def tell(progress):
    if progress.phase == "measuring" and progress.case:
        print(progress.block, flush=True)
plan = tiny_plan(arms=["pytorch/eager"], blocks=200)
result = run_plan(plan, worker="misbehaving_worker", on_progress=tell)
print(encode(result.benchmarks).decode(), flush=True)
sys.stdin.read()
"""


def test_control_c_keeps_the_finished_blocks_and_leaves_no_process(tmp_path: Path) -> None:
    path = os.pathsep.join((str(ROOT), os.environ["PYTHONPATH"]))
    pids = tmp_path / "pids"
    # The worker of block 3 does not end by itself.
    hang = {"do": "hang", "mode": "measure", "after": 4, "file": str(tmp_path / "processes")}
    orders = {"pids": str(pids), "pytorch/eager": hang}
    with subprocess.Popen(
        [sys.executable, "-c", CONTROL_C],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, "FAKE_WORKER": json.dumps(orders)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None and process.stdin is not None
        next(line for line in process.stdout if line.strip() == "3")
        process.send_signal(signal.SIGINT)
        answer = next(line for line in process.stdout if line.startswith("{"))
        # Before the controller itself ends, which would take them along.
        workers = [int(line) for line in pids.read_text().split()]
        assert len(workers) == 6 and all(map(ends, workers))
        process.stdin.close()
        assert process.wait(timeout=30) == 0
    benchmarks = msgspec_json.decode(answer, type=Benchmarks)
    assert benchmarks.interrupted
    assert benchmarks.workloads[GEMM.id].arms["pytorch/eager"].blocks == [1, 2]


def test_progress_tells_block_arm_case_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Progress] = []
    run(monkeypatch, on_progress=seen.append)
    assert next(p.phase for p in seen) == "preparing"
    measuring = [p for p in seen if p.phase == "measuring" and p.case]
    assert {(p.block, p.blocks) for p in measuring} == {(1, 2), (2, 2)}
    assert {p.arm for p in measuring} == {*ARMS, "pytorch/eager#copy"}
    assert all(p.seconds_left is not None for p in seen)
    assert seen[-1].done == 1.0


def test_the_order_differs_between_blocks_and_repeats_with_the_seed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def orders(seed: int) -> list[list[str | None]]:
        seen: list[Progress] = []
        run(monkeypatch, plan={"blocks": 4, "seed": seed, "cases": [GEMM]}, on_progress=seen.append)
        starts = [p for p in seen if p.phase == "measuring" and p.case]
        return [[p.arm for p in starts if p.block == block] for block in range(1, 5)]

    first = orders(1)
    assert all(sorted(map(str, one)) == sorted([*ARMS, "pytorch/eager#copy"]) for one in first)
    assert len({tuple(one) for one in first}) > 1
    assert orders(1) == first
    assert orders(2) != first
