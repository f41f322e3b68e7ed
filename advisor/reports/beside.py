"""What stands beside advice: another set of answers, an earlier answer, house rules."""

from __future__ import annotations

from advisor.beside.standing import choice_words, standing_of
from advisor.documents.advice import Advice
from advisor.documents.comparison import Comparison, Difference
from advisor.documents.replay import Moved, Replay
from advisor.documents.standing import Standing
from advisor.explain.words import answer_words
from knowledge.base import Knowledge

from .content import Section, item, paragraph, row, said

MOST = 6


def beside_sections(advice: Advice, knowledge: Knowledge) -> list[Section]:
    """Return the sections that were asked for."""
    sections: list[Section] = []
    if advice.replayed:
        sections += _replay(advice.replayed)
    if advice.compared:
        sections += _comparison(advice, advice.compared, knowledge)
    if advice.toward:
        name = knowledge.options[advice.toward.option].name
        lines = [item(line) for line in advice.toward.text]
        sections += said((f"What would make it {name}", lines))
    if advice.house_rules:
        sections += said(
            (
                "House rules that took part",
                [row(f"{rule.house}, {rule.kind}", rule.text) for rule in advice.house_rules],
            )
        )
    return sections


def _comparison(advice: Advice, other: Comparison, knowledge: Knowledge) -> list[Section]:
    rows = [
        row("These answers", _stand(standing_of(advice), knowledge)),
        row(other.name, _stand(other.standing, knowledge)),
    ]
    against = knowledge.options[other.against].name
    differences = [item(_difference(d, against, knowledge)) for d in other.differences[:MOST]]
    more = len(other.differences) - MOST
    if more > 0:
        differences.append(paragraph(f"and {more} more"))
    return said(
        (f"Beside {other.name}", [paragraph(other.summary), *rows]),
        ("What the differences do", differences),
    )


def _stand(standing: Standing, knowledge: Knowledge) -> str:
    scores = (
        f"{knowledge.options[ranked.option].name} {round(100 * ranked.score)}"
        for ranked in standing.ranking
    )
    choice = choice_words(standing.choice, knowledge, standing.ranking)
    return f"{choice}, {standing.strength}; points: {', '.join(scores)}"


def _difference(difference: Difference, against: str, knowledge: Knowledge) -> str:
    question = knowledge.questions[difference.question]
    here, there = (
        "not answered" if value is None else answer_words(question, value)
        for value in (difference.here, difference.there)
    )
    points = f"{100 * abs(difference.moves):.1f}".rstrip("0").rstrip(".")
    way = "toward" if difference.moves < 0 else "away from"
    effect = f"{points} points {way} {against}" if points != "0" else "moves nothing between them"
    alone = "; alone it changes the choice" if difference.decides else ""
    return f"{question.title}: {here} → {there} ({effect}{alone})"


def _replay(replay: Replay) -> list[Section]:
    same = "the same knowledge base" if replay.same_knowledge else "another knowledge base"
    facts = [paragraph(replay.summary)]
    facts.append(row("Then", f"{replay.data_version}, fw-advisor {replay.tool_version} ({same})"))
    return said(
        (f"Asked again: {replay.name}", facts),
        ("What has moved", [item(_moved(m)) for m in replay.moved[:MOST]]),
    )


def _moved(moved: Moved) -> str:
    if not moved.then:
        how = f"new, {100 * moved.now:+.1f} points"
    elif not moved.now:
        how = f"gone, was {100 * moved.then:+.1f} points"
    else:
        how = f"{100 * moved.then:+.1f} → {100 * moved.now:+.1f} points"
    return f"{moved.text} [{moved.rule}: {how}]"
