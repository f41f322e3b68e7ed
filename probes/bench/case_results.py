"""What a worker must say of a process and of a case; anything else is refused here, with a reason.

The lines come from another process, which may be broken: nothing behind this module may assume
that a line has what it should have. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Annotated, Any, Literal, TypeVar

from msgspec import Meta, Struct, ValidationError, convert, field, structs

from probes.bench.document import Equality
from probes.plain_text import clean_line, clean_text

Length = Annotated[float, Meta(ge=0)]
Count = Annotated[int, Meta(ge=0, le=1 << 53)]


class Imported(Struct, frozen=True, kw_only=True):
    """What a process says once its framework is imported."""

    version: str
    runs_on: dict[str, str] | None = None
    """Versions of the frameworks below it."""
    threads: Count | None = None


class CaseResult(Struct, frozen=True, kw_only=True):
    """A case at the gate."""

    status: Literal["ok", "not-comparable"]
    reason: str = ""
    equality: Equality
    first_call_seconds: Length | None = None
    second_call_seconds: Length | None = None
    first_pass_seconds: Length | None = None
    recompiles: Count | None = None
    peak_memory_bytes: Count | None = None
    figures: dict[str, tuple[float, str]] = field(default_factory=dict)


class Measured(CaseResult, frozen=True, kw_only=True):
    """A case of which samples were taken; their logarithms are compared, so none may be zero."""

    samples: Annotated[list[Annotated[float, Meta(gt=0)]], Meta(min_length=1)]
    loops: Annotated[int, Meta(ge=1, le=1 << 53)]
    warm_up: list[Length]
    settled: bool


class UnusableError(Exception):
    """A line lacks something; the message says what."""


_Line = TypeVar("_Line", bound=Struct)


def read_imported(line: dict[str, Any]) -> Imported:
    """Return what a process says of its framework. Raises :class:`UnusableError`."""
    read = _read(line, Imported)
    return structs.replace(read, version=clean_line(read.version, 80))


def read_case(line: dict[str, Any], mode: str) -> CaseResult:
    """Return what a process says of a case that did not fail. Raises :class:`UnusableError`.

    Args:
        line: With the status ``ok`` or ``not-comparable``.
        mode: ``measure`` if samples were asked for.
    """
    wants_samples = mode == "measure" and line.get("status") == "ok"
    read = _read(line, Measured if wants_samples else CaseResult)
    return structs.replace(read, reason=clean_text(read.reason, 1500))


def _read(line: dict[str, Any], shape: type[_Line]) -> _Line:
    try:
        read = convert(line, shape)
    except ValidationError as error:
        raise UnusableError(f"the worker's answer cannot be used: {error}") from None
    if not all(map(isfinite, _numbers(line))):
        raise UnusableError("the worker's answer cannot be used: a number in it is not finite")
    return read


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, float):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _numbers(one)
