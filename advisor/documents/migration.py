"""What moving existing code to an option would cost: a part of the advice. Counts, never days."""

from __future__ import annotations

from typing import Literal

import msgspec

MovingTo = Literal["choice", "runner-up", "other"]
"""Where the option stands: recommended; the next one, whose move staying saves; or further back."""


class NaiveResult(msgspec.Struct, frozen=True):
    """How far a port word for word was off when it was run, relative to max(1, |value|).

    `error` is null where it differs in more than values, which `note` then says.
    """

    entry: str
    error: float | None
    note: str


class MigrationItem(msgspec.Struct, frozen=True):
    """One thing to do, the entries it rests on, and how often the code needs it, if it was read.

    `perhaps`: calls of methods that belong here if the value is what its name suggests; they are
    in no count.
    """

    text: str
    entries: tuple[str, ...]
    measured: tuple[NaiveResult, ...]
    calls: int | None = None
    perhaps: int | None = None


class EffortPart(msgspec.Struct, frozen=True):
    """One class. Uses of framework symbols, files they stand in, and their share of all uses."""

    calls: int | None
    files: int | None
    share: float | None
    items: tuple[MigrationItem, ...]


class UnknownSymbol(msgspec.Struct, frozen=True):
    """A symbol of which the knowledge base cannot say what becomes of it."""

    symbol: str
    calls: int


class UnknownPart(msgspec.Struct, frozen=True):
    """What no entry answers for; its uses and those of the three classes make up all uses."""

    calls: int | None
    files: int | None
    share: float | None
    symbols: tuple[UnknownSymbol, ...]


class Migration(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """One move. `basis`: read from answers alone, or counted in code; then `calls` and `files`.

    `light`: nearly nothing has to be moved. `open` says what is not known.
    """

    option: str
    from_: str
    moving_to: MovingTo
    basis: Literal["answers", "code"]
    move: str
    text: str
    because: tuple[str, ...]
    light: bool
    calls: int | None
    files: int | None
    mechanical: EffortPart
    semantic: EffortPart
    redesign: EffortPart
    unknown: UnknownPart
    open: tuple[str, ...]
