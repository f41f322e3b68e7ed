"""Why: every term of the margin as a sentence with its evidence."""

from __future__ import annotations

from advisor.documents.advice import Reason
from advisor.engine.attribution import Push, pushes
from advisor.engine.decide import Decision
from advisor.engine.measured import CannotUse, Evidence, Measurement
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
    measured: dict[str, list[Evidence]] = {}
    for rule, evidence in decision.used:
        measured.setdefault(rule.id, []).append(evidence)
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
    tables: Tables, term: Push, ahead: int, behind: int, measured: dict[str, list[Evidence]]
) -> Reason:
    knowledge = tables.knowledge
    option, against = tables.options[ahead], tables.options[behind]
    if term.rule is None:
        return _base_reason(tables, term, option, against)
    rule = knowledge.rules[term.rule]
    text = rule.text
    if term.rule in measured:
        text = evidence_text(measured[term.rule], (option, against))
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
        as_of=_found_on(measured[term.rule][0]) if term.rule in measured else rule.as_of,
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


def _found_on(evidence: Evidence) -> str:
    return (evidence.found_on if isinstance(evidence, CannotUse) else evidence.measured_on)[:10]


def evidence_text(found: list[Evidence], pair: tuple[str, str]) -> str:
    """Return what was found on the machine about one or both of a pair of options."""
    words = [
        cannot_use_text(one) if isinstance(one, CannotUse) else measured_text(one)
        for one in found
        if not isinstance(one, CannotUse) or one.option in pair
    ]
    return " ".join(dict.fromkeys(words))


def cannot_use_text(found: CannotUse) -> str:
    """Return a verdict on a device as a sentence."""
    remedy = f" What helps: {found.remedy}" if found.remedy else " No published build works there."
    return f"A probe found ({found.code}) for {found.device}: {found.text}{remedy}"


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
