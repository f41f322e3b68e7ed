"""Pages of things: systems, use cases, adopters, terms, seeds, sources."""

from __future__ import annotations

from advisor.reports.entry.words import Words
from knowledge.model.adopter import Adopter
from knowledge.model.seed import Seed
from knowledge.model.source import Source
from knowledge.model.system import System
from knowledge.model.term import Term
from knowledge.model.use_case import UseCase

from ..widgets.rows import MUTED, Part, row
from ..wording import clean, count
from .pieces import LABEL, Rows, fact, heading, known, named, names, padded, paragraph, section

READING = {"read": "read by us on {}", "relayed": "relayed by notes of {}, not read by us"}


def system(entry: System, words: Words) -> Rows:
    """Return the page of a system: what it is, how alive it is, what comes after it."""
    since = f" since {entry.status_since}" if entry.status_since else ""
    release = ""
    if entry.last_release:
        on = f" of {entry.last_release.date}" if entry.last_release.date else ""
        release = f"{entry.last_release.version}{on}"
    return [
        *paragraph(entry.what),
        *heading("State"),
        (
            None,
            row(
                ("  " + "life cycle".ljust(LABEL), MUTED),
                (f"{entry.status}{since}", "bold"),
                (clean(words.known(entry.status_basis, entry.as_of)), MUTED),
            ),
        ),
        *fact("last release", release),
        *names(words.knowledge, "successor", entry.successors),
        *fact("", f"known as: {entry.successor_basis}" if entry.successor_basis else ""),
        *fact("roles", ", ".join(role.replace("-", " ") for role in entry.roles)),
        *names(words.knowledge, "serves", entry.serves),
        *fact("package", entry.package or ""),
        *fact("also called", ", ".join(entry.aliases)),
        *section("Note", paragraph(entry.note)),
    ]


def use_case(entry: UseCase, words: Words) -> Rows:
    """Return the page of a kind of project: who, what matters, the stack per option."""
    knowledge = words.knowledge
    rows: Rows = [
        *paragraph(entry.who),
        *section("What matters", names(knowledge, "", entry.matters)),
    ]
    for option, parts in entry.stacks.items():
        stack: Rows = []
        roles = max((len(part.role) for part in parts), default=0) + 2
        for part in parts:
            lead: list[Part] = ["→ ", (part.role.replace("-", " ").ljust(roles), MUTED)]
            body = [*named(knowledge, part.system), f": {clean(part.why)}"]
            stack.append((known(knowledge, part.system), row(lead, *body)))
        rows += section(f"Stack with {words.name(option)}", stack)
    return [*rows, *section("Note", paragraph(entry.note))]


def adopter(entry: Adopter, words: Words) -> Rows:
    """Return the page of a documented use or move."""
    return [
        *paragraph(entry.what),
        *heading("What is documented"),
        *names(words.knowledge, "uses", entry.uses),
        *names(words.knowledge, "moved from", entry.moved_from),
        *fact("since", entry.since or ""),
        *fact("standing", entry.standing),
        *fact("known as", entry.basis),
        *section("Note", paragraph(entry.note)),
    ]


def term(entry: Term, words: Words) -> Rows:
    """Return the page of a word of the field."""
    return [
        *paragraph(entry.means),
        *section("Also called", paragraph(", ".join(entry.aliases))),
        *section("Related", names(words.knowledge, "", entry.related)),
    ]


def seed(entry: Seed, words: Words) -> Rows:
    """Return the page of a document that the knowledge base accounts for."""
    total = sum(len(part.items) for part in entry.sections)
    wide = max((len(clean(part.title)) for part in entry.sections), default=0) + 2
    parts: Rows = [
        (
            None,
            row(
                f"  {padded(clean(part.title), wide)}",
                (count(len(part.items), "statement", "statements"), MUTED),
            ),
        )
        for part in entry.sections
    ]
    return [
        *paragraph(entry.about),
        (f"=claims:{entry.id}", row("→ ", "All claims made in it, with their verdicts")),
        *section(f"Sections: {count(total, 'statement', 'statements')} in all", parts),
    ]


def source(entry: Source, words: Words) -> Rows:
    """Return the page of something that was read."""
    return [
        *section("What it says", paragraph(entry.says)),
        *heading("The source"),
        *fact("kind", entry.kind),
        *fact("address", entry.url),
        *fact("published", entry.published or ""),
        *fact("reading", READING[entry.reading].format(entry.accessed)),
        *fact("in its words", f"“{entry.quote}”" if entry.quote else ""),
    ]
