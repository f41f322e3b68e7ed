"""How much of real code has a row among the API equivalents.

    python benchmarks/coverage.py DIR…

Each DIR is one project: its Python files and the code cells of its notebooks are read, never run.
Only what the syntax tree ties to a framework counts; a method of an unknown value does not.
"""

from __future__ import annotations

import ast
import json
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from advisor.cli.places import cache_directory
from advisor.documents.api_file import method_names, place_of, starred_names
from advisor.source.uses import uses_in
from knowledge.base import load
from knowledge.search.symbols import Symbols, canonical, side_of

SHOWN = 60
SEVERAL = 3
"""A symbol counts as common when at least so many projects use it."""
NO_PYTHON = ("%", "!", "?")
"""How a line of a notebook begins that is an order to the notebook."""


class Counted(NamedTuple):
    """Symbol → number of uses, and the projects it occurs in; files read and not."""

    uses: Counter[str]
    projects: dict[str, set[str]]
    files: Counter[str]


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    symbols = load(cache=cache_directory()).symbols
    counted = count([Path(name) for name in sys.argv[1:]], symbols)
    known = {name: place_of(symbols, name) is not None for name in counted.uses}
    read, left = counted.files["read"], counted.files["left"]
    print(f"{len(sys.argv) - 1} projects, {read} files; {left} files are no Python 3")
    for side in ("tensorflow", "torch"):
        report(side, counted, known)
    return 0


def count(projects: list[Path], symbols: Symbols) -> Counted:
    methods, starred = method_names(symbols), starred_names(symbols)
    counted = Counted(Counter(), defaultdict(set), Counter())
    for project in projects:
        paths = sorted((*project.rglob("*.py"), *project.rglob("*.ipynb")))
        # What a project itself brings (`tensorflow_privacy` in tensorflow/privacy) is its own.
        own = {path.parent.name for path in paths if path.name == "__init__.py"}
        for path in paths:
            for tree in trees(path, counted.files):
                for use in uses_in(tree, methods, starred).uses:
                    if use.symbol.partition(".")[0] not in own:
                        name = canonical(use.symbol)
                        counted.uses[name] += 1
                        counted.projects[name].add(project.name)
    return counted


def trees(path: Path, files: Counter[str]) -> Iterator[ast.Module]:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield ast.parse(code_of(text) if path.suffix == ".ipynb" else text)
    except (SyntaxError, ValueError, RecursionError, KeyError):
        files["left"] += 1
    else:
        files["read"] += 1


def code_of(notebook: str) -> str:
    """Join the code cells that are Python; names imported in one are known in the others."""
    cells = []
    for cell in json.loads(notebook).get("cells", ()):
        if cell["cell_type"] == "code":
            lines = "".join(cell["source"]).splitlines()
            cells.append("\n".join(line for line in lines if line.lstrip()[:1] not in NO_PYTHON))
    return "\n".join(cell for cell in cells if parses(cell))


def parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


def report(side: str, counted: Counted, known: dict[str, bool]) -> None:
    mine = [name for name in counted.uses if side_of(name) == side]
    common = [name for name in mine if len(counted.projects[name]) >= SEVERAL]
    uses = sum(counted.uses[name] for name in mine)
    covered = sum(counted.uses[name] for name in mine if known[name])
    print(f"\n{side}: {uses} uses, {share(covered, uses)} with a row")
    for what, names in (("symbols", mine), (f"symbols in {SEVERAL} or more projects", common)):
        print(
            f"  {len(names)} {what}, {share(sum(known[name] for name in names), len(names))} known"
        )
    unknown = [name for name in mine if not known[name]]
    unknown.sort(key=lambda name: (-len(counted.projects[name]), -counted.uses[name], name))
    print("  unknown (projects, uses):")
    for name in unknown[:SHOWN]:
        print(f"  {len(counted.projects[name]):4} {counted.uses[name]:6}  {name}")


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


if __name__ == "__main__":
    sys.exit(main())
