"""The model of the adviser as a logic program, for clingo: an independent second opinion.

Everything is translated from the entries of the knowledge base, not from the engine's tables:
cells, conditions, effects and points as whole numbers. The margin of one option over another is
Σ points·difference; both sides are sums over rules, so their product is a sum over pairs of
rules that hold. Only complete answers are translated, so every rule holds or does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import clingo

from knowledge.base import Knowledge
from knowledge.model.condition import Atom, test_of
from knowledge.model.question import Question
from knowledge.model.rule import ValueRule, VetoRule, WeightRule

POINT, VALUE = 2, 1000
"""One unit of weight points and of values: finer than any number in the knowledge base."""

RULES = """
1 { is(Q, V) : cell(Q, V) } 1 :- single(Q).
{ has(Q, C) } :- member(Q, C), several(Q).
S { has(Q, C) : member(Q, C) } S :- size(Q, S).
1 { size(Q, S) : S = 0..M } 1 :- ranking(Q, M).
1 { top(Q, C) : has(Q, C) } 1 :- size(Q, S), S > 0.
met(Q, A) :- atom(Q, A, V), is(Q, V).
holds(R) :- rule(R), asked(Q) : needs(R, Q, _); met(Q, A) : needs(R, Q, A).
out(O) :- vetoes(R, O), holds(R).
holds(base).
both(R, S) :- point(R, C, _), value(S, C, _, _), holds(R), holds(S).
beats(O, P) :- pair(O, P, T),
    #sum { W * V, R, S, C, plus : point(R, C, W), value(S, C, O, V), both(R, S) ;
          -W * V, R, S, C, minus : point(R, C, W), value(S, C, P, V), both(R, S) } >= T.
