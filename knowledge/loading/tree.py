"""Reads a directory of knowledge, and lays overlays on it.

A folder's name says the kind of its files. A file holds one entry, whose id is the file's name,
or a list of entries. An overlay has the same folders, and may withdraw entries by id in
`withdrawn.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ..errors import FileProblem, KnowledgeError, nearest
from ..model.common import Id, Part
from ..model.kinds import FOLDERS, KINDS
from ..text import printable
from .strict_yaml import Node, parse, read_text
from .validate import Validator

BASE = Path(__file__).resolve().parent.parent / "data"
WITHDRAWN = "withdrawn.yaml"
STAYING = {
    "option": "a veto rule that rules it out",
    "criterion": "an entry that replaces it",
}
"""Kinds that everything else refers to, and what an overlay can do instead of withdrawing one."""
SHARED_IDS = frozenset({("option", "system")})
"""Kinds that may use one id for one thing: an option is a framework, and so is its system."""


class Withdrawal(Part, frozen=True):
    """An entry that an overlay takes out, and why."""

    id: Id
    reason: str


class Located(msgspec.Struct, frozen=True):
    """An entry with its place; `lines` maps key paths to line numbers."""

    kind: str
    entry: Any
    file: str
    line: int
    origin: str
    lines: dict[str, int]

    def line_of(self, key: str) -> int:
        """Return the line of a key path, or of the nearest enclosing key."""
        while key and key not in self.lines:
            key = key[: max(key.rfind("."), key.rfind("["), 0)]
        return self.lines.get(key, self.line)


class Tree(msgspec.Struct):
    """All entries by kind and id, and everything that is wrong with their files."""

    entries: dict[str, dict[str, Located]]
    problems: list[FileProblem]
    origins: list[str]
    withdrawn: set[str] = msgspec.field(default_factory=set)
    roots: dict[str, Path] = msgspec.field(default_factory=dict)
    """Origin → directory; the base has the origin ""."""

    def all(self) -> Iterator[Located]:
        """Yield every entry, kind by kind."""
        for by_id in self.entries.values():
            yield from by_id.values()

    def of_id(self, wanted: str) -> Located | None:
        """Return the entry with this id, whatever its kind."""
        for by_id in self.entries.values():
            if wanted in by_id:
                return by_id[wanted]
        return None


def files_of(root: Path) -> list[Path]:
    """Return the YAML files below `root` in a fixed order; hidden ones are left out."""
    return sorted(
        p
        for p in root.rglob("*.y*ml")
        if p.suffix in (".yaml", ".yml")
        and not any(q.startswith(".") for q in p.parts[len(root.parts) :])
    )


def origin_of(overlay: Path) -> str:
    """Return what an overlay is called: the name of its directory."""
    return printable(named(overlay).name) or "overlay"


def named(root: Path) -> Path:
    """Return a directory by a path that ends in its name, also if it was given as "." or ".."."""
    return root.resolve() if root.name in ("", "..") else root


def read_tree(overlays: tuple[Path, ...] = (), base: Path = BASE) -> Tree:
    """Return the base with overlays laid on it, in the order given.

    Where an overlay withdraws a system, no pick of the base recommends it any more.
    """
    tree = Tree({kind: {} for kind in KINDS}, [], [])
    for layer, root in enumerate((base, *overlays)):
        _read_layer(tree, root, layer)
    gone = tree.withdrawn - set(tree.entries["system"])
    tree.entries["pick"] = {
        name: pick
        for name, pick in tree.entries["pick"].items()
        if pick.origin or pick.entry.system not in gone
    }
    return tree


def read_one_file(path: Path, root: Path) -> Tree:
    """Return the entries of one file of a knowledge directory, without the rest of it."""
    tree = Tree({kind: {} for kind in KINDS}, [], [])
    relative = path.relative_to(root)
    shown = printable(str(relative))
    try:
        document = parse(read_text(path, name=shown), shown)
    except KnowledgeError as error:
        tree.problems.extend(error.problems)
    else:
        _read_file(tree, document, shown, relative, "", {})
    return tree


def _read_layer(tree: Tree, root: Path, layer: int) -> None:
    root = named(root)
    origin = origin_of(root) if layer else ""
    tree.origins.append(origin)
    tree.roots[origin] = root
    added: dict[str, Located] = {}
    for path in files_of(root):
        shown = printable(str(path.relative_to(root.parent.parent if layer == 0 else root.parent)))
        if path.suffix != ".yaml":
            tree.problems.append(
                FileProblem(
                    file=shown,
                    message="would not be read",
                    expected=path.with_suffix(".yaml").name,
                    code="KB106",
                )
            )
            continue
        try:
            document = parse(read_text(path, name=shown), shown)
        except KnowledgeError as error:
            tree.problems.extend(error.problems)
            continue
        relative = path.relative_to(root)
        if layer and str(relative) == WITHDRAWN:
            _withdraw(tree, document, shown)
        else:
            _read_file(tree, document, shown, relative, origin, added)


def _read_file(
    tree: Tree, document: Node, shown: str, relative: Path, origin: str, added: dict[str, Located]
) -> None:
    folder = relative.parts[0] if len(relative.parts) > 1 else ""
    kind = next((k for k, f in FOLDERS.items() if f == folder), None)
    if kind is None:
        tree.problems.append(
            FileProblem(
                file=shown,
                message=f"lies in an unknown folder {folder or '.'!r}",
                expected=", ".join(FOLDERS.values()),
                nearest=nearest(folder, FOLDERS.values()),
                code="KB106",
            )
        )
        return
    validator = Validator(shown)
    single = isinstance(document.value, dict)
    nodes = [document] if single else document.value
    if not isinstance(nodes, list):
        validator.fail(document.line, "", f"is {document.kind}", "an entry or a list of entries")
        nodes = []
    for node in nodes:
        located = _read_entry(validator, node, kind, shown, origin)
        if located is not None:
            if single and located.entry.id != relative.stem:
                validator.fail(
                    located.line,
                    "id",
                    f"{located.entry.id!r} is not the file's name",
                    relative.stem,
                    code="KB107",
                )
            _place(tree, validator, located, added)
    tree.problems.extend(validator.problems)


def _read_entry(
    validator: Validator, node: Node, kind: str, shown: str, origin: str
) -> Located | None:
    wanted = KINDS[kind]
    label = kind
    if isinstance(node.value, dict) and "id" in node.value:
        id_node = node.value["id"][1]
        label = id_node.value if isinstance(id_node.value, str) else kind
    if isinstance(wanted, dict):
        variant = node.value.get("kind") if isinstance(node.value, dict) else None
        name = variant[1].value if variant else ""
        if not isinstance(name, str) or name not in wanted:
            line = variant[0] if variant else node.line
            validator.fail(
                line,
                f"{label}.kind",
                f"unknown value {name!r}" if name else "is missing",
                "one of " + ", ".join(wanted),
                nearest(str(name), wanted) if name else "",
                "KB113",
            )
            return None
        wanted = wanted[name]
    validator.lines = {}
    entry = validator.convert(node, wanted, label)
    if entry is None:
        return None
    prefix = len(label) + 1
    lines = {key[prefix:]: line for key, line in validator.lines.items() if len(key) > prefix}
    return Located(kind, entry, shown, node.line, origin, lines)


def _place(tree: Tree, validator: Validator, located: Located, added: dict[str, Located]) -> None:
    name = located.entry.id
    for kind, by_id in tree.entries.items():
        other = by_id.get(name)
        shared = tuple(sorted((kind, located.kind))) in SHARED_IDS
        replaces = kind == located.kind and name not in added
        if other is not None and not shared and not (replaces and located.origin):
            validator.fail(
                located.line, "id", f"{name!r} is taken by {other.file}:{other.line}", code="KB108"
            )
            return
    if not any(k != located.kind and name in by for k, by in tree.entries.items()):
        added[name] = located
    tree.entries[located.kind][name] = located


def _withdraw(tree: Tree, document: Node, shown: str) -> None:
    validator = Validator(shown)
    entries = validator.convert(document, tuple[Withdrawal, ...], "withdrawn") or ()
    for index, entry in enumerate(entries):
        line = validator.lines.get(f"withdrawn[{index}]", document.line)
        located = tree.of_id(entry.id) if entry else None
        if entry and located is None:
            known = [found.entry.id for found in tree.all()]
            validator.fail(
                line,
                entry.id,
                "there is no such entry",
                near=nearest(entry.id, known),
                code="KB109",
            )
        elif located is not None and located.kind in STAYING:
            validator.fail(
                line,
                entry.id,
                f"cannot be withdrawn: the kind {located.kind!r} stays",
                STAYING[located.kind],
                code="KB115",
            )
        elif located is not None:
            del tree.entries[located.kind][located.entry.id]
            tree.withdrawn.add(entry.id)
    tree.problems.extend(validator.problems)
