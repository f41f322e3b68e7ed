"""Which run is meant: by its id, by the beginning of one, by `last`, or by `last~1` and so on."""

from __future__ import annotations

import re
import sqlite3

from probes.plain_text import clean_line
from probes.store.errors import RunReferenceError
from probes.store.rows import Row, select_runs

_LAST = re.compile(r"last(?:~(\d{1,6}))?")
_MOST_NAMED = 5


def find_run(connection: sqlite3.Connection, reference: str) -> Row:
    """Return the one run that is meant.

    `last` is the newest run of this machine that is not running: what is being measured, or came
    from elsewhere, is nobody's last result.

    Raises:
        RunReferenceError: None or several are meant; the message names some that there are.
    """
    wanted = reference.strip().lower()
    last = _LAST.fullmatch(wanted)
    if last:
        where = "WHERE runs.origin = 'here' AND runs.state != 'running'"
        found = select_runs(connection, where)
        back = int(last[1] or 0)
        if back < len(found):
            return found[back]
        have = "1 run" if len(found) == 1 else f"{len(found)} runs"
        raise RunReferenceError(f"{_shown(reference)}: {have} of this machine kept")
    # `r1` means r1-abc also where there is an r12-abc.
    for beginning in (wanted, f"{wanted}-"):
        where = "WHERE runs.id = ?" if beginning == wanted else "WHERE substr(runs.id, 1, ?) = ?"
        values = (wanted,) if beginning == wanted else (len(beginning), beginning)
        found = select_runs(connection, where, values)
        if len(found) == 1:
            return found[0]
    where = "WHERE substr(runs.id, 1, ?) = ?"
    found = select_runs(connection, where, (len(wanted), wanted)) if wanted else []
    if len(found) == 1:
        return found[0]
    if found:
        raise RunReferenceError(f"{_shown(reference)}: several runs begin so: {_named(found)}")
    newest = select_runs(connection)
    kept = f"newest: {_named(newest)}" if newest else "none is kept yet"
    raise RunReferenceError(f"{_shown(reference)}: no such run ({kept})")


def _named(found: list[Row]) -> str:
    more = len(found) - _MOST_NAMED
    names = ", ".join(row.run.id for row in found[:_MOST_NAMED])
    return names + (f" and {more} more" if more > 0 else "")


def _shown(reference: str) -> str:
    return repr(clean_line(reference, 60))
