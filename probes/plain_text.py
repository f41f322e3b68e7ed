"""Makes foreign text (device names, stderr) safe to store and to print on a terminal.

A device name or a log line may carry escape sequences; none of them may reach the user's terminal
or the document. Must not depend on anything but the standard library: children use it as well.
"""

from __future__ import annotations

import re

# CSI and OSC sequences first (as a whole), so that no stray "[31m" is left behind.
_ESCAPE_SEQUENCE = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])"
)
# C0 without tab and newline, DEL, C1, separators of lines, and the bidirectional marks and
# overrides that can reorder a line.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def clean_text(text: str, limit: int = 4000) -> str:
    """Strip escape sequences and control characters; keep the first and last part if too long."""
    plain = _CONTROL.sub("", _ESCAPE_SEQUENCE.sub("", text.replace("\r\n", "\n")))
    if len(plain) <= limit:
        return plain.strip()
    head = limit // 3
    return f"{plain[:head].strip()}\n[… cut …]\n{plain[-(limit - head) :].strip()}"


def clean_line(text: str, limit: int = 300) -> str:
    """Like :func:`clean_text`, on one line."""
    return " ".join(clean_text(text, limit).split())
