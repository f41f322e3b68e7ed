"""What would change the answer: other answers, other weights, other measurements."""

from __future__ import annotations

from advisor.documents.advice import FlipPart, NextQuestion, Value
from advisor.engine.decide import Decision
from advisor.engine.tables import Tables
from advisor.engine.what_if import Flip, Gain
from knowledge.model.question import Question

from .words import answer_words, percent

MOST_FLIPS = 6


def flip_parts(tables: Tables, decision: Decision) -> tuple[FlipPart, ...]:
    """Return one flip per question, then break-even weights and measurements."""
    found: dict[tuple[str, int | None], FlipPart] = {}
    for flip in decision.flips:
        name = next(iter(flip.change))
        found.setdefault((name, flip.to), _answer_flip(tables, flip))
    answers = list(found.values())[:MOST_FLIPS]
    return (*answers, *_weight_flips(tables, decision), *_measurement_flips(tables, decision))


def _answer_flip(tables: Tables, flip: Flip) -> FlipPart:
    name, value = next(iter(flip.change.items()))
    question = tables.knowledge.questions[name]
    to = "none" if flip.to is None else tables.options[flip.to]
    then = "no framework at all" if flip.to is None else tables.knowledge.options[to].name
    said = _threshold_words(tables, question, value)
    return FlipPart({name: value}, to, flip.cost, f"{question.title}: {said} → {then}")


def _threshold_words(tables: Tables, question: Question, value: Value) -> str:
    if question.kind == "number" and isinstance(value, float):
        space = tables.space
        index = space.of_question[question.id][0]
        return space.variables[index].cells[space.cell_of(question.id, value)]
    return answer_words(question, value)


def _weight_flips(tables: Tables, decision: Decision) -> list[FlipPart]:
    """Break-even weights: w* = R/(R − d), R = (M − w·d)/(1 − w), for the runner-up."""
    evaluation = decision.evaluation
    first, second = decision.order[:2]
    if decision.verdict.choice is None or evaluation.veto_chance[second] >= 1:
        return []
    found = []
    for c, name in enumerate(tables.criteria):
        weight = evaluation.weights[c]
        difference = evaluation.values[first][c] - evaluation.values[second][c]
        rest = (decision.margin - weight * difference) / (1 - weight)
        if difference >= 0 or rest <= 0:
            continue
        even = rest / (rest - difference)
        if not weight < even <= 0.5:
            continue
        criterion = tables.knowledge.criteria[name].name
        to = tables.options[second]
        text = (
            f"{criterion} weighing {percent(even)} instead of {percent(weight)} → "
            f"{tables.knowledge.options[to].name}"
        )
        found.append((even - weight, FlipPart({"weight": {name: even}}, to, 1.0, text)))
    return [part for _, part in sorted(found, key=lambda pair: pair[0])[:1]]


def _measurement_flips(tables: Tables, decision: Decision) -> list[FlipPart]:
    """How much faster the runner-up would have to be measured, if a measurement could do it."""
    first, second = (tables.options[o] for o in decision.order[:2])
    if decision.verdict.choice is None or {first, second} != {"pytorch", "tensorflow"}:
        return []
    best: tuple[float, FlipPart] | None = None
    for measure in tables.measures:
        if any(tables.space.likelihood(decision.state, t) < 1.0 for t in measure.tests):
            continue
        if any(rule.id == measure.rule.id for rule, _ in decision.used):
            continue
        weight = decision.evaluation.weights[measure.criterion]
        ratio = 2 ** (2 * decision.margin / (weight * measure.rule.share))
        if not 1 < ratio <= 4 or (best and best[0] <= ratio):
            continue
        name = tables.knowledge.options[second].name
        text = f"{name} measured {ratio:.1f}× faster here on {measure.rule.workload} → {name}"
        best = (
            ratio,
            FlipPart({"measurement": {measure.rule.workload: ratio}}, second, 1.0, text),
        )
    return [best[1]] if best else []


def next_questions(tables: Tables, gains: list[Gain]) -> tuple[NextQuestion, ...]:
    """Return the open questions worth asking, the most useful first."""
    return tuple(NextQuestion(gain.question, gain.gain, why_ask(gain)) for gain in gains)


def why_ask(gain: Gain) -> str:
    """Say what a question can still do."""
    if gain.decides_veto:
        return f"can rule an option out; changes the choice in {percent(gain.changes)} of cases"
    if gain.changes > 0:
        return f"changes the choice in {percent(gain.changes)} of the cases that remain"
    return "moves the scores, alone it does not change the choice"
