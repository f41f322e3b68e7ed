"""What the store gives back: a run by what it is found, with its document, or one measurement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from probes.document import ProbeDocument

RunState = Literal["running", "interrupted", "finished"]
Origin = Literal["here", "elsewhere"]


class Kept(Struct, frozen=True, kw_only=True):
    """A run without its document."""

    id: str
    number: int
    """Counts up with every run that is kept, whatever the clock says: the order of time."""
    state: RunState
    created: str
    origin: Origin
    source: str
    """The file it was taken over or imported from; empty if it was measured into the store."""
    fingerprint: str
    machine: dict[str, str]
    versions: dict[str, str]
    interpreters: dict[str, str]
    """Framework → path of the interpreter that it was found under."""
    tool_version: str
    effort: str | None
    device: str | None
    threads: int | None
    quiet: bool | None
    workloads: tuple[str, ...]
    arms: tuple[str, ...]
    size: int
    """Of the document, in bytes of JSON."""

    @property
    def here(self) -> bool:
        """Whether it was measured on this machine, not imported."""
        return self.origin == "here"


class Stored(Struct, frozen=True):
    """A run with its document."""

    run: Kept
    document: ProbeDocument
    raw: bytes
    """The document as JSON, with fields that this version may not know."""


class Measured(Struct, frozen=True, kw_only=True):
    """One arm on one case of one run; `median` in seconds per call (bytes, if a size is asked)."""

    run: str
    created: str
    origin: Origin
    fingerprint: str
    case: str
    workload: str
    arm: str
    framework: str
    device: str | None
    status: str
    median: float | None


class Wanted(Struct, frozen=True, kw_only=True):
    """Which runs are asked for; what is not given does not matter."""

    states: tuple[RunState, ...] = ()
    origin: Origin | None = None
    fingerprint: str | None = None
    effort: str | None = None
    workload: str | None = None
    arm: str | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    """Framework → version."""
    digest: bytes | None = None
    most: int | None = None


class Foreign(Struct, frozen=True):
    """A document that was measured elsewhere; `source` says where it came from."""

    raw: bytes
    document: ProbeDocument
    source: str


class Taken(Struct, frozen=True):
    """What became of foreign documents: the ids they got, and how many were there already."""

    ids: tuple[str, ...]
    duplicates: int
