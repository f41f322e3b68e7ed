"""SVG and PNG: the same bytes every time, nothing from outside, and words for who sees nothing."""

from __future__ import annotations

import re
import struct
import sys
import xml.etree.ElementTree as ElementTree

import pytest

from advisor.errors import InputError
from advisor.reports.charts.layout import draw
from advisor.reports.charts.model import Chart
from advisor.reports.charts.svg import svg

from .conftest import is_golden


@pytest.mark.parametrize("name", ["seeds", "ratios", "warm-up", "memory", "roof"])
def test_pictures_are_as_agreed(charts: dict[str, Chart], name: str) -> None:
    is_golden(svg(draw([charts[name]])), f"{name}.svg")


def test_a_picture_is_well_formed_and_loads_nothing(charts: dict[str, Chart]) -> None:
    picture = svg(draw(list(charts.values())))
    root = ElementTree.fromstring(picture)
    assert root.attrib["role"] == "img"
    addresses = set(re.findall(r"https?://[^\"' ]+", picture))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"href|@import|url\((?!#)|<script|<image|<style", picture)
    names = [one.attrib["id"] for one in root.iter() if "id" in one.attrib]
    assert len(names) == len(set(names))
    assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= set(names)


def test_every_shape_lies_inside_the_picture(charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        root = ElementTree.fromstring(svg(draw([chart])))
        wide, high = (float(value) for value in root.attrib["viewBox"].split()[2:])
        for one in root.iter("{http://www.w3.org/2000/svg}text"):
            assert 0 <= float(one.attrib["x"]) <= wide
            assert 0 <= float(one.attrib["y"]) <= high
        for one in root.iter("{http://www.w3.org/2000/svg}polyline"):
            for x, y in (point.split(",") for point in one.attrib["points"].split()):
                assert 0 <= float(x) <= wide and 0 <= float(y) <= high


def test_the_words_of_a_picture_hold_every_value(charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        root = ElementTree.fromstring(svg(draw([chart])))
        words = root.findtext("{http://www.w3.org/2000/svg}desc") or ""
        for panel in chart.panels:
            for mark in panel.marks:
                assert mark.label in words and mark.words in words


def test_what_is_claimed_is_hatched(charts: dict[str, Chart]) -> None:
    picture = svg(draw([charts["seeds"]]))
    assert picture.count('fill="url(#seeds-hatch-') == 2
    assert "url(#" not in svg(draw([charts["roof"]]))


def test_inside_a_page_it_takes_the_colour_of_the_page(charts: dict[str, Chart]) -> None:
    inside = svg(draw([charts["roof"]]), standalone=False)
    assert "#fff" not in inside and "#111" not in inside and "currentColor" in inside


def test_a_png_has_the_size_of_the_drawing_and_its_words(charts: dict[str, Chart]) -> None:
    pytest.importorskip("matplotlib")
    from advisor.reports.charts.png import DOTS_PER_INCH, png

    for chart in charts.values():
        drawing = draw([chart])
        raw = png(drawing)
        assert raw.startswith(b"\x89PNG") and raw == png(drawing)
        wide, high = struct.unpack(">II", raw[16:24])
        assert wide == pytest.approx(drawing.wide * DOTS_PER_INCH / 96, abs=1)
        assert high == pytest.approx(drawing.high * DOTS_PER_INCH / 96, abs=1)
        assert b"Description" in raw and b"matplotlib.org" not in raw


def test_without_matplotlib_one_line_names_the_extra(
    charts: dict[str, Chart], monkeypatch: pytest.MonkeyPatch
) -> None:
    from advisor.reports.charts.png import png

    for name in [name for name in sys.modules if name.split(".")[0] == "matplotlib"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(InputError, match=r"fw-advisor\[charts\]"):
        png(draw([charts["roof"]]))
