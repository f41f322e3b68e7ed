"""What would change the answer: other answers, other weights, other measurements."""

from __future__ import annotations

from advisor.documents.advice import FlipPart, NextQuestion
from advisor.engine.changing import Step
from advisor.engine.decide import Decision
from advisor.engine.flips import Flip
from advisor.engine.tables import Tables
from advisor.engine.toward import Toward
from advisor.engine.what_if import Gain

from .words import answer_words, percent


def flip_parts(tables: Tables, decision: Decision) -> tuple[FlipPart, ...]:
    """Return the smallest changes of answers, then break-even weights and measurements."""
    answers = [_answer_flip(tables, flip) for flip in decision.flips]
    return (*answers, *_weight_flips(tables, decision), *_measurement_flips(tables, decision))


def toward_lines(tables: Tables, toward: Toward) -> list[str]:
    """Return what would put an option first, one sentence to a line."""
    name = tables.knowledge.options[tables.options[toward.option]].name
    if toward.first:
        return [f"{name} comes first already."]
    lines = [f"If this were changed: {flip_text(tables, flip)}." for flip in toward.changes]
    lines += [f"If you answer: {flip_text(tables, flip)}." for flip in toward.answers]
    if toward.changes:
        return lines
    lines.insert(0, f"No change of up to three of the answers given makes it {name}.")
    for rule in toward.vetoes:
        lines.append(f"Rules it out: {tables.knowledge.rules[rule].text}")
    for term in toward.terms:
        lines.append(f"Weighs against it: {_term(tables, term.rule, term.criterion)}")
    return lines


def _term(tables: Tables, rule: str | None, criterion: str | None) -> str:
    if rule is not None:
        return tables.knowledge.rules[rule].text
    return f"{tables.knowledge.criteria[criterion or ''].name}, whatever the answers are."


def _answer_flip(tables: Tables, flip: Flip) -> FlipPart:
    to = "none" if flip.to is None else tables.options[flip.to]
    then = "no framework at all" if flip.to is None else tables.knowledge.options[to].name
    return FlipPart(dict(flip.change), to, flip.cost, f"{flip_text(tables, flip)} → {then}")


def flip_text(tables: Tables, flip: Flip) -> str:
    """Return what is changed, by question: "Targets: also Android; Team: Keras"."""
    said: dict[str, list[str]] = {}
    for step in flip.steps:
        said.setdefault(step.question, []).append(_step(tables, flip, step))
    questions = tables.knowledge.questions
    return "; ".join(f"{questions[name].title}: {', '.join(w)}" for name, w in said.items())


def _step(tables: Tables, flip: Flip, step: Step) -> str:
    question = tables.knowledge.questions[step.question]
    if step.question in flip.cells:
        return tables.space.range_words(step.question, *flip.cells[step.question])
    if step.choice is None:
        return answer_words(question, step.answer)
    after = flip.change[step.question]
    added = isinstance(after, tuple) and step.choice in after
    return f"{'also' if added else 'without'} {answer_words(question, (step.choice,))}"


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
