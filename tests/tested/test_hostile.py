"""A document may come from anywhere: nothing in it raises, decides wrongly or steers a terminal."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from hypothesis import example, given
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
from advisor.tested.combining import DECIDED
from advisor.tested.results import judge_claims
from knowledge.base import Knowledge
from probes.bench.document import Cell
from probes.claims import ClaimVerdict
from probes.document import ProbeDocument

from .claims import against, checks, compares, result
from .making import PE, TE, broken, cell, document, figure, workload

EVIL = "\x1b[2J</text><script>alert(1)</script> & \u202eevil | ` $x$ " + "w" * 300
PER_CALL, FIRST_PASS, FIRST_TOKEN = QUANTITIES = ("per-call", "first-pass", "first-token")
SOUND = {**dict.fromkeys(QUANTITIES, "contradicted"), "roof": "borne-out"}
"""What the claims come to where nothing is spoilt."""
UNUSABLE = "not-measured"
BAD = [
    ({"samples": [[0.0]] * 6}, {PER_CALL: UNUSABLE}),
    ({"samples": [[-1.0]] * 6}, {PER_CALL: UNUSABLE}),
    ({"samples": [[1e300]] * 6}, {PER_CALL: UNUSABLE}),
    ({"samples": [[5e-324]] * 6}, {PER_CALL: UNUSABLE}),
    ({"samples": [[]] * 6}, {PER_CALL: UNUSABLE}),
    ({"samples": [[0.02]] * 3}, {PER_CALL: UNUSABLE}),
    ({"samples": [[0.04]] * 5 + [[1e300]]}, {PER_CALL: "undecided"}),
    ({"blocks": [1, 1, 1, 1, 1, 1]}, dict.fromkeys(QUANTITIES, "undecided")),
    ({"blocks": []}, dict.fromkeys(QUANTITIES, UNUSABLE)),
    ({"figures": {FIRST_TOKEN: figure(0.0)}}, {FIRST_TOKEN: UNUSABLE}),
    ({"figures": {FIRST_TOKEN: figure(1e300)}}, {FIRST_TOKEN: UNUSABLE}),
    ({"warm_up": [0.0, -1.0, 1e300]}, {}),
    ({"roof_share": -3.0}, {"roof": UNUSABLE}),
    ({"median_seconds": 0.0}, {}),
    ({"first_pass_seconds": [0.0, -1.0]}, {FIRST_PASS: UNUSABLE}),
]
"""Fields of a cell that cannot be, and the claims of which they change the verdict."""


def measured(arm: str, seconds: float) -> Cell:
    figures = {FIRST_TOKEN: figure(seconds)}
    return cell(arm, seconds, first_pass_seconds=[seconds] * 6, figures=figures)


def spoilt(**fields: Any) -> ProbeDocument:
    """Return a document in which fields of the second arm were changed after the analysis."""
    arms = {PE: measured(PE, 0.02), TE: measured(TE, 0.04)}
    good = document({"train-step-small": workload("train-step", arms)})
    one = good.benchmarks.workloads["train-step-small"]
    changed = structs.replace(one.arms[TE], **{"roof_share": 0.9} | fields)
    cases = {"train-step-small": structs.replace(one, arms={**one.arms, TE: changed})}
    return structs.replace(good, benchmarks=structs.replace(good.benchmarks, workloads=cases))


@pytest.mark.parametrize(("fields", "changed"), BAD, ids=[str(n) for n in range(len(BAD))])
def test_impossible_numbers_are_not_computed_with(
    fields: dict[str, Any], changed: dict[str, str], knowledge: Knowledge
) -> None:
    one = spoilt(**fields)
    found = {
        name: result(compares(against("b-less", quantity=name)), one).verdict for name in QUANTITIES
    }
    found["roof"] = result(checks(TE, "half-of-the-roof"), one).verdict
    assert found == SOUND | changed
    judged = judge_claims(knowledge, [one])
    for chart in (*charts_of(one), seed_chart(judged.results)):
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


@example([0.04] * 5 + [1e300])
@example([1e300] * 6)
@example([float("nan")] * 6)
@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), min_size=6, max_size=6))
def test_any_samples_give_some_verdict(values: list[float]) -> None:
    verdict = result(compares(against()), spoilt(samples=[[value] for value in values])).verdict
    assert verdict in get_args(ClaimVerdict)
    if not all(1e-15 < value < 1e15 for value in values):
        assert verdict not in DECIDED
