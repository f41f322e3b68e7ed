"""A document may come from anywhere: nothing in it raises, decides wrongly or steers a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from advisor.documents.tested import probe_claims
from advisor.reports.charts.layout import draw
from advisor.reports.charts.of_run import charts_of
from advisor.reports.charts.seeds import seed_chart
from advisor.reports.charts.svg import svg
from advisor.reports.charts.terminal import chart_lines
from advisor.reports.page import cells, plain
from advisor.reports.tested import verdicts_page
from advisor.tested.results import judge_claims
from knowledge.base import Knowledge

from .claims import against, checks, compares, result
from .making import PE, TE, broken, cell, document, figure, workload

EVIL = "\x1b[2J</text><script>alert(1)</script> & \u202eevil | ` $x$ " + "w" * 300
BAD = [
    {"samples": [[0.0]] * 6},
    {"samples": [[-1.0]] * 6},
    {"samples": [[1e300]] * 6},
    {"samples": [[5e-324]] * 6},
    {"samples": [[]] * 6},
    {"samples": [[0.02]] * 3},
    {"blocks": [1, 1, 1, 1, 1, 1]},
    {"blocks": []},
    {"figures": {"first-token": figure(0.0)}},
    {"warm_up": [0.0, -1.0, 1e300]},
    {"roof_share": -3.0},
    {"median_seconds": 0.0},
    {"first_pass_seconds": [0.0, -1.0]},
]


@pytest.mark.parametrize("fields", BAD, ids=[str(n) for n in range(len(BAD))])
def test_impossible_numbers_are_not_computed_with(fields: dict, knowledge: Knowledge) -> None:
    cases = {"train-step-small": workload("train-step", {PE: 0.02, TE: 0.04})}
    good = document(cases)
    one = good.benchmarks.workloads["train-step-small"]
    arms = {**one.arms, TE: structs.replace(one.arms[TE], **fields)}
    spoilt = structs.replace(
        good,
        benchmarks=structs.replace(
            good.benchmarks, workloads={"train-step-small": structs.replace(one, arms=arms)}
        ),
    )
    for quantity in ("per-call", "first-pass", "first-token"):
        found = result(compares(against("b-less", quantity=quantity)), spoilt)
        assert found.verdict in ("not-measured", "undecided", "contradicted")
    result(checks(TE, "half-of-the-roof"), spoilt)
    judged = judge_claims(knowledge, [spoilt])
    for chart in (*charts_of(spoilt), seed_chart(judged.results)):
        chart_lines(chart, 60)
        svg(draw([chart]))


def hostile(knowledge: Knowledge):  # type: ignore[no-untyped-def]
    arms = {PE: 0.02, TE: broken(TE, "crashed", EVIL), EVIL: cell(PE, 0.03)}
    one = document(
        {
            "train-step-small": workload("train-step", arms, **{EVIL: 3}),
            "decode-" + EVIL: workload("decode", {PE: 0.02, TE: 0.04}),
        },
        processor=EVIL,
        versions={"torch": EVIL},
        created="2026-11-20T" + EVIL,
    )
    return one, judge_claims(knowledge, [one])


@pytest.mark.parametrize("width", [40, 60, 100, 160])
def test_pages_and_charts_hold_hostile_texts_without_harm(knowledge: Knowledge, width: int) -> None:
    one, judged = hostile(knowledge)
    document_ = probe_claims(judged)
    lines = verdicts_page(document_, width)
    for chart in (*charts_of(one), seed_chart(judged.results, document_.machine)):
        lines += chart_lines(chart, width)
    for line in lines:
        text = plain(line)
        assert "\n" not in text and cells(text) <= width, text


def test_a_picture_holds_hostile_texts_as_text(knowledge: Knowledge) -> None:
    one, judged = hostile(knowledge)
    charts = [*charts_of(one), seed_chart(judged.results, EVIL)]
    picture = svg(draw(charts))
    assert "<script" not in picture and "\x1b" not in picture and "\u202e" not in picture


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=6, max_size=6))
def test_any_samples_give_some_verdict(values: list[float]) -> None:
    arms = {PE: cell(PE, 0.02), TE: cell(TE, 0.02)}
    good = document({"train-step-small": workload("train-step", arms)})
    one = good.benchmarks.workloads["train-step-small"]
    odd = structs.replace(one.arms[TE], samples=[[value] for value in values])
    workloads = {"train-step-small": structs.replace(one, arms={**one.arms, TE: odd})}
    spoilt = structs.replace(good, benchmarks=structs.replace(good.benchmarks, workloads=workloads))
    result(compares(against()), spoilt)
