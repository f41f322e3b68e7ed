"""The advice as a page of text: the answer first, then why, then what would change it."""

from __future__ import annotations

from advisor.documents.advice import Advice, Reason
from advisor.explain.reasons import strongest
from advisor.explain.words import answer_words, percent
from advisor.facts.fact import Fact
from knowledge.base import Knowledge
from knowledge.model.option import Option

from .page import Line, bar, bullet, cells, table, title, wrap

SHORTEST_BAR = 8
SURE, UNSURE = 0.8, 0.5
MOST_FLIPS = 5


def advice_page(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    """Return the lines of the page."""
    lines: list[Line] = []
    lines += _verdict(advice, width)
    lines += _beside(advice, knowledge, width)
    lines += _instead(advice, knowledge, width)
    lines += _ranking(advice, knowledge, width)
    lines += _stack(advice, knowledge, width)
    lines += _reasons(advice, knowledge, width)
    lines += _migration(advice, knowledge, width)
    lines += _changes(advice, width)
    lines += _questions(advice, knowledge, width)
    lines += _facts(advice, knowledge, width)
    return lines + _notes(advice, width)


def _verdict(advice: Advice, width: int) -> list[Line]:
    lines: list[Line] = [(("strong", line),) for line in wrap(advice.verdict.summary, width)]
    between = advice.between_pytorch_and_tensorflow
    if advice.verdict.choice not in ("pytorch", "tensorflow", "none"):
        said = {
            "either": "either",
            "none": "neither",
            "pytorch": "PyTorch",
            "tensorflow": "TensorFlow",
        }[between.choice]
        lines += wrap(f"Between PyTorch and TensorFlow alone: {said}.", width)
    return [*lines, f"Strength: {advice.verdict.strength}"]


def _beside(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    if not (advice.compared or advice.replayed or advice.toward or advice.house_rules):
        return []
    from .beside import beside_sections
    from .content import text_lines

    return list(text_lines(beside_sections(advice, knowledge), width))


def _instead(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    if not advice.instead:
        return []
    rows = [
        (
            knowledge.systems[part.system].name
            if part.system in knowledge.systems
            else part.system,
            knowledge.systems[part.system].what if part.system in knowledge.systems else part.why,
        )
        for part in advice.instead
    ]
    reasons = dict.fromkeys(part.why for part in advice.instead)
    lines: list[Line] = ["", title("What serves instead"), *table(rows, width)]
    for reason in reasons:
        lines += bullet(reason, width)
    return lines


def _ranking(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    lines: list[Line] = ["", title("Ranking")]
    out = "  not needed" if advice.instead else "  not feasible"
    perhaps = "  probably not needed" if advice.verdict.choice == "none" else "  if feasible"
    rows = [
        (
            " ".join(knowledge.options[ranked.option].name.split()),
            f"{round(100 * ranked.score):>3} points, first in {percent(ranked.support)}",
            {"yes": "", "no": out, "depends": perhaps}[ranked.feasible],
        )
        for ranked in advice.ranking
    ]
    widest = max(cells(name) for name, _, _ in rows)
    length = min(30, width - widest - 4 - max(cells(said + note) for _, said, note in rows))
    if length < SHORTEST_BAR:
        for name, said, note in rows:
            lines += wrap(
                f"{name}: {said}{',' if note else ''}{note}", width, first="  ", rest="    "
            )
        return lines
    for ranked, (name, said, note) in zip(advice.ranking, rows, strict=True):
        best = ranked is advice.ranking[0]
        lines.append(
            (
                ("", f"  {name}{' ' * (widest - cells(name))} "),
                ("good" if best else "", bar(ranked.score, length)),
                ("", f" {said}"),
                ("faint", note),
            )
        )
    return lines


def _stack(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    if not advice.stack:
        return []
    rows = [
        (part.role.replace("-", " "), knowledge.systems[part.system].name, part.why)
        for part in advice.stack
    ]
    return ["", title("Stack"), *table(rows, width)]


def _reasons(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    if not advice.reasons:
        return []
    forward, backward = strongest(advice.reasons)
    ours = knowledge.options[advice.reasons[0].option]
    theirs = knowledge.options[advice.reasons[0].against]
    lines: list[Line] = []
    for heading, chosen, sign in (
        (f"For {ours.name} over {theirs.name}", forward, "+"),
        (f"For {theirs.name}", backward, "−"),
    ):
        if chosen:
            lines += ["", *map(title, wrap(heading, width))]
            for reason in chosen:
                lines += bullet(reason_words(reason, ours), width, sign)
    return lines


def reason_words(reason: Reason, ours: Option) -> str:
    """Return a reason with how it is known, since when, and where to look it up."""
    house = f", house rule of {reason.house}" if reason.house else ""
    evidence = f"; see {', '.join(reason.because[:3])}" if reason.because else ""
    points = f"{100 * abs(reason.push):.1f}".rstrip("0").rstrip(".")
    return f"{reason.text} [{points} points; {reason.basis} {reason.as_of}{house}{evidence}]"


def _migration(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    if not advice.migration:
        return []
    from .content import text_lines
    from .migration import migration_sections

    return list(text_lines(migration_sections(advice.migration, knowledge), width))


def _changes(advice: Advice, width: int) -> list[Line]:
    if not advice.flips:
        return []
    lines: list[Line] = ["", title("What would change this")]
    for flip in advice.flips[:MOST_FLIPS]:
        lines += bullet(flip.text, width)
    return lines


def _questions(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    if not advice.next_questions:
        return []
    lines: list[Line] = ["", title("Worth answering next")]
    for item in advice.next_questions[:3]:
        question = knowledge.questions[item.question]
        lines += bullet(f"{question.ask} (--set {item.question}=…; {item.why})", width)
    return lines


def _facts(advice: Advice, knowledge: Knowledge, width: int) -> list[Line]:
    if not advice.facts:
        return []
    rows = [
        (
            knowledge.questions[fact.id].title,
            f"{answer_words(knowledge.questions[fact.id], fact.value)} ({_origin(fact)})",
        )
        for fact in advice.facts
    ]
    return ["", title("Based on"), *table(rows, width)]


def _origin(fact: Fact) -> str:
    """Return where an answer comes from; of a text, the words and how sure they are."""
    if fact.source != "text" or not fact.said:
        return fact.source
    sure = (
        "" if fact.confidence >= SURE else ", not sure" if fact.confidence < UNSURE else ", likely"
    )
    return f"“{fact.said}”{sure}"


def _notes(advice: Advice, width: int) -> list[Line]:
    lines: list[Line] = []
    if advice.warnings or advice.ignored:
        lines += ["", title("Please note")]
    for warning in advice.warnings:
        lines += bullet(warning, width, "!")
    for ignored in advice.ignored:
        lines += bullet(f"not used: {ignored.said} ({ignored.why})", width, "!")
    house = f", with {', '.join(advice.knowledge.overlays)}" if advice.knowledge.overlays else ""
    foot = f"Knowledge of {advice.knowledge.as_of}{house}; sample of {advice.knowledge.samples}."
    return [*lines, "", *((("faint", line),) for line in wrap(foot, width))]
