"""`fw-advisor/fleet`: many machines' probes as one document, like machines together.

A machine is named by its host; every list that names machines uses that name.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from probes.document import Fault, State

from .head import Document


class FleetMachine(msgspec.Struct, frozen=True, kw_only=True):
    """One machine: the newest of its probes."""

    host: str
    file: Annotated[str, Meta(description="Where its probe was read from")]
    created: Annotated[str | None, Meta(description="When it was probed; null if it never was")]
    state: State
    faults: tuple[Fault, ...]
    group: Annotated[str | None, Meta(description="Null for a machine that was never probed")]
    simulated: Annotated[bool, Meta(description="Facts were assumed, not read")] = False


class FigureSpread(msgspec.Struct, frozen=True, kw_only=True):
    """One figure over the machines of a group that have it."""

    figure: str
    unit: str
    machines: int
    median: float
    mad: Annotated[float, Meta(description="Median absolute deviation from the median")]


class FleetGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Machines alike in processor, cores, cards, driver major and framework versions."""

    id: str
    cpu_model: str
    physical_cores: int | None
    logical_cores: int | None
    gpus: Annotated[dict[str, int], Meta(description="Model → how many; empty without cards")]
    gpus_known: Annotated[bool, Meta(description="False if the cards could not be looked at")]
    driver_major: str | None
    frameworks: Annotated[dict[str, str], Meta(description="Framework → version installed")]
    machines: tuple[str, ...]
    compared: Annotated[bool, Meta(description="Whether there are enough of them to compare")]
    figures: tuple[FigureSpread, ...]


class Outlier(msgspec.Struct, frozen=True, kw_only=True):
    """One machine that differs from machines like it.

    `number`: its modified z-score is beyond the limit. `category`: another value than nearly all
    others of the same hardware. `score` and `expected_number` belong to numbers only.
    """

    host: str
    group: str
    kind: Literal["number", "category"]
    figure: str
    value: str
    expected: str
    alike: Annotated[int, Meta(description="Machines it was compared with, itself included")]
    score: float | None = None
    text: str


class Skipped(msgspec.Struct, frozen=True):
    """A file that could not be used, and why."""

    file: str
    why: str


class Superseded(msgspec.Struct, frozen=True):
    """A probe that does not count, because a newer one of the same machine does."""

    host: str
    file: str
    created: str
    counted: Annotated[str, Meta(description="The file that counts")]
    why: str


class Fleet(Document, frozen=True, kw_only=True):
    """The whole document."""

    schema: Literal["fw-advisor/fleet"] = "fw-advisor/fleet"
    states: Annotated[dict[str, int], Meta(description="ok, degraded, failed → machines")]
    machines: tuple[FleetMachine, ...]
    groups: tuple[FleetGroup, ...]
    outliers: tuple[Outlier, ...]
    superseded: tuple[Superseded, ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]
