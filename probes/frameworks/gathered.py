"""What was observed of the frameworks, raw: wheels by metadata, and what each child did.

Nothing here is a judgement; it is what a recorded file holds, and what :mod:`judge` reads.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct, field

from probes.processes import ChildResult


class Wheel(Struct, frozen=True, kw_only=True):
    """One framework's distribution under one interpreter."""

    distribution: str
    version: str
    build: str


class Wheels(Struct, frozen=True, kw_only=True):
    """What one interpreter has installed; ``error`` says why it could not be asked."""

    python: str | None = None
    implementation: str | None = None
    frameworks: dict[str, Wheel] = field(default_factory=dict)
    packages: dict[str, str] = field(default_factory=dict)
    error: str = ""


class Child(Struct, frozen=True, kw_only=True):
    """One framework's child process and the time it was given."""

    result: ChildResult
    limit_seconds: float


class Gathered(Struct, frozen=True, kw_only=True):
    """The raw observations of one look at the frameworks."""

    interpreters: Annotated[dict[str, str], Meta(description="Framework → interpreter")] = field(
        default_factory=dict
    )
    wheels: Annotated[dict[str, Wheels], Meta(description="Interpreter → its wheels")] = field(
        default_factory=dict
    )
    children: Annotated[
        dict[str, Child], Meta(description="Framework → its child, if one was started")
    ] = field(default_factory=dict)
