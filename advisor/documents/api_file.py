"""`fw-advisor/api-file`: every framework symbol a file uses, and its equivalent if one is known.

The denominator is part of the document: how many uses there are, and how many have a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import msgspec

from advisor.source.uses import Use, Uses
from knowledge.base import Knowledge
from knowledge.model.check import Side
from knowledge.search.symbols import Place, Symbols, canonical, side_of

from .api import FRAMEWORKS, Equivalent, Framework, Standing, equivalents_of
from .head import Document

COMPAT = "tf.compat.v1."
METHOD_HOLDERS = ("torch.Tensor.", "tf.Tensor.", "keras.Model.", "torch.nn.Module.")
NO_TENSOR = frozenset(
    name for kind in (str, bytes, list, dict, set) for name in dir(kind) if name[0] != "_"
)
"""Methods that ordinary values have, too."""


class UseItem(msgspec.Struct, frozen=True):
    """One use: where, what is written, and its counterpart; without a row it is unknown."""

    line: int
    column: int
    written: str
    symbol: str
    framework: Framework
    row: str | None
    equivalent: str
    status: Standing
    gotchas: tuple[str, ...]


class PerhapsItem(msgspec.Struct, frozen=True):
    """A method of a value whose type the source does not tell."""

    line: int
    name: str
    symbol: str


class StarItem(msgspec.Struct, frozen=True):
    """A star import: names may come from it unseen."""

    line: int
    module: str


class UnknownItem(msgspec.Struct, frozen=True):
    """A symbol without a row, where it is used, and what is spelt similarly."""

    symbol: str
    lines: tuple[int, ...]


class ApiFile(Document, frozen=True, kw_only=True):
    """The whole document; `rows` holds each equivalent once per side it is used from."""

    schema: Literal["fw-advisor/api-file"] = "fw-advisor/api-file"
    file: str
    modules: tuple[str, ...]
    uses: tuple[UseItem, ...]
    known: int
    unknown: int
    symbols: int
    symbols_known: int
    by_status: dict[Standing, int]
    unknown_symbols: tuple[UnknownItem, ...]
    perhaps: tuple[PerhapsItem, ...]
    stars: tuple[StarItem, ...]
    rows: tuple[Equivalent, ...]


def method_names(symbols: Symbols) -> dict[str, str]:
    """Return name of a method → its symbol, for methods that only framework values have."""
    found: dict[str, str] = {}
    for holder in METHOD_HOLDERS:
        for name in symbols.names:
            last = name.removeprefix(holder)
            if last != name and "." not in last and last not in NO_TENSOR:
                found.setdefault(last, name)
    return found


def starred_names(symbols: Symbols) -> set[str]:
    """Return the known names in every form a star import may have."""
    names = set(symbols.names)
    for name in symbols.names:
        if name.startswith("tf."):
            names.add("tensorflow." + name[3:])
        elif name.startswith("keras."):
            names.add("tensorflow." + name)
    return names


def api_file_document(
    knowledge: Knowledge, file: str, uses: Uses, side: Side | None = None
) -> ApiFile:
    """Look every use up; `side` leaves out the uses of the other side."""
    symbols = knowledge.symbols
    methods = method_names(symbols)
    placed: dict[str, Place | None] = {}
    shown: dict[str, str] = {}
    kept = []
    for use in uses.uses:
        name = canonical(use.symbol)
        if side is None or side_of(name) == side:
            kept.append((use, name))
            if name not in placed:
                placed[name] = place_of(symbols, name)
                at = placed[name]
                shown[name] = at.symbol if at else name
    wanted = list({(place.row, place.side): place for place in placed.values() if place}.values())
    equivalents = equivalents_of(knowledge, wanted)
    found_at = dict(zip(((p.row, p.side) for p in wanted), equivalents, strict=True))
    items = []
    for use, name in kept:
        place = placed[name]
        found = found_at[place.row, place.side] if place else None
        items.append(_item(use, shown[name], found))
    statuses = Counter(item.status for item in items)
    known = sum(item.row is not None for item in items)
    return ApiFile(
        file=file,
        modules=tuple(uses.modules),
        uses=tuple(items),
        known=known,
        unknown=len(items) - known,
        symbols=len(placed),
        symbols_known=sum(place is not None for place in placed.values()),
        by_status=dict(statuses),
        unknown_symbols=tuple(_unknown(items)),
        perhaps=tuple(PerhapsItem(m.line, m.name, methods[m.name]) for m in uses.methods),
        stars=tuple(StarItem(*star) for star in uses.stars),
        rows=equivalents,
    )


def place_of(symbols: Symbols, name: str) -> Place | None:
    """Return the row for a full name: its own, of what it is a part of, or without `compat.v1`."""
    for start in (name, name.replace(COMPAT, "tf.", 1)):
        parts = canonical(start).split(".")
        for length in range(len(parts), 1, -1):
            places = symbols.exact(".".join(parts[:length]))
            if places:
                return places[0]
            # A method of a class belongs to the class; a function in a module does not.
            if not parts[length - 2][:1].isupper():
                break
    return None


def _item(use: Use, symbol: str, found: Equivalent | None) -> UseItem:
    framework = FRAMEWORKS[side_of(symbol)]
    place = (use.line, use.column, use.written, symbol, framework)
    if found is None:
        return UseItem(*place, None, "", "unknown", ())
    return UseItem(
        *place, found.row, found.symbol, found.status, tuple(g.id for g in found.gotchas)
    )


def _unknown(items: Iterable[UseItem]) -> Iterable[UnknownItem]:
    lines: dict[str, list[int]] = {}
    for item in items:
        if item.row is None:
            lines.setdefault(item.symbol, []).append(item.line)
    for symbol, places in sorted(lines.items(), key=lambda found: (-len(found[1]), found[0])):
        yield UnknownItem(symbol, tuple(dict.fromkeys(places)))
