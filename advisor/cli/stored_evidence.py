"""`--evidence RUN`: a saved file, or a run of the store by its id or as `last`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from .output import Output
from .store_access import opened_store, refusing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from probes.document import ProbeDocument
    from probes.store import Kept

RUN = re.compile(r"last(~\d+)?|r\d{1,12}(-[a-z0-9]{0,3})?", re.IGNORECASE)


def evidence(name: str, output: Output) -> ProbeDocument:
    """Return the document of a file or of a run; a file of that name goes first.

    Raises:
        InputError: There is neither, or it cannot be read.
    """
    return evidence_and_run(name, output)[0]


def evidence_and_run(name: str, output: Output) -> tuple[ProbeDocument, Kept | None]:
    """Return the document, and the run that it is if it was kept here.

    Raises:
        InputError: There is neither file nor run, or it cannot be read.
    """
    if RUN.fullmatch(name) and not Path(name).exists():
        with refusing():
            found = opened_store(output).read(name)
            return found.document, found.run
    from advisor.facts.evidence import read_probe

    return read_probe(name), None


def changed_since(runs: Sequence[Kept]) -> list[str]:
    """Return a warning for every run after which this machine changed, or that is not of it."""
    if not runs:
        return []
    from advisor.history.staleness import changed

    from .present import present

    now = present(runs)
    warnings = []
    for run in runs:
        words = "; ".join(changed(run, now)) if run.here else "measured elsewhere"
        if words:
            warnings.append(f"{run.id} does not speak of this machine as it is now: {words}")
    return warnings
