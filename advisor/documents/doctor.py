"""`fw-advisor/doctor`: why a framework can or cannot use what is here, with the raw record."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from probes.doctor.record import Record
from probes.document import Fault, Framework, State
from probes.frameworks.plan import Planned

from .head import Document


class Doctor(Document, frozen=True, kw_only=True):
    """The whole document. `record` alone is enough to compute everything else anew."""

    schema: Literal["fw-advisor/doctor"] = "fw-advisor/doctor"
    data_version: str
    replayed: Annotated[bool, Meta(description="Computed from a file, not on this machine")] = False
    simulated: Annotated[
        bool, Meta(description="Holds assumed facts, or a record put together by hand")
    ] = False
    redacted: bool = False
    assumed: dict[str, str] = msgspec.field(default_factory=dict)
    frameworks: dict[str, Framework]
    state: Annotated[
        State | None,
        Meta(description="degraded: something here cannot be used; null in older documents"),
    ] = None
    faults: Annotated[
        tuple[Fault, ...], Meta(description="All that makes it degraded or failed")
    ] = ()
    plan: Annotated[
        tuple[Planned, ...] | None, Meta(description="Every build on this machine; with --plan")
    ] = None
    record: Record
