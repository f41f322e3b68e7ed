"""This machine now, as far as a stored run must be held against it: quick, and runs no framework.

Versions are read from the metadata beside each interpreter. The interpreter is never started: its
path comes from a document.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from advisor.history.staleness import Present
from probes.store import Kept
from probes.store.fingerprint import fingerprint, machine_facts

_PACKAGES = ("lib/python3*/site-packages", "lib/python3*/dist-packages", "Lib/site-packages")


def present(runs: Iterable[Kept]) -> Present:
    """Return this machine, with the versions of the frameworks that these runs measured."""
    from probes.run import look_at_hardware

    facts = machine_facts(look_at_hardware())
    pairs = {pair for run in runs if run.here for pair in run.interpreters.items()}
    found = {pair: versions for pair in pairs if (versions := _version(*pair)) is not _UNTOLD}
    return Present(facts, fingerprint(facts), found)


_UNTOLD = "?"


def _version(framework: str, interpreter: str) -> str | None:
    """Return the version that is installed, None if none is, `_UNTOLD` if that cannot be told."""
    from probes.frameworks.wheels import DISTRIBUTIONS

    names = DISTRIBUTIONS.get(framework)
    # A redacted path leads nowhere on any machine.
    if not names or "<" in interpreter:
        return _UNTOLD
    folders = sys.path
    if interpreter != sys.executable:
        place = Path(interpreter)
        try:
            if not place.exists():
                return None
            inside = [path for one in _PACKAGES for path in place.parent.parent.glob(one)]
        except (OSError, ValueError):
            return _UNTOLD
        if not inside:
            return _UNTOLD
        folders = [str(path) for path in inside]
    for name in names:
        for distribution in metadata.distributions(name=name, path=folders):
            return distribution.version
    return None
