"""One fact per question out of all that was said about it, and what did not get in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from advisor.engine.space import Answer
from advisor.facts.fact import Fact, Ignored
from knowledge.model.question import Question
from knowledge.model.reading import Reading

TIE = 0.6
NEARLY = 0.8
"""Answers unite where each was said nearly as clearly as the clearest of all."""
MOST_QUOTES = 3
MOST_NUMBER = 1e9
TRUE = "true"
"""How a reading writes the answer yes to a question of yes or no."""


class Said(msgspec.Struct, frozen=True):
    """What one stretch of text says about a question; `no`: that it is not so."""

    fact: str
    values: tuple[str, ...] | float
    confidence: float
    quote: str
    place: int
    no: bool = False
    not_used: str = ""
    but_not: tuple[str, ...] = ()
    given: dict[str, tuple[str, ...]] = {}


def applying(facts: list[Fact], questions: Mapping[str, Question]) -> list[Fact]:
    """Leave out what nobody would be asked: the task of a model that is only run."""
    known = {fact.id: fact.value for fact in facts}
    return [
        fact
        for fact in facts
        if not any(
            atom.is_not is not None and known.get(atom.fact) == atom.is_not
            for atom in questions[fact.id].applies
        )
    ]


def settle(
    said: Sequence[Said], questions: Mapping[str, Question], readings: Iterable[Reading]
) -> tuple[list[Fact], list[Ignored]]:
    """Return at most one fact per question, in the order of the questions."""
    facts, ignored = [], []
    for item in said:
        if item.not_used:
            ignored.append(Ignored(item.quote, item.not_used))
    unions = [(r.fact, r.values, set(u)) for r in readings for u in r.unites]
    for name, question in questions.items():
        about = _exact([item for item in said if item.fact == name])
        if not about:
            continue
        if question.kind == "number":
            fact, unused = _number(question, about)
        elif question.kind in ("several", "ranking"):
            fact, unused = _several(question, about)
        else:
            united = [(values, parts) for fact, values, parts in unions if fact == name]
            fact, unused = _one(question, about, united)
        if fact:
            facts.append(fact)
        ignored += unused
    return facts, _once(ignored)


def _exact(about: list[Said]) -> list[Said]:
    """Leave out what other words say more exactly: "phones" beside "Android"."""
    values = {v for i in about if isinstance(i.values, tuple) and not i.but_not for v in i.values}
    return [item for item in about if not values & set(item.but_not)]


def _one(
    question: Question,
    about: Sequence[Said],
    united: Sequence[tuple[tuple[str, ...], set[str]]],
) -> tuple[Fact | None, list[Ignored]]:
    yes = [item for item in about if not item.no and isinstance(item.values, tuple) and item.values]
    best = _best(yes)
    if not best:
        return None, [_denied(item) for item in about if item.no]
    clearest = max(item.confidence for item in best.values())
    clear = {value for value, item in best.items() if item.confidence >= NEARLY * clearest}
    for values, parts in united:
        if parts <= clear:
            kept = [best[part] for part in sorted(parts)]
            quote = _quotes(kept)
            sure = min(item.confidence for item in kept)
            return Fact(question.id, values[0], "text", quote, round(sure, 2)), []
    first, *others = sorted(best, key=lambda v: (-best[v].confidence, best[v].place))
    sure = best[first].confidence
    if others and best[others[0]].confidence >= sure:
        sure *= TIE
    quotes = [item for item in yes if item.values == (first,)]
    unused = [
        Ignored(
            best[other].quote, f"{question.id}: read as {other}, but {first} was said as clearly"
        )
        for other in others
    ]
    value = first == TRUE if question.kind == "flag" else first
    return Fact(question.id, value, "text", _quotes(quotes), round(sure, 2)), unused


def _best(said: Iterable[Said]) -> dict[str, Said]:
    """Return for each answer what says it most clearly."""
    best: dict[str, Said] = {}
    for item in said:
        assert isinstance(item.values, tuple)
        value = item.values[0]
        if value not in best or item.confidence > best[value].confidence:
            best[value] = item
    return best


def _several(question: Question, about: Sequence[Said]) -> tuple[Fact | None, list[Ignored]]:
    yes = [item for item in about if not item.no]
    chosen: dict[str, float] = {}
    for item in yes:
        for said in item.values if isinstance(item.values, tuple) else ():
            chosen[said] = max(chosen.get(said, 0.0), item.confidence)
    if chosen:
        order = [choice.id for choice in question.choices]
        named = list(chosen)
        if question.kind == "several":
            named.sort(key=order.index)
        value: Answer = tuple(named[: question.most] if question.kind == "ranking" else named)
        sure = round(min(chosen.values()), 2)
        return Fact(question.id, value, "text", _quotes(yes), sure), []
    no = [item for item in about if item.no]
    excluded = {v for item in no if isinstance(item.values, tuple) for v in item.values}
    if question.kind == "ranking" or not excluded:
        return None, [_denied(item) for item in no]
    left = tuple(f"-{c.id}" for c in question.choices if c.id in excluded)
    sure = round(min(item.confidence for item in no), 2)
    return Fact(question.id, left, "text", _quotes(no), sure), []


def _number(question: Question, about: Sequence[Said]) -> tuple[Fact | None, list[Ignored]]:
    usable = [
        item
        for item in about
        if not item.no and isinstance(item.values, float) and 0 < item.values < MOST_NUMBER
    ]
    if not usable:
        return None, [_denied(item) for item in about if item.no]
    best = max(usable, key=lambda item: (item.confidence, -item.place))
    assert isinstance(best.values, float)
    value = float(f"{best.values:.6g}")
    unused = [
        Ignored(item.quote, f"{question.id}: {best.quote} was taken")
        for item in usable
        if item.values != best.values
    ]
    return Fact(question.id, value, "text", best.quote, round(best.confidence, 2)), unused


def _denied(item: Said) -> Ignored:
    return Ignored(
        item.quote, f"{item.fact}: said not to be so, and nothing follows from that alone"
    )


def _quotes(said: Iterable[Said]) -> str:
    """Return the words something was read from; a quote inside another one is left out."""
    quotes = list(dict.fromkeys(item.quote for item in sorted(said, key=lambda i: i.place)))
    kept = [q for q in quotes if not any(q != other and q in other for other in quotes)]
    return " … ".join(kept[:MOST_QUOTES])


def _once(ignored: Iterable[Ignored]) -> list[Ignored]:
    return list(dict.fromkeys(ignored))
