"""The few shapes that a picture is made of, and colours that the colour-blind can tell apart."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

# Okabe and Ito (2008), https://jfly.uni-koeln.de/color/: told apart in every kind of vision.
BLUE, ORANGE, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
SKY, AMBER, GREY = "#56b4e9", "#e69f00", "#777777"
TEXT = "text"
"""Stands for the colour of the page's own text."""

MARGIN, FOOT, LINE = 12.0, 26.0, 16.0
PER_CHARACTER = 6.3
"""Pixels of an average character at size 12: a sans-serif face, which no two systems share."""


class Rectangle(Struct, frozen=True, kw_only=True):
    """A filled box; hatched: claimed, not measured."""

    x: float
    y: float
    wide: float
    high: float
    colour: str
    hatched: bool = False
    opacity: float = 1.0


class Stroke(Struct, frozen=True, kw_only=True):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    dashes: tuple[int, ...] = ()
    thick: float = 1.5


class Dot(Struct, frozen=True, kw_only=True):
    """A small disc; hollow: claimed, not measured."""

    x: float
    y: float
    colour: str
    hollow: bool = False


class Words(Struct, frozen=True, kw_only=True):
    """One line of text; y is the base line."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    size: float = 12
    bold: bool = False
    colour: str = TEXT


Shape = Rectangle | Stroke | Dot | Words


class Drawing(Struct, frozen=True, kw_only=True):
    """A picture: its size in pixels, its shapes from back to front, and what it says in words."""

    id: str
    wide: float
    high: float
    title: str
    alternative: str
    shapes: tuple[Shape, ...]


def wide_of(text: str, size: float = 12) -> float:
    """Return about how wide a text will be."""
    return len(text) * PER_CHARACTER * size / 12


def shortened(text: str, pixels: float) -> str:
    """Return text that fits; the whole of it stands in the words beside the picture."""
    most = int(pixels / PER_CHARACTER)
    return text if len(text) <= most else text[: most - 1] + "…"
