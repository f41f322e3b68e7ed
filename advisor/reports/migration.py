"""What moving the code would mean, for the choice, or for the next option if the choice is no move.

One content in the forms of the pages: sections for the text, lines for the decision record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from advisor.documents.migration import EffortPart, Migration, MigrationItem, NaiveResult
from advisor.explain.words import answer_words
from knowledge.base import Knowledge

from .content import Block, Section, item, paragraph
from .escaping import escape

HEADINGS = {
    "mechanical": "Mechanical: the same, or another name or argument",
    "semantic": "Semantic: looks the same, and may give other results",
    "redesign": "Redesign: built in another way",
}
MOST_ITEMS = 4
MOST_ENTRIES = 3
LARGEST = 1e4
"""An error above this says no more than that it is off."""


def shown_migration(moves: Iterable[Migration]) -> Migration | None:
    """Return the move that a page speaks of."""
    return next((move for move in moves if move.moving_to != "other"), None)


def title_of(move: Migration, knowledge: Knowledge) -> str:
    """Return the heading: what it means to move, or what staying saves."""
    question = knowledge.questions["existing-code"]
    where = f"{answer_words(question, move.from_)} to {knowledge.options[move.option].name}"
    if move.light:
        return f"Nearly no move ({where})"
    if move.moving_to == "choice":
        return f"If you move the code ({where})"
    return f"What staying saves (moving {where})"


def summary_of(move: Migration) -> str:
    """Return the counts in a sentence, or whence the list comes."""
    if move.calls is None:
        return f"{move.text} From the answers alone; --code PATH counts it in the code itself."
    files = f"{move.files} file" if move.files == 1 else f"{move.files} files"
    parts = [f"{getattr(move, effort).calls} {effort}" for effort in HEADINGS]
    unknown = f"{move.unknown.calls} not in the knowledge base"
    uses = "use of a framework symbol" if move.calls == 1 else "uses of framework symbols"
    return f"{move.calls:,} {uses} in {files}: {', '.join(parts)}, {unknown}."


def migration_sections(moves: Iterable[Migration], knowledge: Knowledge) -> list[Section]:
    """Return the sections of the text page; none without a move."""
    move = shown_migration(moves)
    if move is None:
        return []
    blocks: list[Block] = [paragraph(summary_of(move))]
    for heading, part in _parts(move):
        blocks.append(paragraph(f"{heading}{_in_files(part)}"))
        blocks += [item(item_words(each)) for each in part.items[:MOST_ITEMS]]
    blocks += [paragraph(text) for text in _rest(move)]
    return [Section(title_of(move, knowledge), blocks)]


def migration_lines(moves: Iterable[Migration], knowledge: Knowledge) -> tuple[str, list[str]]:
    """Return heading and lines of the decision record; both empty without a move."""
    move = shown_migration(moves)
    if move is None:
        return "", []
    lines = [escape(summary_of(move))]
    for heading, part in _parts(move):
        lines += ["", escape(f"{heading}{_in_files(part)}"), ""]
        lines += [f"- {escape(item_words(each))}" for each in part.items]
    for text in _rest(move):
        lines += ["", escape(text)]
    return escape(title_of(move, knowledge)), lines


def item_words(each: MigrationItem) -> str:
    """Return an item with how often it is needed, where to look it up, and what was measured."""
    uses = "" if each.calls is None else f"{each.calls} use{'' if each.calls == 1 else 's'}; "
    uses += "" if each.perhaps is None else f"perhaps {each.perhaps} calls of methods; "
    measured = {result.entry: result for result in each.measured}
    # What was measured says more than an entry that is only named.
    named = sorted(each.entries, key=lambda name: name not in measured)[:MOST_ENTRIES]
    entries = ", ".join(f"{name}{_off(measured.get(name))}" for name in named)
    return f"{each.text.rstrip('.')} [{uses}see {entries}]"


def _off(result: NaiveResult | None) -> str:
    if result is None or result.error is None:
        return ""
    return f" (off by {result.error:.2g})" if result.error < LARGEST else " (off by far)"


def _parts(move: Migration) -> Iterator[tuple[str, EffortPart]]:
    for effort, heading in HEADINGS.items():
        part: EffortPart = getattr(move, effort)
        if part.items:
            yield heading, part


def _in_files(part: EffortPart) -> str:
    if part.calls is None or part.share is None:
        return ""
    files = "1 file" if part.files == 1 else f"{part.files} files"
    return f" ({round(100 * part.share)} % of the uses, in {files})"


def _rest(move: Migration) -> Iterator[str]:
    """Yield what is unknown, what numbers mean, and what nobody can know from here."""
    if move.unknown.symbols:
        names = ", ".join(each.symbol for each in move.unknown.symbols)
        yield f"Not in the knowledge base: {names}."
    if any(each.measured for each in move.semantic.items):
        yield (
            "Off by: how far a port word for word was off when both sides were run on the inputs "
            "of that entry, relative to max(1, |value|)."
        )
    if move.open:
        yield "Open: " + " ".join(move.open)
