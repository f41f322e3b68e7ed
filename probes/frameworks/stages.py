"""Reads the lines of a framework child into what happened, stage by stage.

A line is missing exactly when the child ended before it; that is how a crash is placed.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct, field

from probes.plain_text import clean_line, clean_text
from probes.processes import ChildResult

State = Literal["ok", "failed", "ended", "not-reached"]


class Attempt(Struct, frozen=True):
    """One operation on one device; ``ended`` means that the process ended within it."""

    state: State
    seconds: float | None = None
    again_seconds: float | None = None
    error: str = ""


class Stages(Struct, frozen=True):
    """How far the child came."""

    imported_seconds: float | None = None
    version: str | None = None
    build: dict[str, Any] = field(default_factory=dict)
    devices: list[tuple[str, str]] = field(default_factory=list)
    kernels: dict[tuple[str, str], Attempt] = field(default_factory=dict)
    compiled: dict[tuple[str, str], Attempt] = field(default_factory=dict)
    stopped: str | None = None


def read_stages(result: ChildResult) -> Stages:
    """Return the stages of one child."""
    by_stage: dict[str, dict[str, Any]] = {}
    attempts: dict[str, dict[tuple[str, str], Attempt]] = {"kernel": {}, "compiled": {}}
    for line in result.lines:
        stage = str(line.get("stage"))
        if stage in attempts:
            key = (str(line.get("kind")), clean_line(str(line.get("name"))))
            attempts[stage][key] = _attempt(line)
        else:
            by_stage[stage] = line
    listed = by_stage.get("devices", {}).get("devices", [])
    stopped = by_stage.get("stopped", {}).get("error")
    facts = by_stage.get("facts", {})
    return Stages(
        imported_seconds=by_stage.get("imported", {}).get("seconds"),
        version=clean_line(str(facts["version"])) if facts else None,
        build=facts.get("build", {}),
        devices=[(str(kind), clean_line(str(name))) for kind, name in listed],
        kernels=attempts["kernel"],
        compiled=attempts["compiled"],
        stopped=None if stopped is None else clean_text(str(stopped)),
    )


def _attempt(line: dict[str, Any]) -> Attempt:
    state = line.get("state")
    if state == "ok":
        return Attempt("ok", line.get("seconds"), line.get("again_seconds"))
    if state == "failed":
        return Attempt("failed", error=clean_text(str(line.get("error", ""))))
    return Attempt("ended")
