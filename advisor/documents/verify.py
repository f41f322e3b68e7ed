"""`fw-advisor/verify`: what running the executable entries found, and what changed since."""

from __future__ import annotations

from typing import Literal

import msgspec

from knowledge.model.verification import Verification

from .head import Document


class VersionChange(msgspec.Struct, frozen=True):
    """A package whose version is not the one of the stored results, and of how many of them."""

    package: str
    stored: str
    now: str
    entries: int


class VerifyResult(msgspec.Struct, frozen=True):
    """One entry that was run; `changed`: what differs from the stored result, in words."""

    id: str
    kind: str
    outcome: Literal["agrees", "fails"]
    problems: tuple[str, ...]
    max_error: float | None
    max_abs_error: float | None
    max_gradient_error: float | None
    naive_error: float | None
    naive_note: str
    seconds: float
    changed: tuple[str, ...]


class BatchItem(msgspec.Struct, frozen=True):
    """A child process of the run."""

    side: str
    rows: int
    seconds: float
    ending: str


class Verify(Document, frozen=True, kw_only=True):
    """The whole document. With a framework missing nothing was run and `stored` is all there is.

    `seed`: of the sample, if one was drawn. `absent`: package → why it cannot be used; the entries
    that need it are `not_run`. `worst_error` is the largest of values and gradients that agree.
    """

    schema: Literal["fw-advisor/verify"] = "fw-advisor/verify"
    count: int
    failures: int
    seconds: float
    worst_error: float | None
    worst: str | None
    versions: dict[str, str]
    version_changes: tuple[VersionChange, ...]
    missing: dict[str, str]
    absent: dict[str, str]
    not_run: tuple[str, ...]
    left_out: tuple[str, ...]
    sample: int | None
    seed: int | None
    interrupted: bool
    results: tuple[VerifyResult, ...]
    stored: tuple[Verification, ...]
    batches: tuple[BatchItem, ...]
