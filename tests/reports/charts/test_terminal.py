"""Charts as text: they fit, they say every value in words, and need no block characters."""

from __future__ import annotations

import pytest

from advisor.reports.charts.model import Chart
from advisor.reports.charts.signs import ASCII, BLOCKS
from advisor.reports.charts.terminal import chart_lines
from advisor.reports.page import cells, plain

from .conftest import is_golden

IDS = ["seeds", "ratios", "warm-up", "memory", "roof"]


def text(chart: Chart, width: int, signs=BLOCKS) -> str:  # type: ignore[no-untyped-def]
    return "\n".join(plain(line) for line in chart_lines(chart, width, signs)) + "\n"


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("name", IDS)
def test_charts_are_as_agreed(charts: dict[str, Chart], name: str, width: int) -> None:
    is_golden(text(charts[name], width), f"{name}-{width}.txt")


@pytest.mark.parametrize("name", IDS)
def test_charts_in_ascii_are_as_agreed(charts: dict[str, Chart], name: str) -> None:
    drawn = text(charts[name], 80, ASCII)
    assert drawn.isascii()
    is_golden(drawn, f"{name}-ascii.txt")


@pytest.mark.parametrize("signs", [BLOCKS, ASCII])
def test_every_width_holds_every_value_in_words(charts: dict[str, Chart], signs) -> None:  # type: ignore[no-untyped-def]
    for width in range(40, 161):
        for chart in charts.values():
            drawn = text(chart, width, signs)
            assert max(map(cells, drawn.splitlines())) <= width, (chart.id, width)
            if signs is BLOCKS:
                said = "".join(drawn.split())
                for panel in chart.panels:
                    for mark in panel.marks:
                        if not chart.beside:
                            assert "".join(mark.words.split()) in said, (width, mark)


def test_training_stands_left_of_inference_where_there_is_room(charts: dict[str, Chart]) -> None:
    wide = text(charts["seeds"], 120).splitlines()
    line = next(line for line in wide if line.startswith("Training"))
    assert "Inference" in line
    narrow = text(charts["seeds"], 80)
    assert narrow.index("Training") < narrow.index("Inference")


def test_an_empty_chart_has_no_lines() -> None:
    assert chart_lines(Chart(id="x", title="t", caption="c", panels=()), 80) == []
