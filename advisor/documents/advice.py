"""`fw-advisor/advice`: the answer and everything it rests on.

Fields may be added; none is renamed, removed or given a second type. Scores and shares run from
0 to 1. Systems, options, rules and entries are named by their ids in the knowledge base.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from advisor.engine.sampling import Sampler
from advisor.engine.verdict import Strength
from advisor.facts.fact import Fact, Ignored
from knowledge.model.common import Basis

from .comparison import Comparison
from .migration import Migration
from .replay import Replay
from .standing import Ranked
from .toward import TowardPart

SCHEMA: Literal["fw-advisor/advice"] = "fw-advisor/advice"
VERSION = "1.0"

RuleKind = Literal["veto", "value", "weight", "measure", "unusable"]
Value = bool | float | str | tuple[str, ...]


class VerdictPart(msgspec.Struct, frozen=True):
    """What to choose: an option id, "either" or "none"; how sure; the open question it hangs on."""

    choice: str
    strength: Strength
    summary: str
    depends_on: str | None


class Between(msgspec.Struct, frozen=True):
    """The classic question. `support`: share of the uncertainty that speaks for `choice`."""

    choice: Literal["pytorch", "tensorflow", "either", "none"]
    support: float


class StackPart(msgspec.Struct, frozen=True):
    """The system for a role, and why."""

    role: str
    system: str
    why: str
    because: tuple[str, ...]
    pick: str


class Instead(msgspec.Struct, frozen=True):
    """A system that serves better than any framework here."""

    system: str
    why: str
    because: tuple[str, ...]


class Reason(msgspec.Struct, frozen=True):
    """One term of the margin of `option` over `against`; the pushes of all terms add up to it.

    `likelihood` below 1: an open answer decides whether the term counts. `house`: the overlay
    a rule comes from.
    """

    rule: str
    option: str
    against: str
    push: float
    text: str
    because: tuple[str, ...]
    basis: Basis
    as_of: str
    criterion: str | None = None
    grade: str | None = None
    likelihood: float = 1.0
    house: str | None = None
    sources: tuple[str, ...] = ()


class WhyNot(msgspec.Struct, frozen=True):
    """What blocks another option, or weighs most against it."""

    option: str
    text: str
    ruled_out_by: tuple[str, ...]
    reasons: tuple[Reason, ...]
    flip: str | None


class FlipPart(msgspec.Struct, frozen=True):
    """A smallest change that would change the choice to `to`; `cost` 1 free, 3 costly."""

    change: dict[str, Value | dict[str, float]]
    to: str
    cost: float
    text: str


class NextQuestion(msgspec.Struct, frozen=True):
    """An open question that can still change the answer."""

    question: str
    gain: float
    why: str


class Uncertainty(msgspec.Struct, frozen=True):
    """Shares of what is still open, by cause; they add up to 1, or are all 0."""

    answers: float
    knowledge: float
    priorities: float


class Measured(msgspec.Struct, frozen=True):
    """A local measurement that was used: time of PyTorch ÷ time of TensorFlow, 95 % interval."""

    rule: str
    workload: str
    device: str
    pytorch_arm: str
    tensorflow_arm: str
    ratio: float
    low: float
    high: float
    verdict: str
    measured_on: str
    origin: str


class CannotUse(msgspec.Struct, frozen=True):
    """An option that was found unable to use the accelerator, why, and what helps (if anything)."""

    rule: str
    option: str
    device: str
    code: str
    text: str
    remedy: str
    found_on: str
    origin: str


class Weight(msgspec.Struct, frozen=True):
    """How much a criterion counts; all weights add up to 1."""

    criterion: str
    weight: float
    values: dict[str, float]


class HouseRule(msgspec.Struct, frozen=True):
    """A rule of an overlay that took part: whose it is, what it does, and to what."""

    rule: str
    house: str
    kind: RuleKind
    text: str


class KnowledgePart(msgspec.Struct, frozen=True):
    """Enough to repeat the advice bit for bit. `sampler`: what drew the sample."""

    data_version: str
    as_of: str
    hash: str
    seed: int
    samples: int
    overlays: tuple[str, ...]
    sampler: Sampler = "plain"


class Advice(msgspec.Struct, frozen=True):
    """The whole document. `margin`: score of the first option minus that of the second."""

    schema: Literal["fw-advisor/advice"]
    schema_version: str
    tool_version: str
    created: str
    facts: tuple[Fact, ...]
    ignored: tuple[Ignored, ...]
    verdict: VerdictPart
    between_pytorch_and_tensorflow: Between
    ranking: tuple[Ranked, ...]
    stack: tuple[StackPart, ...]
    instead: tuple[Instead, ...]
    reasons: tuple[Reason, ...]
    margin: float
    why_not: tuple[WhyNot, ...]
    flips: tuple[FlipPart, ...]
    next_questions: tuple[NextQuestion, ...]
    uncertainty: Uncertainty
    weights: tuple[Weight, ...]
    measured: tuple[Measured, ...]
    warnings: tuple[str, ...]
    knowledge: KnowledgePart
    migration: tuple[Migration, ...] = ()
    house_rules: tuple[HouseRule, ...] = ()
    compared: Comparison | None = None
    replayed: Replay | None = None
    toward: TowardPart | None = None
    cannot_use: tuple[CannotUse, ...] = ()
