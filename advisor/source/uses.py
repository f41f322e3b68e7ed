"""Every use of a framework symbol in a file, by its syntax tree.

A use is a dotted name that leads to a framework: a call, a base class, a decorator, a constant.
Methods of values whose type a tree does not tell are kept apart (`perhaps`).
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from advisor.errors import InputError
from knowledge.errors import KnowledgeError
from knowledge.loading.strict_yaml import read_text
from knowledge.search.moved import named_today

from .names import Names

LARGEST = 5_000_000


class Use(NamedTuple):
    """One place: what is written, and the dotted name it stands for."""

    line: int
    column: int
    written: str
    symbol: str


class Method(NamedTuple):
    """A method of a value of unknown type, by its name."""

    line: int
    column: int
    name: str


class Uses(NamedTuple):
    """What a file uses, in the order of its lines."""

    uses: list[Use]
    methods: list[Method]
    stars: list[tuple[int, str]]
    modules: list[str]


def read_uses(path: Path, methods: Collection[str], starred: Collection[str]) -> Uses:
    """Return the uses in a file.

    Args:
        path: Python 3 source; never imported, never run.
        methods: Names of methods worth noting on values of unknown type.
        starred: Known dotted names, to resolve what a star import may have brought in.

    Raises:
        InputError: It cannot be read, or is no Python 3.
    """
    try:
        text = read_text(path, largest=LARGEST)
    except KnowledgeError as error:
        raise InputError(str(error)) from None
    return uses_in(_tree(text, path), methods, starred)


def _tree(text: str, path: Path) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape in somebody's text is theirs to know
            return ast.parse(text)
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        old = "print" in (error.msg or "") or "exec" in (error.msg or "")
        hint = "; it looks like Python 2" if old or _python_2(text) else ""
        raise InputError(f"{path}{line}: is no Python 3: {error.msg}{hint}") from None
    except (RecursionError, MemoryError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as Python: {error}") from None


def _python_2(text: str) -> bool:
    signs = ("print '", 'print "', "except Exception, ", "xrange(", ".iteritems()", "raw_input(")
    return any(sign in text for sign in signs)


def uses_in(tree: ast.Module, methods: Collection[str], starred: Collection[str]) -> Uses:
    """Return the uses in a tree; names are learnt first, wherever they are imported."""
    nodes = _Nodes(tree)
    names = Names()
    for node in (*nodes.imports, *nodes.assigned):
        names.take(node)
    # `K = tf.keras.backend` only gives something another name.
    inner = {id(node.value) for node in nodes.attributes}
    inner |= {id(node.value) for node in nodes.assigned if names.dotted(node.value)}
    bound = {node.id for node in nodes.names if _stores(node)}
    found: list[Use] = []
    for attribute in nodes.attributes:
        if id(attribute) not in inner:
            found += _attribute(attribute, names)
    for name in nodes.names:
        if id(name) not in inner and not _stores(name):
            found += _name(name, names, starred, bound)
    loose = [
        Method(function.lineno, function.col_offset, function.attr)
        for function in nodes.called
        if function.attr in methods and not names.dotted(function)
    ]
    return Uses(sorted(found), sorted(loose), names.stars, list(names.modules))


class _Nodes:
    """The nodes of a tree that matter here, found in one walk."""

    def __init__(self, tree: ast.AST) -> None:
        self.imports: list[ast.Import | ast.ImportFrom] = []
        self.assigned: list[ast.Assign] = []
        self.attributes: list[ast.Attribute] = []
        self.names: list[ast.Name] = []
        self.called: list[ast.Attribute] = []
        self._walk(tree)

    def _walk(self, tree: ast.AST) -> None:
        # Quicker than ast.walk by half: what reading and operators add to a tree is left out.
        left = [tree]
        while left:
            node = left.pop()
            kind = node.__class__
            if kind is ast.Name:
                self.names.append(node)  # type: ignore[arg-type]
                continue
            if kind is ast.Constant:
                continue
            if kind is ast.Attribute:
                self.attributes.append(node)  # type: ignore[arg-type]
                left.append(node.value)  # type: ignore[attr-defined]
                continue
            if kind is ast.Call and node.func.__class__ is ast.Attribute:  # type: ignore[attr-defined]
                self.called.append(node.func)  # type: ignore[attr-defined]
            elif kind is ast.Assign and len(node.targets) == 1:  # type: ignore[attr-defined]
                self.assigned.append(node)  # type: ignore[arg-type]
            elif kind is ast.Import or kind is ast.ImportFrom:
                self.imports.append(node)  # type: ignore[arg-type]
            for field in node._fields:
                value = getattr(node, field, None)
                if value.__class__ is list:
                    left += [child for child in value if isinstance(child, ast.AST)]
                elif isinstance(value, ast.AST) and value._fields:
                    left.append(value)


def _attribute(node: ast.Attribute, names: Names) -> Iterator[Use]:
    symbol = names.dotted(node)
    if symbol:
        yield Use(node.lineno, node.col_offset, _written(node), named_today(symbol))


def _name(
    node: ast.Name, names: Names, starred: Collection[str], bound: Collection[str]
) -> Iterator[Use]:
    symbol = names.known.get(node.id, "")
    if not symbol and node.id not in bound:
        for _, module in names.stars:
            if f"{module}.{node.id}" in starred:
                symbol = f"{module}.{node.id}"
    # A bare module (`nn`, handed on as a value) is no symbol.
    if symbol and symbol not in names.modules and "." in symbol:
        yield Use(node.lineno, node.col_offset, node.id, named_today(symbol))


def _stores(node: ast.Name) -> bool:
    return isinstance(node.ctx, (ast.Store, ast.Del))


def _written(node: ast.Attribute) -> str:
    parts: list[str] = []
    found: ast.expr = node
    while isinstance(found, ast.Attribute):
        parts.append(found.attr)
        found = found.value
    if isinstance(found, ast.Name):
        parts.append(found.id)
    return ".".join(reversed(parts))
