"""`fw-advisor/bundle`: what a file of `probe history --export` holds."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from probes.store import RunState

from .head import Document


class BundledRun(msgspec.Struct, frozen=True, kw_only=True):
    """One document of the bundle."""

    id: Annotated[str, Meta(description="In the store that it was exported from")]
    file: Annotated[
        str, Meta(description="Its name in the bundle", pattern=r"^runs/[a-z0-9-]+\.json$")
    ]
    bytes: Annotated[int, Meta(ge=2)]
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    state: RunState
    created: str


class Bundle(Document, frozen=True, kw_only=True):
    """The manifest: everything else in the file is named here."""

    schema: Literal["fw-advisor/bundle"] = "fw-advisor/bundle"
    schema_version: Annotated[str, Meta(pattern=r"^1\.\d+$")] = "1.0"
    runs: tuple[BundledRun, ...]
