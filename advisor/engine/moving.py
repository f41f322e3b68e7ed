"""Arithmetic with intervals: what steps may do to points and to differences, by criterion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Interval = tuple[float, float]
Moves = dict[int, Interval]
"""By criterion, the least and the most that something moves."""

Moved = tuple[Moves, list[Moves]]
"""What moves points, and differences from each rival."""

NOTHING: Interval = (0.0, 0.0)


def add(moves: Moves, key: int, one: float, other: float) -> None:
    """Add an amount between two others to what moves already."""
    low, high = moves.get(key, NOTHING)
    moves[key] = (low + min(one, other), high + max(one, other))


def hull(moves: Sequence[Moved]) -> Moved:
    """Return the hull of several moves and of not moving."""
    points = widest(one for one, _ in moves)
    return points, [widest(column) for column in zip(*(apart for _, apart in moves), strict=True)]


def widest(found: Iterable[Moves]) -> Moves:
    """Return the hull of several moves and of not moving."""
    wide: Moves = {}
    for moves in found:
        for key, (low, high) in moves.items():
            least, most = wide.get(key, NOTHING)
            wide[key] = (min(least, low), max(most, high))
    return wide


def least_meeting(points: Moves, apart: Moves) -> float:
    """Return the least that moved points on moved differences come to."""
    return sum(least_product(points[key], apart[key]) for key in points.keys() & apart.keys())


def least_product(one: Interval, other: Interval) -> float:
    """Return the least product of two numbers in these intervals."""
    (a, b), (c, d) = one, other
    return min(a * c, a * d, b * c, b * d)
