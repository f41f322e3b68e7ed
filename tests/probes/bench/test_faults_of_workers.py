"""A worker that dies, hangs or runs out of memory half-way: a reason, and nothing else is lost."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from probes.bench.controller import run_plan
from probes.bench.document import Case
from tests.probes.bench.plans import BLOCK, GEMM, tiny_plan
from tests.probes.bench.stand_in import (
    WORKER,
    assert_lost_in_block_3,
    cell,
    run,
    three_blocks,
    told,
)

pytestmark = pytest.mark.usefixtures("children_on_path", "no_process_left")
LINUX = sys.platform.startswith("linux")


def in_block_3(tmp_path: Path, do: str, **order: Any) -> dict[str, Any]:
    """Order the arm `pytorch/compile` to do so from its third measuring process on."""
    counted = {"mode": "measure", "after": 2, "file": str(tmp_path / "processes")}
    return {"pytorch/compile": {"do": do, "case": GEMM.id} | counted | order}


@pytest.mark.parametrize(
    ("do", "status", "words"),
    [
        ("kill", "crashed", "crashed (signal 9)"),
        ("exit", "failed", "ended with status 1: as told"),
        pytest.param(
            *("allocate", "out-of-memory", "MemoryError"),
            marks=pytest.mark.skipif(not LINUX, reason="no limit of memory can be set here"),
        ),
    ],
)
def test_what_ends_a_worker_half_way_costs_one_case_of_one_arm(
    do: str, status: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, in_block_3(tmp_path, do))
    result = run_plan(three_blocks(), worker=WORKER)
    assert_lost_in_block_3(result, GEMM.id, status, words)


@pytest.mark.parametrize("case", [GEMM.id, BLOCK.id])
def test_the_case_after_a_crash_keeps_all_its_blocks(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Each of the two in turn, so that one of them is the first in its process.
    told(monkeypatch, in_block_3(tmp_path, "crash", case=case))
    result = run_plan(three_blocks(), worker=WORKER)
    assert_lost_in_block_3(result, case, "crashed", "crashed (signal 11)")


def test_a_hang_half_way_ends_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, in_block_3(tmp_path, "hang"))
    result = run_plan(three_blocks(process_limit_seconds=4.0), worker=WORKER)
    assert_lost_in_block_3(result, GEMM.id, "timed-out", "within its time limit")


@pytest.mark.parametrize("mode", ["gate", "measure"])
def test_a_process_killed_before_it_began_is_run_once_more(
    mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = {"mode": mode, "after": 0, "times": 1, "file": str(tmp_path / "processes")}
    told(monkeypatch, {"pytorch/compile": {"do": "kill-at-start"} | once})
    result = run_plan(three_blocks(), worker=WORKER)
    for case in (GEMM.id, BLOCK.id):
        found = cell(result, case, "pytorch/compile")
        assert (found.status, found.blocks) == ("ok", [1, 2, 3])
    wanted = {"gate": 2, "measure": 4}[mode]
    assert (tmp_path / "processes").stat().st_size == wanted


def test_a_process_that_is_killed_again_fails_and_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(monkeypatch, in_block_3(tmp_path, "kill-at-start"))
    result = run_plan(three_blocks(blocks=5), worker=WORKER)
    for case in (GEMM.id, BLOCK.id):
        found = cell(result, case, "pytorch/compile")
        assert (found.status, found.reason) == ("crashed", "in block 3: crashed (signal 9)")
        assert found.blocks == [1, 2]
        assert cell(result, case, "pytorch/eager").blocks == [1, 2, 3, 4, 5]
    assert (tmp_path / "processes").stat().st_size == 4


@pytest.mark.parametrize("do", ["missing", "imported"])
def test_a_worker_that_says_why_it_cannot_begin_is_not_asked_twice(
    do: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = {"mode": "gate", "after": 0, "file": str(tmp_path / "processes")}
    order = {"do": do, "module": "torch", "replaced": {"version": None}}
    result = run(monkeypatch, {"pytorch/compile": order | count}, plan={"blocks": 1})
    assert cell(result, GEMM.id, "pytorch/compile").status in ("not-installed", "failed")
    assert (tmp_path / "processes").stat().st_size == 1


LARGE = Case(id="matmul-gemm-1024", workload="matmul", sizes={"m": 1024, "k": 1024, "n": 1024})


@pytest.mark.skipif(not LINUX, reason="no limit of memory can be set here")
@pytest.mark.skipif(find_spec("torch") is None, reason="needs PyTorch")
def test_a_framework_that_gets_no_more_memory_says_so_and_smaller_cases_are_measured() -> None:
    plan = tiny_plan(arms=["pytorch/eager"], cases=[LARGE, GEMM], copy_of=None, blocks=1)
    result = run_plan(plan, worker="limited_worker")
    lacking = cell(result, LARGE.id, "pytorch/eager")
    assert lacking.status == "out-of-memory"
    assert "memory" in lacking.reason.lower() or "allocate" in lacking.reason
    assert cell(result, GEMM.id, "pytorch/eager").blocks == [1]
