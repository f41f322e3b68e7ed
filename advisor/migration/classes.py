"""Which class a symbol falls into when its code moves to an option, and why; pure.

An API row says how far apart TensorFlow and PyTorch are, and running it said whether a port word
for word gives other results. What an item of the move names, the move decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from knowledge.model.api import Api
from knowledge.model.move import EFFORTS, Effort, Move
from knowledge.model.verification import Verification
from knowledge.search.symbols import canonical, side_of

from .code import Known

TORCH_FAMILY = frozenset(("pytorch",))


class Leaving(NamedTuple):
    """A move, reduced to what classes depend on.

    `sides`: the code leaves one side of the API rows for the other; else it stays on one side.
    `differing`: entries whose word-for-word port was run and gave other results.
    """

    option: str
    sides: bool
    keras_only: bool
    decided: Mapping[str, Effort]
    differing: frozenset[str]


def leaving(move: Move, source: str, differing: frozenset[str]) -> Leaving:
    """Return what the classes of a move depend on; `source` is the answer to `existing-code`."""
    decided: dict[str, Effort] = {}
    for effort in EFFORTS:
        for item in getattr(move, effort):
            decided.update(dict.fromkeys(item.because, effort))
    crossing = (source in TORCH_FAMILY) != (move.option in TORCH_FAMILY)
    return Leaving(move.option, crossing, move.option == "keras", decided, differing)


def class_of(symbol: str, known: Known | None, move: Leaving) -> Effort | None:
    """Return the class of one symbol; None: no entry answers for it in this direction."""
    if known is None or move.option == "jax":
        return None
    row = known.row
    decided = move.decided.get(row.id)
    if decided is not None:
        return decided
    if not move.sides:
        return _within(symbol, row, move)
    if move.keras_only and row.status != "missing" and not _in_keras(row):
        return None
    return _across(row, known.result, move.differing)


def _across(row: Api, result: Verification | None, differing: frozenset[str]) -> Effort:
    """Class of a symbol that goes to the other side."""
    if row.status == "missing":
        return "redesign"
    if differing.intersection(row.gotchas):
        return "semantic"
    if row.status == "composite" and (result is None or result.naive_error is not None):
        # Several calls stand for one. Where the single call raises, nobody overlooks it.
        return "semantic"
    return "mechanical"


def _within(symbol: str, row: Api, move: Leaving) -> Effort | None:
    """Class of a symbol that stays on its side: TensorFlow 1 to 2, or TensorFlow to Keras."""
    gone = symbol in row.gone or any(symbol.startswith(f"{name}.") for name in row.gone)
    if gone and row.status == "missing":
        return "redesign"
    if any(move.decided.get(name) == "semantic" for name in row.gotchas):
        return "semantic"
    if move.keras_only and not symbol.startswith("keras.") and not _in_keras(row):
        return None
    return "mechanical"


def _in_keras(row: Api) -> bool:
    return any(canonical(name).startswith("keras.") for name in (*row.tensorflow, *row.uses))


def other_name(symbol: str, known: Known, move: Leaving) -> str:
    """Return the main name of a symbol's counterpart, or nothing."""
    row = known.row
    if move.sides:
        to_torch = side_of(symbol) == "tensorflow"
        own = row.torch if to_torch else row.tensorflow
        wanted = "torch" if to_torch else "tensorflow"
        names = own or tuple(name for name in row.uses if side_of(name) == wanted)
        if move.keras_only:
            names = tuple(name for name in names if canonical(name).startswith("keras.")) or names
        return names[0] if names else ""
    alive = (name for name in row.tensorflow if canonical(name) not in row.gone)
    names = tuple(name for name in alive if not move.keras_only or name.startswith("keras."))
    return "" if symbol in map(canonical, names) else next(iter(names), "")
