"""The knowledge base as the rest of the program sees it.

`load` is the only way in. A warm start reads the compiled form; YAML is parsed only when a file
changed or nothing compiled is there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from .errors import FileProblem, KnowledgeError
from .loading import compiled as form
from .model.kinds import FOLDERS, KINDS, UNLISTED

if TYPE_CHECKING:
    from .model.criterion import Criterion
    from .model.option import Option
    from .model.pick import Pick
    from .model.question import Question
    from .model.rule import Rule
    from .model.source import Source
    from .model.system import System
    from .search.catalogue import Catalogue
    from .search.links import Link, Links
    from .search.query import Hit
    from .search.symbols import Symbols

PACKAGE = Path(__file__).resolve().parent
BASE = PACKAGE / "data"


class Knowledge:
    """Entries by kind and id, decoded when first asked for; read-only."""

    def __init__(self, compiled: form.Compiled) -> None:
        """Wrap a compiled form."""
        self._compiled = compiled
        self._kinds: dict[str, dict[str, Any]] = {}
        self._parts: dict[str, Any] = {}

    @property
    def digest(self) -> str:
        """Hash of the content of every file this was made from."""
        return self._compiled.header.digest

    @property
    def as_of(self) -> str:
        """Day of the newest entry."""
        return self._compiled.header.as_of

    @property
    def version(self) -> str:
        """Day of the newest entry and the start of the hash."""
        return f"{self.as_of}+{self.digest[:8]}"

    @property
    def overlays(self) -> list[str]:
        """Names of the overlays laid on the base."""
        return self._compiled.header.overlays

    @property
    def house(self) -> dict[str, str]:
        """Entries that come from an overlay: id → name of the overlay."""
        return self._compiled.header.house

    def kind(self, name: str) -> dict[str, Any]:
        """Return the entries of a kind by id, in their fixed order."""
        if name not in self._kinds:
            self._kinds[name] = {entry.id: entry for entry in self._compiled.section(name)}
        return self._kinds[name]

    def nth(self, name: str, numbers: Collection[int]) -> list[Any]:
        """Return the entries of a kind at these places in its order; decodes no others."""
        if name in self._kinds:
            entries = list(self._kinds[name].values())
            return [entries[number] for number in numbers]
        return self._compiled.some(name, numbers)

    @property
    def options(self) -> dict[str, Option]:
        """What can be chosen."""
        return self.kind("option")

    @property
    def criteria(self) -> dict[str, Criterion]:
        """What options are judged by."""
        return self.kind("criterion")

    @property
    def questions(self) -> dict[str, Question]:
        """What can be asked."""
        return self.kind("question")

    @property
    def rules(self) -> dict[str, Rule]:
        """What follows from answers."""
        return self.kind("rule")

    @property
    def picks(self) -> dict[str, Pick]:
        """Which system fills which role."""
        return self.kind("pick")

    @property
    def systems(self) -> dict[str, System]:
        """Libraries, tools, runtimes, formats and services."""
        return self.kind("system")

    @property
    def sources(self) -> dict[str, Source]:
        """What was read."""
        return self.kind("source")

    @property
    def catalogue(self) -> Catalogue:
        """Id, kind and title of every entry; reads none of them."""
        if "catalogue" not in self._parts:
            from .search.catalogue import Catalogue, Row, rows_of

            if "catalogue" in self._compiled.header.sections:
                rows = self._compiled.extra("catalogue", list[Row])
            else:
                rows = rows_of({k: list(self.kind(k).values()) for k in KINDS if k not in UNLISTED})
            self._parts["catalogue"] = Catalogue(rows)
        found: Catalogue = self._parts["catalogue"]
        return found

    def search(self, text: str, kinds: Collection[str] = (), limit: int = 20) -> list[Hit]:
        """Return the entries that fit a text best, of these kinds or of all."""
        from .search.index import Index
        from .search.query import search

        if "words" not in self._parts:
            self._parts["words"] = self._compiled.extra("words", Index)
        return search(self._parts["words"], self.catalogue.rows, text, kinds, limit)

    def links(self, wanted: str) -> tuple[list[Link], list[Link]]:
        """Return which entries an id's entry names, and which name it; each with the field."""
        from .search.links import Links

        if "links" not in self._parts:
            self._parts["links"] = self._compiled.extra("links", Links)
        links: Links = self._parts["links"]
        rows, out = self.catalogue.rows, []
        for position, row in enumerate(rows):
            if row.id == wanted:
                out += links.read(links.out, position, rows)
        position = self.catalogue.positions[wanted]
        return out, links.read(links.back, position, rows)

    @property
    def symbols(self) -> Symbols:
        """Which API row answers for which symbol; reads no row."""
        from .search.symbols import Symbols

        if "symbols" not in self._parts:
            self._parts["symbols"] = self._compiled.extra("symbols", Symbols)
        found: Symbols = self._parts["symbols"]
        return found

    def find(self, wanted: str) -> tuple[str, Any] | None:
        """Return kind and entry of an id; an option wins over the system of the same id."""
        row = self.catalogue.get(wanted)
        return None if row is None else (row.kind, self.kind(row.kind)[wanted])

    def name_of(self, wanted: str) -> str:
        """Return what to call an entry in a sentence."""
        found = self.find(wanted)
        if found is None:
            return wanted
        entry = found[1]
        for field in ("name", "title", "claim"):
            if hasattr(entry, field):
                return str(getattr(entry, field))
        return wanted


