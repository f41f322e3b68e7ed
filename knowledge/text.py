"""Text that is safe to print: nothing from a file may steer the terminal."""

from __future__ import annotations

MARK = "\N{REPLACEMENT CHARACTER}"
BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def printable(text: str, *, lines: bool = False) -> str:
    """Replace control, direction-changing and surrogate characters; keep line ends if `lines`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        character
        if character.isprintable() and character not in BIDIRECTIONAL
        # Joined emoji and unusual spaces are not "printable" to Python, yet harmless.
        else character
        if character in "\u200d\u200c\u00a0\u3000" or (lines and character == "\n")
        else MARK
        for character in text
    )


def has_control_characters(text: str) -> bool:
    """Say whether text holds anything `printable` would replace, line ends and tabs aside."""
    plain = text.replace("\n", " ").replace("\t", " ")
    return printable(plain) != plain
