"""Pages of what is stated: features, claims, figures."""

from __future__ import annotations

from advisor.reports.entry.words import Words
from knowledge.model.claim import Claim
from knowledge.model.feature import Feature
from knowledge.model.figure import Figure

from ..widgets.rows import MUTED, Part, row
from ..wording import clean
from .pieces import Rows, fact, heading, known, names, padded, paragraph, section, verdict


def feature(entry: Feature, words: Words) -> Rows:
    """Return the page of a topic: a statement per option, why, and what changed."""
    wide = max((len(words.name(s.option)) for s in entry.statements), default=0) + 2
    rows: Rows = []
    for s in entry.statements:
        name = clean(words.name(s.option))
        lead: list[Part] = ["→ ", (padded(name, wide), "bold")]
        body: list[Part] = [] if s.supported == "yes" else [(f"{s.supported}: ", "bold")]
        body += [clean(s.text)]
        body += [f" {clean(s.note)}"] if s.note else []
        body += [(clean(words.known(s.basis, s.as_of, s.sources)), MUTED)]
        rows.append((known(words.knowledge, s.option), row(lead, *body)))
    topic = clean(entry.topic.replace("-", " "))
    return [
        *paragraph(entry.asks),
        *section("Side by side", rows),
        (f"=compare:{entry.topic}", row("→ ", f"Compare everything about {topic}")),
        *section("Why it is so", paragraph(entry.mechanism)),
        *section("What changed", paragraph(entry.history)),
        *section("Related", names(words.knowledge, "", entry.related)),
    ]


def claim(entry: Claim, words: Words) -> Rows:
    """Return the page of a claim: the verdict first, then why, and where it is made."""
    knowledge = words.knowledge
    against: Rows = []
    back = (link.row.id for link in knowledge.links(entry.id)[1] if link.field == "contradicts")
    for other in dict.fromkeys([*entry.contradicts, *back]):
        found = knowledge.catalogue.get(other)
        if found is not None:
            lead: list[Part] = ["→ ", verdict(found.note), "  "]
            against.append((other, row(lead, clean(found.title))))
    places: Rows = []
    for place in entry.places:
        found = knowledge.catalogue.get(place.seed)
        title = clean(found.title if found else place.seed)
        where = f": {place.section.replace('-', ' ')}, {place.item.replace('-', ' ')}"
        places.append((known(knowledge, place.seed), row("→ ", title, (clean(where), MUTED))))
    tested = f"fw-advisor probe bench --workload {entry.tested_by}" if entry.testable else ""
    shows, missing = (entry.test.shows, entry.test.missing) if entry.test else ("", "")
    return [
        (None, row("", "")),
        (None, row("", ("Verdict: ", "bold $text-accent"), verdict(entry.verdict))),
        *paragraph(entry.reason),
        *section("What is true today", paragraph(entry.today)),
        *section("Others say the opposite", against),
        *section("Concerns", names(knowledge, "", entry.about)),
        *section("Where it is said", places),
        *heading("In the ledger"),
        *fact("topic", entry.topic.replace("-", " ")),
        *fact("test it here", tested or "no workload of the probe tests it"),
        *fact("what that shows", shows),
        *fact("what it does not" if tested else "why no test", missing),
    ]


def figure(entry: Figure, words: Words) -> Rows:
    """Return the page of a published number, never without who measured what, and how."""
    wide = max((len(words.name(r.option)) for r in entry.results), default=0) + 2
    rows: Rows = [
        (
            known(words.knowledge, result.option),
            row(
                ["→ ", (padded(clean(words.name(result.option)), wide), "bold")],
                f"{_number(result.value)} {clean(result.unit)}",
                (f" ({clean(result.mode)})", MUTED),
            ),
        )
        for result in entry.results
    ]
    return [
        *paragraph(entry.quantity),
        *section("Results", rows),
        *heading("How it was measured"),
        *fact("by whom", entry.measured_by),
        *fact("when", entry.measured_on or "on an unknown day"),
        *fact("on what", entry.hardware),
        *fact("how", entry.method),
        *fact("known as", entry.basis),
        *section("Mind", paragraph(entry.caveat)),
        *section("Related", names(words.knowledge, "", entry.related)),
    ]


def _number(value: float) -> str:
    return f"{int(value):,}" if value.is_integer() else f"{value:g}"
