"""What of the learning paths is done: one small file in the state directory."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from advisor.errors import InputError

How = Literal["checked", "said"]


class Done(msgspec.Struct, frozen=True):
    """When a step was done, and how that is known: by its self-check, or because it was said."""

    on: str
    how: How


class Progress(msgspec.Struct, frozen=True):
    """Steps that are done, by id."""

    version: int = 1
    done: dict[str, Done] = msgspec.field(default_factory=dict)


def read_progress(path: Path) -> Progress:
    """Return what is stored; nothing stored is no progress. InputError if it cannot be read."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Progress()
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {(error.strerror or 'failed').lower()}"
        ) from None
    try:
        return msgspec.json.decode(raw, type=Progress)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        words = f"{path}: is no progress of `learn` ({error}); `learn --reset` starts anew"
        raise InputError(words) from None


def with_step(progress: Progress, step: str, on: str, how: How) -> Progress:
    """Return progress with a step done; a check once passed stays."""
    known = progress.done.get(step)
    if known is not None and known.how == "checked":
        return progress
    return Progress(done={**progress.done, step: Done(on, how)})


def without(progress: Progress, steps: set[str]) -> Progress:
    """Return progress without these steps."""
    return Progress(done={name: one for name, one in progress.done.items() if name not in steps})


def text_of(progress: Progress) -> str:
    """Return what is stored."""
    return msgspec.json.format(msgspec.json.encode(progress), indent=2).decode() + "\n"
