"""Bundles: runs as one file, to be kept or read elsewhere. From bytes to bytes, nothing is touched.

A bundle may come from anybody. All of it is checked before anything of it is used: its size, the
number and names of what is in it, how much it unpacks to, hashes, types, and figures.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from datetime import datetime

import msgspec

from advisor.documents.bundle import Bundle, BundledRun
from advisor.errors import InputError
from knowledge.errors import shortened
from knowledge.text import printable
from probes.store import Foreign, Stored, StoreError
from probes.store.packing import LARGEST, decode
from probes.store.sound import unsound

LARGEST_BUNDLE = 64_000_000
LARGEST_UNPACKED = 256_000_000
MOST_RUNS = 1000
MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 2_000_000
_LARGEST_DIRECTORY = 400_000
"""Of the table of contents: a reader holds all of it in memory before it can count."""
_END = b"PK\x05\x06"
_END_OF_LARGE = b"PK\x06\x07"
_NAME = re.compile(r"runs/[a-z0-9-]{1,40}\.json")
_ENCRYPTED = 0x1
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def bundle_of(runs: Sequence[Stored]) -> bytes:
    """Return runs as one file, the same bytes for the same runs and clock.

    Raises:
        InputError: It would be larger than what can be read again.
    """
    if len(runs) > MOST_RUNS:
        raise InputError(f"{len(runs)} runs are too many for one bundle (at most {MOST_RUNS})")
    if sum(len(one.raw) for one in runs) > LARGEST_UNPACKED:
        limit = LARGEST_UNPACKED // 10**6
        raise InputError(f"the runs are more than {limit} MB together: export fewer at once")
    manifest = Bundle(runs=tuple(map(_described, runs)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        pretty = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        archive.writestr(zipfile.ZipInfo(MANIFEST, _EARLIEST), pretty, zipfile.ZIP_DEFLATED)
        for described, one in zip(manifest.runs, runs, strict=True):
            entry = zipfile.ZipInfo(described.file, _EARLIEST)
            archive.writestr(entry, one.raw, zipfile.ZIP_DEFLATED)
    raw = buffer.getvalue()
    if len(raw) > LARGEST_BUNDLE:
        limit = LARGEST_BUNDLE // 10**6
        raise InputError(f"the bundle would be larger than {limit} MB: export fewer runs at once")
    return raw


def _described(one: Stored) -> BundledRun:
    return BundledRun(
        id=one.run.id,
        file=f"runs/{one.run.id}.json",
        bytes=len(one.raw),
        sha256=hashlib.sha256(one.raw).hexdigest(),
        state=one.run.state,
        created=one.run.created,
    )


def read_bundle(raw: bytes, name: str) -> list[Foreign]:
    """Return the documents of a bundle; InputError names what is wrong with it.

    Args:
        raw: The file.
        name: What it is called, for messages and as the source of its runs.
    """
    try:
        return _documents(raw, printable(shortened(name)))
    except InputError as error:
        raise InputError(f"{name}: {error}") from None


def _documents(raw: bytes, name: str) -> list[Foreign]:
    _check_ends(raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = _checked(archive.infolist())
            manifest = _manifest(_content(archive, entries[MANIFEST]))
            _check_names(manifest, entries)
            return [_foreign(archive, entries[run.file], run, name) for run in manifest.runs]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        words = printable(shortened(str(error))) or type(error).__name__
        raise InputError(f"cannot be unpacked: {words}") from None


def _check_ends(raw: bytes) -> None:
    """Refuse what is no plain archive before a reader builds its table of contents."""
    if len(raw) > LARGEST_BUNDLE:
        raise InputError(f"larger than a bundle may be ({LARGEST_BUNDLE // 10**6} MB)")
    end = raw.rfind(_END, max(0, len(raw) - 65_557))
    if end < 0 or len(raw) - end < 22:
        raise InputError("is no bundle of `probe history --export` (no zip archive)")
    count, size = struct.unpack_from("<HL", raw, end + 10)
    if raw[max(0, end - 20) : end].startswith(_END_OF_LARGE):
        raise InputError("is packed in a way that no bundle needs (zip64)")
    if count > MOST_RUNS + 1 or size > _LARGEST_DIRECTORY:
        raise InputError(f"holds too many files (a bundle has at most {MOST_RUNS} runs)")


def _checked(entries: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > MOST_RUNS + 1:
        raise InputError(f"holds too many files (a bundle has at most {MOST_RUNS} runs)")
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        # The name as it is written in the file: the library makes others of some.
        word = repr(shortened(printable(entry.orig_filename)))
        if entry.orig_filename != MANIFEST and not _NAME.fullmatch(entry.orig_filename):
            raise InputError(f"holds {word}, which is no name of a run")
        if entry.filename in found:
            raise InputError(f"holds {word} twice")
        if entry.flag_bits & _ENCRYPTED:
            raise InputError(f"{word} is encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"{word} is packed in a way that no bundle uses")
        limit = _LARGEST_MANIFEST if entry.filename == MANIFEST else LARGEST
        if entry.file_size > limit:
            raise InputError(f"{word} unpacks to more than {limit // 10**6} MB")
        found[entry.filename] = entry
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise InputError(f"unpacks to more than {LARGEST_UNPACKED // 10**6} MB")
    if MANIFEST not in found:
        raise InputError(f"is no bundle of `probe history --export` (it has no {MANIFEST})")
    return found


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return a file of the archive, never more than it says it is."""
    with archive.open(entry) as stream:
        raw = stream.read(entry.file_size + 1)
    if len(raw) != entry.file_size:
        raise InputError(f"{entry.filename} is not as long as it says")
    return raw


def _manifest(raw: bytes) -> Bundle:
    try:
        return msgspec.json.decode(raw, type=Bundle)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        words = printable(str(error)).replace("`", "'")
        raise InputError(f"{MANIFEST}: is not what a bundle has: {words}") from None


def _check_names(manifest: Bundle, entries: dict[str, zipfile.ZipInfo]) -> None:
    named = [run.file for run in manifest.runs]
    if len(set(named)) != len(named):
        raise InputError(f"{MANIFEST}: names a file twice")
    for file in named:
        if file not in entries:
            raise InputError(f"{MANIFEST}: names {shortened(file)!r}, which is not there")
    for file in entries:
        if file != MANIFEST and file not in named:
            raise InputError(f"holds {file!r}, which {MANIFEST} does not name")


def _foreign(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, run: BundledRun, name: str
) -> Foreign:
    raw = _content(archive, entry)
    if len(raw) != run.bytes or hashlib.sha256(raw).hexdigest() != run.sha256:
        raise InputError(f"{run.file}: is not what {MANIFEST} says (its hash differs)")
    try:
        document = decode(raw, run.file)
    except StoreError as error:
        raise InputError(printable(str(error))) from None
    try:
        datetime.fromisoformat(document.created)
    except ValueError:
        raise InputError(f"{run.file}: created: is no date") from None
    problem = unsound(document)
    if problem:
        raise InputError(f"{run.file}: {printable(shortened(problem, 300))}")
    return Foreign(raw, document, f"{name} {printable(shortened(run.id, 40))}")
