"""The stale badge: whether a stored result still speaks of this machine as it is now. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import msgspec

from advisor.facts.evidence import STALE_DAYS
from probes.interpreters import NAMES
from probes.store import Kept

from .differences import change_words, changes

AHEAD_DAYS = 1
"""A date as far ahead as this may come from a zone; more, and somebody has set a clock."""


class Present(msgspec.Struct, frozen=True):
    """This machine now; a framework that was not looked for is not among `versions`."""

    facts: Mapping[str, str]
    fingerprint: str
    versions: Mapping[tuple[str, str], str | None]
    """Framework and interpreter → version; None: it is not there any more."""


class Badge(msgspec.Struct, frozen=True):
    """Whether a run is stale, and why; `stale` is None where that is no question."""

    stale: bool | None
    reason: str


def badge(run: Kept, present: Present, today: str) -> Badge:
    """Return the badge of a run; a run from elsewhere never was this machine's."""
    if not run.here:
        return Badge(None, "measured elsewhere")
    reasons = [*changed(run, present), *_age(run.created, today)]
    return Badge(bool(reasons), "; ".join(reasons))


def changed(run: Kept, present: Present) -> list[str]:
    """Return what has changed on this machine since a run, in words; nothing of its age."""
    return [*_machine(run, present), *_versions(run, present)]


def _machine(run: Kept, present: Present) -> Iterator[str]:
    if not run.fingerprint:
        yield "it does not tell which machine it was"
    elif run.fingerprint != present.fingerprint:
        found = changes(run.machine, present.facts)
        words = ", ".join(map(change_words, found[:3])) or "another one"
        yield f"the machine changed: {words}" + (", and more" if len(found) > 3 else "")


def _versions(run: Kept, present: Present) -> Iterator[str]:
    measured = {arm.partition("/")[0] for arm in run.arms}
    for framework, version in run.versions.items():
        key = (framework, run.interpreters.get(framework, ""))
        if (measured and framework not in measured) or key not in present.versions:
            continue
        now = present.versions[key]
        name = NAMES.get(framework, framework)
        if now is None:
            yield f"{name} {version} is not installed any more"
        elif now != version:
            yield f"{name} {version} → {now}"


def _age(created: str, today: str) -> Iterator[str]:
    start, end = _moment(created), _moment(today)
    if start is None or end is None:
        yield "its date cannot be read"
        return
    days = (end - start).days
    if days > STALE_DAYS:
        yield f"{days} days old"
    elif days < -AHEAD_DAYS:
        yield f"dated {created[:10]}, ahead of this clock: its age cannot be told"


def _moment(text: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)
