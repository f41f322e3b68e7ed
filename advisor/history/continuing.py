"""Whether a run that was stopped can be gone on with. Pure.

A run goes on only with what it was begun with: on the same machine, with the same versions under
the same interpreters. Otherwise every result of what has changed would fail, and the run would end
with that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from knowledge.text import printable
from probes.bench.arms import host_of
from probes.interpreters import NAMES
from probes.store.fingerprint import fingerprint, machine_facts

if TYPE_CHECKING:
    from probes.document import Framework
    from probes.evidence import Reading
    from probes.store import Kept

_LONGEST = 200


def hindrance(
    run: Kept,
    hardware: Mapping[str, Reading],
    frameworks: Mapping[str, Framework],
    arms: Iterable[str] = (),
) -> str:
    """Return why a run cannot be continued on the machine that was found; nothing if it can.

    Args:
        run: As the store lists it.
        hardware: What this machine is now.
        frameworks: What was found of every framework.
        arms: Those of its plan; without them, those of which something is known already.
    """
    if run.state != "interrupted":
        return "it has ended" if run.state == "finished" else "it is being measured now"
    if not run.here:
        return "it was measured elsewhere"
    if not run.arms or run.effort is None:
        return "nothing of it was measured yet"
    if run.fingerprint != fingerprint(machine_facts(hardware)):
        return "the machine is another one now"
    hosts = dict.fromkeys(map(host_of, arms or run.arms))
    return next(filter(None, (_changed(run, host, frameworks.get(host)) for host in hosts)), "")


def recorded_interpreters(run: Kept, arms: Iterable[str]) -> dict[str, str]:
    """Return framework → the interpreter that a run measured it with.

    One that was taken out of the document, with whatever else names a person, is not among them.
    """
    return {
        host: path
        for host in dict.fromkeys(map(host_of, arms))
        if (path := run.interpreters.get(host)) is not None and not _redacted(path)
    }


def framework_name(framework: str) -> str:
    """Return what a framework is called."""
    return NAMES.get(framework, _short(framework))


def _changed(run: Kept, framework: str, now: Framework | None) -> str:
    name = framework_name(framework)
    if now is None or not now.installed:
        return f"{name} is not installed any more"
    before, version = run.versions.get(framework), now.version or "unknown"
    if version != before:
        return f"{name} was {_short(before or 'another version')} then and is {_short(version)} now"
    path = run.interpreters.get(framework, "")
    if now.interpreter != path and not _redacted(path):
        return f"{name} was measured with another interpreter" + (f", {_short(path)}" * bool(path))
    return ""


def _redacted(path: str) -> bool:
    return "<" in path


def _short(text: str) -> str:
    return printable(" ".join(text.split()))[:_LONGEST]
