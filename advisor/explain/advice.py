"""Puts the document together: what the engine decided, in words, with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor import __version__
from advisor.documents.advice import (
    SCHEMA,
    VERSION,
    Advice,
    Between,
    HouseRule,
    KnowledgePart,
    Measured,
    RuleKind,
    Uncertainty,
    VerdictPart,
    Weight,
    WhyNot,
)
from advisor.documents.advice import CannotUse as CannotUsePart
from advisor.documents.standing import Feasible, Ranked
from advisor.engine.decide import Decision, decide
from advisor.engine.measured import CannotUse, Evidence, Measurement
from advisor.engine.sampling import SAMPLES
from advisor.engine.space import DOES_NOT_APPLY, DONT_KNOW
from advisor.engine.tables import Tables
from advisor.engine.verdict import EVEN
from advisor.facts.fact import Fact, Ignored
from knowledge.model.system import ALIVE

from .changes import flip_parts, next_questions
from .reasons import reasons_for
from .stack import LIKELY, instead_of_all, stack_for
from .words import summary

KIND_OF: dict[str, RuleKind] = {
    "VetoRule": "veto",
    "ValueRule": "value",
    "WeightRule": "weight",
    "MeasureRule": "measure",
    "UnusableRule": "unusable",
}

if TYPE_CHECKING:
    from advisor.documents.migration import Migration
    from advisor.migration.code import Code
    from advisor.migration.conditions import Answers


def advise(
    tables: Tables,
    facts: Sequence[Fact],
    *,
    created: str,
    ignored: Sequence[Ignored] = (),
    measurements: Sequence[Evidence] = (),
    warnings: Sequence[str] = (),
    seed: int = 0,
    samples: int = SAMPLES,
    code: Code | None = None,
) -> Advice:
    """Return the advice for `facts`; `created` (UTC, ISO 8601) is only written down.

    `code` is what was read of the code that a move would be about.
    """
    answers = {fact.id: fact.value for fact in facts}
    decision = decide(tables, answers, measurements, seed=seed, samples=samples)
    first, second = decision.order[:2]
    chosen = decision.verdict.choice
    option = tables.options[first]
    stack = stack_for(tables, decision, option) if chosen is not None else ()
    systems = tables.knowledge.systems
    ended = [
        f"{system.name} is {system.status}; it is named because: {part.why}"
        for part, system in ((part, systems[part.system]) for part in stack)
        if system.status not in ALIVE
    ]
    reasons = reasons_for(tables, decision, first, second) if chosen is not None else ()
    return Advice(
        schema=SCHEMA,
        schema_version=VERSION,
        tool_version=__version__,
        created=created,
        facts=tuple(facts),
        ignored=(*ignored, *_unused(tables, decision, facts)),
        verdict=_verdict(tables, decision),
        between_pytorch_and_tensorflow=_between(tables, decision),
        ranking=_ranking(tables, decision),
        stack=stack,
        instead=instead_of_all(tables, decision) if chosen is None else (),
        reasons=reasons,
        margin=decision.margin if chosen is not None else 0.0,
        why_not=_why_not(tables, decision),
        flips=flip_parts(tables, decision),
        next_questions=next_questions(tables, decision.gains),
        uncertainty=Uncertainty(**decision.support.causes),
        weights=_weights(tables, decision),
        measured=tuple(
            _measured(rule.id, m) for rule, m in decision.used if isinstance(m, Measurement)
        ),
        cannot_use=tuple(
            _cannot_use(rule.id, found)
            for rule, found in decision.used
            if isinstance(found, CannotUse)
        ),
        warnings=(*warnings, *ended),
        knowledge=KnowledgePart(
            tables.knowledge.version,
            tables.knowledge.as_of,
            tables.knowledge.digest,
            seed,
            samples,
            tuple(tables.knowledge.overlays),
            decision.support.sampler,
        ),
        migration=_migration(tables, decision, answers, code),
        house_rules=_house_rules(tables, decision),
    )


def _house_rules(tables: Tables, decision: Decision) -> tuple[HouseRule, ...]:
    """Return the rules of overlays that took part, or may if an open answer is so."""
    house = tables.knowledge.house
    if not house:
        return ()
    measured = {rule.id for rule, _ in decision.used}
    found = []
    for rule, _ in decision.evaluation.firings:
        if rule.id in house:
            entry = tables.knowledge.rules[rule.id]
            kind = "measure" if rule.id in measured else KIND_OF[type(entry).__name__]
            found.append(HouseRule(rule.id, house[rule.id], kind, entry.text))
    return tuple(found)


def _migration(
    tables: Tables, decision: Decision, answers: Answers, code: Code | None
) -> tuple[Migration, ...]:
    """Return what moving existing code would mean; nothing where there is none or no choice."""
    if "existing-code" not in answers or decision.verdict.choice is None:
        return ()
    from advisor.migration.moves import moves_for

    feasible = [o for o in decision.order if decision.evaluation.veto_chance[o] < 1]
    return moves_for(tables.knowledge, answers, [tables.options[o] for o in feasible], code)


def _verdict(tables: Tables, decision: Decision) -> VerdictPart:
    verdict = decision.verdict
    choice = "none" if verdict.choice is None else tables.options[verdict.choice]
    if verdict.strength == "toss-up":
        choice = "either"
    return VerdictPart(choice, verdict.strength, summary(tables, decision), verdict.depends_on)


def _between(tables: Tables, decision: Decision) -> Between:
    torch, flow = tables.options.index("pytorch"), tables.options.index("tensorflow")
    out = [decision.evaluation.veto_chance[o] >= 1 for o in (torch, flow)]
    if all(out):
        return Between("none", 1.0)
    if any(out):
        return Between("tensorflow" if out[0] else "pytorch", 1.0)
    share = decision.support.ahead[torch][flow]
    if EVEN[0] <= share <= EVEN[1]:
        return Between("either", max(share, decision.support.ahead[flow][torch]))
    if share > EVEN[1]:
        return Between("pytorch", share)
    return Between("tensorflow", decision.support.ahead[flow][torch])


def _ranking(tables: Tables, decision: Decision) -> tuple[Ranked, ...]:
    evaluation = decision.evaluation
    ranked = []
    for o in decision.order:
        chance = evaluation.veto_chance[o]
        feasible: Feasible = "yes" if chance <= 0 else "no" if chance >= 1 else "depends"
        ranked.append(
            Ranked(
                tables.options[o],
                evaluation.scores[o],
                decision.support.first[o],
                feasible,
                _vetoes(decision, o),
            )
        )
    return tuple(ranked)


def _vetoes(decision: Decision, option: int) -> tuple[str, ...]:
    return tuple(rule.id for rule, _ in decision.evaluation.firings if option in rule.vetoes)


def _why_not(tables: Tables, decision: Decision) -> tuple[WhyNot, ...]:
    """Say for each option that was not chosen what blocked it or weighed most against it."""
    chosen = decision.verdict.choice
    parts = flip_parts(tables, decision)
    found = []
    for o in decision.order:
        if o == chosen:
            continue
        option = tables.options[o]
        blocked = tuple(
            rule.id
            for rule, chance in decision.evaluation.firings
            if o in rule.vetoes and (chance >= 1 or (chosen is None and chance >= LIKELY))
        )
        flip = next((part.text for part in parts if part.to == option), None)
        if blocked or chosen is None:
            texts = [tables.knowledge.rules[name].text for name in blocked]
            found.append(WhyNot(option, " ".join(texts), blocked, (), flip))
            continue
        reasons = tuple(r for r in reasons_for(tables, decision, chosen, o) if r.push > 0)[:3]
        text = reasons[0].text if reasons else "It is level with the choice."
        found.append(WhyNot(option, text, (), reasons, flip))
    return tuple(found)


def _weights(tables: Tables, decision: Decision) -> tuple[Weight, ...]:
    evaluation = decision.evaluation
    return tuple(
        Weight(
            name,
            evaluation.weights[c],
            {option: evaluation.values[o][c] for o, option in enumerate(tables.options)},
        )
        for c, name in enumerate(tables.criteria)
    )


def _measured(rule: str, m: Measurement) -> Measured:
    return Measured(
        rule,
        m.workload,
        m.device,
        m.pytorch_arm,
        m.tensorflow_arm,
        m.ratio,
        m.low,
        m.high,
        m.verdict,
        m.measured_on,
        m.origin,
    )


def _cannot_use(rule: str, found: CannotUse) -> CannotUsePart:
    return CannotUsePart(
        rule,
        found.option,
        found.device,
        found.code,
        found.text,
        found.remedy,
        found.found_on,
        found.origin,
    )


def _unused(tables: Tables, decision: Decision, facts: Sequence[Fact]) -> list[Ignored]:
    """Name the answers that other answers make meaningless."""
    found = []
    for fact in facts:
        question = tables.knowledge.questions[fact.id]
        if fact.value in (DONT_KNOW, DOES_NOT_APPLY) or not question.applies:
            continue
        indices = tables.space.of_question[fact.id]
        if all(decision.state.possible[i] == tables.space.variables[i].absent for i in indices):
            reason = " and ".join(atom.fact for atom in question.applies)
            found.append(Ignored(fact.id, f"does not apply because of the answer to {reason}"))
    return found
