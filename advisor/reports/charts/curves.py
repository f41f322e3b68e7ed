"""Curves of one panel as shapes: time of the first calls, one line per arm."""

from __future__ import annotations

from .drawing import (
    AMBER,
    BLUE,
    FOOT,
    GREEN,
    GREY,
    LINE,
    MARGIN,
    ORANGE,
    PURPLE,
    SKY,
    Shape,
    Stroke,
    Words,
    shortened,
)
from .model import Panel, drawable
from .scale import Scale, over

HIGH = 150.0
KEY = 330.0
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, SKY, AMBER, GREY)
DASHES: tuple[tuple[int, ...], ...] = ((), (6, 3), (2, 2), (8, 2, 2, 2), (10, 4), (1, 3), (4, 4))
"""Curves differ by dashes too: nothing is told by colour alone."""


def curves(panel: Panel, top: float, area: float) -> tuple[list[Shape], float]:
    """Return the shapes, and where they end."""
    left, bottom, right = MARGIN + 60, top + HIGH, MARGIN + 60 + area
    ys = [y for mark in panel.marks for _, y in mark.points if drawable(y)]
    longest = max((x for mark in panel.marks for x, _ in mark.points), default=1.0)
    scale, across = over(ys), Scale(0.0, max(1.0, longest))
    shapes: list[Shape] = [
        Stroke(points=((left, top), (left, bottom), (right, bottom)), colour=GREY, thick=1)
    ]
    for tick in scale.ticks():
        y = bottom - HIGH * scale.place(tick)
        shapes.append(Words(x=left - 6, y=y + 4, text=f"{tick:g}", anchor="end", size=10))
    for number, mark in enumerate(panel.marks):
        colour, dashes = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        points = tuple(
            (left + area * across.place(x), bottom - HIGH * scale.place(y))
            for x, y in mark.points
            if drawable(y)
        )
        if points:
            shapes.append(Stroke(points=points, colour=colour, dashes=dashes))
        row = top + 8 + number * LINE
        key = ((right + 20, row), (right + 50, row))
        shapes.append(Stroke(points=key, colour=colour, dashes=dashes))
        words = f"{mark.label}: {mark.words}"
        shapes.append(Words(x=right + 56, y=row + 4, text=shortened(words, KEY), size=11))
    return shapes, max(bottom, top + 8 + len(panel.marks) * LINE) + FOOT
