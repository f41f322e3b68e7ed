"""KB31x: proof that no value leaves the scale and no weight falls to nothing.

For every option and criterion: the base value plus the lowest (highest) sum of effects that can
hold together stays in [0, 1]. Effects whose conditions exclude each other do not add up: the
answers themselves are searched. So nothing is ever clipped, and the model stays exactly additive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import msgspec

from ..errors import FileProblem
from ..loading.tree import Tree
from ..model.condition import Atom, test_of
from ..model.question import Question
from ..model.rule import MeasureRule, UnusableRule, ValueRule, VetoRule, WeightRule
from .report import problem

FLAT = 0.5
MEASURED = ("pytorch", "tensorflow")
REMEDIES = (None, "known", "none")
"""Whether an option can use the accelerator; else whether anything helps. One holds at a time."""
SLACK = 1e-9
MOST_STEPS = 20_000


class Term(msgspec.Struct, frozen=True):
    """An amount that counts when all of `when` hold; an optional one may also stay away then."""

    when: tuple[Atom, ...]
    amount: float
    optional: bool = False


Variable = tuple[str, str]
"""What an atom looks at: a question, and one choice of it if several may be chosen."""


def check(tree: Tree) -> list[FileProblem]:
    """Return the values and weights that could leave their scale."""
    found = []
    questions = {name: located.entry for name, located in tree.entries["question"].items()}
    rules = [located.entry for located in tree.entries["rule"].values()]
    for located in tree.entries["option"].values():
        for criterion, base in located.entry.base.items():
            found_terms = [
                value_terms(rules, located.entry.id, criterion, remedy) for remedy in REMEDIES
            ]
            low = base.value + min(lowest(terms, questions) for terms in found_terms)
            high = base.value + max(highest(terms, questions) for terms in found_terms)
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
        low = located.entry.points + lowest(weight_terms(rules, located.entry.id), questions)
        if low <= SLACK:
            found.append(
                problem(located, "points", "KB311", f"can fall to {low:g}", "to stay above 0")
            )
    return found


def value_terms(
    rules: Iterable[object], option: str, criterion: str, remedy: str | None = None
) -> list[Term]:
    """Return what rules can add to a criterion of an option.

    A measurement may be there or not, and where one is, it replaces what was read about speed.
    With a `remedy` the option was found unable to use the accelerator: no measurement on it then.
    """
    terms: list[Term] = []
    for rule in rules:
        if isinstance(rule, ValueRule) and rule.criterion == criterion and option in rule.effects:
            terms.append(Term(rule.when, rule.effects[option][1], rule.published_speed))
        elif isinstance(rule, VetoRule) and rule.workaround:
            if option in rule.options and criterion in rule.workaround.penalties:
                terms.append(Term(rule.when, rule.workaround.penalties[criterion][1]))
        elif isinstance(rule, MeasureRule) and rule.criterion == criterion and option in MEASURED:
            if remedy is not None and rule.device == "gpu":
                continue
            terms += [Term(rule.when, sign * FLAT * rule.share, True) for sign in (1, -1)]
        elif (
            isinstance(rule, UnusableRule) and rule.criterion == criterion and rule.remedy == remedy
        ):
            terms.append(Term(rule.when, rule.effect[1], True))
    return terms


def weight_terms(rules: Iterable[object], criterion: str) -> list[Term]:
    """Return what rules can add to the weight of a criterion."""
    return [
        Term(rule.when, rule.points[criterion])
        for rule in rules
        if isinstance(rule, WeightRule) and criterion in rule.points
    ]


def lowest(terms: Iterable[Term], questions: dict[str, Question]) -> float:
    """Return a sum that no answers undercut."""
    return -highest([Term(t.when, -t.amount, t.optional) for t in terms], questions)


def highest(terms: Iterable[Term], questions: dict[str, Question]) -> float:
    """Return a sum that no answers exceed; exact as long as MOST_STEPS are enough."""
    return _Search(questions).highest(list(terms))


class _Search:
    """Goes through the answers of one question after another, the one most terms look at first.

    Terms that share no question are searched apart from each other. When the steps are used up,
    what is left is summed without regard to exclusion, which can only be too careful.
    """

    def __init__(self, questions: dict[str, Question]) -> None:
        self.questions = questions
        self.steps = 0

    def highest(self, terms: list[Term]) -> float:
        total = 0.0
        bound = []
        for term in terms:
            if term.when:
                bound.append(term)
            else:
                total += max(term.amount, 0.0) if term.optional else term.amount
        return total + sum(self._highest_of(group) for group in self._groups(bound))

    def _highest_of(self, group: list[Term]) -> float:
        most = sum(max(term.amount, 0.0) for term in group)
        self.steps += 1
        # Nobody has to answer: a group that can only lower the sum need not hold at all.
        if not most or self.steps > MOST_STEPS:
            return most
        count: dict[Variable, int] = {}
        for term in group:
            for variable in {self._variable(atom) for atom in term.when}:
                count[variable] = count.get(variable, 0) + 1
        chosen = max(count, key=lambda variable: (count[variable], variable))
        atoms = [atom for t in group for atom in t.when if self._variable(atom) == chosen]
        best = 0.0
        for answer in self._answers(self.questions[chosen[0]], atoms):
            best = max(best, self.highest(list(self._left(group, chosen, answer))))
            if best >= most:
                break
        return best

    def _left(self, group: list[Term], chosen: Variable, answer: object) -> Iterator[Term]:
        """Yield the terms that can still hold, without the conditions that now do."""
        for term in group:
            mine = [atom for atom in term.when if self._variable(atom) == chosen]
            if all(_holds(atom, answer) for atom in mine):
                rest = tuple(atom for atom in term.when if atom not in mine)
                yield Term(rest, term.amount, term.optional)

    def _groups(self, terms: list[Term]) -> list[list[Term]]:
        """Part terms into groups that share no variable."""
        groups: list[tuple[set[Variable], list[Term]]] = []
        for term in terms:
            if term.optional and term.amount <= 0:
                continue
            variables, members = {self._variable(atom) for atom in term.when}, [term]
            apart = []
            for group in groups:
                if group[0] & variables:
                    variables |= group[0]
                    members = group[1] + members
                else:
                    apart.append(group)
            groups = [*apart, (variables, members)]
        return [members for _, members in groups]

    def _variable(self, atom: Atom) -> Variable:
        several = self.questions[atom.fact].kind == "several"
        return atom.fact, (atom.includes or atom.excludes or "") if several else ""

    def _answers(self, question: Question, atoms: list[Atom]) -> Iterator[object]:
        """Yield answers that stand for all; None: there is no answer, and no condition holds."""
        yield None
        if question.kind == "flag" or question.kind == "several":
            yield from (True, False)
        elif question.kind == "number":
            edges = {float(test_of(atom)[1]) for atom in atoms}  # type: ignore[arg-type]
            yield from sorted({0.0, *edges})
        elif question.kind == "ranking":
            yield from _rankings(question, {str(test_of(atom)[1]) for atom in atoms})
        else:
            yield from (choice.id for choice in question.choices)


def _rankings(question: Question, named: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the first and the members of rankings, as far as `named` can tell them apart."""
    others = len(question.choices) > len(named)
    for size in range(min(question.most, len(named)) + 1):
        for members in combinations(sorted(named), size):
            yield from ((first, members) for first in members)
            if not members or (others and size < question.most):
                yield "", members


def _holds(atom: Atom, answer: object) -> bool:
    if answer is None:
        return False
    name, operand = test_of(atom)
    if isinstance(answer, tuple):
        first, members = answer
        if name == "first":
            return bool(first == operand)
        return (operand in members) == (name == "includes")
    if name in ("includes", "excludes"):
        return answer == (name == "includes")
    if name == "is":
        return answer == operand
    if name == "is_not":
        return answer != operand
    if name == "any_of":
        return answer in operand  # type: ignore[operator]
    if name == "at_least":
        return answer >= operand  # type: ignore[operator]
    return answer < operand  # type: ignore[operator]
