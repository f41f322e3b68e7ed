"""Documents as bytes: JSON as it was written, compressed if large, with a digest over it.

The bytes are kept rather than what this version understands of them, so a field of a newer
version survives being kept, sent and read again.
"""

from __future__ import annotations

import hashlib
import zlib

import msgspec

from probes.document import ProbeDocument
from probes.store.errors import StoreError

LARGEST = 50_000_000
_COMPRESS_FROM = 4096
_LEVEL = 6


class Packed(msgspec.Struct, frozen=True):
    """A document as it lies in the database."""

    digest: bytes
    packing: str
    size: int
    content: bytes


def encode(document: ProbeDocument) -> bytes:
    """Return a document as JSON.

    Raises:
        StoreError: It holds text that is no Unicode.
    """
    try:
        return msgspec.json.encode(document)
    except (UnicodeError, ValueError, RecursionError) as error:
        raise StoreError("unreadable", f"the document cannot be written as JSON: {error}") from None


def decode(raw: bytes, name: str) -> ProbeDocument:
    """Return the document in `raw`; StoreError says what `name` is instead."""
    try:
        return msgspec.json.decode(raw, type=ProbeDocument)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        words = str(error).replace("`", "'")
        raise StoreError("unreadable", f"{name}: is no document of a probe: {words}") from None


def digest_of(raw: bytes) -> bytes:
    """Return by what equal documents are recognised."""
    return hashlib.blake2b(raw, digest_size=16).digest()


def pack(raw: bytes) -> Packed:
    """Return JSON as it is kept.

    Raises:
        StoreError: It is larger than anything this program could read again.
    """
    if len(raw) > LARGEST:
        raise StoreError("unreadable", f"the document is larger than {LARGEST // 10**6} MB")
    small = zlib.compress(raw, _LEVEL) if len(raw) >= _COMPRESS_FROM else raw
    packing = "zlib" if len(small) < len(raw) else "plain"
    return Packed(digest_of(raw), packing, len(raw), small if packing == "zlib" else raw)


def unpack(packed: Packed, name: str) -> bytes:
    """Return the JSON again; StoreError if it is not what was kept."""
    raw = packed.content
    if packed.packing == "zlib":
        try:
            # Bounded: a damaged length must not fill the memory.
            raw = zlib.decompressobj().decompress(raw, LARGEST + 1)
        except zlib.error:
            raw = b""
    if digest_of(raw) != packed.digest:
        raise StoreError("unreadable", f"{name}: what was kept of it is damaged")
    return raw
