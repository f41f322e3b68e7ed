"""What running an executable entry found; written by `kb verify --write`, never by hand."""

from __future__ import annotations

from typing import Literal

from .common import Entry, Id

Outcome = Literal["agrees", "fails"]


class Verification(Entry, frozen=True):
    """The result for one entry: `code_hash` says for which state of its code and check.

    Errors are relative to max(1, |value|) but `max_abs_error`; `naive_error` is null where the
    naive code differs in more than values, which `naive_note` then says.
    """

    of: Id
    code_hash: str
    outcome: Outcome
    versions: dict[str, str]
    max_error: float | None = None
    max_abs_error: float | None = None
    max_gradient_error: float | None = None
    naive_error: float | None = None
    naive_note: str = ""
    seconds: float = 0.0
    problems: tuple[str, ...] = ()
