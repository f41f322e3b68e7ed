"""Two versions of the knowledge base as a page."""

from __future__ import annotations

from advisor.documents.drift import Answered, Changed, Drift, Flipped, Version

from .content import Section, item, paragraph, row, said

MOST_NAMES = 6


def drift_sections(drift: Drift) -> list[Section]:
    """Return what changed, the verdicts first."""
    versions = [row(v.name, _version(v, drift)) for v in (drift.old, drift.new)]
    flipped = [item(_flip(f)) for f in drift.flipped]
    flipped = flipped or [paragraph("No golden verdict is flipped.")]
    return said(
        ("Knowledge", versions),
        (f"Verdicts flipped: {len(drift.flipped)} of {drift.scenarios}", flipped),
        ("Same choice, another strength", [item(_flip(f)) for f in drift.reworded]),
        ("Entries", [row(c.kind, _changed(c)) for c in drift.entries]),
    )


def _version(version: Version, drift: Drift) -> str:
    return f"{version.data_version}; first choice right in {version.right} of {drift.judged}"


def _flip(flipped: Flipped) -> str:
    wanted = f"; expected {' or '.join(flipped.expected)}" if flipped.expected else ""
    rules = f"; by {', '.join(flipped.rules)}" if flipped.rules else ""
    old, new = _answer(flipped.old), _answer(flipped.new)
    return f"{flipped.title} ({flipped.scenario}): {old} → {new}{wanted}{rules}"


def _answer(answered: Answered) -> str:
    return f"{answered.choice}, {answered.strength}{'' if answered.right else ' (wrong)'}"


def _changed(changed: Changed) -> str:
    parts = []
    for word, names in (
        ("new", changed.added),
        ("gone", changed.removed),
        ("changed", changed.changed),
    ):
        if names:
            more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
            parts.append(f"{len(names)} {word} ({', '.join(names[:MOST_NAMES])}{more})")
    return "; ".join(parts)
