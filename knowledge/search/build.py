"""Builds the index and the cross references; runs when the knowledge base is compiled."""

from __future__ import annotations

import sys
from collections import Counter
from itertools import pairwise
from typing import Any

from ..model.kinds import UNLISTED
from .catalogue import Row, rows_of
from .fields import LABELS, NAMES, SENTENCES, names_of, sentences_of
from .index import FIELD_BITS, HIGHEST, WEIGHT_BITS, Index
from .linking import links_of
from .links import Links
from .packed import pack
from .symbols import symbols_of
from .words import STOP, camel_parts, telling, whole, words

PART = 0.4
"""What a part of a name counts, measured by the whole of it."""

WHOLE = {"alias": 0.95, "package": 0.6}
"""What a whole name counts in a field, where it is less than elsewhere."""

LONG_TEXT = 60
"""A text of this many words is of ordinary length."""

Hits = dict[str, dict[int, float]]
"""Word → field number → weight, in one entry."""


def build(entries: dict[str, list[Any]]) -> dict[str, Any]:
    """Return the sections of the compiled form that belong to no kind."""
    symbols = symbols_of(entries.get("api", []), entries.get("verification", []))
    entries = {kind: items for kind, items in entries.items() if kind not in UNLISTED}
    rows: list[Row] = rows_of(entries)
    flat = [entry for items in entries.values() for entry in items]
    links: Links = links_of(rows, flat)
    words_of_entries = index_of(flat)
    return {"catalogue": rows, "words": words_of_entries, "links": links, "symbols": symbols}


def index_of(flat: list[Any]) -> Index:
    """Return the inverted index of entries in the order of the catalogue."""
    postings: dict[str, list[int]] = {}
    for position, entry in enumerate(flat):
        for word, by_field in _hits(entry).items():
            best = max(by_field, key=lambda field: by_field[field])
            weight = by_field[best] + 0.25 * (sum(by_field.values()) - by_field[best])
            number = max(1, min(HIGHEST, round(weight * HIGHEST)))
            code = position << FIELD_BITS + WEIGHT_BITS | best << WEIGHT_BITS | number
            postings.setdefault(word, []).append(code)
    vocabulary = sorted(postings)
    return Index("\n".join(vocabulary), pack(postings[word] for word in vocabulary), len(flat))


def _hits(entry: Any) -> Hits:
    hits: Hits = {}

    def note(word: str, label: str, weight: float) -> None:
        fields = hits.setdefault(sys.intern(word), {})
        number = LABELS.index(label)
        fields[number] = max(fields.get(number, 0.0), weight)

    for label, name in names_of(entry):
        found = words(name)
        if not found:
            continue
        share = NAMES[label] / (1 + 0.15 * (len(found) - 1))
        for word in found:
            note(word, label, share if word not in STOP else share * PART)
        for first, second in pairwise(telling(found)):
            note(first + second, label, share)
        for part in camel_parts(name):
            note(part, label, share * PART)
        note(whole(telling(found)), label, WHOLE.get(label, 1.0))
    counts: dict[str, Counter[str]] = {}
    for label, text in sentences_of(entry):
        counts.setdefault(label, Counter()).update(w for w in words(text) if w not in STOP)
    for label, counted in counts.items():
        damping = 0.5 + 0.5 * counted.total() / LONG_TEXT
        for word, times in counted.items():
            note(word, label, SENTENCES[label] * 2 * times / (times + damping))
    return hits
