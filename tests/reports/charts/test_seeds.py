"""The seeds' two charts: claimed beside measured, no unit of theirs on a measured axis."""

from __future__ import annotations

import pytest

from advisor.reports.charts.model import Chart, alternative
from advisor.reports.charts.seeds import seed_chart
from advisor.tested.results import judge_claims
from knowledge.base import Knowledge


def test_both_panels_begin_with_what_is_claimed_as_a_ratio(charts: dict[str, Chart]) -> None:
    training, inference = charts["seeds"].panels
    assert (training.title, inference.title) == ("Training", "Inference, per token")
    for panel, ratio, words in (
        (training, 10 / 12, "10 ÷ 12 hours"),
        (inference, 30 / 50, "30 ÷ 50 ms"),
    ):
        claimed = [mark for mark in panel.marks if mark.claimed]
        assert [mark.value for mark in claimed] == [pytest.approx(ratio)]
        assert words in claimed[0].words
        assert panel.marks[0].claimed and "1" in panel.axis


def test_measured_bars_have_mode_and_interval(charts: dict[str, Chart]) -> None:
    eager, compiled = charts["seeds"].panels[0].marks[1:]
    assert eager.label == "measured, small: tensorflow/eager ÷ pytorch/eager"
    assert compiled.label == "measured, small: tensorflow/function ÷ pytorch/compile"
    assert eager.low < eager.value < eager.high  # type: ignore[operator]
    assert eager.value == pytest.approx(1.5, rel=0.02)  # TensorFlow 30 ms, PyTorch 20 ms
    assert "30 ms ÷ 20 ms" in eager.words


def test_an_arm_that_broke_says_so_and_has_no_bar(charts: dict[str, Chart]) -> None:
    compiled = charts["seeds"].panels[1].marks[2]
    assert (compiled.value, compiled.words) == (None, "not comparable")


def test_the_caption_says_what_is_not_known(charts: dict[str, Chart]) -> None:
    words = alternative(charts["seeds"])
    assert "no source given there" in words and "Example Processor, 2 threads, cpu" in words
    assert "claimed, 0.83" in words


def test_without_a_measurement_only_the_claims_stand_there(knowledge: Knowledge) -> None:
    chart = seed_chart(judge_claims(knowledge, []).results)
    assert [mark.words for mark in chart.panels[0].marks[1:]] == ["not measured"] * 2
    assert seed_chart([]).empty
