"""Pages of what helps to move between the frameworks: code for both sides, run on both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.documents.api import equivalents_of
from advisor.reports.api import STANDINGS
from advisor.reports.entry.words import Words
from knowledge.executable import files_of_entry
from knowledge.search.symbols import Place, canonical

from ..widgets.code import Code
from ..widgets.rows import MUTED, row
from ..wording import clean
from .equivalent import equivalent_rows
from .pieces import Rows, fact, heading, names, paragraph, section
from .verified import (
    NAMES,
    code_rows,
    missed_words,
    naive_rows,
    not_run_rows,
    verified_rows,
)

if TYPE_CHECKING:
    from knowledge.model.api import Api
    from knowledge.model.check import Side
    from knowledge.model.gotcha import Gotcha
    from knowledge.model.pattern import Pattern
    from knowledge.model.verification import Verification


def api(entry: Api, words: Words) -> Rows:
    """Return the page of an equivalence, read from its main symbol."""
    knowledge = words.knowledge
    symbol = canonical(next(iter(entry.aliases or entry.uses), entry.id))
    number = list(knowledge.kind("api")).index(entry.id)
    (found,) = equivalents_of(knowledge, [Place(symbol, number, True)])
    return [
        (None, row("", (STANDINGS[entry.status], MUTED))),
        (f"=api:{symbol}", row("→ ", "Look it up: copy its code, turn it round")),
        *equivalent_rows(knowledge, found, entry),
    ]


def gotcha(entry: Gotcha, words: Words) -> Rows:
    """Return the page of a difference that bites: what goes wrong, measured, and what is right."""
    stored = _stored(words, entry.id)
    check = entry.check
    rows: Rows = [
        *paragraph(entry.text),
        *section("If nobody notices", paragraph(entry.consequence)),
        *section("Remedy", paragraph(entry.remedy)),
    ]
    if check is not None:
        error, note = (stored.naive_error, stored.naive_note) if stored else (None, "")
        missed = missed_words(error, note, check.tolerance)
        rows += naive_rows(check.naive, check.naive_side, missed or "not run yet")
    rows += section("Right on both sides", code_rows(entry.code.tensorflow, entry.code.torch))
    rows += _verified(stored, check.tolerance if check else None) or not_run_rows(
        entry.needs, entry.reason
    )
    return [*rows, *section("Related", names(words.knowledge, "", entry.related))]


def pattern(entry: Pattern, words: Words) -> Rows:
    """Return the page of a pair of programs: what to learn, what agrees, then both in full."""
    stored = _stored(words, entry.id)
    rows: Rows = [
        *paragraph(entry.text),
        *section("Lessons", [(None, row("  • ", clean(lesson))) for lesson in entry.lessons]),
        *heading("What both programs print"),
        *fact("agreed results", ", ".join(entry.results)),
        *fact("tolerance", f"{entry.tolerance:g}, relative to max(1, |value|)"),
    ]
    rows += _verified(stored, entry.tolerance) or not_run_rows(entry.needs, entry.reason)
    if entry.id not in words.knowledge.house:
        rows += section("The programs", _programs(entry.id))
    return [*rows, *section("Related", names(words.knowledge, "", entry.related))]


def _verified(stored: Verification | None, tolerance: float | None) -> Rows:
    if stored is None:
        return []
    return verified_rows(
        outcome=stored.outcome,
        as_of=stored.as_of,
        versions=stored.versions,
        error=stored.max_error,
        gradient_error=stored.max_gradient_error,
        tolerance=tolerance,
        problems="; ".join(stored.problems),
    )


def _stored(words: Words, name: str) -> Verification | None:
    found: Verification | None = words.knowledge.kind("verification").get(f"verified-{name}")
    return found


def _programs(name: str) -> Rows:
    texts = {side: program(name, side) for side in NAMES}
    found = {side: text for side, text in texts.items() if text}
    if not found:
        return []
    copies: Rows = [
        (f"=copy:{side}", row("→ ", f"Copy the {NAMES[side]} program")) for side in found
    ]
    return [*copies, (None, Code([(NAMES[side], text) for side, text in found.items()]))]


def program(name: str, side: Side) -> str:
    """Return the program of a pattern; empty if it cannot be read."""
    from knowledge.base import BASE

    try:
        text = files_of_entry("pattern", name, BASE)[side].read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    return text.rstrip()
