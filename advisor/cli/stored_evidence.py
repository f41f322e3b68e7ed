"""`--evidence RUN`: a saved file, or a run of the store by its id or as `last`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from .output import Output
from .store_access import opened_store, refusing

if TYPE_CHECKING:
    from probes.document import ProbeDocument

RUN = re.compile(r"last(~\d+)?|r\d{1,12}(-[a-z0-9]{0,3})?", re.IGNORECASE)


def evidence(name: str, output: Output) -> ProbeDocument:
    """Return the document of a file or of a run; a file of that name goes first.

    Raises:
        InputError: There is neither, or it cannot be read.
    """
    if RUN.fullmatch(name) and not Path(name).exists():
        with refusing():
            return opened_store(output).read(name).document
    from advisor.facts.evidence import read_probe

    return read_probe(name)
