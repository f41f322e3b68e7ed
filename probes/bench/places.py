"""Where the inputs lie in memory: another place for every sample, so that no place favours an arm.

Identical processes differ because their buffers lie differently against caches and pages; a process
that moves its inputs between samples sees several such places instead of one (Curtsinger and
Berger, "Stabilizer", 2013). Weights and code stay where they are.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from probes.bench.case_files import RING

_LARGEST_GAP_BYTES = 1 << 18


class Places:
    """The ring of inputs, as tensors; ``move`` puts all of them somewhere else."""

    def __init__(
        self, tensor: Callable[[Any], Any], inputs: Sequence[Sequence[Any]], moves: bool
    ) -> None:
        """Put the inputs on the device."""
        self._tensor = tensor
        self._inputs = inputs if moves else []
        self._random = random.Random(0)
        self._gaps: list[bytearray] = []
        self.ring = self._placed(inputs)

    def move(self) -> bool:
        """Put the inputs somewhere else; return whether that was done."""
        if not self._inputs:
            return False
        before, self.ring = self.ring, self._placed(self._inputs)
        del before  # Only now, else the new ones would lie where the old ones did.
        return True

    def _placed(self, inputs: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        gaps, ring = [], []
        for index in range(RING):
            # A gap of random length shifts what is allocated behind it.
            gaps.append(bytearray(self._random.randrange(64, _LARGEST_GAP_BYTES)))
            ring.append(tuple(self._tensor(inputs_of_place[index]) for inputs_of_place in inputs))
        self._gaps = gaps
        return ring
