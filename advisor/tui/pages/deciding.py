"""Pages of what the engine decides with: options, criteria, questions, rules, picks."""

from __future__ import annotations

from advisor.reports.entry.words import Words
from knowledge.base import Knowledge
from knowledge.model.common import Triple
from knowledge.model.condition import Atom
from knowledge.model.criterion import Criterion
from knowledge.model.option import BaseValue, Option
from knowledge.model.pick import Pick
from knowledge.model.question import Question
from knowledge.model.rule import (
    MeasureRule,
    RuleBase,
    UnusableRule,
    ValueRule,
    VetoRule,
    WeightRule,
)

from ..widgets.rows import MUTED, Part, row
from ..wording import clean
from .pieces import Rows, fact, heading, known, link, names, padded, paragraph, section

BEFORE = "Where it stands before your answers, of 100 points"


def option(entry: Option, words: Words) -> Rows:
    """Return the page of an option: where it stands before anything is known of the user."""
    values: Rows = [
        link(known(words.knowledge, name), (f"{clean(words.name(name))}: ", "bold"), *_base(value))
        for name, value in entry.base.items()
    ]
    return [*paragraph(entry.what), *section(BEFORE, values)]


def criterion(entry: Criterion, words: Words) -> Rows:
    """Return the page of a criterion: its scale, its weight, where the options stand."""
    return [
        *paragraph(entry.asks),
        *heading("Scale"),
        *fact("0", entry.scale.zero),
        *fact("50", entry.scale.half),
        *fact("100", entry.scale.one),
        *section("Weight", paragraph(f"{entry.points:g} points before any answer.")),
        *section(BEFORE.replace("it stands", "the options stand"), _standing(entry, words)),
    ]


def _standing(entry: Criterion, words: Words) -> Rows:
    return [
        link(other.id, (f"{clean(other.name)}: ", "bold"), *_base(other.base[entry.id]))
        for other in words.knowledge.options.values()
        if entry.id in other.base
    ]


def _base(value: BaseValue) -> list[Part]:
    return [
        (f"{100 * value.value:.0f}  ", "bold"),
        clean(value.text),
        (f" ({value.basis}, grade {value.grade})", MUTED),
    ]


def base_values(knowledge: Knowledge, wanted: str) -> Rows:
    """Return where every option stands on a criterion, with what each rests on."""
    from advisor.documents.head import source_items

    from .entry import source_rows

    entry = knowledge.criteria.get(wanted)
    if entry is None:
        return paragraph(f"«{clean(wanted)}» is not in this knowledge base.")
    rows: Rows = [
        (None, row("", (clean(entry.name), "bold"))),
        (None, row("", ("where the options stand before anything is known of your case", MUTED))),
        link(entry.id, clean(entry.asks)),
    ]
    used: dict[str, None] = {}
    for other in knowledge.options.values():
        base = other.base.get(entry.id)
        if base is None:
            continue
        rows += [
            (None, row("", "")),
            link(other.id, (f"{clean(other.name)}: ", "bold"), *_base(base)),
        ]
        rows += names(knowledge, "rests on", base.because)
        for target in (other.id, *base.because):
            found = knowledge.find(target)
            used.update(dict.fromkeys(found[1].sources if found else ()))
    return [*rows, *section("Sources", source_rows(source_items(knowledge, used)))]


def question(entry: Question, words: Words) -> Rows:
    """Return the page of a question: why we ask, how to find out, what each answer means."""
    choices: Rows = [
        (
            None,
            row(
                "  • ",
                (clean(choice.label), "bold"),
                f": {clean(choice.means)}" if choice.means else "",
            ),
        )
        for choice in entry.choices
    ]
    how = f"--set {entry.id}=…"
    how += f" (a number of {entry.unit})" if entry.kind == "number" else ""
    how += " (yes or no)" if entry.kind == "flag" else ""
    return [
        *paragraph(entry.ask),
        (f"=ask:{entry.id}", row("→ ", "Answer it")),
        *section("Why we ask", paragraph(entry.why)),
        *section("How to find out", paragraph(entry.find_out)),
        *section("Answers", choices),
        *section("Asked only if", _conditions(entry.applies, words)),
        *section("Found on the machine as", paragraph(entry.filled_by or "")),
        *section("On the command line", paragraph(how)),
    ]


def rule(entry: RuleBase, words: Words) -> Rows:
    """Return the page of a rule: when it holds, what follows, on what it rests."""
    when = "Holds when" if len(entry.when) < 2 else "Holds when all of these do"
    return [
        *section(when, _conditions(entry.when, words) or paragraph("Always.")),
        *section("Then", _consequences(entry, words)),
        *heading("How it is known"),
        *fact("basis", f"{entry.basis}, grade {entry.grade}"),
        *names(words.knowledge, "rests on", entry.because),
    ]


def _conditions(atoms: tuple[Atom, ...], words: Words) -> Rows:
    return [link(known(words.knowledge, atom.fact), clean(words.condition(atom))) for atom in atoms]


def _consequences(entry: RuleBase, words: Words) -> Rows:
    knowledge = words.knowledge
    if isinstance(entry, VetoRule):
        rows = names(knowledge, "rules out", entry.options)
        rows += names(knowledge, "serves instead", entry.instead)
        if entry.workaround:
            rows += fact("a way round", entry.workaround.text)
            rows += [
                (known(knowledge, name), row("→ ", f"{clean(words.name(name))} {_points(cost)}"))
                for name, cost in entry.workaround.penalties.items()
            ]
        return rows
    if isinstance(entry, ValueRule):
        wide = max((len(words.name(name)) for name in entry.effects), default=0) + 2
        rows = [
            (
                known(knowledge, name),
                row(["→ ", (padded(clean(words.name(name)), wide), "bold")], _points(effect)),
            )
            for name, effect in entry.effects.items()
        ]
        return [*rows, *names(knowledge, "on", [entry.criterion])]
    if isinstance(entry, WeightRule):
        return [
            link(known(knowledge, name), clean(words.name(name)), f" {change:+g} points of weight")
            for name, change in entry.points.items()
        ]
    if isinstance(entry, UnusableRule):
        rows = fact("each framework", f"{_UNUSABLE[entry.remedy]}: {_points(entry.effect)}")
        return [*rows, *names(knowledge, "on", [entry.criterion])]
    assert isinstance(entry, MeasureRule)
    text = f"what workload {entry.workload} measures here on {entry.device} device moves it"
    return [
        *names(knowledge, "moves", [entry.criterion]),
        *fact("by", f"{text}, share {entry.share:g}"),
    ]


_UNUSABLE = {
    "known": "that a probe found unable to use the accelerator, with a remedy known",
    "none": "that a probe found unable to use the accelerator, with no build that would work",
}


def _points(effect: Triple) -> str:
    low, likely, high = (100 * value for value in effect)
    return f"{likely:+.0f} points ({low:+.0f} to {high:+.0f})"


def pick(entry: Pick, words: Words) -> Rows:
    """Return the page of a part of the stack."""
    return [
        *paragraph(entry.why),
        *heading("The part"),
        *fact("role", entry.role.replace("-", " ")),
        *names(words.knowledge, "system", [entry.system]),
        *(names(words.knowledge, "for", entry.options) or fact("for", "every option")),
        *fact("priority", f"{entry.priority}; the highest that fits is used"),
        *fact("although", entry.although),
        *names(words.knowledge, "rests on", entry.because),
        *section("Used when", _conditions(entry.when, words)),
    ]
