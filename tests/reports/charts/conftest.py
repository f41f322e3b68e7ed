"""One run and its charts, made in code; golden pictures and texts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from advisor.reports.charts.model import Chart
from advisor.reports.charts.of_run import charts_of
from advisor.reports.charts.seeds import seed_chart
from advisor.tested.results import Judged, judge_claims
from knowledge.base import Knowledge
from probes.bench.document import Roof
from probes.document import ProbeDocument
from tests.tested.making import PC, PE, TE, TF, TX, broken, cell, decoding, document, workload

GOLDEN = Path(__file__).parent / "golden"
UPDATE = "FW_ADVISOR_UPDATE_GOLDEN"
"""Set it to 1 to write the golden files anew; then look at what changed."""


@pytest.fixture(scope="session")
def run() -> ProbeDocument:
    peaks = {1: {PE: 4e8, TE: 5e8}, 4: {PE: 4.8e8, TE: 7e8}, 8: {PE: 6e8, TE: 9e8}}
    return document(
        {
            "train-step-small": workload(
                "train-step", {PE: 0.02, PC: 0.013, TE: 0.03, TF: 0.0131, TX: 0.012}
            ),
            "decode-small": workload(
                "decode",
                {
                    PE: decoding(PE, 0.004, 0.03),
                    PC: broken(PC),
                    TE: decoding(TE, 0.0046),
                    TF: decoding(TF, 0.0025),
                },
            ),
            "matmul-gemm-512": workload(
                "matmul",
                {PE: cell(PE, 0.01, roof_share=0.81), TE: cell(TE, 0.012, roof_share=1.06)},
            ),
            **{
                f"memory-batch-{batch}": workload(
                    "memory", {a: cell(a, v, 0.0) for a, v in arms.items()}, "bytes", batch=batch
                )
                for batch, arms in peaks.items()
            },
        },
        roof=Roof(threads=2, gflops=120.0, gigabytes_per_second=20.0, how="made"),
    )


@pytest.fixture(scope="session")
def judged(run: ProbeDocument, knowledge: Knowledge) -> Judged:
    return judge_claims(knowledge, [run])


@pytest.fixture(scope="session")
def charts(run: ProbeDocument, judged: Judged) -> dict[str, Chart]:
    assert judged.runs.conditions is not None
    seeds = seed_chart(judged.results, judged.runs.conditions.words)
    return {chart.id: chart for chart in (seeds, *charts_of(run))}


def is_golden(text: str, name: str) -> None:
    path = GOLDEN / name
    if os.environ.get(UPDATE):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no golden file {name}; run with {UPDATE}=1"
    assert text == path.read_text(encoding="utf-8")
