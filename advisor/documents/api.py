"""`fw-advisor/api`: the equivalents of a symbol on the other side, and how that was verified."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import msgspec

from knowledge.base import Knowledge
from knowledge.errors import shortened
from knowledge.model.api import Api
from knowledge.model.check import Side
from knowledge.model.verification import Verification
from knowledge.search.symbols import Place
from knowledge.text import printable

from .head import Document

Framework = Literal["tensorflow", "pytorch"]
Standing = Literal["same", "renamed", "arguments", "composite", "missing", "unknown"]

FRAMEWORKS: dict[Side, Framework] = {"tensorflow": "tensorflow", "torch": "pytorch"}
OTHER: dict[Side, Side] = {"tensorflow": "torch", "torch": "tensorflow"}


class Verified(msgspec.Struct, frozen=True):
    """How a row is known to hold; `naive_error`: by how much a port word for word misses."""

    how: Literal["executed", "not-executed", "failed"]
    max_abs_error: float | None
    max_error: float | None
    max_gradient_error: float | None
    naive: str
    naive_error: float | None
    naive_note: str
    tolerance: float | None
    versions: dict[str, str]
    as_of: str | None
    reason: str


class GotchaItem(msgspec.Struct, frozen=True):
    """A difference that bites here."""

    id: str
    title: str


class Equivalent(msgspec.Struct, frozen=True):
    """One row: what was asked for on the left, its counterpart on the right.

    `symbol` is the counterpart's main name, empty where there is none; `alive` holds what calling
    either side does: alive, warns, raises, gone.
    """

    row: str
    of: str
    symbol: str
    symbols: tuple[str, ...]
    status: Standing
    code: str
    of_code: str
    notes: str
    arguments: dict[str, str]
    preconditions: tuple[str, ...]
    dtype_and_shape: str
    alive: dict[str, str]
    gone: tuple[str, ...]
    ended: str
    successors: tuple[str, ...]
    gotchas: tuple[GotchaItem, ...]
    verified: Verified


class Named(msgspec.Struct, frozen=True):
    """A row that only uses the symbol: another row answers for it."""

    row: str
    of: str
    symbol: str


class ApiDocument(Document, frozen=True, kw_only=True):
    """The whole document; `found` says how the symbol was matched.

    Nothing found: status "unknown", no equivalents, `nearest` what is spelt similarly, and
    `similar` the equivalent of the nearest. `also` are rows that only use the symbol.
    """

    schema: Literal["fw-advisor/api"] = "fw-advisor/api"
    asked: str
    symbol: str
    framework: Framework | None
    found: Literal["exact", "ending", "letters", "nearest", "none"]
    status: Standing
    equivalents: tuple[Equivalent, ...]
    nearest: tuple[str, ...]
    similar: tuple[Equivalent, ...]
    also: tuple[Named, ...]


def api_document(knowledge: Knowledge, asked: str, side: Side | None = None) -> ApiDocument:
    """Look a symbol up; `side` restricts it to symbols of that side."""
    how, places = knowledge.symbols.find(asked, side)
    shown = printable(shortened(asked))
    if how in ("nearest", "none"):
        return ApiDocument(
            asked=shown,
            symbol=shown,
            framework=None,
            found=how,
            status="unknown",
            equivalents=(),
            nearest=tuple(dict.fromkeys(place.symbol for place in places)),
            similar=equivalents_of(knowledge, places[:1]),
            also=(),
        )
    by_row: dict[int, Place] = {}
    for place in places:
        by_row.setdefault(place.row, place)
    owning = [place for place in by_row.values() if place.owned]
    chosen = owning or list(by_row.values())
    others = [place for place in by_row.values() if place not in chosen]
    matched = {place.symbol for place in places} if how != "exact" else set()
    equivalents = equivalents_of(knowledge, chosen, matched)
    return ApiDocument(
        asked=shown,
        symbol=equivalents[0].of,
        framework=FRAMEWORKS[chosen[0].side],
        found=how,
        status=equivalents[0].status,
        equivalents=equivalents,
        nearest=(),
        similar=(),
        also=tuple(Named(row.row, row.of, row.symbol) for row in equivalents_of(knowledge, others)),
    )


def equivalents_of(
    knowledge: Knowledge, places: list[Place], matched: Collection[str] = ()
) -> tuple[Equivalent, ...]:
    """Return the rows at these places, each seen from its symbol's side.

    Where several symbols of a row are `matched`, it is the first in the row's own order.
    """
    if not places:
        return ()
    rows: list[Api] = knowledge.nth("api", [place.row for place in places])
    numbers = [knowledge.symbols.results[place.row] for place in places]
    known = [number for number in numbers if number >= 0]
    stored = dict(zip(known, knowledge.nth("verification", known), strict=True)) if known else {}
    return tuple(
        _equivalent(knowledge, place, row, stored.get(number), matched)
        for place, row, number in zip(places, rows, numbers, strict=True)
    )


def _equivalent(
    knowledge: Knowledge,
    place: Place,
    row: Api,
    stored: Verification | None,
    matched: Collection[str],
) -> Equivalent:
    here, there = place.side, OTHER[place.side]
    symbols = counterparts(row, there)
    own: tuple[str, ...] = getattr(row, here)
    gotchas = (knowledge.catalogue.get(name) for name in row.gotchas)
    return Equivalent(
        row=row.id,
        of=next((name for name in own if name in matched), place.symbol),
        symbol=symbols[0] if symbols else "",
        symbols=symbols,
        status=row.status,
        code=getattr(row.code, there),
        of_code=getattr(row.code, here),
        notes=row.text,
        arguments=row.arguments if here == "tensorflow" else turned(row.arguments),
        preconditions=row.preconditions,
        dtype_and_shape=row.dtype_and_shape,
        alive={FRAMEWORKS[side]: state for side, state in row.alive.items()},
        gone=row.gone,
        ended=row.ended,
        successors=row.successors,
        gotchas=tuple(GotchaItem(found.id, found.title) for found in gotchas if found),
        verified=_verified(row, stored),
    )


def counterparts(row: Api, side: Side) -> tuple[str, ...]:
    """Return the symbols of a side: those the row answers for, else those its code uses."""
    from knowledge.search.symbols import side_of

    own: tuple[str, ...] = getattr(row, side)
    return own or tuple(name for name in row.uses if side_of(name) == side)


def turned(arguments: dict[str, str]) -> dict[str, str]:
    """Return the map of arguments read from the other side."""
    return {there: here for here, there in arguments.items()}


def _verified(row: Api, stored: Verification | None) -> Verified:
    check = row.check
    if stored is None or check is None:
        reason = row.reason or ("not run yet" if check else "")
        return Verified(
            "not-executed", None, None, None, "", None, "", None, {}, None, row.needs or reason
        )
    return Verified(
        "executed" if stored.outcome == "agrees" else "failed",
        stored.max_abs_error,
        stored.max_error,
        stored.max_gradient_error,
        check.naive,
        stored.naive_error,
        stored.naive_note,
        check.tolerance,
        stored.versions,
        stored.as_of,
        "; ".join(stored.problems),
    )
