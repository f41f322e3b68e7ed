"""What makes an entry executable: code for both sides, inputs, and what must agree how closely.

A check says nothing about how it is run. Sides are the two families of code people move between:
`tensorflow` (TensorFlow with Keras) and `torch`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from .common import Part

Side = Literal["tensorflow", "torch"]

InputKind = Literal[
    "normal",
    "uniform",
    "positive",
    "integers",
    "ties",
    "distinct",
    "some-zeros",
    "zeros",
    "ones",
    "range",
    "booleans",
    "probabilities",
    "one-hot",
    "lengths-mask",
    "positive-definite",
]
"""How an input is drawn; `low` and `high` bound `uniform`, `positive`, `integers` and `ties`."""

Given = Literal["tensor", "array", "python"]
"""What the code gets: a tensor of its framework, a NumPy array, or plain Python values."""

Needs = Literal["needs-gpu", "needs-network", "needs-package", "not-executable"]
"""Why a check cannot run here."""

Alive = Literal["alive", "warns", "raises", "gone"]
"""What calling does: works; works with a deprecation warning; raises; is no longer there."""


Subject = Literal["", "tf-keras"]
"""What stands for Keras on the side of TensorFlow: Keras 3, or Keras 2 (`tf-keras`)."""


class Code(Part, frozen=True):
    """Code per side; empty where a side has none."""

    tensorflow: str = ""
    torch: str = ""


class Input(Part, frozen=True):
    """One input: drawn by `kind`, or spelt out in `values` as JSON (NaN and Infinity allowed)."""

    shape: tuple[int, ...] = ()
    kind: InputKind = "normal"
    dtype: str = ""
    low: float | None = None
    high: float | None = None
    values: str = ""
    give: Given = "tensor"


class Check(Part, frozen=True):
    """What both sides compute from the same inputs, and how closely they agree.

    `tolerance` is relative to max(1, |value of TensorFlow|), element by element; the naive code
    must miss it by a factor of ten, or differ in shape, dtype or NaN positions. It is compared with
    the right code of the other side; if only one side has code, with the right code of that side,
    and there it may be left out. `isolate`: not to share a process where processes are shared.
    """

    inputs: dict[str, Input] = msgspec.field(default_factory=dict)
    setup: Code = Code()
    outputs: tuple[str, ...] = ("y",)
    gradients: tuple[str, ...] = ()
    tolerance: float = 1e-6
    gradient_tolerance: float | None = None
    dtypes: dict[str, tuple[str, str]] = msgspec.field(default_factory=dict)
    permute: dict[str, tuple[int, ...]] = msgspec.field(default_factory=dict)
    naive: str = ""
    naive_side: Side = "torch"
    naive_raises: str = ""
    no_naive: str = ""
    isolate: bool = False
    subject: Subject = ""
    seconds: float = 30.0
