"""The proof that scores stay on their scale, against the engine on all answers there are."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain, combinations, permutations, product
from typing import Any, Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.engine.evaluate import evaluate
from advisor.engine.measured import Measurement, rules_from
from advisor.engine.space import DOES_NOT_APPLY, Answer
from advisor.engine.tables import Tables
from knowledge.base import Knowledge
from knowledge.lint import bounds
from knowledge.lint.bounds import highest, lowest, value_terms, weight_terms
from knowledge.loading import compiled as form
from knowledge.loading.tree import read_tree
from knowledge.model.condition import Atom
from knowledge.model.criterion import Criterion, Scale
from knowledge.model.kinds import KINDS
from knowledge.model.option import BaseValue, Option
from knowledge.model.question import Band, Choice, Question
from knowledge.model.rule import MeasureRule, ValueRule, VetoRule, WeightRule, Workaround

DAY = "2026-11-20"
COMMON: dict[str, Any] = {
    "text": "A reason.",
    "basis": "judgement",
    "grade": "D",
    "because": (),
    "as_of": DAY,
}


def question(name: str, kind: Any, choices: str = "", **more: Any) -> Question:
    return Question(
        id=name,
        group="project",
        order=1,
        kind=kind,
        title=name,
        ask=name,
        why=name,
        find_out=name,
        choices=tuple(Choice(id=c, label=c.upper(), prior=0.3) for c in choices),
        as_of=DAY,
        **more,
    )


QUESTIONS = {
    "one": question("one", "one", "abcd"),
    "flag": question("flag", "flag"),
    "number": question("number", "number", bands=(Band(share=0.5, below=5), Band(share=0.5))),
    "several": question("several", "several", "xyz"),
    "ranking": question("ranking", "ranking", "pqr", most=2),
}
ATOMS = {
    "one": st.one_of(
        st.builds(Atom, fact=st.just("one"), is_=st.sampled_from("abcd")),
        st.builds(Atom, fact=st.just("one"), is_not=st.sampled_from("abcd")),
        st.builds(Atom, fact=st.just("one"), any_of=st.sampled_from([("a", "b"), ("b", "c", "d")])),
    ),
    "flag": st.one_of(
        st.builds(Atom, fact=st.just("flag"), is_=st.booleans()),
        st.builds(Atom, fact=st.just("flag"), is_not=st.booleans()),
    ),
    "number": st.one_of(
        st.builds(Atom, fact=st.just("number"), at_least=st.sampled_from([2.0, 5.0, 9.0])),
        st.builds(Atom, fact=st.just("number"), below=st.sampled_from([2.0, 5.0, 9.0])),
    ),
    "several": st.one_of(
        st.builds(Atom, fact=st.just("several"), includes=st.sampled_from("xyz")),
        st.builds(Atom, fact=st.just("several"), excludes=st.sampled_from("xyz")),
    ),
    "ranking": st.one_of(
        st.builds(Atom, fact=st.just("ranking"), first=st.sampled_from("pqr")),
        st.builds(Atom, fact=st.just("ranking"), includes=st.sampled_from("pqr")),
        st.builds(Atom, fact=st.just("ranking"), excludes=st.sampled_from("pqr")),
    ),
}
AMOUNTS = st.integers(-4, 4).map(lambda tenths: tenths / 10)


def triple(amount: float) -> tuple[float, float, float]:
    return (amount - 0.1, amount, amount + 0.1)


@st.composite
def rules(draw: st.DrawFn) -> list[Any]:
    facts = draw(st.lists(st.sampled_from(sorted(ATOMS)), min_size=1, max_size=3, unique=True))
    atoms = st.one_of(*(ATOMS[fact] for fact in facts))
    found: list[Any] = []
    for number in range(draw(st.integers(1, 7))):
        head: dict[str, Any] = {"id": f"rule-{number}", **COMMON}
        head["when"] = tuple(draw(st.lists(atoms, max_size=3)))
        amount = draw(AMOUNTS)
        kind = draw(st.sampled_from(["value", "value", "value", "weight", "veto", "measure"]))
        if kind == "value":
            speed = draw(st.booleans())
            effects: dict[Any, Any] = {"pytorch": triple(amount)}
            found.append(ValueRule(criterion="c", effects=effects, published_speed=speed, **head))
        elif kind == "weight":
            found.append(WeightRule(points={"c": amount}, **head))
        elif kind == "veto":
            around = Workaround(text="x", penalties={"c": triple(amount)})
            found.append(VetoRule(options=("pytorch",), workaround=around, **head))
        else:
            found.append(MeasureRule(workload="w", device="any", criterion="c", share=0.4, **head))
    return found


def tables_of(made: list[Any]) -> Tables:
    options = [
        Option(
            id=name,
            name=name,
            what=name,
            order=1,
            as_of=DAY,
            base={"c": BaseValue(value=0.5, text="x", basis="judgement", grade="D")},
        )
        for name in ("pytorch", "tensorflow")
    ]
    scale = Scale(zero="0", half="1", one="2")
    criterion = Criterion(id="c", name="c", asks="c", scale=scale, points=10, order=1, as_of=DAY)
    entries: dict[str, list[Any]] = {kind: [] for kind in KINDS}
    entries |= {"option": options, "criterion": [criterion], "rule": made}
    entries["question"] = list(QUESTIONS.values())
    return Tables(Knowledge(form.encode(entries, "", "", DAY, [], {})[1]))


def answers_to(entry: Question) -> list[Answer]:
    """Return every answer that can be told from the others, with "does not apply"."""
    names = [choice.id for choice in entry.choices]
    found: list[Answer]
    if entry.kind == "one":
        found = [*names]
    elif entry.kind == "flag":
        found = [True, False]
    elif entry.kind == "number":
        found = [0.0, 2.0, 5.0, 9.0]
    elif entry.kind == "several":
        found = list(chain.from_iterable(combinations(names, n) for n in range(len(names) + 1)))
    else:
        found = list(chain.from_iterable(permutations(names, n) for n in range(entry.most + 1)))
    return [DOES_NOT_APPLY, *found]


def measured(ratio: float) -> list[Measurement]:
    verdict: Literal["faster", "slower"] = "faster" if ratio < 1 else "slower"
    return [
        Measurement(
            workload="w",
            device="cpu",
            pytorch_arm="a",
            tensorflow_arm="b",
            ratio=ratio,
            low=ratio,
            high=ratio,
            verdict=verdict,
            measured_on=DAY,
            origin="x",
        )
    ]


MEASUREMENTS = ([], measured(0.01), measured(100.0), measured(1.5))


def outcomes(made: list[Any]) -> Iterator[tuple[float, float]]:
    """Yield what every set of complete answers adds to the value and to the weight points."""
    tables = tables_of(made)
    used = sorted({atom.fact for rule in made for atom in rule.when})
    for given_answers in product(*(answers_to(QUESTIONS[name]) for name in used)):
        state = tables.space.encode(dict(zip(used, given_answers, strict=True)))
        for measurements in MEASUREMENTS:
            extra = [rule for rule, _ in rules_from(tables, state, measurements)]
            evaluation = evaluate(tables, state, extra)
            added = sum(
                points * chance for rule, chance in evaluation.firings for _, points in rule.points
            )
            yield evaluation.values[0][0] - 0.5, added


@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(rules())
def test_no_answers_leave_the_bounds(made: list[Any]) -> None:
    found = list(outcomes(made))
    values, weights = [value for value, _ in found], [points for _, points in found]
    terms = value_terms(made, "pytorch", "c")
    assert lowest(terms, QUESTIONS) <= min(values) + 1e-9
    assert highest(terms, QUESTIONS) >= max(values) - 1e-9
    assert lowest(weight_terms(made, "c"), QUESTIONS) <= min(weights) + 1e-9


@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(rules())
def test_without_measurements_and_several_answers_the_bounds_are_reached(made: list[Any]) -> None:
    """Each choice of a several-of question is searched alone, so there the bound may be loose."""
    certain = [
        rule
        for rule in made
        if not isinstance(rule, MeasureRule)
        and not getattr(rule, "published_speed", False)
        and all(atom.fact != "several" for atom in rule.when)
    ]
    values = [value for value, _ in outcomes(certain)]
    terms = value_terms(certain, "pytorch", "c")
    assert abs(lowest(terms, QUESTIONS) - min(values)) < 1e-9
    assert abs(highest(terms, QUESTIONS) - max(values)) < 1e-9


@given(st.lists(AMOUNTS, min_size=4, max_size=4))
def test_effects_of_exclusive_answers_do_not_add_up(amounts: list[float]) -> None:
    terms = [
        bounds.Term((Atom(fact="one", is_=choice),), amount)
        for choice, amount in zip("abcd", amounts, strict=True)
    ]
    assert highest(terms, QUESTIONS) == max(0.0, *amounts)
    assert lowest(terms, QUESTIONS) == min(0.0, *amounts)


def test_a_measurement_counts_though_nothing_has_to_hold_for_it() -> None:
    rule = MeasureRule(
        id="m", when=(), workload="w", device="any", criterion="c", share=0.6, **COMMON
    )
    terms = value_terms([rule], "pytorch", "c")
    assert (lowest(terms, QUESTIONS), highest(terms, QUESTIONS)) == (-0.3, 0.3)
    assert value_terms([rule], "keras", "c") == []


def test_too_many_combinations_give_a_careful_bound_soon() -> None:
    many = {f"q{n}": question(f"q{n}", "one", "abcdefgh") for n in range(30)}
    terms = [
        bounds.Term(
            tuple(Atom(fact=f"q{(n + m) % 30}", is_="abcdefgh"[(n * m) % 8]) for m in range(3)),
            sign * 0.1,
        )
        for n in range(30)
        for sign in (1, -1, 1)
    ]
    start = time.process_time()
    bound = highest(terms, many)
    assert time.process_time() - start < 5
    assert 0 <= bound <= 60 * 0.1 + 1e-9


def test_the_shipped_base_is_checked_in_well_under_two_seconds() -> None:
    tree = read_tree()
    start = time.process_time()
    bounds.check(tree)
    assert time.process_time() - start < 1


def test_two_conditions_on_one_open_number_hold_as_often_as_both_do() -> None:
    """Their chances do not multiply: with three bands, each rule holds in exactly one of them."""
    bands = ((Atom(fact="number", below=2.0),), (Atom(fact="number", at_least=9.0),))
    middle = (Atom(fact="number", at_least=2.0), Atom(fact="number", below=9.0))
    made = [
        ValueRule(
            id=f"rule-{n}", when=when, criterion="c", effects={"pytorch": triple(0.4)}, **COMMON
        )
        for n, when in enumerate((*bands, middle))
    ]
    tables = tables_of(made)
    evaluation = evaluate(tables, tables.space.encode({}))
    assert abs(evaluation.values[0][0] - 0.9) < 1e-9
