"""API equivalents: one row answers for its symbols on both sides."""

from __future__ import annotations

from typing import Literal

import msgspec

from .check import Alive, Check, Code, Needs, Side
from .common import Area, Date, Entry, Id

Status = Literal["same", "renamed", "arguments", "composite", "missing"]
"""How far apart the sides are: same call, other name, other arguments, several calls, nothing."""


class Api(Entry, frozen=True, kw_only=True):
    """One equivalence, read in both directions.

    `tensorflow` and `torch` hold every spelling this row answers for; a spelling belongs to one
    row. `uses` names symbols that this row's code uses and another row answers for. `old` is the
    call whose liveness `alive` states, where it is not `code` itself.
    """

    tensorflow: tuple[str, ...] = ()
    torch: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    topic: str
    status: Status
    text: str
    code: Code = Code()
    arguments: dict[str, str] = msgspec.field(default_factory=dict)
    preconditions: tuple[str, ...] = ()
    dtype_and_shape: str = ""
    gotchas: tuple[Id, ...] = ()
    alive: dict[Side, Alive] = msgspec.field(default_factory=dict)
    old: Code = Code()
    gone: tuple[str, ...] = ()
    since: str = ""
    ended: str = ""
    ended_on: Date | None = None
    successors: tuple[Id, ...] = ()
    check: Check | None = None
    needs: Needs | None = None
    reason: str = ""
    area: Area = "ecosystem"

    @property
    def title(self) -> str:
        """The main symbol of each side."""
        torch = [name for name in self.uses if name.startswith("torch")]
        others = [name for name in self.uses if not name.startswith("torch")]
        left = next(iter(self.tensorflow or others), "no counterpart")
        return f"{left} ↔ {next(iter(self.torch or torch), 'no counterpart')}"

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every spelling."""
        return self.tensorflow + self.torch
