"""An axis in a picture, what lies behind the marks, and the marks on it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from .drawing import BLUE, GREY, ORANGE, TEXT, Dot, Rectangle, Shape, Stroke, Words
from .model import Mark, Panel, drawable
from .scale import Scale


class Axis(Struct, frozen=True):
    """A scale with its place in the picture."""

    scale: Scale
    left: float
    area: float

    def x(self, value: float) -> float:
        """Return where a value stands, in pixels."""
        return self.left + self.area * self.scale.place(value)


def background(panel: Panel, axis: Axis, top: float, bottom: float) -> Iterator[Shape]:
    """Yield what lies behind the marks: band, axis, ticks, reference."""
    x = axis.x
    if panel.band and panel.reference:
        low, high = x(panel.reference / (1 + panel.band)), x(panel.reference * (1 + panel.band))
        yield Rectangle(x=low, y=top, wide=high - low, high=bottom - top, colour=GREY, opacity=0.15)
    ends = ((axis.left, bottom), (axis.left + axis.area, bottom))
    yield Stroke(points=ends, colour=GREY, thick=1)
    for tick in axis.scale.ticks():
        yield Stroke(points=((x(tick), bottom), (x(tick), bottom + 4)), colour=GREY, thick=1)
        yield Words(x=x(tick), y=bottom + 16, text=f"{tick:g}", anchor="middle", size=10)
    if panel.reference is not None:
        at = x(panel.reference)
        yield Stroke(points=((at, top), (at, bottom)), colour=GREY, dashes=(3, 3), thick=1)


def shapes_of(panel: Panel, mark: Mark, axis: Axis, y: float) -> Iterator[Shape]:
    """Yield the bar, or the interval with its dot, of one mark."""
    if mark.value is None or not drawable(mark.value):
        return
    at = axis.x(mark.value)
    colour = ORANGE if mark.claimed else BLUE
    if panel.kind == "bars":
        yield Rectangle(
            x=axis.left, y=y - 7, wide=at - axis.left, high=14, colour=colour, hatched=mark.claimed
        )
    if mark.low is not None and mark.high is not None and drawable(mark.low, mark.high):
        low, high = axis.x(mark.low), axis.x(mark.high)
        over_bar = TEXT if panel.kind == "bars" else colour
        yield Stroke(points=((low, y), (high, y)), colour=over_bar)
        for end in (low, high):
            yield Stroke(points=((end, y - 4), (end, y + 4)), colour=over_bar)
    if panel.kind == "intervals":
        yield Dot(x=at, y=y, colour=colour, hollow=mark.claimed)
