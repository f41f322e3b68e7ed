"""On a card, where there is one: copies both ways and a product, through the gate and measured."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from probes.bench.arms import ARMS
from probes.bench.assembly import BenchmarkRun
from probes.bench.controller import run_plan
from probes.bench.document import Case
from tests.probes.bench.plans import GEMM, TO_DEVICE, TO_HOST, tiny_plan

_DRIVERS = ("/dev/nvidiactl", "/dev/dxg", "/dev/kfd")
_ASK = "import sys, torch; sys.exit(0 if torch.cuda.is_available() else 1)"


def has_card() -> bool:
    """Ask PyTorch in another process, if a driver is there at all."""
    if find_spec("torch") is None or not any(Path(driver).exists() for driver in _DRIVERS):
        return False
    return subprocess.run([sys.executable, "-c", _ASK], check=False).returncode == 0


pytestmark = pytest.mark.skipif(not has_card(), reason="PyTorch finds no card here")
TORCH_ARMS = [arm for arm in ARMS if arm.startswith("pytorch/")]
COPIES = [TO_DEVICE, TO_HOST]


@pytest.fixture(scope="module")
def on_card() -> BenchmarkRun:
    return run_plan(tiny_plan(arms=TORCH_ARMS, cases=[*COPIES, GEMM], device="cuda"))


def test_a_product_on_the_card_is_that_of_the_reference(on_card: BenchmarkRun) -> None:
    cells = on_card.benchmarks.workloads[GEMM.id].arms
    assert list(cells) == TORCH_ARMS
    for arm, cell in cells.items():
        assert cell.status == "ok", (arm, cell.reason)
        assert cell.device == "cuda"
        # In float32: with TF32 it would be a thousandth off.
        assert cell.equality is not None and cell.equality.relative_l2 is not None
        assert 0 < cell.equality.relative_l2 <= 1e-5
        assert [len(samples) for samples in cell.samples] == [3, 3]
    assert cells["pytorch/compile"].recompiles == 0


@pytest.mark.parametrize("case", COPIES, ids=lambda case: case.id)
def test_copies_arrive_whole_and_their_rate_is_what_they_moved(
    case: Case, on_card: BenchmarkRun
) -> None:
    # A copy is no computation: only the eager arm does it.
    cells = on_card.benchmarks.workloads[case.id].arms
    assert list(cells) == ["pytorch/eager"]
    cell = cells["pytorch/eager"]
    assert cell.status == "ok", cell.reason
    assert cell.equality is not None and cell.equality.relative_l2 == 0.0
    assert cell.median_seconds is not None and cell.work_per_second is not None
    assert cell.work_per_second == pytest.approx(1e-3 / cell.median_seconds)
    # A megabyte over any bus; faster would mean that nobody waited for it.
    assert 0.01 < cell.work_per_second < 1000.0


def test_memory_is_the_allocators_own_and_holds_what_lies_on_the_card(
    on_card: BenchmarkRun,
) -> None:
    megabyte = 4 * 250_000
    for case, least in ((TO_HOST, 4 * megabyte), (TO_DEVICE, megabyte), (GEMM, 24 * 24 * 4)):
        cell = on_card.benchmarks.workloads[case.id].arms["pytorch/eager"]
        assert cell.peak_memory_bytes is not None
        # A process with a framework in it takes far more than this of the host's memory.
        assert least <= cell.peak_memory_bytes < 256 << 20


def test_a_copy_of_an_arm_tells_the_noise_of_the_card(on_card: BenchmarkRun) -> None:
    assert on_card.aa is not None and on_card.aa.arm == "pytorch/eager"
    assert all(case.ratio is not None for case in on_card.aa.cases.values())
    assert set(on_card.aa.cases) == {TO_DEVICE.id, TO_HOST.id, GEMM.id}
