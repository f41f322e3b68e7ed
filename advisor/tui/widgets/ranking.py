"""The ranking beside (or above) everything else: bars, points, movement, the verdict's word."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from advisor.reports.page import bar, cells

from ..standing import Place, Standing, points
from ..wording import SHORT, STRENGTH
from .rows import MUTED, Part


class Ranking(Widget):
    """Shows a standing. `compact`: a strip of few lines for narrow screens."""

    DEFAULT_CSS = "Ranking { height: auto; }"

    def __init__(self, *, compact: bool, id: str | None = None, classes: str | None = None) -> None:
        """Start empty."""
        super().__init__(id=id, classes=classes)
        self.compact = compact
        self.standing = Standing(())
        self.note = ""

    def show(self, standing: Standing, note: str = "") -> None:
        """Draw this standing. `note`: what is still open, in few words."""
        self.standing = standing
        self.note = note
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the lines for the present width."""
        width = max(self.content_size.width, 20)
        lines = strip_lines(self.standing, width) if self.compact else self._panel(width)
        return Content("\n").join([*lines, *self._foot(width)])

    def _panel(self, width: int) -> list[Content]:
        return [
            place_line(p, width, first=p is self.standing.places[0], names=self.names)
            for p in self.standing.places
        ]

    @property
    def names(self) -> int:
        """Width of the longest name."""
        return max((cells(place.name) for place in self.standing.places), default=0)

    def _foot(self, width: int) -> list[Content]:
        strength = self.standing.strength
        word: list[Part] = [(strength, "bold") if strength else ("working it out", MUTED)]
        if self.compact:
            note = f" · {self.note}" if self.note else ""
            return [Content.assemble(*word, (note, MUTED)).truncate(width, ellipsis=True)]
        if strength:
            word.append((f": {self.standing.summary or STRENGTH[strength]}", MUTED))
        lines = [Content(""), Content.assemble(*word)]
        if self.note:
            lines.append(Content.styled(self.note, MUTED))
        if any(place.feasible == "depends" for place in self.standing.places):
            lines.append(Content.styled("if: an open answer may rule it out", MUTED))
        return lines


def place_line(place: Place, width: int, *, first: bool, names: int) -> Content:
    """Return one option as a line: name, bar, points, movement or feasibility."""
    tail = _tail(place)
    length = max(4, width - names - 4 - 8)
    style = "$text-success" if first else MUTED if place.feasible == "no" else "$text-primary"
    name = place.name + " " * (names - cells(place.name))
    return Content.assemble(
        (name, "bold" if first else ""),
        " ",
        (bar(place.score, length), style),
        f"{points(place.score):>4} ",
        tail,
    )


def _tail(place: Place) -> Part:
    if place.moved and place.feasible != "no":
        up = place.moved > 0
        return (
            f"{'▲' if up else '▼'}{abs(place.moved)}",
            "$text-success" if up else "$text-warning",
        )
    return (SHORT[place.feasible], "bold" if place.feasible == "no" else MUTED)


def strip_lines(standing: Standing, width: int) -> list[Content]:
    """Return the options two to a line."""
    half = (width - 2) // 2
    names = max((cells(place.name) for place in standing.places), default=0)
    found = []
    for i in range(0, len(standing.places), 2):
        pair = standing.places[i : i + 2]
        made = [place_line(p, half, first=i == n == 0, names=names) for n, p in enumerate(pair)]
        line = made[0].pad_right(max(half + 2 - made[0].cell_length, 0))
        found.append(line + made[1] if len(made) > 1 else line)
    return found
