"""What would have to be different for one option to come first."""

from __future__ import annotations

from collections.abc import Sequence

from advisor.documents.advice import Advice
from advisor.documents.toward import Step, TowardPart
from advisor.engine.flips import Flip
from advisor.engine.measured import Evidence
from advisor.engine.tables import Tables
from advisor.engine.toward import flips_toward
from advisor.explain.changes import flip_text, toward_lines


def toward_part(
    tables: Tables, option: str, advice: Advice, measurements: Sequence[Evidence] = ()
) -> TowardPart:
    """Return what would put `option` (an id) first, given the answers of `advice`."""
    answers = {fact.id: fact.value for fact in advice.facts}
    toward = flips_toward(tables, answers, option, measurements)
    rules, criteria = tables.knowledge.rules, tables.knowledge.criteria

    def steps(flips: Sequence[Flip]) -> tuple[Step, ...]:
        return tuple(Step(flip.change, flip.cost, flip_text(tables, flip)) for flip in flips)

    terms = [
        rules[term.rule].text if term.rule else criteria[term.criterion or ""].name
        for term in toward.terms
    ]
    return TowardPart(
        option,
        toward.first,
        steps(toward.changes),
        steps(toward.answers),
        toward.vetoes,
        tuple(terms),
        tuple(toward_lines(tables, toward)),
    )
