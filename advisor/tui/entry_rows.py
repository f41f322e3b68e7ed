"""Any entry of the knowledge base as rows of a page; a row with an id is a link to that entry.

It goes by the fields an entry has, so that a new kind of entry can be shown without new code.
"""

from __future__ import annotations

from typing import Any

import msgspec

from knowledge.base import Knowledge
from knowledge.model.condition import Atom, test_of

from .widgets.rows import MUTED, Row, row
from .wording import clean

Rows = list[tuple[str | None, Row]]

FIRST = ("text", "what", "claim", "verdict", "reason", "today", "asks", "ask", "says", "why")
"""Fields that say the most: shown first, in this order."""

APART = ("id", "name", "title", "sources", "order", "as_of", "prior", "asking_cost", "area")
"""Fields that are shown elsewhere, or mean nothing to a reader."""

LABELS = {
    "says": "It says",
    "find_out": "How to find out",
    "when": "Holds when",
    "applies": "Asked when",
    "status_basis": "How the status is known",
    "because": "Because of",
    "tested_by": "Tested here by",
    "points": "Weight in points",
    "what": "What it is",
    "asks": "Asks",
    "text": "It says",
}

TESTS = {
    "is": "is",
    "is_not": "is not",
    "any_of": "is one of",
    "includes": "includes",
    "excludes": "does not include",
    "first": "begins with",
    "at_least": "is at least",
    "below": "is below",
}


def entry_rows(knowledge: Knowledge, target: str) -> tuple[str, Rows]:
    """Return the kind and the page of an entry; `base/x` is where all options stand on x."""
    if target.startswith("base/"):
        return "base values", _base_rows(knowledge, target.removeprefix("base/"))
    found = knowledge.find(target)
    if found is None:
        text = f"«{clean(target)}» is not in this knowledge base."
        return "not found", [(None, row("", text))]
    kind, entry = found
    name = clean(knowledge.name_of(target))
    rows: Rows = [(None, row("", (name if name != target else clean(target), "bold")))]
    house = knowledge.house.get(target)
    dated = f"{kind}, checked {entry.as_of}" + (f", house rule of {clean(house)}" if house else "")
    rows.append((None, row("", (dated, MUTED))))
    fields = [f for f in entry.__struct_fields__ if f not in APART]
    fields.sort(key=lambda f: FIRST.index(f) if f in FIRST else len(FIRST))
    for field in fields:
        rows += _field(knowledge, field, getattr(entry, field))
    rows += _sources(knowledge, entry)
    return kind, rows


def _field(knowledge: Knowledge, name: str, value: Any) -> Rows:
    if value in (None, "", (), [], {}):
        return []
    label = LABELS.get(name, name.replace("_", " ").capitalize())
    title: Rows = [(None, row("", "")), (None, row("", (label, "bold $text-accent")))]
    if isinstance(value, bool | int | float | str):
        if isinstance(value, str) and (len(value) > 48 or name in FIRST):
            return [*title, (None, row("  ", clean(value)))]
        return [(None, row("", "")), (None, _labelled(knowledge, label, value))]
    return [*title, *_items(knowledge, value)]


def _labelled(knowledge: Knowledge, label: str, value: Any) -> Row:
    return row("", (f"{label}: ", "bold $text-accent"), _scalar(knowledge, value))


def _items(knowledge: Knowledge, value: Any) -> Rows:
    rows: Rows = []
    if isinstance(value, Atom):
        return [_atom(knowledge, value)]
    if isinstance(value, msgspec.Struct):
        return [_part(knowledge, value)]
    if isinstance(value, dict):
        for key, item in value.items():
            rows.append((_link(knowledge, key), _pair(knowledge, key, item)))
        return rows
    for item in value:
        if isinstance(item, Atom):
            rows.append(_atom(knowledge, item))
        elif isinstance(item, msgspec.Struct):
            rows.append(_part(knowledge, item))
        else:
            rows.append((_link(knowledge, item), _named(knowledge, item)))
    return rows


def _pair(knowledge: Knowledge, key: str, item: Any) -> Row:
    lead = f"  {clean(knowledge.name_of(key))}  "
    if isinstance(item, msgspec.Struct):
        return row(lead, *_words(knowledge, item))
    if isinstance(item, tuple) and len(item) == 3 and all(isinstance(x, float) for x in item):
        low, likely, high = (100 * x for x in item)
        return row(lead, f"{likely:+.0f} points", (f" ({low:+.0f} to {high:+.0f})", MUTED))
    if isinstance(item, tuple):
        return row(lead, "; ".join(_scalar(knowledge, x) for x in item))
    return row(lead, _scalar(knowledge, item))


