"""`--redact`: the names of this machine and its user, and a probe's document without them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from probes.document import ProbeDocument
    from probes.store import Stored


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


def redacted_run(stored: Stored) -> Stored:
    """Return a run of the store with its document and the name of its file cleaned.

    Fields of a newer version go: nobody here knows what they say.
    """
    from msgspec import structs, to_builtins

    from probes.redaction import redacted
    from probes.store.packing import encode

    # Together, so that a name in the document is known in the name of the file as well.
    whole = {"source": stored.run.source, "document": to_builtins(stored.document)}
    source: str = redacted(whole, own_names())["source"]
    document = redacted_document(stored.document)
    run = structs.replace(stored.run, source=source)
    return structs.replace(stored, run=run, document=document, raw=encode(document))
