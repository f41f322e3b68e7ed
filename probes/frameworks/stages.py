"""Reads the lines of a framework child into what happened, stage by stage.

A line is missing exactly when the child ended before it; that is how a crash is placed. Lines may
come from a file, so everything in them is taken as it is found or not at all.
"""

from __future__ import annotations

import math
from typing import Any, Literal

from msgspec import Struct, field

from probes.plain_text import clean_line, clean_text
from probes.processes import ChildResult

State = Literal["ok", "failed", "ended", "not-reached"]
Tf32 = Literal["on", "off", "absent", "failed"]
Key = tuple[str, str]
_MOST_DEVICES = 64


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
    devices: list[Key] = field(default_factory=list)
    kernels: dict[Key, Attempt] = field(default_factory=dict)
    compiled: dict[Key, Attempt] = field(default_factory=dict)
    dtypes: dict[Key, dict[str, str]] = field(default_factory=dict)
    tf32: dict[Key, Tf32] = field(default_factory=dict)
    stopped: str | None = None


def read_stages(result: ChildResult) -> Stages:
    """Return the stages of one child."""
    by_stage: dict[str, dict[str, Any]] = {}
    attempts: dict[str, dict[Key, Attempt]] = {"kernel": {}, "compiled": {}}
    dtypes: dict[Key, dict[str, str]] = {}
    tf32: dict[Key, Tf32] = {}
    for line in result.lines:
        stage = str(line.get("stage"))
        if stage in attempts:
            attempts[stage][_key(line)] = _attempt(line)
        elif stage == "dtype":
            state = _attempt(line).state
            dtypes.setdefault(_key(line), {})[clean_line(str(line.get("dtype")), 40)] = state
        elif stage == "tf32":
            tf32[_key(line)] = _tf32(line.get("state"))
        else:
            by_stage[stage] = line
    stopped = by_stage.get("stopped", {}).get("error")
    facts = by_stage.get("facts", {})
    build = facts.get("build")
    imported = by_stage.get("imported")
    return Stages(
        imported_seconds=None if imported is None else _seconds(imported.get("seconds")) or 0.0,
        version=clean_line(str(facts["version"])) if "version" in facts else None,
        build=build if isinstance(build, dict) else {},
        devices=_devices(by_stage.get("devices", {}).get("devices")),
        kernels=attempts["kernel"],
        compiled=attempts["compiled"],
        dtypes=dtypes,
        tf32=tf32,
        stopped=None if stopped is None else clean_text(str(stopped)),
    )


def _key(line: dict[str, Any]) -> Key:
    return str(line.get("kind")), clean_line(str(line.get("name")))


def _devices(listed: Any) -> list[Key]:
    pairs = [
        (str(item[0]), clean_line(str(item[1])))
        for item in (listed if isinstance(listed, list) else [])[:_MOST_DEVICES]
        if isinstance(item, list) and len(item) > 1
    ]
    return list(dict.fromkeys(pairs))


def _attempt(line: dict[str, Any]) -> Attempt:
    state = line.get("state")
    if state == "ok":
        return Attempt("ok", _seconds(line.get("seconds")), _seconds(line.get("again_seconds")))
    if state == "failed":
        return Attempt("failed", error=clean_text(str(line.get("error", ""))))
    return Attempt("ended")


def _tf32(state: Any) -> Tf32:
    """Return what was found; a process that ended within the check did not pass it."""
    return state if state in ("on", "off", "absent") else "failed"


def _seconds(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and number >= 0 else None
