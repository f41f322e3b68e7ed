"""The decision record: a Markdown document one would put into a repository."""

from __future__ import annotations

import re

from advisor.documents.advice import Advice, Reason
from advisor.explain.command import reproduce
from advisor.explain.reasons import strongest
from advisor.explain.words import answer_words, percent
from advisor.facts.evidence import THIS_MACHINE
from knowledge.base import Knowledge
from knowledge.text import printable

from .escaping import escape

UNSAFE_IN_URL = re.compile(r"[\s<>\"`\\|\x00-\x20]")
REVIEW_MONTHS = 6


def decision_record(advice: Advice, knowledge: Knowledge) -> str:
    """Return the whole record."""
    parts = [
        _head(advice),
        _section("Decision", _decision(advice, knowledge)),
        *_beside(advice, knowledge),
        _section("Context", _context(advice, knowledge)),
        _section("Options", _options(advice, knowledge)),
        _section("Stack", _stack(advice, knowledge)),
        _section("Reasons", _reasons(advice, knowledge)),
        _section(*_migration(advice, knowledge)),
        _section("Measured on this machine", _measured(advice)),
        _section("What would change it", [f"- {escape(flip.text)}" for flip in advice.flips[:4]]),
        _section("Still open", _open(advice, knowledge)),
        _section("Notes", _notes(advice)),
        _section("Sources", _sources(advice, knowledge)),
        _section("To repeat this", ["```sh", _command(advice), "```"]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _beside(advice: Advice, knowledge: Knowledge) -> list[str]:
    """Return what was asked for beside the advice: a comparison, an earlier answer, house rules."""
    if not (advice.compared or advice.replayed or advice.toward or advice.house_rules):
        return []
    from .beside import beside_sections
    from .content import markdown_text

    return [markdown_text(beside_sections(advice, knowledge)).rstrip()]


def _command(advice: Advice) -> str:
    """Overlays are known by the names of their directories, evidence by its files."""
    measured = dict.fromkeys(m.origin for m in advice.measured)
    command = reproduce(
        advice.facts,
        advice.knowledge,
        overlays=advice.knowledge.overlays,
        evidence=[name for name in measured if name != THIS_MACHINE],
    )
    return printable(command)


def _section(heading: str, lines: list[str]) -> str:
    return f"## {heading}\n\n" + "\n".join(lines) if lines else ""


def _head(advice: Advice) -> str:
    created = advice.created[:10]
    return (
        f"# Framework decision\n\nDate: {created} · Review by: {_review(created)} · Made with "
        f"fw-advisor {advice.tool_version}, knowledge {advice.knowledge.data_version}"
    )


def _review(created: str) -> str:
    year, month = int(created[:4]), int(created[5:7]) + REVIEW_MONTHS
    return f"{year + (month - 1) // 12:04}-{(month - 1) % 12 + 1:02}"


def _decision(advice: Advice, knowledge: Knowledge) -> list[str]:
    between = advice.between_pytorch_and_tensorflow
    lines = [f"**{escape(advice.verdict.summary)}** Strength: {advice.verdict.strength}."]
    if between.choice == "none":
        lines += ["", "Between PyTorch and TensorFlow: neither."]
    else:
        lines += [
            "",
            f"Between PyTorch and TensorFlow: {between.choice} "
            f"({percent(between.support)} of what is still uncertain).",
        ]
    if advice.instead:
        lines += ["", "What serves instead:", ""]
        lines += [
            f"- **{escape(knowledge.name_of(part.system))}**: {escape(part.why)}"
            for part in advice.instead
        ]
    return lines


def _context(advice: Advice, knowledge: Knowledge) -> list[str]:
    if not advice.facts:
        return ["No answers were given; shares of typical users were assumed for every question."]
    rows = ["| question | answer | from |", "|---|---|---|"]
    for fact in advice.facts:
        question = knowledge.questions[fact.id]
        said = f"{fact.source}: {fact.said}" if fact.said else fact.source
        answer = answer_words(question, fact.value)
        rows.append(f"| {escape(question.title)} | {escape(answer)} | {escape(said)} |")
    return rows


def _options(advice: Advice, knowledge: Knowledge) -> list[str]:
    rows = ["| option | points | comes first in | feasible |", "|---|---|---|---|"]
    for ranked in advice.ranking:
        name = escape(knowledge.options[ranked.option].name)
        rows.append(
            f"| {name} | {round(100 * ranked.score)} | {percent(ranked.support)} "
            f"| {ranked.feasible} |"
        )
    rows += [""]
    for other in advice.why_not:
        name = escape(knowledge.options[other.option].name)
        rows.append(f"- Why not {name}: {escape(other.text)}")
    return rows


def _stack(advice: Advice, knowledge: Knowledge) -> list[str]:
    if not advice.stack:
        return []
    rows = ["| role | system | why |", "|---|---|---|"]
    for part in advice.stack:
        name = escape(knowledge.name_of(part.system))
        rows.append(f"| {part.role} | {name} | {escape(part.why)} |")
    return rows


def _reasons(advice: Advice, knowledge: Knowledge) -> list[str]:
    if not advice.reasons:
        return []
    forward, backward = strongest(advice.reasons)
    ours = escape(knowledge.options[advice.reasons[0].option].name)
    theirs = escape(knowledge.options[advice.reasons[0].against].name)
    lines = [
        f"Strongest terms of the margin of {ours} over {theirs} ({_points(advice.margin)}):",
        "",
    ]
    lines += [_reason(reason) for reason in forward]
    if backward:
        lines += ["", "Against:", ""]
        lines += [_reason(reason) for reason in backward]
    return lines


def _points(share: float) -> str:
    return f"{100 * share:.1f} points"


def _reason(reason: Reason) -> str:
    house = f", house rule of {escape(reason.house)}" if reason.house else ""
    evidence = ", ".join(f"`{name}`" for name in reason.because)
    return (
        f"- {escape(reason.text)} ({_points(reason.push)}; {reason.basis}, {reason.as_of}{house}"
        + (f"; {evidence})" if evidence else ")")
    )


def _migration(advice: Advice, knowledge: Knowledge) -> tuple[str, list[str]]:
    if not advice.migration:
        return "", []
    from .migration import migration_lines

    return migration_lines(advice.migration, knowledge)


def _measured(advice: Advice) -> list[str]:
    if not advice.measured:
        return []
    rows = [
        "Ratio: time of PyTorch ÷ time of TensorFlow, 95 % interval, best arm of each.",
        "",
        "| workload | device | arms | ratio | interval | verdict | measured |",
        "|---|---|---|---|---|---|---|",
    ]
    for m in advice.measured:
        arms = f"{escape(m.pytorch_arm)} / {escape(m.tensorflow_arm)}"
        rows.append(
            f"| {escape(m.workload)} | {m.device} | {arms} | {m.ratio:.2f} "
            f"| {m.low:.2f}–{m.high:.2f} | {m.verdict} | {escape(m.measured_on[:10])} |"
        )
    return rows


def _open(advice: Advice, knowledge: Knowledge) -> list[str]:
    return [
        f"- {escape(knowledge.questions[item.question].ask)} ({escape(item.why)})"
        for item in advice.next_questions[:5]
    ]


def _notes(advice: Advice) -> list[str]:
    lines = [f"- {escape(warning)}" for warning in advice.warnings]
    return lines + [
        f"- Not used: {escape(item.said)} ({escape(item.why)})" for item in advice.ignored
    ]


def _sources(advice: Advice, knowledge: Knowledge) -> list[str]:
    """List the sources behind the terms shown and the systems recommended."""
    forward, backward = strongest(advice.reasons)
    names: dict[str, None] = {}
    for reason in (*forward, *backward):
        names.update(dict.fromkeys(reason.sources))
    ids = [name for reason in (*forward, *backward) for name in reason.because]
    ids += [part.system for part in advice.stack] + [part.system for part in advice.instead]
    for name in ids:
        found = knowledge.find(name)
        if found:
            names.update(dict.fromkeys(found[1].sources))
    lines = []
    for name in names:
        source = knowledge.sources.get(name)
        if source:
            published = f", {source.published}" if source.published else ""
            relayed = "" if source.reading == "read" else " (relayed, not read by us)"
            url = UNSAFE_IN_URL.sub(lambda found: f"%{ord(found.group()):02X}", source.url)
            lines.append(f"- {escape(source.title)}{published}: <{url}>{relayed}")
    return lines
