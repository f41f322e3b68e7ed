"""`advise --toward OPTION`: what would have to be different for it to come first."""

from __future__ import annotations

import msgspec

from advisor.cli.given import Given
from advisor.documents.advice import Advice
from advisor.documents.toward import Step, TowardPart
from advisor.engine.flips import Flip
from advisor.engine.tables import Tables
from advisor.engine.toward import flips_toward
from advisor.errors import InputError
from advisor.explain.changes import flip_text, toward_lines
from knowledge.errors import nearest, shortened


def pointed(tables: Tables, option: str, advice: Advice, found: Given) -> Advice:
    """Return the advice with what would put `option` first."""
    return msgspec.structs.replace(advice, toward=toward_part(tables, option, advice, found))


def toward_part(tables: Tables, option: str, advice: Advice, found: Given) -> TowardPart:
    """Return what would put `option` first; InputError if there is no such option."""
    named = _named(tables, option)
    answers = {fact.id: fact.value for fact in advice.facts}
    toward = flips_toward(tables, answers, named, found.measurements)
    rules = tables.knowledge.rules

    def steps(flips: tuple[Flip, ...]) -> tuple[Step, ...]:
        return tuple(Step(flip.change, flip.cost, flip_text(tables, flip)) for flip in flips)

    terms = [
        rules[term.rule].text if term.rule else tables.knowledge.criteria[term.criterion or ""].name
        for term in toward.terms
    ]
    return TowardPart(
        named,
        toward.first,
        steps(toward.changes),
        steps(toward.answers),
        toward.vetoes,
        tuple(terms),
        tuple(toward_lines(tables, toward)),
    )


def _named(tables: Tables, text: str) -> str:
    """Return the option a person means, by id or name."""
    names = {option: option for option in tables.options}
    names |= {tables.knowledge.options[o].name.lower(): o for o in tables.options}
    word = text.strip().lower()
    if word in names:
        return names[word]
    near = nearest(word, tables.options)
    hint = f"; did you mean {near!r}?" if near else ""
    raise InputError(
        f"--toward: unknown option {shortened(text)!r} (one of {', '.join(tables.options)}){hint}"
    )
