"""A process whose threads waited for each other is named, and what it measured is kept."""

from __future__ import annotations

import pytest

from probes.bench.analysis import analyse
from probes.bench.collapse import with_collapses
from probes.bench.conditions import noise_causes
from probes.bench.document import Benchmarks, BlockConditions, Case, Cell
from tests.probes.bench.cells import PE, TF, cell, copied, workload
from tests.probes.bench.plans import BLOCK, GEMM, MEMORY

STEADY = [1.0e-3, 1.1e-3, 0.9e-3, 1.0e-3, 1.05e-3, 0.95e-3]


def times(factor: float, block: int = 4) -> list[float]:
    """Return the times of six blocks, of which one took so many times as long."""
    return [one * factor if n == block else one for n, one in enumerate(STEADY, 1)]


def benchmarks(arms: dict[str, Cell], case: Case = GEMM, **others: Cell) -> Benchmarks:
    return Benchmarks(workloads={case.id: workload(arms, case), BLOCK.id: workload(others, BLOCK)})


def conditions(blocks: int = 6) -> list[BlockConditions]:
    return [BlockConditions(block=number, seconds=1.0) for number in range(1, blocks + 1)]


def collapsed(found: list[BlockConditions]) -> dict[int, list[str]]:
    return {one.block: one.collapsed for one in found if one.collapsed}


def test_a_block_that_took_thirty_times_as_long_names_its_arm_and_says_so_in_words() -> None:
    run = benchmarks({PE: cell(PE, times(30.0)), TF: cell(TF, STEADY)})
    found = with_collapses(run, None, conditions())
    assert collapsed(found) == {4: [PE]}
    assert noise_causes(found) == ["threads of pytorch/eager waited for each other"]


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_a_block_that_took_twice_as_long_is_no_collapse(factor: float) -> None:
    run = benchmarks({PE: cell(PE, times(factor))})
    found = with_collapses(run, None, conditions())
    assert collapsed(found) == {}
    assert noise_causes(found) == []


def test_nothing_is_dropped_because_it_collapsed() -> None:
    run = benchmarks({PE: cell(PE, times(30.0)), TF: cell(TF, STEADY)})
    found = with_collapses(run, None, conditions())
    again, _ = analyse(run, None, found)
    arms, pairs = again.workloads[GEMM.id].arms, again.workloads[GEMM.id].pairs
    assert arms[PE].samples[3] == [30.0 * 1.0e-3] * 3
    assert arms[PE].blocks == [1, 2, 3, 4, 5, 6]
    (pair,) = pairs
    assert pair.blocks == 6
    # All six count, so that one of them leaves the pair undecided.
    assert pair.high is not None and pair.high > 5.0
    assert pair.verdict == "undecided"


def test_the_arms_of_a_block_are_all_named_and_each_once() -> None:
    slow = cell(PE, times(30.0))
    run = benchmarks({PE: slow, TF: cell(TF, times(10.0))}, **{PE: slow})
    copy = copied({GEMM.id: cell(PE, times(8.0, block=2))})
    found = with_collapses(run, copy, conditions())
    assert collapsed(found) == {2: [f"{PE}#copy"], 4: [PE, TF]}


def test_what_stood_there_before_is_forgotten() -> None:
    before = [BlockConditions(block=1, seconds=1.0, collapsed=["jax/jit"])]
    run = benchmarks({PE: cell(PE, STEADY)})
    assert collapsed(with_collapses(run, None, before)) == {}


def test_more_memory_is_no_collapse() -> None:
    run = benchmarks({PE: cell(PE, times(30.0))}, MEMORY)
    assert (
        collapsed(with_collapses(run, copied({MEMORY.id: cell(PE, times(30.0))}), conditions()))
        == {}
    )


def test_a_noisy_machine_says_that_threads_waited() -> None:
    run = benchmarks({PE: cell(PE, STEADY), TF: cell(TF, STEADY)})
    check = copied({GEMM.id: cell(PE, times(30.0))})
    _, summary = analyse(run, check, with_collapses(run, check, conditions()))
    assert summary is not None and not summary.quiet
    assert "Found: threads of pytorch/eager#copy waited for each other." in summary.text
