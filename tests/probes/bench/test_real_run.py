"""The whole way with the real frameworks, on sizes that take no time."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from probes.bench.analysis import analyse
from probes.bench.arms import COMPILED_ARMS, USUAL_ARMS
from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import AaCheck, Benchmarks, Cell
from probes.bench.events import Progress
from probes.bench.peak_memory import reset_peak
from probes.bench.sampling import CURVE_CALLS
from tests.probes.bench.plans import BLOCK, GEMM, tiny_plan

ARMS_OF_TWO = USUAL_ARMS["standard"]
BOTH = find_spec("torch") is not None and find_spec("tensorflow") is not None
pytestmark = pytest.mark.skipif(not BOTH, reason="needs both frameworks")


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where this machine keeps what is temporary."""
    folder = tmp_path_factory.mktemp("temporary")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", str(folder))
        yield folder


@pytest.fixture(scope="module")
def real_run(temporary: Path) -> Iterator[BenchmarkRun]:
    seen: list[Progress] = []
    yield run_plan(tiny_plan(), on_progress=seen.append)
    assert seen[-1].phase == "finished"


def test_every_arm_passes_the_gate_before_it_is_measured(real_run: BenchmarkRun) -> None:
    for workload in real_run.benchmarks.workloads.values():
        assert list(workload.arms) == list(ARMS_OF_TWO)
        for arm, cell in workload.arms.items():
            assert cell.status == "ok", (arm, cell.reason)
            assert cell.equality is not None and cell.equality.passed
            assert cell.equality.relative_l2 is not None and cell.equality.relative_l2 > 0


def test_a_run_leaves_nothing_behind(real_run: BenchmarkRun, temporary: Path) -> None:
    assert list(temporary.iterdir()) == []


def test_samples_are_kept_raw_and_the_figures_follow_from_them(real_run: BenchmarkRun) -> None:
    for workload in real_run.benchmarks.workloads.values():
        for cell in workload.arms.values():
            assert cell.blocks == [1, 2]
            assert [len(samples) for samples in cell.samples] == [3, 3]
            medians = [statistics.median(samples) for samples in cell.samples]
            assert cell.median_seconds == pytest.approx(statistics.median(medians))
            assert all(loops & (loops - 1) == 0 for loops in cell.loops)
            assert cell.first_call_seconds is not None and cell.first_call_seconds > 0
            # From the very first call on, which is where compiling shows.
            assert cell.warm_up[0] == cell.warm_first_call_seconds[0]
            assert sum(cell.warm_up[:4]) == pytest.approx(cell.first_pass_seconds[0])
            assert 4 < len(cell.warm_up) <= CURVE_CALLS


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


@pytest.mark.skipif(not reset_peak(), reason="a peak of memory cannot be reset here")
def test_peak_memory_is_that_of_a_process_with_a_framework_in_it(real_run: BenchmarkRun) -> None:
    for workload in real_run.benchmarks.workloads.values():
        for arm, cell in workload.arms.items():
            assert cell.peak_memory_bytes is not None, arm
            assert 50 << 20 < cell.peak_memory_bytes < 8 << 30


def test_the_roof_of_this_machine_is_measured_and_arms_are_held_against_it(
    real_run: BenchmarkRun,
) -> None:
    roof = real_run.benchmarks.roof
    assert roof is not None
    assert roof.threads == 1 and "NumPy" in roof.how
    # Slower than any machine of this century, faster than any of its processors.
    assert 0.1 < roof.gflops < 1e5 and 0.1 < roof.gigabytes_per_second < 1e4
    arithmetic, traffic = 2 * 24**3 / 1e9, 4 * 3 * 24**2 / 1e9
    least = max(arithmetic / roof.gflops, traffic / roof.gigabytes_per_second)
    for cell in real_run.benchmarks.workloads[GEMM.id].arms.values():
        assert cell.median_seconds is not None
        assert cell.roof_share == pytest.approx(least / cell.median_seconds)
        assert cell.work_per_second == pytest.approx(arithmetic / cell.median_seconds)


def test_two_blocks_measure_but_do_not_decide(real_run: BenchmarkRun) -> None:
    pairs = real_run.benchmarks.workloads[BLOCK.id].pairs
    assert len(pairs) == 10
    assert all(pair.verdict == "undecided" and pair.ratio is not None for pair in pairs)
    assert real_run.aa is not None
    assert real_run.aa.cases[GEMM.id].ratio is not None


def spoilt_cell(cell: Cell) -> Cell:
    """Return the cell with another number wherever a figure follows from others."""
    figures = {name: replace(one, median=-1.0) for name, one in cell.figures.items()}
    spoilt = dict.fromkeys(
        ("median_seconds", "work_per_second", "roof_share", "break_even_calls"), -1.0
    )
    return replace(cell, figures=figures, **spoilt)


def spoilt_run(run: BenchmarkRun) -> tuple[Benchmarks, AaCheck]:
    assert run.aa is not None
    workloads = {
        case: replace(
            one, pairs=[], arms={arm: spoilt_cell(cell) for arm, cell in one.arms.items()}
        )
        for case, one in run.benchmarks.workloads.items()
    }
    copies = {
        case: replace(
            one, cell=spoilt_cell(one.cell), ratio=9.0, low=8.0, high=10.0, floor=9.0, quiet=True
        )
        for case, one in run.aa.cases.items()
    }
    check = replace(run.aa, quiet=True, floor=9.0, text="", cases=copies)
    return replace(run.benchmarks, workloads=workloads), check


def test_a_saved_run_gives_the_same_figures_again_whatever_stands_in_their_places(
    real_run: BenchmarkRun,
) -> None:
    benchmarks, aa = spoilt_run(real_run)
    stored = msgspec.json.decode(msgspec.json.encode(benchmarks), type=Benchmarks)
    again, check = analyse(stored, aa, real_run.environment.blocks)
    assert again == real_run.benchmarks
    assert check == real_run.aa


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
