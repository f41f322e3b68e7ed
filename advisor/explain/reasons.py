"""Why: every term of the margin as a sentence with its evidence."""

from __future__ import annotations

from advisor.documents.advice import Reason
from advisor.engine.attribution import Push, pushes
from advisor.engine.decide import Decision
from advisor.engine.measured import Measurement
from advisor.engine.tables import Tables
from knowledge.model.common import Basis

WEAKEST: tuple[Basis, ...] = ("measured", "documented", "reported", "judgement")
ENOUGH = 0.8
MOST_SHOWN = 5


def reasons_for(tables: Tables, decision: Decision, ahead: int, behind: int) -> tuple[Reason, ...]:
    """Return all terms of the margin of one option over another, the strongest first."""
    terms = (
        decision.terms
        if (ahead, behind) == tuple(decision.order[:2])
        else pushes(tables, decision.evaluation, ahead, behind)
    )
    measured = {rule.id: measurement for rule, measurement in decision.used}
    made = [_reason(tables, term, ahead, behind, measured) for term in terms]
    return tuple(sorted(made, key=lambda r: (-abs(r.push), r.rule, r.criterion or "")))


def strongest(reasons: tuple[Reason, ...]) -> tuple[list[Reason], list[Reason]]:
    """Return what to show: terms that make four fifths of each side, at most five and three."""
    shown: list[list[Reason]] = []
    for sign, most in ((1, MOST_SHOWN), (-1, 3)):
        side = [r for r in reasons if r.push * sign > 0]
        total = sum(abs(r.push) for r in side)
        chosen: list[Reason] = []
        for reason in side[:most]:
            if chosen and sum(abs(r.push) for r in chosen) >= ENOUGH * total:
                break
            chosen.append(reason)
        shown.append(chosen)
    return shown[0], shown[1]


def _reason(
    tables: Tables, term: Push, ahead: int, behind: int, measured: dict[str, Measurement]
) -> Reason:
    knowledge = tables.knowledge
    option, against = tables.options[ahead], tables.options[behind]
    if term.rule is None:
        return _base_reason(tables, term, option, against)
    rule = knowledge.rules[term.rule]
    text = rule.text
    if term.rule in measured:
        text = measured_text(measured[term.rule])
    elif term.chance < 1:
        text = f"Open, assumed for {round(100 * term.chance)} % of users: {text}"
    return Reason(
        rule=rule.id,
        option=option,
        against=against,
        push=term.push,
        text=text,
        because=rule.because,
        basis="measured" if term.rule in measured else rule.basis,
        as_of=measured[term.rule].measured_on[:10] if term.rule in measured else rule.as_of,
        criterion=term.criterion,
        grade=rule.grade,
        likelihood=term.chance,
        house=knowledge.house.get(rule.id),
        sources=rule.sources,
    )


def _base_reason(tables: Tables, term: Push, option: str, against: str) -> Reason:
    knowledge = tables.knowledge
    assert term.criterion is not None
    ours, theirs = (knowledge.options[name] for name in (option, against))
    one, other = ours.base[term.criterion], theirs.base[term.criterion]
    name = knowledge.criteria[term.criterion].name
    return Reason(
        rule=f"base/{term.criterion}",
        option=option,
        against=against,
        push=term.push,
        text=f"{name}: {ours.name}: {one.text} {theirs.name}: {other.text}",
        because=tuple(dict.fromkeys((*one.because, *other.because))),
        basis=max(one.basis, other.basis, key=WEAKEST.index),
        as_of=min(ours.as_of, theirs.as_of),
        criterion=term.criterion,
        grade=max(one.grade, other.grade),
    )


def measured_text(m: Measurement) -> str:
    """Return a measurement as one sentence."""
    said = {
        "faster": "PyTorch was faster",
        "slower": "TensorFlow was faster",
        "equivalent": "no difference that matters",
        "undecided": "not decided",
    }[m.verdict]
    return (
        f"Measured here, {m.workload} on {m.device}: PyTorch ({m.pytorch_arm}) took {m.ratio:.2f} "
        f"times as long as TensorFlow ({m.tensorflow_arm}), 95 % interval {m.low:.2f} to "
        f"{m.high:.2f}: {said}."
    )
