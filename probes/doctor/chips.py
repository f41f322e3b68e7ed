"""Which chip a person means by a name; only for assumptions, never to judge a real card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from probes.errors import ProbeError
from probes.frameworks.builds import Chip


def find_chip(wanted: str, chips: Sequence[Chip]) -> tuple[Chip, str]:
    """Return the chip and its name that a person means by ``rtx 4090`` or ``NVIDIA H100 80GB``.

    Raises:
        ProbeError: None is called so; the message names the nearest.
    """
    words = _plain(wanted)
    best: tuple[int, Chip, str] | None = None
    for chip in chips:
        for name in chip.names:
            plain = _plain(name)
            if words == plain or f" {plain} " in f" {words} " or f" {words} " in f" {plain} ":
                # The longest name that fits: "RTX 5070 Ti" before "RTX 5070", but not by accident.
                rank = 1000 if words == plain else len(plain) if plain in words else -len(plain)
                if best is None or rank > best[0]:
                    best = (rank, chip, name)
    if best is None:
        known = [name for chip in chips for name in chip.names]
        near = get_close_matches(wanted, known, 3, 0.5) or known[:6]
        raise ProbeError(f"--assume gpu={wanted[:40]!r}: not known here; nearest {', '.join(near)}")
    return best[1], best[2]


def _plain(name: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", " ", name.lower())
    return " ".join(
        re.sub(r"\b(nvidia|geforce|amd|radeon|instinct|intel|tesla)\b", " ", plain).split()
    )
