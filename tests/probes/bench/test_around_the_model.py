"""What a run tells beside the time of a call: data, export, start, first token and first pass."""

from __future__ import annotations

import statistics
from importlib.util import find_spec
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.workloads import load_workload
from tests.probes.bench.child_jobs import ask
from tests.probes.bench.plans import (
    BUCKETED,
    COLD,
    DECODE,
    PIPELINE,
    PIPELINE_AHEAD,
    SERVE,
    tiny_plan,
)

BOTH = find_spec("torch") is not None and find_spec("tensorflow") is not None
ARMS = ["pytorch/eager", "tensorflow/eager", "tensorflow/function-xla"]
needs_both = pytest.mark.skipif(not BOTH, reason="needs both frameworks")


def test_batches_are_the_text_word_by_word() -> None:
    workload, sizes = load_workload(PIPELINE.workload), dict(PIPELINE.sizes)
    _, weights = workload.arrays(sizes, np.random.default_rng(0))
    (batches,) = workload.references(weights, sizes, None)
    lines = weights["text"].tobytes().decode().splitlines()
    words = weights["words"].tobytes().decode().split("\n")
    assert [len(batch) for batch in batches] == [8, 8, 4]
    read = [row.tolist() for batch in batches for row in batch]
    for line, ids in zip(lines, read, strict=True):
        for word, number in zip_longest(line.casefold().split(), ids, fillvalue=""):
            expected = {"": 0}.get(word, words.index(word) + 2 if word in words else 1)
            assert number == expected
    # What a careless pipeline would get wrong does occur.
    assert any("  " in line for line in lines) and any(line[0].isupper() for line in lines)
    assert any(1 in ids for ids in read) and any(ids[-1] == 0 for ids in read)


@needs_both
@pytest.mark.parametrize("mode", ["gate", "measure"])
def test_workers_of_the_data_loader_end_with_their_case(mode: str, tmp_path: Path) -> None:
    lengths = {"samples": 1, "sample_seconds": 1e-4, "compiled": False}
    lengths |= {"warm_up_seconds": 0.0, "warm_up_cap_seconds": 0.0}
    case = [PIPELINE_AHEAD]
    (line,) = ask("second_thoughts", "pytorch/eager", case, tmp_path, mode=mode, **lengths)
    assert line["status"] == "ok", line
    assert line["children"] == 0


@pytest.fixture(scope="module")
def whole_run() -> BenchmarkRun:
    cases = [PIPELINE, PIPELINE_AHEAD, SERVE, COLD, DECODE, BUCKETED]
    return run_plan(tiny_plan(arms=ARMS, cases=cases, copy_of=None))


def figures_of(run: BenchmarkRun, case: str, arm: str) -> dict[str, Any]:
    cell = run.benchmarks.workloads[case].arms[arm]
    assert cell.status == "ok", (case, arm, cell.reason)
    assert cell.blocks == [1, 2]
    return {name: (figure.unit, figure.values) for name, figure in cell.figures.items()}


@needs_both
@pytest.mark.parametrize("arm", ["pytorch/eager", "tensorflow/eager"])
def test_a_pipeline_tells_how_long_its_first_batch_takes(arm: str, whole_run: BenchmarkRun) -> None:
    for case in (PIPELINE, PIPELINE_AHEAD):
        unit, values = figures_of(whole_run, case.id, arm)["start-up"]
        assert unit == "s" and all(value > 0 for value in values)


@needs_both
@pytest.mark.parametrize("arm", ["pytorch/eager", "tensorflow/function-xla"])
def test_an_arm_exports_once_and_every_process_reloads(arm: str, whole_run: BenchmarkRun) -> None:
    figures = figures_of(whole_run, SERVE.id, arm)
    assert all(value > 0 for value in figures["reload"][1])
    for name, unit in (("export", "s"), ("artifact", "bytes")):
        # One export is one observation, whatever the number of blocks.
        assert figures[name][0] == unit
        assert [value is None for value in figures[name][1]] == [False, True]
    assert figures["artifact"][1][0] > 4 * 12 * 16 * 16  # the weights are in it


@needs_both
def test_only_what_was_reloaded_is_called(whole_run: BenchmarkRun) -> None:
    cells = whole_run.benchmarks.workloads[SERVE.id].arms
    # The process that measures compiles nothing; there is nothing to export eagerly here.
    assert all(cell.recompiles is None for cell in cells.values())
    assert "tensorflow/eager" not in cells


@needs_both
@pytest.mark.parametrize("arm", ["pytorch/eager", "tensorflow/eager"])
def test_a_start_is_an_import_and_a_product(arm: str, whole_run: BenchmarkRun) -> None:
    figures = figures_of(whole_run, COLD.id, arm)
    starts = whole_run.benchmarks.workloads[COLD.id].arms[arm].samples
    for (start,), imported in zip(starts, figures["import"][1], strict=True):
        assert 0 < imported < start
    if "resident" in figures:  # where the system tells
        assert all(value > 50 << 20 for value in figures["resident"][1])


@needs_both
@pytest.mark.parametrize("arm", ARMS)
def test_decoding_tells_the_time_of_the_first_token_and_of_every_next(
    arm: str, whole_run: BenchmarkRun
) -> None:
    figures = figures_of(whole_run, DECODE.id, arm)
    assert set(figures) == {"first-token", "next-token"}
    for unit, values in figures.values():
        assert unit == "s"
        assert len(values) == 2 and all(value > 0 for value in values)
    cell = whole_run.benchmarks.workloads[DECODE.id].arms[arm]
    # A call writes eight tokens, so that one of them takes less than the call.
    for samples, value in zip(cell.samples, figures["next-token"][1], strict=True):
        assert value < max(samples)
    found = cell.figures["next-token"]
    assert found.median == pytest.approx(statistics.fmean(v for v in found.values if v))


@needs_both
@pytest.mark.parametrize("arm", ARMS)
def test_every_shape_counts_in_the_first_pass(arm: str, whole_run: BenchmarkRun) -> None:
    assert figures_of(whole_run, BUCKETED.id, arm) == {}
    cell = whole_run.benchmarks.workloads[BUCKETED.id].arms[arm]
    assert len(cell.first_pass_seconds) == 2
    for whole, first in zip(cell.first_pass_seconds, cell.warm_first_call_seconds, strict=True):
        assert whole > first > 0


@needs_both
def test_without_a_compiler_aotinductor_is_a_failed_cell(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    plan = tiny_plan(cases=[SERVE], arms=["pytorch/compile"], copy_of=None, blocks=1)
    cell = run_plan(plan).benchmarks.workloads[SERVE.id].arms["pytorch/compile"]
    assert (cell.status, cell.code) == ("failed", "NO_CXX_COMPILER")
