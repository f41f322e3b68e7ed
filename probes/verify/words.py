"""Child: what frameworks say, as one line that is the same in every run."""

from __future__ import annotations

import re
import traceback

from probes.plain_text import clean_text

_LONGEST = 400


def error_words(error: BaseException, path: str) -> str:
    """Return an exception in one line, with the line of the entry's code it came from."""
    first = str(error).strip().splitlines() or [""]
    words = tidy(f"{type(error).__name__}: {first[0]}")
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == path]
    if frames and frames[-1].line:
        words += f" (in `{frames[-1].line.strip()[:120]}`)"
    return words


def tidy(words: str) -> str:
    """Return words without colours, temporary folders and addresses."""
    words = re.sub(r"\S*fw-advisor-verify-[^\s/]+/?", "", clean_text(words))
    return re.sub(r"0x[0-9a-f]{6,}", "0x…", words)[:_LONGEST]
