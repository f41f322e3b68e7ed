"""`fw-advisor/team`: several people's answers, who would choose what, and what divides them."""

from __future__ import annotations

from typing import Literal

import msgspec

from advisor.facts.fact import Fact, Ignored

from .head import Document
from .standing import Standing

Value = bool | float | str | tuple[str, ...]


class Member(msgspec.Struct, frozen=True):
    """One set of answers, and how the options stand for it."""

    name: str
    facts: tuple[Fact, ...]
    standing: Standing


class Together(msgspec.Struct, frozen=True):
    """An option for all: what each member would give up by it, in points of 0…1.

    `regret` of a member for whom the option is not feasible is None. `worst` is the largest
    regret; None if the option is not feasible for somebody.
    """

    option: str
    regrets: tuple[float | None, ...]
    worst: float | None
    mean: float


class Divided(msgspec.Struct, frozen=True):
    """A question on which members differ.

    `explains`: by how much the regret of the worst-off would fall if all gave the same answer,
    on average over the answers that were given.
    """

    question: str
    answers: tuple[Value | None, ...]
    explains: float


class Team(Document, frozen=True, kw_only=True):
    """The whole document; lists that belong to members are in the order of `members`."""

    schema: Literal["fw-advisor/team"] = "fw-advisor/team"
    members: tuple[Member, ...]
    agreed: bool
    choice: str
    options: tuple[Together, ...]
    divided: tuple[Divided, ...]
    summary: str
    ignored: tuple[Ignored, ...]
    warnings: tuple[str, ...]
