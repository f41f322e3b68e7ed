"""What was measured, as the command line prints it: a golden page, and what may not be said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec import structs

from advisor.reports.measured import agreement, case_page, noise_page
from advisor.reports.page import cells, plain
from probes.bench.document import Equality
from probes.document import ProbeDocument
from tests.tested.making import PC, PE, TE, TF, TX, broken, cell, decoding, document, workload

GOLDEN = Path(__file__).parent / "golden" / "measured.txt"
UPDATE = "FW_ADVISOR_UPDATE_GOLDEN"
"""Set it to 1 to write the golden text anew; then look at what changed."""

WRONG = structs.replace(
    broken(TX, "not-comparable", "the result differs from the reference: 3.00e-01, allowed 1e-04"),
    equality=Equality(passed=False, relative_l2=0.3, tolerance=1e-4),
)
UNSETTLED = ["unsettled in block 1", "unsettled in block 4"]


@pytest.fixture
def measured() -> ProbeDocument:
    """A case that is decided, with arms that failed; others open, alike, too short, all failed."""
    return document(
        {
            "train-step-small": workload(
                "train-step",
                {
                    PE: cell(PE, 0.02, first_call_seconds=0.31, peak_memory_bytes=412_000_000),
                    PC: cell(PC, 0.013, first_call_seconds=21.4, flags=UNSETTLED),
                    TE: cell(TE, 1.3),
                    TF: broken(TF, reason="no C++ compiler was found, and without one nothing is"),
                    TX: WRONG,
                },
                width=64,
            ),
            "decode-small": workload("decode", {PE: decoding(PE, 2e-5, 0.08), TE: 6.4e-4}),
            "memory-small": workload("memory", {PE: 4e8, TE: cell(TE, 5e8, recompiles=2)}, "bytes"),
            "matmul-small": workload("matmul", {PE: 3e-8, TE: 3.01e-8}),
            "lstm-small": workload("lstm", {PC: cell(PC, 0.02, blocks=1), TE: 0.03}),
            "cnn-small": workload("cnn", {PC: broken(PC, "crashed", "signal 11"), TE: broken(TE)}),
        }
    )


def page(document: ProbeDocument, width: int) -> list[str]:
    cases = document.benchmarks.workloads.values()
    lines = [line for case in cases for line in case_page(case, width)]
    return [plain(line) for line in [*lines, *noise_page(document.aa, width)]]


def test_the_page_is_as_agreed(measured: ProbeDocument) -> None:
    text = "\n".join(page(measured, 80)) + "\n"
    if os.environ.get(UPDATE):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 100])
def test_the_page_fits_any_width(measured: ProbeDocument, width: int) -> None:
    assert max(map(cells, page(measured, width))) <= width


def test_a_result_that_differs_does_not_count_as_one_that_agrees(measured: ProbeDocument) -> None:
    said = {key: agreement(case) for key, case in measured.benchmarks.workloads.items()}
    assert "All others agree with a float64 reference to 1e-07" in said["train-step-small"]
    assert "All agree with a float64 reference to 1e-07" in said["decode-small"]
    assert said["cnn-small"] == ""
