"""KB31x: proof that no value leaves the scale and no weight falls to nothing.

For every option and criterion: the base value plus the lowest (highest) sum of effects that can
hold together stays in [0, 1]. Effects whose conditions exclude each other do not add up: rules
are grouped by a question on whose answers they differ, and the worst answer counts. So nothing
is ever clipped, and the model stays exactly additive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from ..errors import FileProblem
from ..loading.tree import Tree
from ..model.condition import Atom, test_of
from ..model.question import Question
from ..model.rule import MeasureRule, ValueRule, VetoRule, WeightRule
from .report import problem

Term = tuple[tuple[Atom, ...], float]
FLAT = 0.5
MEASURED = ("pytorch", "tensorflow")
SLACK = 1e-9
DEEPEST = 6


def check(tree: Tree) -> list[FileProblem]:
    """Return the values and weights that could leave their scale."""
    found = []
    questions = {name: located.entry for name, located in tree.entries["question"].items()}
    rules = [located.entry for located in tree.entries["rule"].values()]
    for located in tree.entries["option"].values():
        for criterion, base in located.entry.base.items():
            terms = _value_terms(rules, located.entry.id, criterion)
            low = base.value + extreme(terms, questions, min)
            high = base.value + extreme(terms, questions, max)
            if low < -SLACK or high > 1 + SLACK:
                found.append(
                    problem(
                        located,
                        f"base.{criterion}.value",
                        "KB310",
                        f"can reach {low:.3f} to {high:.3f} with the rules that hold together",
                        "to stay within 0 and 1",
                    )
                )
    for located in tree.entries["criterion"].values():
        terms = [
            (rule.when, rule.points[located.entry.id])
            for rule in rules
            if isinstance(rule, WeightRule) and located.entry.id in rule.points
        ]
        low = located.entry.points + extreme(terms, questions, min)
        if low <= 0:
            found.append(
                problem(located, "points", "KB311", f"can fall to {low:g}", "to stay above 0")
            )
    return found


def _value_terms(rules: list[object], option: str, criterion: str) -> list[Term]:
    terms: list[Term] = []
    for rule in rules:
        if isinstance(rule, ValueRule) and rule.criterion == criterion and option in rule.effects:
            terms.append((rule.when, rule.effects[option][1]))
        elif isinstance(rule, VetoRule) and rule.workaround:
            if option in rule.options and criterion in rule.workaround.penalties:
                terms.append((rule.when, rule.workaround.penalties[criterion][1]))
        elif isinstance(rule, MeasureRule) and rule.criterion == criterion and option in MEASURED:
            terms += [(rule.when, FLAT * rule.share), (rule.when, -FLAT * rule.share)]
    return terms


def extreme(
    terms: Iterable[Term],
    questions: dict[str, Question],
    worst: Callable[[Iterable[float]], float],
    depth: int = 0,
) -> float:
    """Return the lowest or highest sum of terms that can hold together (a safe bound).

    Splits on the answers of one question at a time, the one most terms depend on; what is left
    after DEEPEST questions is summed without regard to exclusion.
    """
    terms = list(terms)
    free = sum(amount for when, amount in terms if not when)
    bound = [(when, amount) for when, amount in terms if when and _helps(amount, worst)]
    fact = _splitter(bound, questions)
    if fact is None or depth == DEEPEST:
        return free + sum(amount for _, amount in bound)
    rest = [term for term in bound if all(atom.fact != fact for atom in term[0])]
    touched = [term for term in bound if term not in rest]
    outcomes = []
    for answer in _answers(questions[fact], touched, fact):
        held: list[Term] = []
        for when, amount in touched:
            if all(_holds(atom, answer) for atom in when if atom.fact == fact):
                held.append((tuple(a for a in when if a.fact != fact), amount))
        outcomes.append(extreme([*held, *rest], questions, worst, depth + 1))
    return free + worst([*outcomes, extreme(rest, questions, worst, depth + 1)])


def _helps(amount: float, worst: Callable[[Iterable[float]], float]) -> bool:
    return amount < 0 if worst((0, 1)) == 0 else amount > 0


def _splitter(terms: list[Term], questions: dict[str, Question]) -> str | None:
    """Return the exclusive question that most terms depend on, if at least two do."""
    count: dict[str, int] = {}
    for when, _ in terms:
        for fact in {atom.fact for atom in when}:
            if questions[fact].kind in ("one", "flag", "number", "ranking"):
                count[fact] = count.get(fact, 0) + 1
    best = max(count, key=lambda name: (count[name], name), default=None)
    return best if best and count[best] >= 2 else None


def _answers(question: Question, terms: list[Term], fact: str) -> Sequence[object]:
    if question.kind == "flag":
        return [True, False]
    if question.kind == "number":
        edges = {0.0}
        for when, _ in terms:
            for atom in when:
                if atom.fact == fact:
                    edges.add(float(test_of(atom)[1]))  # type: ignore[arg-type]
        return sorted(edges)
    if question.kind == "ranking":
        names = [choice.id for choice in question.choices]
        return [(a, *rest) for a in names for rest in [tuple(n for n in names if n != a)]]
    return [choice.id for choice in question.choices]


def _holds(atom: Atom, answer: object) -> bool:
    name, operand = test_of(atom)
    if name == "is":
        return answer == operand
    if name == "is_not":
        return answer != operand
    if name == "any_of":
        return answer in operand  # type: ignore[operator]
    if name == "first":
        return isinstance(answer, tuple) and answer[0] == operand
    if name in ("includes", "excludes"):
        # A ranking names few of its choices: any of the others may be in or out.
        return True
    if name == "at_least":
        return answer >= operand  # type: ignore[operator]
    return answer < operand  # type: ignore[operator]
