"""Which entry names which, in both directions, as the compiled form keeps it."""

from __future__ import annotations

import msgspec

from .catalogue import Row
from .packed import Packed

FIELD_BITS = 6


class Link(msgspec.Struct, frozen=True):
    """One entry names another in one of its fields; `row` is the one at the far end."""

    field: str
    row: Row


class Links(msgspec.Struct, array_like=True):
    """Per place in the catalogue: which entries it names, and which name it."""

    fields: list[str]
    out: Packed
    back: Packed

    def read(self, packed: Packed, position: int, rows: list[Row]) -> list[Link]:
        """Return one list of links."""
        mask = (1 << FIELD_BITS) - 1
        return [
            Link(self.fields[code & mask], rows[code >> FIELD_BITS]) for code in packed.at(position)
        ]
