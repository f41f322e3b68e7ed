"""What the command palette finds: actions of the screen, questions, entries of the knowledge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from .app import AdvisorApp
from .wording import clean

ENTRY_KINDS = {
    "option": "Option",
    "system": "System",
    "criterion": "Criterion",
    "feature": "Topic",
    "claim": "Claim",
    "use-case": "Use case",
}
MOST = 40


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
            yield Found(f"Colours: {name}", "", partial(setattr, self.app, "theme", theme))

    def questions(self) -> Iterator[Found]:
        """Yield every question."""
        for question in self.advisor.session.knowledge.questions.values():
            run = partial(self.advisor.ask, question.id)
            yield Found(f"Question: {clean(question.title)}", clean(question.ask), run)

    def entries(self) -> Iterator[Found]:
        """Yield every entry that can be shown."""
        knowledge = self.advisor.session.knowledge
        for kind, word in ENTRY_KINDS.items():
            for name, entry in knowledge.kind(kind).items():
                aliases = " ".join(getattr(entry, "aliases", ()))
                about = getattr(entry, "what", "") or getattr(entry, "asks", "") or aliases
                run = partial(self.advisor.open_entry, name)
                yield Found(f"{word}: {clean(knowledge.name_of(name))}", clean(about)[:100], run)

    async def discover(self) -> Hits:
        """Show actions and questions before anything is typed."""
        for found in (*self.actions(), *self.questions()):
            yield DiscoveryHit(Content(found.text), found.run, found.text, found.help or None)

    async def search(self, query: str) -> Hits:
        """Yield what matches, the best first."""
        matcher = self.matcher(query)
        hits = []
        for found in (*self.actions(), *self.questions(), *self.entries()):
            score = matcher.match(found.text)
            if score > 0:
                hits.append((score, found))
        hits.sort(key=lambda pair: -pair[0])
        for score, found in hits[:MOST]:
            shown = matcher.highlight(found.text)
            yield Hit(score, shown, found.run, found.text, found.help or None)
