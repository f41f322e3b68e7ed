"""Which system fills a role of the stack, for which option, under which answers."""

from __future__ import annotations

from .common import Entry, Id, OptionId
from .condition import Atom
from .system import Role


class Pick(Entry, frozen=True, kw_only=True):
    """A system for a role. Of the picks whose conditions hold, the highest `priority` is used.

    `options` empty means: for every option. A system that is not active needs `although`.
    """

    role: Role
    system: Id
    options: tuple[OptionId, ...] = ()
    when: tuple[Atom, ...] = ()
    priority: int = 10
    why: str
    because: tuple[Id, ...] = ()
    although: str = ""