def load(
    overlays: tuple[Path, ...] = (),
    *,
    cache: Path | None = None,
    base: Path = BASE,
    on_compile: Callable[[], None] | None = None,
) -> Knowledge:
    """Return the knowledge base with overlays laid on it.

    `cache` is the directory for the compiled form; None means: compile, store nothing.
    `on_compile` is called before the YAML is read, which takes seconds and not milliseconds.
    Raises KnowledgeError if a file is not what it should be.
    """
    check_overlays(overlays)
    signature = _signature(overlays, base)
    path = None
    if cache is not None:
        roots = "\n".join(str(root.resolve()) for root in (base, *overlays))
        path = cache / f"knowledge-{crc32(roots.encode('utf-8', 'surrogateescape')):08x}.bin"
        found = form.read(path, signature)
        if found is not None:
            return Knowledge(found)
    if on_compile is not None:
        on_compile()
    raw, made = _compile(overlays, base, signature)
    if path is not None:
        form.write(path, raw)
    return Knowledge(made)


def check_overlays(overlays: tuple[Path, ...]) -> None:
    """Raise MissingOverlayError if one of them is no directory."""
    for overlay in overlays:
        if not os.path.isdir(overlay):  # noqa: PTH112 — Path.is_dir raises for impossible names
            raise MissingOverlayError(overlay)


class MissingOverlayError(KnowledgeError):
    """A directory named with --knowledge is not there: the user's slip, not invalid knowledge."""

    def __init__(self, overlay: Path) -> None:
        """Say which one."""
        problem = FileProblem(file=str(overlay), message="is no directory", expected="an overlay")
        super().__init__([problem])


def _compile(overlays: tuple[Path, ...], base: Path, signature: str) -> tuple[bytes, form.Compiled]:
    from .loading.references import check_references
    from .loading.tree import origin_of, read_tree
    from .search.build import build

    tree = read_tree(overlays, base)
    problems = tree.problems or check_references(tree)
    if overlays and not problems:
        # What keeps every score on its scale: `kb lint` holds the base to it, nobody an overlay.
        from .lint.bounds import check

        problems = check(tree)
    if problems:
        raise KnowledgeError(problems)
    entries = {
        kind: sorted(
            (located.entry for located in by_id.values()),
            key=lambda entry: (getattr(entry, "order", 0), entry.id),
        )
        for kind, by_id in tree.entries.items()
    }
    as_of = max((entry.as_of for items in entries.values() for entry in items), default="")
    house = {located.entry.id: located.origin for located in tree.all() if located.origin}
    names = [origin_of(overlay) for overlay in overlays]
    digest = _digest(overlays, base)
    return form.encode(entries, signature, digest, as_of, names, house, build(entries))


def _digest(overlays: tuple[Path, ...], base: Path) -> str:
    """Hash names and contents: the same on every machine that has the same files."""
    import hashlib

    from .loading.tree import files_of

    total = hashlib.blake2b(digest_size=16)
    for root in (base, *overlays):
        for path in files_of(root):
            total.update(str(path.relative_to(root)).encode() + b"\0")
            total.update(hashlib.blake2b(path.read_bytes(), digest_size=16).digest())
    return total.hexdigest()


def _signature(overlays: tuple[Path, ...], base: Path) -> str:
    """Return names, sizes and times of all files, and of the code that reads them.

    The list itself is compared, not a hash of it: hashing would cost a warm start more.
    """
    roots = [str(base / folder) for folder in FOLDERS.values()]
    roots += [str(PACKAGE / folder) for folder in ("model", "loading", "search")]
    stamps = []
    for root in (*roots, *map(str, overlays)):
        stamps += sorted(_stamps(root))
    # A file may be called anything; what is stored is text.
    return "".join(stamps).encode("utf-8", "backslashreplace").decode()


def _stamps(folder: str) -> list[str]:
    found = []
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return [f"{folder} is not there\n"]
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        # Links to directories are not followed, here and where files are listed: they may form
        # a ring.
        if entry.is_dir(follow_symlinks=False):
            found += _stamps(entry.path)
            continue
        try:
            status = entry.stat()
        except OSError:
            found.append(f"{entry.path} leads nowhere\n")
        else:
            found.append(f"{entry.path}|{status.st_size}|{status.st_mtime_ns}\n")
    return found
