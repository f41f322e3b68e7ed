"""Options side by side; where the terminal is narrow, one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from advisor.documents.compare import compare_document, topics_of

from ..pages.compare import compare_rows, head
from ..trail import CLASSIC
from ..widgets.columns import column_width
from ..widgets.rows import Row, row
from ..widgets.title_bar import TitleBar
from ..wording import clean, count
from .browse import BrowseScreen

ALL = "=all"
PADDING = 3
"""What the list keeps free beside its rows."""


class CompareScreen(BrowseScreen):
    """PyTorch and TensorFlow to begin with; others can be chosen."""

    NAME = "Compare"
    HELP = (
        "What is so for each option, topic by topic, and how it is known. Enter opens a topic "
        "with the mechanism behind it, what changed and the sources. o shows one topic only. "
        "w chooses which options are compared. Wide terminals show them side by side, narrow "
        "ones one below the other."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "choose_topic", "Topic", id="compare.topic"),
        Binding("w", "choose_options", "Options", id="compare.options"),
    ]

    def above(self) -> Iterator[Widget]:
        """Yield the head of the columns."""
        yield Static(id="head")

    def draw(self) -> None:
        """Draw the table."""
        knowledge, place = self.session.knowledge, self.place
        known = [name for name in place.options if name in knowledge.options]
        document = compare_document(knowledge, known, place.topics)
        self.rows = compare_rows(document)
        names = listed([clean(option.name) for option in document.options])
        about = f" · {', '.join(place.topics).replace('-', ' ')}" if place.topics else ""
        remark = count(len(document.rows), "feature", "features")
        self.query_one(TitleBar).say(f"{self.NAME} {names}{about}", remark)
        self.query_one("#head", Static).update(head(document))
        self.page.set_rows(self.rows)
        self._fit_head()

    def on_resize(self) -> None:
        """See anew whether there is room for columns."""
        self.call_after_refresh(self._fit_head)

    def _fit_head(self) -> None:
        """Show the head where there are columns below it."""
        room = self.page.scrollable_content_region.width - PADDING
        side_by_side = column_width(room, len(self.place.options)) > 0
        self.query_one("#head").set_class(side_by_side, "side-by-side")

    def action_choose_topic(self) -> None:
        """Choose which topic is shown."""
        from .choose import ChooseScreen

        rows: list[tuple[str, Row]] = [(ALL, row("", "All topics"))]
        rows += [
            (topic, row("", clean(topic.replace("-", " ").capitalize())))
            for topic in topics_of(self.session.knowledge)
        ]

        def chosen(topic: str | None) -> None:
            if topic is not None:
                self.refine(replace(self.place, topics=() if topic == ALL else (topic,)))

        here = next(iter(self.place.topics), ALL)
        self.app.push_screen(ChooseScreen("Compare about", rows, here), chosen)

    def action_choose_options(self) -> None:
        """Choose which options are compared: any two, or all."""
        from .choose import ChooseScreen

        options = self.session.knowledge.options
        sets = list(combinations(options, 2))
        sets.sort(key=lambda pair: pair != CLASSIC)
        every = tuple(options)
        rows: list[tuple[str, Row]] = []
        for chosen_options in [*sets, *([every] if len(every) > 2 else [])]:
            said = listed([clean(options[name].name) for name in chosen_options])
            rows.append((",".join(chosen_options), row("", said)))

        def chosen(wanted: str | None) -> None:
            if wanted:
                self.refine(replace(self.place, options=tuple(wanted.split(","))))

        here = ",".join(self.place.options)
        self.app.push_screen(ChooseScreen("Compare", rows, here), chosen)


def listed(names: list[str]) -> str:
    """Return names as one says them."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
