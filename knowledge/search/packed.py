"""Many short lists of numbers in two stretches of bytes: nothing to decode before it is used."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import msgspec


class Packed(msgspec.Struct, array_like=True, frozen=True):
    """List number i lies from starts[i] to starts[i + 1]; numbers take 32 bits."""

    starts: bytes
    numbers: bytes

    def at(self, index: int) -> list[int]:
        """Return one list."""
        starts = memoryview(self.starts).cast("I")
        return memoryview(self.numbers).cast("I")[starts[index] : starts[index + 1]].tolist()

    def length(self, index: int) -> int:
        """Return how long one list is."""
        starts = memoryview(self.starts).cast("I")
        return int(starts[index + 1] - starts[index])


def pack(lists: Iterable[Iterable[int]]) -> Packed:
    """Return lists of numbers below 2**32, packed."""
    starts, numbers = array("I", [0]), array("I")
    for items in lists:
        numbers.extend(items)
        starts.append(len(numbers))
    return Packed(starts.tobytes(), numbers.tobytes())
