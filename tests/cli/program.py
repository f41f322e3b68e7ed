"""The program as a user starts it: a child process, a home of its own, the small knowledge base."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from tests.knowledge.small_base import SMALL, one_line

ROOT = Path(__file__).resolve().parents[2]


class Done(msgspec.Struct, frozen=True):
    """What a run left behind."""

    code: int
    out: str
    err: str
    raw: bytes

    @property
    def document(self) -> Any:
        return msgspec.json.decode(self.raw)


def installed(place: Path) -> Path:
    """Lay the program out in `place`, over the small base instead of the shipped one."""
    for name in ("advisor", "probes"):
        (place / name).symlink_to(ROOT / name)
    shutil.copytree(
        ROOT / "knowledge",
        place / "knowledge",
        ignore=shutil.ignore_patterns("data", "__pycache__"),
    )
    shutil.copytree(SMALL, place / "knowledge" / "data")
    return place


class Program:
    """Runs `fw-advisor` in an empty directory."""

    def __init__(self, path: Path, folder: Path) -> None:
        self.path = path
        self.folder = folder
        folder.mkdir()

    def environment(self, changes: Mapping[str, str | None]) -> dict[str, str]:
        merged = {**os.environ, "PYTHONPATH": str(self.path), "PYTHONDONTWRITEBYTECODE": "1"}
        # One cache for all runs: only tests of the cache itself need to start cold.
        merged["FW_ADVISOR_HOME"] = str(self.path / "home")
        merged |= {name: value for name, value in changes.items() if value is not None}
        return {name: value for name, value in merged.items() if changes.get(name, "") is not None}

    def command(self, *arguments: str | bytes) -> list[str | bytes]:
        return [sys.executable, "-m", "advisor.cli", *arguments]

    def __call__(
        self,
        *arguments: str | bytes,
        typed: str | bytes = b"",
        stdin: int | IO[Any] | None = None,
        stdout: int | IO[Any] = subprocess.PIPE,
        shell: str = "",
        **environment: str | None,
    ) -> Done:
        """Run to the end; `shell` is a script in which "$@" is the program."""
        command = self.command(*arguments)
        done = subprocess.run(
            ["sh", "-c", shell, "sh", *command] if shell else command,
            input=None
            if stdin is not None
            else typed.encode()
            if isinstance(typed, str)
            else typed,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            env=self.environment(environment),
            timeout=60,
            check=False,
        )
        raw = done.stdout or b""
        err = done.stderr.decode(errors="replace")
        assert "Traceback" not in err, err
        return Done(done.returncode, raw.decode(errors="replace"), err, raw)

    def refused(self, *arguments: str | bytes, code: int = 2, **more: Any) -> str:
        """Run what cannot work; return the one line that says why, after checking the rest."""
        before = self.files()
        done = self(*arguments, **more)
        assert done.code == code, done
        assert done.raw == b""
        assert self.files() == before
        assert done.err.endswith("\n") and done.err.count("\n") == 1, done.err
        line = done.err[:-1]
        assert line.startswith("fw-advisor: ")
        assert one_line(line)
        return line.removeprefix("fw-advisor: ")

    def write(self, name: str, text: str | bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    def files(self) -> dict[str, str]:
        """Return what lies in the directory, by name, with a hash of its content."""
        return {
            str(path.relative_to(self.folder)): (
                hashlib.blake2b(path.read_bytes()).hexdigest() if path.is_file() else ""
            )
            for path in sorted(self.folder.rglob("*"))
        }
