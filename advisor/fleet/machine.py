"""One probed machine: its document, the file it came from, and by what it is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from knowledge.errors import shortened
from knowledge.text import printable
from probes.document import ProbeDocument

LAUNCHED = re.compile(r"probe-(?P<host>.+)\.json", re.DOTALL)
"""The file name that launchers give a probe; it names the node, where a pod only knows itself."""
HOST_FACT = "host-name"
ASSUMED = "assumed"
"""The source of a fact that stands in for one of another machine."""
LONGEST_HOST = 100
NAMELESS = ("", "localhost", "localhost.localdomain", "(none)")


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """A probe with its place.

    `known_host`: the host is stated, not made up from where the file lies. `simulated`: facts were
    assumed for planning, not read.
    """

    host: str
    known_host: bool
    file: str
    digest: bytes
    document: ProbeDocument
    cards: frozenset[str] = frozenset()
    simulated: bool = False

    @property
    def created(self) -> datetime:
        """Return when it was probed, with a zone, so that any two can be compared."""
        return moment(self.document.created)


def machine(
    file: str, document: ProbeDocument, digest: bytes, *, simulated: bool = False
) -> Machine:
    """Return the machine of a document that was read from a file."""
    host = _stated_host(file, document)
    return Machine(
        host=_short(host or _label(Path(file))),
        known_host=host is not None,
        file=file,
        digest=digest,
        document=document,
        cards=frozenset(_identities(gpus(document) or [])),
        simulated=simulated
        or any(reading.source == ASSUMED for reading in document.hardware.values()),
    )


def _identities(cards: list[dict[str, object]]) -> Iterator[str]:
    for card in cards:
        identity = card.get("uuid")
        # Documents may be redacted: the same mark then stands for every card there is.
        if isinstance(identity, str) and identity and not identity.startswith("<"):
            yield identity


def gpus(document: ProbeDocument) -> list[dict[str, object]] | None:
    """Return the cards of a document, none if it has none, None if they could not be looked at."""
    reading = document.hardware.get("gpus")
    if reading is None or reading.status in ("unknown", "error"):
        return None
    if not isinstance(reading.value, list):
        return []
    return [gpu for gpu in reading.value if isinstance(gpu, dict)]


def moment(text: str) -> datetime:
    """Return a time of a document; the very beginning if it is none."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _stated_host(file: str, document: ProbeDocument) -> str | None:
    launched = LAUNCHED.fullmatch(Path(file).name)
    if launched:
        return launched["host"]
    reading = document.hardware.get(HOST_FACT)
    if reading is not None and reading.available and isinstance(reading.value, str):
        name = reading.value.strip()
        # What stands for every machine, or for a name that was taken out, names none.
        return None if name in NAMELESS or name.startswith("<") else name
    return None


def _label(path: Path) -> str:
    """Return a file as given, without its ending: names alone may repeat from folder to folder."""
    return str(path.with_suffix("")) if path.suffix == ".json" else str(path)


def _short(host: str) -> str:
    return shortened(printable(host), LONGEST_HOST)
