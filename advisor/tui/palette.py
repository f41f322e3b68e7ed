"""What the command palette finds: actions of the screen, questions, entries of the knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from advisor.documents.search import search_document

from .app import AdvisorApp
from .pages.search import why
from .wording import clean, kind_words

MOST = 30
ENTRY, ACTION = 100.0, 1000.0
"""Scores from which entries and actions begin, so that neither is mixed with the other."""


class Found(NamedTuple):
    """One line of the palette."""

    text: str
    help: str
    run: Callable[[], object]


class Entries(Provider):
    """Actions first, then questions, then entries; each begins with its kind."""

    @property
    def advisor(self) -> AdvisorApp:
        """The application."""
        assert isinstance(self.app, AdvisorApp)
        return self.app

    def actions(self) -> Iterator[Found]:
        """Yield what can be done on this screen."""
        screen, seen = self.screen, set()
        for active in screen.active_bindings.values():
            binding = active.binding
            known = binding.id and not binding.id.startswith(("list.", "answer."))
            if not known or not binding.description or binding.action in seen:
                continue
            if binding.action == "command_palette":
                continue
            seen.add(binding.action)
            run = partial(self.app.run_action, binding.action, active.node)
            key = binding.key_display or self.app.get_key_display(binding)
            yield Found(f"Do: {binding.description}", f"key {key}", run)
        for theme, name in (
            ("textual-dark", "dark"),
            ("textual-light", "light"),
            ("ansi-dark", "the terminal's own, dark"),
            ("ansi-light", "the terminal's own, light"),
        ):
            yield Found(f"Colours: {name}", "", partial(self.advisor.choose_theme, theme))

    def questions(self) -> Iterator[Found]:
        """Yield every question."""
        for question in self.advisor.session.knowledge.questions.values():
            run = partial(self.advisor.ask, question.id)
            yield Found(f"Question: {clean(question.title)}", clean(question.ask), run)

    def entries(self, query: str) -> Iterator[Found]:
        """Yield the entries of all kinds that a search finds, the best first."""
        knowledge = self.advisor.session.knowledge
        for result in search_document(knowledge, query, limit=MOST).results:
            run = partial(self.advisor.open_entry, result.id)
            kind = kind_words(result.kind).one
            note = f" ({result.note})" if result.note not in ("", "active") else ""
            yield Found(f"{kind}: {clean(result.title + note)}", why(result), run)

    async def discover(self) -> Hits:
        """Show actions and questions before anything is typed."""
        for found in (*self.actions(), *self.questions()):
            yield DiscoveryHit(Content(found.text), found.run, found.text, found.help or None)

    async def search(self, query: str) -> Hits:
        """Yield what is called so first, then what the search finds, then what resembles it."""
        matcher = self.matcher(query)
        wanted = query.casefold()
        for found in (*self.actions(), *self.questions()):
            score = matcher.match(found.text)
            named = wanted in found.text.casefold()
            if score > 0:
                shown = matcher.highlight(found.text)
                score = ACTION + score if named else score / (1 + score)
                yield Hit(score, shown, found.run, found.text, found.help or None)
        for place, found in enumerate(self.entries(query)):
            shown = matcher.highlight(found.text)
            yield Hit(ENTRY - place, shown, found.run, found.text, found.help or None)
