"""`--redact`: the names of this machine and its user, and a probe's document without them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from probes.document import ProbeDocument


def own_names() -> tuple[str, ...]:
    """Return the names by which this machine and its user are known."""
    import getpass
    import socket

    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    return (socket.gethostname(), user, Path.home().name)


def redacted_document(document: ProbeDocument) -> ProbeDocument:
    """Return a probe without identifiers, home folders, and host, user and process names."""
    from msgspec import convert, structs, to_builtins

    from probes.redaction import redacted

    cleaned = convert(redacted(to_builtins(document), own_names()), type(document))
    return structs.replace(cleaned, redacted=True)
