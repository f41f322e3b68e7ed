"""What a probe tells its face while it works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

Phase = Literal["hardware", "frameworks", "preparing", "equality", "measuring", "finished"]


class Progress(Struct, frozen=True, kw_only=True):
    """One step; fields that do not apply to the phase are ``None``."""

    phase: Phase
    text: str
    framework: str | None = None
    block: int | None = None
    blocks: int | None = None
    arm: str | None = None
    case: str | None = None
    done: float = 0.0
    """Share of the phase's estimated time that has passed, 0 to 1."""
    seconds_left: float | None = None


OnProgress = Callable[[Progress], None]


def ignore_progress(progress: Progress) -> None:
    """Do nothing: for callers that want no progress."""
