"""What the A/A copy says of the machine, also where one case has none."""

from __future__ import annotations

from probes.bench.analysis import analyse
from probes.bench.document import AaCheck, Benchmarks, Cell
from tests.probes.bench.cells import PE, TF, cell, copied, workload
from tests.probes.bench.plans import BLOCK, GEMM

STEADY = (1.0, 1.004, 0.998, 1.002, 0.996, 1.001)
RESTLESS = (1.0, 1.3, 0.8, 1.25, 0.85, 1.1)


def failed(arm: str) -> Cell:
    return cell(arm, [], status="failed", reason="no compiler")


def checked(gemm: tuple[Cell, Cell], block: tuple[Cell, Cell]) -> tuple[Benchmarks, AaCheck]:
    """Analyse two cases, each with its first arm and the copy of it."""
    slower = [1.08 * one for one in STEADY]
    workloads = {
        case.id: workload({PE: arm, TF: cell(TF, slower)}, case)
        for case, (arm, _) in ((GEMM, gemm), (BLOCK, block))
    }
    found, aa = analyse(
        Benchmarks(workloads=workloads), copied({GEMM.id: gemm[1], BLOCK.id: block[1]})
    )
    assert aa is not None
    return found, aa


QUIET = cell(PE, STEADY), cell(PE, STEADY[::-1])
NOISY = cell(PE, STEADY), cell(PE, RESTLESS)
MISSING = cell(PE, STEADY), failed(PE)


def test_a_copy_that_is_missing_does_not_make_a_quiet_machine_noisy() -> None:
    found, aa = checked(QUIET, MISSING)
    assert aa.quiet and aa.floor is not None and aa.floor < 0.05
    assert "agree within" in aa.text
    assert f"Without a copy, and judged by the others: {BLOCK.id}." in aa.text
    (pair,) = found.workloads[BLOCK.id].pairs
    assert pair.verdict == "faster"


def test_a_case_without_a_copy_is_no_surer_than_the_others() -> None:
    found, aa = checked(NOISY, MISSING)
    assert not aa.quiet and GEMM.id in aa.text
    (pair,) = found.workloads[BLOCK.id].pairs
    assert pair.verdict == "undecided" and pair.band > 0.08
    assert "two runs of the same arm differ" in pair.note


def test_without_any_copy_nothing_is_said_of_the_noise() -> None:
    _, aa = checked(MISSING, MISSING)
    assert not aa.quiet and aa.floor is None
    assert "too few blocks to tell" in aa.text and "Without a copy" not in aa.text
