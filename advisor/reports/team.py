"""A team's page: what each would choose, what serves all, what divides them."""

from __future__ import annotations

from advisor.beside.standing import choice_words
from advisor.documents.standing import Standing
from advisor.documents.team import Divided, Team, Together
from advisor.explain.words import answer_words
from knowledge.base import Knowledge

from .content import Section, item, paragraph, row, said

MOST_DIVIDED = 5


def team_title(team: Team) -> str:
    """Return the answer in one line."""
    return team.summary


def team_sections(team: Team, knowledge: Knowledge) -> list[Section]:
    """Return what stands below the title."""
    members = [
        row(
            member.name,
            _choice(member.standing, knowledge),
        )
        for member in team.members
    ]
    options = [row(knowledge.options[t.option].name, _regret(team, t)) for t in team.options]
    divided = [item(_division(team, d, knowledge)) for d in team.divided[:MOST_DIVIDED]]
    more = len(team.divided) - MOST_DIVIDED
    if more > 0:
        divided.append(paragraph(f"and {more} more"))
    notes = [item(f"not used: {i.said} ({i.why})") for i in team.ignored]
    notes += [item(warning) for warning in team.warnings]
    return said(
        ("Who would choose what", members),
        ("What each option would cost", options),
        ("Where you differ", divided),
        ("Please note", notes),
    )


def _choice(standing: Standing, knowledge: Knowledge) -> str:
    name = choice_words(standing.choice, knowledge, standing.ranking)
    return f"{name}, {standing.strength}"


def _points(number: int) -> str:
    return f"{number} point{'' if number == 1 else 's'}"


def _regret(team: Team, together: Together) -> str:
    parts = []
    for member, regret in zip(team.members, together.regrets, strict=True):
        if regret is None:
            parts.append(f"{member.name}: not feasible")
        elif round(100 * regret):
            parts.append(f"{member.name}: −{_points(round(100 * regret))}")
        else:
            parts.append(f"{member.name}: nothing")
    return "; ".join(parts)


def _division(team: Team, divided: Divided, knowledge: Knowledge) -> str:
    question = knowledge.questions[divided.question]
    given = [
        f"{member.name}: {'not answered' if answer is None else answer_words(question, answer)}"
        for member, answer in zip(team.members, divided.answers, strict=True)
    ]
    points = round(100 * divided.explains)
    worth = f" Agreeing on it saves the worst-off {_points(points)}." if points > 0 else ""
    return f"{question.title}. {'; '.join(given)}.{worth}"
