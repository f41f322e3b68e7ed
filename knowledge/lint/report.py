"""Makes a problem out of an entry, a key and a sentence."""

from __future__ import annotations

from ..errors import FileProblem
from ..loading.tree import Located


def problem(located: Located, key: str, code: str, message: str, expected: str = "") -> FileProblem:
    """Return a problem at the line of `key` in an entry."""
    return FileProblem(
        file=located.file,
        line=located.line_of(key),
        key=f"{located.entry.id}.{key}" if key else located.entry.id,
        message=message,
        expected=expected,
        code=code,
    )
