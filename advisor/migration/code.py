"""What a body of code uses of which framework: read once, then facts and counts are made of it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from typing import NamedTuple

from advisor.documents.api_file import place_of, starred_names
from advisor.facts.fact import Ignored
from advisor.source.uses import uses_in
from knowledge.base import Knowledge
from knowledge.model.api import Api
from knowledge.model.verification import Verification
from knowledge.search.symbols import canonical, side_of

from .files import code_files, shown
from .methods import Methods, known_methods, perhaps
from .parsing import Unread, parse_file

MOST_NAMED = 10
"""Files that could not be read are named up to this number; then they are counted."""

JAX = frozenset(("jax", "flax", "haiku", "optax", "equinox"))


class FileUses(NamedTuple):
    """One file that imports a framework: its uses by canonical symbol, in the order of lines.

    `methods` are what methods of values may be whose type the source does not tell.
    """

    name: str
    lines: int
    modules: tuple[str, ...]
    symbols: tuple[str, ...]
    methods: tuple[str, ...]
    stars: int


class Known(NamedTuple):
    """The row that answers for a symbol, and what running it found."""

    row: Api
    result: Verification | None


class Code(NamedTuple):
    """Everything that was read. `known`: rows by symbol; a symbol without a row is not in it."""

    read: int
    files: tuple[FileUses, ...]
    known: dict[str, Known]
    ignored: tuple[Ignored, ...]


def read_code(paths: Iterable[str], knowledge: Knowledge) -> Code:
    """Read files and directories by their syntax trees; what cannot be read is named.

    Raises:
        InputError: A path is not there.
    """
    found = code_files(paths)
    symbols = knowledge.symbols
    methods, starred = known_methods(symbols), starred_names(symbols)
    files, unread, read = [], [], 0
    for path in found.files:
        try:
            parsed = parse_file(path)
            read += 1
            if parsed.tree is not None:
                uses = _uses(parsed.tree, shown(path), parsed.lines, methods, starred)
                if uses.modules:
                    files.append(uses)
        except Unread as why:
            unread.append(Ignored(shown(path), shown(why)))
        except RecursionError:
            unread.append(Ignored(shown(path), "is nested too deeply"))
    ignored = [*found.ignored, *unread[:MOST_NAMED]]
    if len(unread) > MOST_NAMED:
        ignored.append(Ignored(f"{len(unread) - MOST_NAMED} more files", "cannot be read as code"))
    if not files and found.files:
        ignored.append(Ignored("--code", f"none of {read} files imports a framework"))
    return Code(read, tuple(files), _known(knowledge, files), tuple(ignored))


def _uses(
    tree: ast.Module,
    name: str,
    lines: int,
    methods: Methods,
    starred: Collection[str],
) -> FileUses:
    uses = uses_in(tree, {name for names in methods.values() for name in names}, starred)
    symbols = tuple(canonical(use.symbol) for use in uses.uses)
    return FileUses(
        name,
        lines,
        (*uses.modules, *_jax_modules(tree)),
        symbols,
        tuple(perhaps((method.name for method in uses.methods), symbols, methods)),
        len(uses.stars),
    )


def _jax_modules(tree: ast.Module) -> Iterable[str]:
    """Return the modules of JAX and its libraries that are imported; their calls have no rows."""
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found[node.module] = None
    return [name for name in found if name.partition(".")[0] in JAX]


def _known(knowledge: Knowledge, files: Iterable[FileUses]) -> dict[str, Known]:
    """Return the row of every symbol that has one on its own side."""
    symbols = knowledge.symbols
    places = {}
    for symbol in dict.fromkeys(s for file in files for s in (*file.symbols, *file.methods)):
        place = place_of(symbols, symbol)
        if place is not None and place.side == side_of(symbol):
            places[symbol] = place.row
    numbers = sorted(set(places.values()))
    rows = dict(zip(numbers, knowledge.nth("api", numbers), strict=True))
    stored = knowledge.kind("verification")
    return {
        symbol: Known(rows[number], stored.get(f"verified-{rows[number].id}"))
        for symbol, number in places.items()
    }
