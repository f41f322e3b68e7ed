"""The claims ledger with its filters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from advisor.cli.local_results import last_results
from advisor.documents.claims import Claims, Tested, claims_document

from ..pages.claims import choices, claim_rows, summary, title_of, wanted_of
from ..trail import Filter, Place
from ..widgets.rows import Row, row
from ..widgets.title_bar import TitleBar
from ..wording import clean
from .browse import BrowseScreen

ALL = "=all"
TITLES: dict[Filter, str] = {"verdicts": "Verdict", "seeds": "Said in", "topics": "Topic"}


class ClaimsScreen(BrowseScreen):
    """A list to filter, or contradictions side by side."""

    NAME = "Claims"
    AS_PAGE = False
    HELP = (
        "What is said about the frameworks, and what became of it: holds, outdated, wrong, "
        "depends or unverifiable. v shows one verdict only, s one document, o one topic, m what "
        "can be measured on this machine; x clears all. c shows claims that contradict each "
        "other side by side: there Enter opens the left one and > the right one."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "choose('verdicts')", "Verdict", id="claims.verdict"),
        Binding("s", "choose('seeds')", "Seed", id="claims.seed"),
        Binding("o", "choose('topics')", "Topic", id="claims.topic"),
        Binding("c", "contradictions", "Contradictions", id="claims.contradictions"),
        Binding("escape,b,h,left", "leave", "Back", show=False, id="claims.leave"),
        Binding("m", "testable", "Measurable here", show=False, id="claims.testable"),
        Binding("x", "clear", "Clear filters", show=False, id="claims.clear"),
        Binding(
            "greater_than_sign,right",
            "open_right",
            "Open the right claim",
            key_display=">",
            show=False,
            id="claims.right",
        ),
    ]

    tested: dict[str, Tested] | None = None

    def above(self) -> Iterator[Widget]:
        """Yield what is shown, in a sentence."""
        yield Static(id="summary", markup=False)

    def document(self, place: Place) -> Claims:
        """Return the claims that a place shows."""
        if self.tested is None:
            self.tested = last_results()
        return claims_document(self.session.knowledge, wanted_of(place), self.tested)

    def draw(self) -> None:
        """Draw the list."""
        document = self.document(self.place)
        self.rows = claim_rows(document, self.place)
        said = summary(document, self.place, self.session.knowledge)
        self.query_one("#summary", Static).update(said)
        name = f"{self.NAME} · contradictions" if self.place.contradicted else self.NAME
        self.query_one(TitleBar).say(name)
        self.page.set_rows(self.rows)

    def action_choose(self, what: Filter) -> None:
        """Choose the value of a filter; each says how many claims it leaves."""
        from .choose import ChooseScreen

        found = choices(self.document(self.place.filtered(what, ())), what)
        rows: list[tuple[str, Row]] = [(ALL, row("", "Any"))]
        for name, number in found.items():
            said = title_of(self.session.knowledge, name) if what == "seeds" else name
            said = clean(said if what == "seeds" else said.replace("-", " "))
            rows.append((name, row(f"{number:>4}  ", said)))

        def chosen(name: str | None) -> None:
            if name is not None:
                self.refine(self.place.filtered(what, () if name == ALL else (name,)))

        here = next(iter(getattr(self.place, what)), ALL)
        self.app.push_screen(ChooseScreen(TITLES[what], rows, here), chosen)

    def action_testable(self) -> None:
        """Show only what can be measured on this machine, or all again."""
        self.refine(replace(self.place, testable=not self.place.testable))

    def action_contradictions(self) -> None:
        """Show contradictions side by side, or the list again."""
        self.refine(replace(self.place, contradicted=not self.place.contradicted))

    def action_clear(self) -> None:
        """Clear all filters."""
        self.refine(Place("claims", contradicted=self.place.contradicted))

    def action_open_right(self) -> None:
        """Open the claim on the right of a contradiction."""
        pointed = self.page.pointed or ""
        right = pointed.partition("|")[2]
        if right:
            self.follow(right)

    def follow(self, target: str) -> None:
        """Open a claim; of a contradiction, the one on the left."""
        super().follow(target.partition("|")[0])
