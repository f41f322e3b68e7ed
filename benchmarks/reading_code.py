"""How long `api --file` takes for a long file, beside Python's own parser.

    python benchmarks/reading_code.py [ROUNDS]

Two thousand lines, each with two uses of a symbol, in processor seconds: finding the
uses and the document of all of them, and `ast.parse` on the same text, in turn. Printed: the
median of each, and of the ratios of a round. Target: half a second.
"""

from __future__ import annotations

import ast
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from advisor.documents.api_file import api_file_document, method_names, starred_names
from advisor.source.uses import read_uses
from knowledge.base import load

LINES = 2000
ROOTS = ("tf.", "keras.", "torch.")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    knowledge = load()
    names = [
        name
        for name in knowledge.symbols.names
        if name.startswith(ROOTS) and name.split(".")[-1].isidentifier()
    ]
    lines = ["import tensorflow as tf", "import keras", "import torch"]
    while len(lines) < LINES:
        name = names[len(lines) * 7 % len(names)]
        lines.append(f"v{len(lines)} = {name}(x, axis=1) + x.view({len(lines)}).other(3)")
    text = "\n".join(lines)

    symbols = knowledge.symbols
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "code.py"
        path.write_text(text)

        def look() -> None:
            uses = read_uses(path, method_names(symbols), starred_names(symbols))
            api_file_document(knowledge, "code.py", uses)

        found = [(seconds(look), seconds(lambda: ast.parse(text))) for _ in range(rounds)]
    whole, parsing = (statistics.median(column) for column in zip(*found, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in found)
    print(f"{LINES} lines: {whole:.3f} s (target 0.5), ast.parse {parsing:.3f} s: {ratio:.1f} ×")


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
