"""What is to be run, and what came of it: plain data between the faces and the runner."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

SIDES = ("tensorflow", "torch")
FRAMEWORK_OF = {"tensorflow": "tensorflow", "torch": "pytorch"}
"""Side → what `probes.interpreters` calls its framework."""

Liveness = Literal["alive", "warns", "raises", "gone"]

DISCRIMINATES = 10.0
"""The naive code must miss the tolerance by this factor."""

Trouble = Literal[
    "raises",
    "crashed",
    "timed-out",
    "value",
    "gradient",
    "shape",
    "dtype",
    "not-a-number",
    "outputs",
    "naive-passes",
    "naive-broken",
    "liveness",
    "no-such-symbol",
    "symbol-lives",
    "inputs",
    "program",
    "exercise",
]


class Row(Struct, frozen=True, kw_only=True):
    """One entry to run. Code is text per side; an empty side is not run.

    `isolate`: where processes cannot be copied, this row gets one of its own. `subject`: what
    stands for Keras on the side of TensorFlow, Keras 3 or `tf-keras`, which is Keras 2.
    """

    id: str
    code: dict[str, str]
    setup: dict[str, str] = {}
    old: dict[str, str] = {}
    naive: str = ""
    naive_side: str = "torch"
    naive_raises: str = ""
    inputs: dict[str, dict[str, Any]] = {}
    outputs: list[str] = field(default_factory=lambda: ["y"])
    gradients: list[str] = []
    tolerance: float = 1e-6
    gradient_tolerance: float | None = None
    dtypes: dict[str, list[str]] = {}
    permute: dict[str, list[int]] = {}
    symbols: dict[str, list[str]] = {}
    gone: list[str] = []
    alive: dict[str, str] = {}
    isolate: bool = False
    subject: str = ""
    seconds: float = 30.0


class Program(Struct, frozen=True, kw_only=True):
    """A pair of whole programs: path per side, and which of their results must agree."""

    id: str
    files: dict[str, str]
    results: list[str]
    tolerance: float = 1e-5
    seconds: float = 60.0


class Exercise(Struct, frozen=True, kw_only=True):
    """A self-check with a solution that passes it and an unfilled exercise that does not."""

    id: str
    check: str
    solution: str
    exercise: str
    side: str = "torch"
    seconds: float = 60.0


class Problem(Struct, frozen=True):
    """One thing that is wrong with a row."""

    code: Trouble
    text: str


class Result(Struct, kw_only=True):
    """What running a row found; no problems means that it holds. Errors as in `compare`."""

    id: str
    problems: list[Problem] = []
    max_error: float | None = None
    max_abs_error: float | None = None
    max_gradient_error: float | None = None
    naive_error: float | None = None
    naive_note: str = ""
    liveness: dict[str, str] = {}
    seconds: float = 0.0

    @property
    def agrees(self) -> bool:
        """Whether the row holds."""
        return not self.problems


class Batch(Struct, frozen=True):
    """One child process: its side, how many rows it finished, how long it took, how it ended."""

    side: str
    rows: int
    seconds: float
    ending: str


class Verified(Struct, kw_only=True):
    """A whole run. `missing`: side → why its framework cannot be used, so that nothing was run.

    `absent`: subject → the same, so that the rows in `not_run` were not.
    """

    results: list[Result]
    versions: dict[str, str]
    seconds: float
    batches: list[Batch]
    missing: dict[str, str] = {}
    absent: dict[str, str] = {}
    not_run: list[str] = []
    interrupted: bool = False
