"""Which journal a database gets: write-ahead where the file system carries it, else rollback.

The write-ahead log needs memory shared by all who have the file open, which hosts of a network
file system do not have: https://sqlite.org/wal.html, "all processes must be on the same host".
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

_MOUNTS = Path("/proc/self/mounts")
_SHARED_BY_HOSTS = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "lustre", "gpfs", "beegfs"),
        *("glusterfs", "ocfs2", "gfs2", "orangefs", "pvfs2", "panfs", "davfs", "virtiofs"),
    )
)


def set_journal(connection: sqlite3.Connection, path: Path) -> None:
    """Set the journal that suits; a database in use by others keeps the one it has."""
    wanted = "delete" if on_shared_file_system(path) else "wal"
    with suppress(sqlite3.OperationalError):
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
            connection.execute(f"PRAGMA journal_mode = {wanted}")


def on_shared_file_system(path: Path, mounts: Path = _MOUNTS) -> bool:
    """Say whether other hosts may have the same file open; False where that cannot be told."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        place = path.resolve()
    except (OSError, RuntimeError):
        return False
    best, kind = -1, ""
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        # The kernel writes blanks in names as octal numbers.
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t"))
        # Of two mounts on one place, the later one hides the earlier.
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind in _SHARED_BY_HOSTS or kind.startswith("fuse.sshfs")
