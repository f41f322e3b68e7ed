"""Runs of twelve words as short hashes: lets a test notice copied sentences without the originals.

    python -m tests.own_words.shingles FOLDER > tests/own_words/seeds.txt

makes the list anew from the text files in a folder (code between fences is left out).
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LENGTH = 12
WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
FENCE = re.compile(r"```.*?```", re.DOTALL)


def shingles(text: str) -> Iterator[tuple[str, str]]:
    """Yield hash and words of every run of LENGTH words."""
    found = WORD.findall(FENCE.sub(" ", text).lower())
    for start in range(len(found) - LENGTH + 1):
        run = " ".join(found[start : start + LENGTH])
        yield hashlib.blake2b(run.encode(), digest_size=6).hexdigest(), run


def main() -> None:
    hashes = {
        name
        for path in sorted(Path(sys.argv[1]).glob("*.txt"))
        for name, _ in shingles(path.read_text(encoding="utf-8", errors="replace"))
    }
    print("\n".join(sorted(hashes)))


if __name__ == "__main__":
    main()
