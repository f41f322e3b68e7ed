"""The compiled form: what a warm start reads instead of YAML.

One file: a magic word, a header with a checksum per section, then one msgpack section per kind,
decoded only when asked for. It is generated and never trusted: another signature, a wrong
checksum or a short file means that it is made again from the YAML. It is written beside and then
renamed, so concurrent starts cannot see half a file; where nothing can be written, nothing is.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from ..model.kinds import KINDS

MAGIC = b"fw-advisor compiled knowledge 1\n"
EXTRAS = frozenset({"catalogue", "words", "links", "symbols"})
"""Sections of no kind: table of contents, search index, cross references, API symbols."""


class Header(msgspec.Struct, array_like=True):
    """What a compiled form says of itself."""

    signature: str
    digest: str
    as_of: str
    overlays: list[str]
    house: dict[str, str]
    sections: dict[str, tuple[int, int, int]]


class Compiled(msgspec.Struct):
    """A header and the bytes its sections lie in."""

    header: Header
    body: bytes | memoryview

    def section(self, kind: str) -> list[Any]:
        """Return the entries of a kind; raise ValueError if the bytes are not what was written."""
        entries: list[Any] = self.extra(kind, list[entry_type(kind)])  # type: ignore[misc]
        return entries

    def some(self, kind: str, numbers: Collection[int]) -> list[Any]:
        """Return the entries at some places of a kind; ValueError as above."""
        raws: list[msgspec.Raw] = self.extra(kind, list[msgspec.Raw])
        decoder = msgspec.msgpack.Decoder(entry_type(kind))
        return [decoder.decode(raws[number]) for number in numbers]

    def extra(self, name: str, wanted: Any) -> Any:
        """Return a section as a value of this type; ValueError as above."""
        offset, length, checksum = self.header.sections[name]
        raw = self.body[offset : offset + length]
        if len(raw) != length or crc32(raw) != checksum:
            raise ValueError(f"the compiled section {name} is damaged")
        return msgspec.msgpack.Decoder(wanted).decode(raw)


def entry_type(kind: str) -> Any:
    """Return the type of a kind's entries; a union for a kind with variants."""
    wanted = KINDS[kind]
    if not isinstance(wanted, dict):
        return wanted
    union: Any = None
    for variant in wanted.values():
        union = variant if union is None else union | variant
    return union


def encode(
    entries: dict[str, list[Any]],
    signature: str,
    digest: str,
    as_of: str,
    overlays: list[str],
    house: dict[str, str],
    extras: dict[str, Any] | None = None,
) -> tuple[bytes, Compiled]:
    """Return the bytes of a compiled form, and the form itself.

    Without `extras` nothing can be searched in it or found by its id alone.
    """
    sections: dict[str, tuple[int, int, int]] = {}
    body = bytearray()
    encoder = msgspec.msgpack.Encoder()
    for kind, items in {**entries, **(extras or {})}.items():
        raw = encoder.encode(items)
        sections[kind] = (len(body), len(raw), crc32(raw))
        body += raw
    header = Header(signature, digest, as_of, overlays, house, sections)
    raw_header = encoder.encode(header)
    head = len(raw_header).to_bytes(4, "big") + crc32(raw_header).to_bytes(4, "big")
    return MAGIC + head + raw_header + bytes(body), Compiled(header, bytes(body))


def read(path: Path, signature: str) -> Compiled | None:
    """Return the form in `path` if it is whole and made from exactly these files, else None."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    start = len(MAGIC) + 8
    if not raw.startswith(MAGIC) or len(raw) < start:
        return None
    length = int.from_bytes(raw[start - 8 : start - 4], "big")
    raw_header = raw[start : start + length]
    if crc32(raw_header) != int.from_bytes(raw[start - 4 : start], "big"):
        return None
    try:
        header = msgspec.msgpack.decode(raw_header, type=Header)
    except (msgspec.DecodeError, ValueError):
        return None
    if set(header.sections) != {*KINDS, *EXTRAS}:
        return None
    body = memoryview(raw)[start + length :]  # a view: a few megabytes need not be copied
    whole = all(
        crc32(body[o : o + n]) == checksum and len(body) >= o + n
        for o, n, checksum in header.sections.values()
    )
    return Compiled(header, body) if whole and header.signature == signature else None


def write(path: Path, raw: bytes) -> None:
    """Store a compiled form if that is possible; a read-only home is no error."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(raw)
        beside.replace(path)
    except OSError:
        with _Quiet():
            beside.unlink()


class _Quiet:
    """Leaves a temporary file behind rather than fail: cleaning up is best effort."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> bool:
        """Pass over what the file system says."""
        return kind is not None and issubclass(kind, OSError)