def _named(knowledge: Knowledge, item: Any) -> Row:
    found = knowledge.find(item) if isinstance(item, str) else None
    if found is None:
        return row("  ", clean(str(item)))
    kind, entry = found
    about = getattr(entry, "what", "") or getattr(entry, "says", "")
    status = getattr(entry, "status", "")
    note = f" ({kind}{', ' + status if status else ''}, checked {entry.as_of})"
    name = clean(knowledge.name_of(item))
    return row("→ ", (name, "bold"), f" {clean(about)}" if about else "", (note, MUTED))


def _atom(knowledge: Knowledge, atom: Atom) -> tuple[str | None, Row]:
    name, operand = test_of(atom)
    question = knowledge.questions[atom.fact]
    labels = {choice.id: choice.label for choice in question.choices}
    words = operand if isinstance(operand, tuple) else (operand,)
    said = " or ".join(_choice(labels, word, question.unit) for word in words)
    return atom.fact, row("→ ", f"{clean(question.title)} {TESTS[name]} {said}")


def _choice(labels: dict[Any, str], word: Any, unit: str) -> str:
    if isinstance(word, bool):
        return "yes" if word else "no"
    if isinstance(word, float):
        return clean(f"{word:g} {unit}")
    return f"«{clean(labels.get(word, word))}»"


def _part(knowledge: Knowledge, part: msgspec.Struct) -> tuple[str | None, Row]:
    link = next(
        (
            _link(knowledge, getattr(part, field))
            for field in ("option", "system", "seed")
            if hasattr(part, field)
        ),
        None,
    )
    return link, row("→ " if link else "• ", *_words(knowledge, part))


def _words(knowledge: Knowledge, part: msgspec.Struct) -> list[str | tuple[str, str]]:
    """Return the fields of a part: texts as they are, the others with their names."""
    words: list[str | tuple[str, str]] = []
    for field in part.__struct_fields__:
        value = getattr(part, field)
        if value in (None, "", (), {}) or field in ("id", "prior", "share"):
            continue
        shown = _scalar(knowledge, value)
        plain = field in ("text", "label", "means", "why", "version", "zero", "half", "one")
        name = "" if plain else f"{field.replace('_', ' ')} "
        words.append((f"{name}{shown}. ".replace(".. ", ". "), "" if plain else MUTED))
    return words


def _scalar(knowledge: Knowledge, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple | list):
        return ", ".join(_scalar(knowledge, item) for item in value)
    if isinstance(value, msgspec.Struct):
        return " ".join(
            clean(str(w if isinstance(w, str) else w[0])) for w in _words(knowledge, value)
        )
    return clean(str(value))


def _link(knowledge: Knowledge, name: Any) -> str | None:
    return name if isinstance(name, str) and knowledge.find(name) else None


def _base_rows(knowledge: Knowledge, criterion: str) -> Rows:
    """Return where every option stands on a criterion before anything is known."""
    entry = knowledge.criteria.get(criterion)
    if entry is None:
        return [(None, row("", f"«{clean(criterion)}» is not in this knowledge base."))]
    rows: Rows = [
        (None, row("", (clean(entry.name), "bold"))),
        (None, row("", ("where the options stand before anything is known of your case", MUTED))),
        (criterion, row("→ ", clean(entry.asks))),
    ]
    for option in knowledge.options.values():
        base = option.base.get(entry.id)
        if base is None:
            continue
        known = f" [{100 * base.value:.0f} of 100 points; {base.basis}, grade {base.grade}, "
        rows += [
            (None, row("", "")),
            (
                option.id,
                row(
                    "→ ",
                    (f"{clean(option.name)}: ", "bold"),
                    clean(base.text),
                    (f"{known}{option.as_of}]", MUTED),
                ),
            ),
        ]
        rows += [(name, _named(knowledge, name)) for name in base.because]
        rows += _source_list(knowledge, _sources_of(knowledge, (option.id, *base.because)))
    return rows


def _sources(knowledge: Knowledge, entry: Any) -> Rows:
    """Return the sources of an entry and of what it rests on."""
    names = list(dict.fromkeys(entry.sources))
    beyond = _sources_of(knowledge, getattr(entry, "because", ()))
    names += [name for name in beyond if name not in names]
    if not names:
        return []
    title: Rows = [(None, row("", "")), (None, row("", ("Sources", "bold $text-accent")))]
    return title + _source_list(knowledge, names)


def _sources_of(knowledge: Knowledge, targets: tuple[str, ...]) -> list[str]:
    found: dict[str, None] = {}
    for target in targets:
        entry = knowledge.find(target)
        if entry is not None:
            found.update(dict.fromkeys(entry[1].sources))
    return list(found)


def _source_list(knowledge: Knowledge, names: list[str]) -> Rows:
    rows: Rows = []
    for name in names:
        source = knowledge.sources.get(name)
        if source is None:
            rows.append((None, row("  ", clean(name))))
            continue
        dates = f"published {source.published}, " if source.published else ""
        known = f" ({source.kind}, {dates}{source.reading} {source.accessed}) {clean(source.url)}"
        rows.append((name, row("→ ", (clean(source.title), "underline"), (known, MUTED))))
    return rows