"""


class Oracle:
    """Facts about a knowledge base, and questions to the solver."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.questions = knowledge.questions
        self.options = list(knowledge.options)
        self.lines = [RULES]
        self.atoms: dict[str, dict[str, Atom]] = {name: {} for name in self.questions}
        for number, rule in enumerate(knowledge.rules.values()):
            self._rule(number, rule)
        for option, entry in enumerate(knowledge.options.values()):
            for name, base in entry.base.items():
                self.lines.append(f'value(base,"{name}",{option},{whole(base.value, VALUE)}).')
        for name, criterion in knowledge.criteria.items():
            self.lines.append(f'point(base,"{name}",{whole(criterion.points, POINT)}).')
        for question in self.questions.values():
            self._question(question)

    def _rule(self, number: int, rule: Any) -> None:
        if not isinstance(rule, ValueRule | WeightRule | VetoRule):
            return  # measurements are not among the answers
        self.lines.append(f"rule({number}).")
        for atom in rule.when:
            key = f"{number}/{'/'.join(map(str, test_of(atom)))}"
            self.atoms[atom.fact][key] = atom
            self.lines.append(f'needs({number},"{atom.fact}","{key}").')
        if isinstance(rule, ValueRule):
            for option, (_, likely, _) in rule.effects.items():
                self._value(number, rule.criterion, option, likely)
        elif isinstance(rule, WeightRule):
            for name, points in rule.points.items():
                self.lines.append(f'point({number},"{name}",{whole(points, POINT)}).')
        elif rule.workaround is None:
            for option in rule.options:
                self.lines.append(f"vetoes({number},{self.options.index(option)}).")
        else:
            for option in rule.options:
                for name, (_, likely, _) in rule.workaround.penalties.items():
                    self._value(number, name, option, likely)

    def _value(self, number: int, criterion: str, option: str, likely: float) -> None:
        place = self.options.index(option)
        self.lines.append(f'value({number},"{criterion}",{place},{whole(likely, VALUE)}).')

    def _question(self, question: Question) -> None:
        name = question.id
        applies = [key for key in self.atoms if key == name] and question.applies
        conditions = []
        for atom in applies:
            key = f"applies/{name}/{'/'.join(map(str, test_of(atom)))}"
            self.atoms[atom.fact][key] = atom
            conditions.append(f'met("{atom.fact}","{key}"), asked("{atom.fact}")')
        body = f" :- {', '.join(conditions)}" if conditions else ""
        self.lines.append(f'asked("{name}"){body}.')

    def program(self) -> list[str]:
        """Return all facts; conditions last, since questions add some."""
        lines = list(self.lines)
        for name, question in self.questions.items():
            if question.kind in ("several", "ranking"):
                lines += [f'member("{name}","{c.id}").' for c in question.choices]
                if question.kind == "several":
                    lines.append(f'several("{name}").')
                else:
                    lines.append(f'ranking("{name}",{question.most}).')
                for key, atom in self.atoms[name].items():
                    lines.append(f'met("{name}","{key}") :- {self._test(atom)}.')
                continue
            lines.append(f'single("{name}").')
            for place, answer in enumerate(self.cells(question)):
                lines.append(f'cell("{name}",{place}).')
                for key, atom in self.atoms[name].items():
                    if holds(atom, answer):
                        lines.append(f'atom("{name}","{key}",{place}).')
        return lines

    def _test(self, atom: Atom) -> str:
        test, operand = test_of(atom)
        if test == "first":
            return f'top("{atom.fact}","{operand}")'
        return f'{"not " if test == "excludes" else ""}has("{atom.fact}","{operand}")'

    def cells(self, question: Question) -> list[Any]:
        """Return answers that stand for all answers to a single-answer question."""
        if question.kind == "flag":
            return [False, True]
        if question.kind == "number":
            edges = {
                edge
                for atom in self.atoms[question.id].values()
                for edge in (atom.at_least, atom.below)
                if edge is not None
            }
            return sorted({0.0, *edges})
        return [choice.id for choice in question.choices]

    def cell(self, question: Question, answer: Any) -> int:
        cells = self.cells(question)
        if question.kind == "number":
            return max(place for place, start in enumerate(cells) if answer >= start)
        return cells.index(answer)

    def fixed(self, answers: Mapping[str, Any]) -> list[str]:
        """Return what the answers say, as constraints."""
        lines = []
        for name, answer in answers.items():
            question = self.questions[name]
            if question.kind in ("several", "ranking"):
                for choice in question.choices:
                    absent = "not " if choice.id in answer else ""
                    lines.append(f':- {absent}has("{name}","{choice.id}").')
                if question.kind == "ranking" and answer:
                    lines.append(f':- not top("{name}","{answer[0]}").')
            else:
                lines.append(f':- not is("{name}",{self.cell(question, answer)}).')
        return lines

    def another_leader(self, leader: int, answers: Mapping[str, Any]) -> bool:
        """Say whether some completion of `answers` has another leader."""
        return self._solve([*self.fixed(answers), *self._dethroned(leader)]) is not None

    def cheapest_flip(
        self, leader: int | None, answers: Mapping[str, Any], cost: Mapping[str, int], most: int
    ) -> int | None:
        """Return the least cost of changing at most `most` cells so that the leader is another.

        `cost` names the questions that can be changed; a ranking changes by a new first member.
        """
        lines = self.fixed({n: a for n, a in answers.items() if n not in cost})
        for name, price in cost.items():
            question, answer = self.questions[name], answers[name]
            if question.kind == "several":
                for choice in question.choices:
                    absent = "not " if choice.id in answer else ""
                    body = f'{absent}has("{name}","{choice.id}")'
                    lines.append(f'step("{name}","{choice.id}",{price}) :- {body}.')
            elif question.kind == "ranking":
                lines += self._new_first(question, answer, price)
            else:
                body = f'not is("{name}",{self.cell(question, answer)})'
                lines.append(f'step("{name}","",{price}) :- {body}.')
        lines.append(f":- #count {{ Q, C : step(Q, C, _) }} > {most}.")
        lines.append("#minimize { P, Q, C : step(Q, C, P) }.")
        return self._solve([*lines, *self._dethroned(leader)])

    def _new_first(self, question: Question, answer: Any, price: int) -> list[str]:
        name, lines = question.id, []
        orders = [answer] + [
            (c.id, *(a for a in answer if a != c.id))[: question.most]
            for c in question.choices
            if answer[:1] != (c.id,)
        ]
        lines.append(f"1 {{ order(0..{len(orders) - 1}) }} 1.")
        lines.append(f'step("{name}","",{price}) :- not order(0).')
        for place, order in enumerate(orders):
            for choice in question.choices:
                absent = "not " if choice.id in order else ""
                lines.append(f':- order({place}), {absent}has("{name}","{choice.id}").')
            if order:
                lines.append(f':- order({place}), not top("{name}","{order[0]}").')
        return lines

    def _dethroned(self, leader: int | None) -> list[str]:
        """Return the constraint that somebody else comes first."""
        options = range(len(self.options))
        if leader is None:
            return [":- " + ", ".join(f"out({o})" for o in options) + "."]
        # Of two that are level the one named first leads.
        pairs = [f"pair({o},{leader},{int(o > leader)})." for o in options if o != leader]
        return [
            *pairs,
            f"flipped :- out({leader}).",
            f"flipped :- beats(O,{leader}), not out(O).",
            ":- not flipped.",
        ]

    def _solve(self, lines: list[str]) -> int | None:
        """Return the cost of the best model (0 without costs); None if there is no model."""
        control = clingo.Control(["--warn=none"])
        control.add("base", [], "\n".join([*self.program(), *lines]))
        control.ground([("base", [])])
        best: int | None = None
        with control.solve(yield_=True) as handle:
            for model in handle:
                best = sum(model.cost)
        return best


def whole(number: float, unit: int) -> int:
    scaled = round(number * unit)
    assert abs(scaled - number * unit) < 1e-6, f"{number} is finer than 1/{unit}"
    return scaled


def holds(atom: Atom, answer: Any) -> bool:
    test, operand = test_of(atom)
    if test == "is":
        return bool(answer == operand)
    if test == "is_not":
        return bool(answer != operand)
    if test == "any_of":
        return answer in operand  # type: ignore[operator]
    return bool(answer >= operand) if test == "at_least" else bool(answer < operand)  # type: ignore[operator]
