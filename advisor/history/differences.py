"""What differs between two machines, two sets of versions, two plans: in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.documents.run_comparison import Change
from probes.bench.document import Plan
from probes.interpreters import NAMES

CONDITIONS = ("threads", "device", "dtype", "profile")
"""What must be equal in two plans, or their times are of different things."""
ABSENT = "none"
UNTELLING = ("unknown", ABSENT, "")
WORDS_OF_MACHINE = ("processor", "physical cores", "usable threads", "memory", "cards", "TPU")


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Change, ...]:
    """Return what differs, in the order of the old names and then the new ones."""
    return tuple(
        Change(name, old.get(name, ABSENT), new.get(name, ABSENT))
        for name in dict.fromkeys([*old, *new])
        if old.get(name, ABSENT) != new.get(name, ABSENT)
    )


def condition_changes(old: Plan | None, new: Plan | None) -> tuple[Change, ...]:
    """Return in which conditions two plans differ."""
    return changes(_conditions(old), _conditions(new))


def _conditions(plan: Plan | None) -> dict[str, str]:
    if plan is None:
        return {}
    waits = {"waits of threads": "short" if plan.short_waits else "usual"}
    return {name: str(getattr(plan, name)) for name in CONDITIONS} | waits


def change_words(change: Change) -> str:
    """Return a difference as "usable threads 2 → 4"; long lists of words only as changed."""
    name = NAMES.get(change.what, change.what)
    if change.what == "instructions":
        return "the processor's instructions differ"
    return f"{name} {change.old} → {change.new}"


def machine_words(facts: Mapping[str, str]) -> str:
    """Return a machine in a few words, or that it is not known."""
    parts = []
    for label in WORDS_OF_MACHINE:
        value = facts.get(label, "")
        if value not in UNTELLING:
            parts.append(f"{value} {label}" if value.isdecimal() else value)
    return ", ".join(parts) or "unknown machine"
