"""The whole way with the real frameworks, on sizes that take no time."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from probes.bench.analysis import analyse
from probes.bench.arms import COMPILED_ARMS, USUAL_ARMS
from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import Benchmarks
from probes.bench.events import Progress
from tests.probes.bench.plans import BLOCK, GEMM, tiny_plan

ARMS_OF_TWO = USUAL_ARMS["standard"]
BOTH = find_spec("torch") is not None and find_spec("tensorflow") is not None
pytestmark = pytest.mark.skipif(not BOTH, reason="needs both frameworks")


@pytest.fixture(scope="module")
def real_run() -> Iterator[BenchmarkRun]:
    seen: list[Progress] = []
    yield run_plan(tiny_plan(), on_progress=seen.append)
    assert seen[-1].phase == "finished"


def test_every_arm_passes_the_gate_on_every_workload(real_run: BenchmarkRun) -> None:
    for workload in real_run.benchmarks.workloads.values():
        assert list(workload.arms) == list(ARMS_OF_TWO)
        for arm, cell in workload.arms.items():
            assert cell.status == "ok", (arm, cell.reason)
            assert cell.equality is not None and cell.equality.passed
            assert cell.equality.relative_l2 is not None and cell.equality.relative_l2 > 0


def test_samples_are_kept_raw_and_the_figures_follow_from_them(real_run: BenchmarkRun) -> None:
    for workload in real_run.benchmarks.workloads.values():
        for cell in workload.arms.values():
            assert cell.blocks == [1, 2]
            assert [len(samples) for samples in cell.samples] == [3, 3]
            medians = [statistics.median(samples) for samples in cell.samples]
            assert cell.median_seconds == pytest.approx(statistics.median(medians))
            assert all(loops & (loops - 1) == 0 for loops in cell.loops)
            assert cell.first_call_seconds is not None and cell.first_call_seconds > 0
            assert len(cell.warm_up) >= 3


def test_compiled_arms_compile_once_and_say_what_it_cost(real_run: BenchmarkRun) -> None:
    for workload in real_run.benchmarks.workloads.values():
        for arm in set(COMPILED_ARMS) & set(ARMS_OF_TWO):
            cell = workload.arms[arm]
            assert cell.recompiles == 0
            assert cell.first_call_seconds is not None and cell.second_call_seconds is not None
            assert cell.first_call_seconds > cell.second_call_seconds
        assert workload.arms["pytorch/eager"].recompiles is None


def test_both_frameworks_ran_with_the_threads_of_the_plan(real_run: BenchmarkRun) -> None:
    assert real_run.environment.versions["pytorch-threads"] == "1"
    assert real_run.environment.versions["tensorflow-threads"] == "1"


def test_peak_memory_is_that_of_a_process_with_a_framework_in_it(real_run: BenchmarkRun) -> None:
    for cell in real_run.benchmarks.workloads[GEMM.id].arms.values():
        if cell.peak_memory_bytes is not None:  # where the kernel cannot reset the peak
            assert 50 << 20 < cell.peak_memory_bytes < 8 << 30


def test_two_blocks_measure_but_do_not_decide(real_run: BenchmarkRun) -> None:
    pairs = real_run.benchmarks.workloads[BLOCK.id].pairs
    assert len(pairs) == 10
    assert all(pair.verdict == "undecided" and pair.ratio is not None for pair in pairs)
    assert real_run.aa is not None
    assert real_run.aa.cases[GEMM.id].ratio is not None


def test_a_saved_run_gives_the_same_figures_again(real_run: BenchmarkRun) -> None:
    import msgspec

    stored = msgspec.json.decode(msgspec.json.encode(real_run.benchmarks), type=Benchmarks)
    again, aa = analyse(stored, real_run.aa, real_run.environment.blocks)
    assert again == real_run.benchmarks
    assert aa == real_run.aa


def test_without_a_compiler_torch_compile_is_a_failed_cell_not_an_eager_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    plan = tiny_plan(cases=[BLOCK], arms=["pytorch/compile"], copy_of=None, blocks=1)
    cell = run_plan(plan).benchmarks.workloads[BLOCK.id].arms["pytorch/compile"]
    assert cell.status == "failed"
    assert cell.code == "NO_CXX_COMPILER"
    assert cell.samples == []


def test_an_interpreter_without_frameworks_is_two_columns_not_installed(
    bare_interpreter: str,
) -> None:
    plan = tiny_plan(arms=["pytorch/eager", "tensorflow/eager"], cases=[GEMM])
    interpreters = {"torch": bare_interpreter, "tensorflow": bare_interpreter}
    result = run_plan(plan, interpreters)
    cells = result.benchmarks.workloads[GEMM.id].arms
    assert {cell.status for cell in cells.values()} == {"not-installed"}
    pairs = result.benchmarks.workloads[GEMM.id].pairs
    assert [pair.verdict for pair in pairs] == ["not-comparable"]


def test_one_framework_elsewhere_leaves_the_other_measured(bare_interpreter: str) -> None:
    plan = tiny_plan(
        arms=["pytorch/eager", "tensorflow/eager"], cases=[GEMM], blocks=1, copy_of=None
    )
    cells = run_plan(plan, {"tensorflow": bare_interpreter}).benchmarks.workloads[GEMM.id].arms
    assert cells["pytorch/eager"].status == "ok"
    assert cells["tensorflow/eager"].status == "not-installed"
