"""Two rankings side by side: as it is, and as it would be."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from advisor.documents.advice import Advice
from advisor.reports.page import bar, cells
from knowledge.base import Knowledge

from ..standing import points
from ..wording import SHORT, clean
from .rows import MUTED


class Comparison(Widget):
    """Rows in the order of the simulation, both scores in each."""

    DEFAULT_CSS = "Comparison { height: auto; }"

    def __init__(
        self,
        knowledge: Knowledge,
        now: Advice,
        labels: tuple[str, str] = ("As answered", "Simulated"),
        *,
        verdicts: bool = True,
    ) -> None:
        """Compare with `now`; `labels` say what each side is, `verdicts` what each leads to."""
        super().__init__()
        self.knowledge = knowledge
        self.now = now
        self.labels = (clean(labels[0]), clean(labels[1]))
        self.verdicts = verdicts
        self.then: Advice | None = None

    def show(self, then: Advice | None) -> None:
        """Draw the simulated advice; None while it is worked out."""
        self.then = then
        self.refresh(layout=True)

    def render(self) -> Content:
        """Return the table."""
        width = max(self.content_size.width, 40)
        ranked = (self.then or self.now).ranking
        before = {place.option: place for place in self.now.ranking}
        names = {r.option: clean(self.knowledge.options[r.option].name) for r in ranked}
        wide = max(cells(name) for name in names.values())
        length = max(4, (width - wide - 24) // 2)
        heads = (Content(label).truncate(length + 4, ellipsis=True) for label in self.labels)
        lines = [Content(" " * wide)]
        for head in heads:
            lines[0] += Content("  ") + head.pad_right(length + 4 - head.cell_length)
        lines[0] = lines[0].stylize(MUTED)
        for place in ranked:
            old = before[place.option]
            moved = points(place.score) - points(old.score)
            arrow = f"▲{moved}" if moved > 0 else f"▼{-moved}" if moved < 0 else "="
            style = "$text-success" if place is ranked[0] else "$text-primary"
            feasible = SHORT[place.feasible]
            lines.append(
                Content.assemble(
                    f"{names[place.option]:<{wide}}  ",
                    (bar(old.score, length), MUTED),
                    (f"{points(old.score):>4}  ", MUTED),
                    (bar(place.score, length), style),
                    f"{points(place.score):>4} {arrow} ",
                    (feasible, MUTED),
                ).truncate(width, ellipsis=True)
            )
        return Content("\n").join([*lines, *(self._verdicts() if self.verdicts else ())])

    def _verdicts(self) -> list[Content]:
        here, there = self.labels
        lines = [self._verdict(f"{here}: ", self.now)]
        if self.then is None:
            return [*lines, Content.styled(f"{there}: working it out", MUTED)]
        return [*lines, self._verdict(f"{there}: ", self.then)]

    def _verdict(self, label: str, advice: Advice) -> Content:
        choice = advice.verdict.choice
        said = {"either": "either", "none": "no framework"}.get(choice)
        name = said or clean(self.knowledge.options[choice].name)
        return Content.assemble((label, MUTED), (f"{name}, {advice.verdict.strength}", "bold"))
