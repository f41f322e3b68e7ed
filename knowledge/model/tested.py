"""What would bear a claim out on the user's machine: workload, arms, quantity, and the outcome.

Data only. The names are those of the probes, which this package does not import: tests hold the
two lists together.
"""

from __future__ import annotations

from typing import Literal

from .common import Id, Part

Arm = Literal[
    "pytorch/eager",
    "pytorch/compile",
    "tensorflow/eager",
    "tensorflow/function",
    "tensorflow/function-xla",
    "jax/jit",
    "keras/torch",
    "keras/tensorflow",
    "keras/jax",
]
"""A framework in one way of running."""

WorkloadId = Literal[
    "matmul",
    "attention",
    "transformer-block",
    "train-step",
    "variable-length",
    "lstm",
    "embedding",
    "cnn",
    "decode",
    "data-pipeline",
    "cold-start",
    "compile",
    "memory",
    "export-serve",
    "dispatch",
    "transfer",
]

Says = Literal["a-less", "b-less", "no-difference"]
"""Which arm takes less time, memory or space; `no-difference`: none that matters."""

CheckSays = Literal[
    "agrees", "does-not-agree", "recompiles", "never-recompiles", "half-of-the-roof"
]
"""What one arm alone would show: that it runs and agrees with the reference, or does not; that it
compiles again for other shapes, or never; that it reaches half of what the machine can do."""

Needs = Literal["every", "most", "one", "differ"]
"""How many comparisons must come out as said; `differ`: not all may come out alike."""


class Comparison(Part, frozen=True):
    """Two arms set against each other; smaller is less in every quantity.

    `workloads` and `case` default to the workload of the claim and all its cases; `b_case` is
    given where b is read from another case than a. `quantity` is `per-call`, `first-call`,
    `first-pass`, or the name of a figure such as `first-token`. With `ratio`, a ÷ b must lie
    between the two numbers, and `says` only tells the direction.
    """

    a: Arm
    b: Arm
    says: Says
    workloads: tuple[WorkloadId, ...] = ()
    case: Id | None = None
    b_case: Id | None = None
    quantity: Id = "per-call"
    ratio: tuple[float, float] | None = None


class Check(Part, frozen=True):
    """One arm alone, on the workload of the claim unless others are named."""

    arm: Arm
    says: CheckSays
    workloads: tuple[WorkloadId, ...] = ()
    case: Id | None = None


class ClaimTest(Part, frozen=True):
    """Everything a claim's verdict on a machine rests on.

    `figure` is the entry with the seed's own numbers. `shows` says what an outcome would show,
    `missing` what the workloads or this kind of machine cannot show; with neither comparison nor
    check the claim cannot be tested, and `missing` says why.
    """

    compare: tuple[Comparison, ...] = ()
    check: tuple[Check, ...] = ()
    needs: Needs = "every"
    figure: Id | None = None
    shows: str = ""
    missing: str = ""

    @property
    def possible(self) -> bool:
        """Say whether anything is compared or checked."""
        return bool(self.compare or self.check)
