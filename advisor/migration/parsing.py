"""From a file to a syntax tree: Python, or the code cells of a notebook. Nothing is ever run."""

from __future__ import annotations

import ast
import re
import warnings
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import KnowledgeError
from knowledge.loading.strict_yaml import read_text

LARGEST = 2_000_000
LARGEST_NOTEBOOK = 20_000_000
MENTION = re.compile(
    r"tensorflow|keras|torch|lightning|accelerate|tf_slim|jax|flax|haiku|optax|equinox"
)
"""A file without any of these words imports no framework, and is not parsed."""

MAGIC = re.compile(r"^(\s*)(?:[%!?].*|.*\?{1,2}\s*)$")


class Unread(Exception):  # noqa: N818 — not an error of the program: a file says what it is
    """Why a file cannot be read as code."""


class Parsed(NamedTuple):
    """A tree, and how many lines of code it was made from; no tree: no framework is mentioned."""

    tree: ast.Module | None
    lines: int


def parse_file(path: Path) -> Parsed:
    """Return the tree of a file; Unread says why there is none."""
    notebook = path.name.endswith(".ipynb")
    try:
        text = read_text(path, largest=LARGEST_NOTEBOOK if notebook else LARGEST)
    except KnowledgeError as error:
        raise Unread(error.problems[0].message) from None
    if not MENTION.search(text):
        return Parsed(None, 0)
    if notebook:
        text = notebook_code(text)
    lines = sum(1 for line in text.splitlines() if line.strip())
    return Parsed(_tree(text), lines)


def notebook_code(text: str) -> str:
    """Return the code cells of a notebook as one text; shell and magic lines become `pass`."""
    import json

    try:
        document = json.loads(text)
        cells = document["cells"] if "cells" in document else document["worksheets"][0]["cells"]
        sources = [
            cell.get("source", cell.get("input", ""))
            for cell in cells
            if cell["cell_type"] == "code"
        ]
        codes = ["".join(source) for source in sources]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise Unread("is no notebook") from None
    return "\n".join(_plain(code) for code in codes if not code.lstrip().startswith("%%"))


def _plain(code: str) -> str:
    """Return a cell without what only a notebook understands."""
    return "\n".join(MAGIC.sub(r"\1pass", line) for line in code.splitlines())


def _tree(text: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape in somebody's text is theirs to know
            return ast.parse(text)
    except SyntaxError as error:
        line = f"line {error.lineno}: " if error.lineno else ""
        raise Unread(f"is no Python 3: {line}{error.msg}") from None
    except (RecursionError, MemoryError, ValueError) as error:
        raise Unread(f"cannot be read as Python: {error}") from None
