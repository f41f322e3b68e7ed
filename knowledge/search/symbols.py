"""Which API row answers for which symbol, whatever way a person writes the symbol.

Built with the compiled form; reading it needs no row. Symbols are kept as rows name them:
`tf.…`, `keras.…`, `torch.…`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from .moved import named_today
from .packed import Packed, pack

if TYPE_CHECKING:
    from ..model.api import Api
    from ..model.check import Side
    from ..model.verification import Verification

LONGEST = 200
MOST_NEAREST = 5
LEAST_LIKE = 72

How = Literal["exact", "ending", "letters", "nearest", "none"]
"""How what was typed was found: as it is, as the end of a symbol, in other letters, similar."""

PREFIXES = {
    "tensorflow.compat.v2.": "tf.",
    "tensorflow.": "tf.",
    "tf.compat.v2.": "tf.",
    "tf.keras.": "keras.",
    "tf.python.keras.": "keras.",
    "keras.api.": "keras.",
    "F.": "torch.nn.functional.",
    "K.": "keras.backend.",
    "th.": "torch.",
    "torch.functional.": "torch.",
    "torch.FloatTensor.": "torch.Tensor.",
}
"""What people write for the beginning of a symbol, and what it stands for; applied in order."""

ROOTS = ("tf", "keras", "torch")
ALSO_TORCH = frozenset(
    (
        *("accelerate", "apex", "datasets", "diffusers", "functorch", "lightning", "peft"),
        *("pytorch_lightning", "safetensors", "timm", "tokenizers", "transformers"),
    )
)
"""Packages outside `torch` that its users reach for."""


def canonical(text: str) -> str:
    """Return a symbol as rows name it, as far as its beginning tells."""
    name = named_today(text.strip()[:LONGEST].partition("(")[0].strip().strip("."))
    for short, whole in PREFIXES.items():
        if name.startswith(short):
            name = whole + name[len(short) :]
    return named_today(name)


def side_of(symbol: str) -> Side:
    """Return the side a symbol belongs to."""
    root = symbol.partition(".")[0]
    return "torch" if root.startswith("torch") or root in ALSO_TORCH else "tensorflow"


class Place(NamedTuple):
    """A symbol and the number of a row that names it; `owned`: the row answers for it."""

    symbol: str
    row: int
    owned: bool

    @property
    def side(self) -> Side:
        """The side of the symbol."""
        return side_of(self.symbol)


class Found(NamedTuple):
    """The places that fit what was typed, and how; with "nearest" they are only similar."""

    how: How
    places: list[Place]


class Symbols(msgspec.Struct, array_like=True, dict=True):
    """Sorted symbols, and for each the rows: number << 1, plus 1 where it answers for it.

    `results`: per row the number of its stored verification among its kind, or −1.
    """

    text: str
    rows: Packed
    results: list[int]

    @cached_property
    def names(self) -> list[str]:
        """All symbols, sorted."""
        return self.text.split("\n") if self.text else []

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Symbol → its number."""
        return {name: number for number, name in enumerate(self.names)}

    def places(self, numbers: Sequence[int]) -> list[Place]:
        """Return the places of some symbols; those whose row answers for them come first."""
        found = [
            Place(self.names[number], code >> 1, bool(code & 1))
            for number in numbers
            for code in self.rows.at(number)
        ]
        return sorted(found, key=lambda place: not place.owned)

    def exact(self, symbol: str) -> list[Place]:
        """Return the places of a symbol in its canonical form."""
        number = self.numbers.get(symbol)
        return [] if number is None else self.places([number])

    def find(self, text: str, side: Side | None = None) -> Found:
        """Return what a person may mean; places of one side only, if one is given."""
        name = canonical(text)
        known = self.numbers.get(name)
        if known is not None and side in (None, side_of(name)):
            return Found("exact", self.places([known]))
        names = self.names
        allowed = [n for n, one in enumerate(names) if side is None or side_of(one) == side]
        if not name or not allowed:
            return Found("none", [])
        numbers = [n for n in allowed if names[n].endswith(f".{name}")]
        if numbers:
            return Found("ending", self.places(sorted(numbers, key=self._order)))
        end = f".{name.lower()}"
        numbers = [n for n in allowed if f".{names[n].lower()}".endswith(end)]
        if numbers:
            return Found("letters", self.places(sorted(numbers, key=self._order)))
        own, _, last = name.rpartition(".")
        if own and own.partition(".")[0] not in ROOTS:
            # `x.view`, `self.dense`: what stands before the last name is the writer's own.
            numbers = [n for n in allowed if names[n].endswith(f".Tensor.{last}")]
            if numbers:
                return Found("ending", self.places(numbers))
        return self._nearest(name.lower(), allowed)

    def _order(self, number: int) -> tuple[bool, int, int]:
        """TensorFlow first: most who ask come from there; then the shortest name."""
        name = self.names[number]
        return side_of(name) == "torch", name.count("."), number

    def _nearest(self, lower: str, allowed: list[int]) -> Found:
        from rapidfuzz import fuzz, process

        last = lower.rpartition(".")[2]
        scores: dict[int, float] = {}
        whole = {number: self.names[number].lower() for number in allowed}
        ends = {number: name.rpartition(".")[2] for number, name in whole.items()}
        for query, choices, share in ((lower, whole, 1.0), (last, ends, 0.96)):
            for _, score, number in process.extract(
                query, choices, scorer=fuzz.ratio, score_cutoff=LEAST_LIKE, limit=MOST_NEAREST * 2
            ):
                scores[number] = max(scores.get(number, 0.0), score * share)
        best = sorted(scores, key=lambda number: (-scores[number], number))[:MOST_NEAREST]
        places = [place for number in best for place in self.places([number])[:1]]
        return Found("nearest" if places else "none", places)


def symbols_of(rows: Sequence[Api], results: Sequence[Verification]) -> Symbols:
    """Return the index of rows in the order of their kind, and of results in theirs."""
    codes: dict[str, dict[int, None]] = {}
    for number, row in enumerate(rows):
        for name in row.aliases:
            codes.setdefault(canonical(name), {})[number << 1 | 1] = None
        for name in row.uses:
            known = codes.setdefault(canonical(name), {})
            if number << 1 | 1 not in known:
                known[number << 1] = None
    names = sorted(codes)
    numbers = {result.of: number for number, result in enumerate(results)}
    verified = [numbers.get(row.id, -1) for row in rows]
    return Symbols("\n".join(names), pack(codes[name] for name in names), verified)
