"""Pages of what is stated about the world: features, claims, figures, use cases, adopters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ..content import Section, item, paragraph, row, rows, said
from .words import Words

if TYPE_CHECKING:
    from knowledge.model.adopter import Adopter
    from knowledge.model.claim import Claim
    from knowledge.model.feature import Feature
    from knowledge.model.figure import Figure
    from knowledge.model.use_case import UseCase


def feature(entry: Feature, words: Words) -> list[Section]:
    """Return the page of a topic: a statement per option, why, and what changed."""
    statements = []
    for s in entry.statements:
        state = "" if s.supported == "yes" else f"{s.supported}: "
        note = f" {s.note}" if s.note else ""
        known = words.known(s.basis, s.as_of, s.sources)
        statements.append(row(words.name(s.option), f"{state}{s.text}{note}{known}"))
    return said(
        ("", [paragraph(entry.asks)]),
        ("Side by side", statements),
        ("Why it is so", [paragraph(entry.mechanism)]),
        ("What changed", [paragraph(entry.history)]),
    )


def claim(entry: Claim, words: Words) -> list[Section]:
    """Return the page of a claim: the verdict first, then why, and where it is made."""
    places = Counter(place.seed for place in entry.places)
    made = [
        item(f"{words.name(seed)}: {number} place{'' if number == 1 else 's'}")
        for seed, number in places.items()
    ]
    tested = ""
    if entry.testable:
        tested = f"fw-advisor probe bench --workload {entry.tested_by}"
    shows, missing = (entry.test.shows, entry.test.missing) if entry.test else ("", "")
    return said(
        (f"Verdict: {entry.verdict}", [paragraph(entry.reason)]),
        ("Today", [paragraph(entry.today)]),
        (
            "About",
            rows(
                [
                    ("topic", entry.topic),
                    ("concerns", words.names(entry.about)),
                    ("test it here", tested),
                    ("what that shows", shows),
                    ("what it does not" if tested else "no test here", missing),
                ]
            ),
        ),
        ("Others say the opposite", [item(f"{words.evidence([o])}") for o in entry.contradicts]),
        ("Where it is said", made),
    )


def figure(entry: Figure, words: Words) -> list[Section]:
    """Return the page of a published number, never without who measured what, and how."""
    results = [
        row(words.name(result.option), f"{result.value:g} {result.unit} ({result.mode})")
        for result in entry.results
    ]
    facts = [
        ("measured by", entry.measured_by),
        ("measured on", entry.measured_on or "unknown day"),
        ("hardware", entry.hardware),
        ("method", entry.method),
        ("known as", entry.basis),
    ]
    return said(
        ("", [paragraph(entry.quantity)]),
        ("Results", results),
        ("How it was measured", rows(facts)),
        ("Mind", [paragraph(entry.caveat)]),
    )


def use_case(entry: UseCase, words: Words) -> list[Section]:
    """Return the page of a kind of project: who, what matters, the stack per option."""
    return said(
        ("", [paragraph(entry.who)]),
        ("What matters", [paragraph(words.names(entry.matters))]),
        *(
            (
                f"Stack with {words.name(option)}",
                [row(part.role, f"{words.name(part.system)}: {part.why}") for part in parts],
            )
            for option, parts in entry.stacks.items()
        ),
        ("Note", [paragraph(entry.note)]),
    )


def adopter(entry: Adopter, words: Words) -> list[Section]:
    """Return the page of a documented use or move."""
    facts = [
        ("uses", words.names(entry.uses)),
        ("moved from", words.names(entry.moved_from)),
        ("since", entry.since or ""),
        ("standing", entry.standing),
        ("known as", entry.basis),
    ]
    return said(
        ("", [paragraph(entry.what)]), ("Facts", rows(facts)), ("Note", [paragraph(entry.note)])
    )
