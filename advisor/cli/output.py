"""The one writer of output: data on stdout or in a file, narration on stderr.

The format never depends on whether stdout is a terminal; only colour does. Everything that is
written passes through `printable`, so nothing from a file can steer the terminal.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from advisor.errors import InputError
from knowledge.errors import shortened
from knowledge.text import printable

if TYPE_CHECKING:
    from advisor.reports.page import Line

LONGEST_COMPLAINT = 1000
STEERING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What JSON may hold as it is, and a terminal may obey or reorder."""
STYLES = {"strong": "1", "good": "32", "bad": "31", "faint": "2", "title": "1;36"}


class Output:
    """Where a command's results go."""

    def __init__(self, *, json: bool, file: str | None, quiet: bool, colour: bool) -> None:
        """`file`: write there instead of stdout, atomically."""
        self.json = json
        self.file = file
        self.quiet = quiet
        self.colour = colour

    def text(self, text: str) -> None:
        """Write text as data."""
        self._write(printable(text if text.endswith("\n") else text + "\n", lines=True))

    def page(self, lines: Sequence[Line]) -> None:
        """Write a page; colour only on a terminal that wants it."""
        from advisor.reports.page import plain

        if self.file is not None or not wants_colour(sys.stdout, self.colour):
            self.text("\n".join(plain(line) for line in lines))
            return
        self._write("".join(_coloured(line) + "\n" for line in lines))

    def document(self, document: Any) -> None:
        """Write a document as JSON."""
        import msgspec

        raw = msgspec.json.format(msgspec.json.encode(document), indent=2)
        self._write(STEERING.sub(_escaped, raw.decode()) + "\n")

    def narrate(self, text: str) -> None:
        """Say something about what is going on, on stderr, unless quiet."""
        if not self.quiet:
            _say(printable(text, lines=True))

    def complain(self, text: str) -> None:
        """Say on stderr what is wrong, in one line, quiet or not."""
        _say(f"fw-advisor: {printable(shortened(text, LONGEST_COMPLAINT))}")

    def _write(self, text: str) -> None:
        if self.file is None or self.file == "-":
            _put(text)
            return
        write_atomically(Path(self.file), text)
        self.narrate(f"wrote {self.file}")


def _say(text: str) -> None:
    """Write a line on stderr, if anybody still listens there."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(text + "\n")


def _put(text: str) -> None:
    """Write on stdout and make sure that it arrived; InputError if it cannot."""
    if sys.stdout is None:
        raise InputError("standard output is closed")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_stdout()
        words = (error.strerror or "failed").lower()
        raise InputError(f"standard output cannot be written: {words}") from None


def discard_stdout() -> None:
    """Lead stdout nowhere, or the interpreter complains at exit about what it cannot flush."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_atomically(path: Path, text: str) -> None:
    """Replace a file as a whole, or leave it as it was; InputError if that is not possible.

    A link stays a link: what it leads to is replaced.
    """
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "is a directory")
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
            return
        _replace(path.resolve(), text)
    except (OSError, RuntimeError, ValueError) as error:
        words = (getattr(error, "strerror", None) or "failed").lower()
        raise InputError(f"{path}: cannot be written: {words}") from None


def _replace(target: Path, text: str) -> None:
    beside = target.with_name(f".{target.name[:100]}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def wants_colour(stream: TextIO, allowed: bool) -> bool:
    """Say whether colour belongs on a stream: NO_COLOR and FORCE_COLOR are honoured."""
    if not allowed or os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") not in (None, "dumb")


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _coloured(line: Line) -> str:
    if isinstance(line, str):
        return printable(line)
    return "".join(
        f"\x1b[{STYLES[style]}m{printable(text)}\x1b[0m" if style in STYLES else printable(text)
        for style, text in line
    )
