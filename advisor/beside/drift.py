"""What a change of the knowledge base does to the golden scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from advisor.documents.advice import Advice
from advisor.documents.drift import Answered, Changed, Drift, Flipped, Version
from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.record.judging import first_choice_is_right
from advisor.record.scenarios import Scenario
from knowledge.base import Knowledge
from knowledge.model.kinds import KINDS

SAMPLES = 300
MOST_RULES = 3
MATERIAL = 0.002

Named = tuple[str, Knowledge]


def drift(old: Named, new: Named, book: Sequence[Scenario]) -> Drift:
    """Return the scenarios on which two versions differ, and the entries that differ."""
    before, after = (_answers(knowledge, book) for _, knowledge in (old, new))
    differing = [
        _flipped(scenario, mine, theirs)
        for scenario, mine, theirs in zip(book, before, after, strict=True)
        if _word(mine) != _word(theirs)
    ]
    flipped = [f for f in differing if f.old.choice != f.new.choice]
    return Drift(
        old=_version(old, book, before),
        new=_version(new, book, after),
        scenarios=len(book),
        judged=sum(bool(scenario.choices) for scenario in book),
        flipped=tuple(flipped),
        reworded=tuple(f for f in differing if f.old.choice == f.new.choice),
        entries=tuple(_changes(old[1], new[1])),
    )


def _answers(knowledge: Knowledge, book: Sequence[Scenario]) -> list[Advice]:
    tables = Tables(knowledge)
    return [advise(tables, s.facts(knowledge), created="", samples=SAMPLES) for s in book]


def _word(advice: Advice) -> tuple[str, str]:
    return advice.verdict.choice, advice.verdict.strength


def _version(named: Named, book: Sequence[Scenario], answers: Sequence[Advice]) -> Version:
    name, knowledge = named
    right = sum(
        first_choice_is_right(scenario, advice)
        for scenario, advice in zip(book, answers, strict=True)
        if scenario.choices
    )
    return Version(name, knowledge.version, knowledge.digest, right)


def _flipped(scenario: Scenario, before: Advice, after: Advice) -> Flipped:
    return Flipped(
        scenario.name,
        scenario.title,
        tuple(scenario.choices),
        _answered(scenario, before),
        _answered(scenario, after),
        tuple(_moved_rules(before, after)),
    )


def _answered(scenario: Scenario, advice: Advice) -> Answered:
    right = not scenario.choices or first_choice_is_right(scenario, advice)
    return Answered(*_word(advice), right)


def _moved_rules(before: Advice, after: Advice) -> list[str]:
    """Return the rules that ruled out or pushed in one version only, or by another amount."""
    vetoes = [{v for r in a.ranking for v in r.ruled_out_by} for a in (before, after)]
    moved = dict.fromkeys(vetoes[0] ^ vetoes[1], 1.0)
    pairs = [{(r.option, r.against) for r in a.reasons} for a in (before, after)]
    if pairs[0] == pairs[1]:
        pushes = [{(r.rule, r.criterion): r.push for r in a.reasons} for a in (before, after)]
        for key in pushes[0].keys() | pushes[1].keys():
            difference = abs(pushes[0].get(key, 0.0) - pushes[1].get(key, 0.0))
            if difference >= MATERIAL:
                moved[key[0]] = max(moved.get(key[0], 0.0), difference)
    return sorted(moved, key=lambda rule: (-moved[rule], rule))[:MOST_RULES]


def _changes(old: Knowledge, new: Knowledge) -> Iterator[Changed]:
    for kind in KINDS:
        before, after = old.kind(kind), new.kind(kind)
        added = sorted(after.keys() - before.keys())
        removed = sorted(before.keys() - after.keys())
        encode = msgspec.json.encode
        changed = sorted(
            name
            for name in before.keys() & after.keys()
            if encode(before[name]) != encode(after[name])
        )
        if added or removed or changed:
            yield Changed(kind, tuple(added), tuple(removed), tuple(changed))
