"""What people build, and the stack that serves it today."""

from __future__ import annotations

from .common import Entry, Id, OptionId, Part
from .system import Role


class StackPart(Part, frozen=True):
    """A system in a role, and why it is there."""

    role: Role
    system: Id
    why: str


class UseCase(Entry, frozen=True):
    """One kind of project: who does it, what matters, and the stack per option."""

    title: str
    who: str
    matters: tuple[Id, ...]
    stacks: dict[OptionId, tuple[StackPart, ...]]
    note: str = ""
