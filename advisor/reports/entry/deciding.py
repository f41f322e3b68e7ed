"""Pages of what the engine decides with: options, criteria, questions, rules, picks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..content import Block, Section, item, paragraph, row, rows, said
from .words import Words, points

if TYPE_CHECKING:
    from knowledge.model.common import Triple
    from knowledge.model.criterion import Criterion
    from knowledge.model.option import BaseValue, Option
    from knowledge.model.pick import Pick
    from knowledge.model.question import Question
    from knowledge.model.rule import RuleBase


def option(entry: Option, words: Words) -> list[Section]:
    """Return the page of an option: where it stands before anything is known of the user."""
    values = [row(words.name(name), _base(value, words)) for name, value in entry.base.items()]
    return said(
        ("", [paragraph(entry.what)]),
        ("Where it stands before your answers, of 100 points", values),
    )


def criterion(entry: Criterion, words: Words) -> list[Section]:
    """Return the page of a criterion: its scale, its weight, where the options stand."""
    scale = [row("0", entry.scale.zero), row("50", entry.scale.half), row("100", entry.scale.one)]
    standing = [
        row(option.name, _base(option.base[entry.id], words))
        for option in words.knowledge.options.values()
        if entry.id in option.base
    ]
    return said(
        ("", [paragraph(entry.asks)]),
        ("Scale", scale),
        ("Weight", [paragraph(f"{entry.points:g} points before any answer.")]),
        ("Where the options stand before your answers, of 100 points", standing),
    )


def _base(value: BaseValue, words: Words) -> str:
    see = f"; see {', '.join(value.because)}" if value.because else ""
    return f"{100 * value.value:.0f}: {value.text} ({value.basis}, grade {value.grade}{see})"


def question(entry: Question, words: Words) -> list[Section]:
    """Return the page of a question: why we ask, how to find out, what each answer means."""
    choices = [
        item(choice.means or "no more to say", f"{choice.label} [{choice.id}]")
        if choice.means
        else item(f"{choice.label} [{choice.id}]")
        for choice in entry.choices
    ]
    how = f"--set {entry.id}=…"
    if entry.kind == "number":
        how += f" (a number of {entry.unit})"
    elif entry.kind == "flag":
        how += " (yes or no)"
    return said(
        ("", [paragraph(entry.ask)]),
        ("Why we ask", [paragraph(entry.why)]),
        ("How to find out", [paragraph(entry.find_out)]),
        ("Answers", choices),
        ("On the command line", [paragraph(how)]),
        ("Asked only if", [item(words.condition(atom)) for atom in entry.applies]),
        ("Found by the probe from", [paragraph(entry.filled_by or "")]),
    )


def rule(entry: RuleBase, words: Words) -> list[Section]:
    """Return the page of a rule: when it holds, what follows, on what it rests."""
    when = [item(words.condition(atom)) for atom in entry.when]
    return said(
        ("Holds when" if len(when) < 2 else "Holds when all of these do", when),
        ("Then", _consequences(entry, words)),
        (
            "How it is known",
            rows(
                [
                    ("basis", f"{entry.basis}, grade {entry.grade}"),
                    ("rests on", words.evidence(entry.because)),
                ]
            ),
        ),
    )


def _consequences(entry: RuleBase, words: Words) -> list[Block]:
    from knowledge.model.rule import MeasureRule, UnusableRule, ValueRule, VetoRule, WeightRule

    if isinstance(entry, VetoRule):
        found = [row("rules out", words.names(entry.options))]
        if entry.instead:
            found.append(row("serves instead", words.evidence(entry.instead)))
        if entry.workaround:
            costs = "; ".join(
                f"{words.name(name)} {_triple(cost)}"
                for name, cost in entry.workaround.penalties.items()
            )
            found.append(row("a way round", f"{entry.workaround.text} Cost: {costs}."))
        return found
    if isinstance(entry, ValueRule):
        name = words.name(entry.criterion)
        return [
            row(words.name(option), f"{name} {_triple(effect)}")
            for option, effect in entry.effects.items()
        ]
    if isinstance(entry, WeightRule):
        return [
            row(words.name(name), f"{change:+g} points of weight")
            for name, change in entry.points.items()
        ]
    if isinstance(entry, UnusableRule):
        remedy = "a remedy is known" if entry.remedy == "known" else "no build would work"
        return [
            row("counts for", f"what a probe found unable to use the accelerator; {remedy}"),
            row(words.name(entry.criterion), _triple(entry.effect)),
        ]
    assert isinstance(entry, MeasureRule)
    text = f"the ratio measured here moves {words.name(entry.criterion)}, on {entry.device} device"
    return [row(f"workload {entry.workload}", f"{text}, share {entry.share:g}")]


def _triple(effect: Triple) -> str:
    low, likely, high = map(points, effect)
    return f"{likely} points ({low} to {high})"


def pick(entry: Pick, words: Words) -> list[Section]:
    """Return the page of a pick for the stack."""
    facts = [
        ("role", entry.role),
        ("system", words.evidence([entry.system])),
        ("for", words.names(entry.options) or "every option"),
        ("priority", str(entry.priority)),
        ("although", entry.although),
        ("rests on", words.evidence(entry.because)),
    ]
    return said(
        ("", [paragraph(entry.why)]),
        ("Facts", rows(facts)),
        ("Used when", [item(words.condition(atom)) for atom in entry.when]),
    )
