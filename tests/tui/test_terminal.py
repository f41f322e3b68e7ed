"""One run in a real (pseudo) terminal: start, answer, quit, start again, go on."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAM = f"""
from pathlib import Path
import advisor.tui.start as start
from knowledge.base import load
base = Path({str(HERE / "knowledge")!r})
start.load = lambda overlays, **how: load(overlays, base=base, **how)
raise SystemExit(start.start())
"""
LIMIT = 20.0


class Terminal:
    """A child process on a terminal of 80 × 24."""

    def __init__(self, home: Path) -> None:
        self.child, self.end = pty.fork()
        if self.child == 0:
            os.environ |= {"TERM": "xterm-256color", "FW_ADVISOR_HOME": str(home)}
            os.execv(sys.executable, [sys.executable, "-c", PROGRAM])
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""

    def wait_for(self, text: str) -> None:
        """Read until a text was drawn."""
        until = time.monotonic() + LIMIT
        while text.encode() not in self.seen:
            assert time.monotonic() < until, f"{text!r} was not drawn: {self.seen[-800:]!r}"
            self._read()
        self.seen = b""

    def _read(self) -> bool:
        ready, _, _ = select.select([self.end], [], [], 0.2)
        if not ready:
            return True
        try:
            found = os.read(self.end, 65536)
        except OSError:
            return False
        self.seen += found
        return bool(found)

    def press(self, keys: str) -> None:
        os.write(self.end, keys.encode())

    def finished(self) -> int:
        """Read to the end; return the exit code."""
        while self._read():
            done, status = os.waitpid(self.child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


@pytest.mark.filterwarnings("ignore:This process.*is multi-threaded:DeprecationWarning")
def test_start_answer_quit_and_go_on(tmp_path: Path) -> None:
    first = Terminal(tmp_path)
    first.wait_for("in your own words")
    first.press("\r")
    first.wait_for("On phones")
    first.press("2")
    first.wait_for("[x]")
    first.press("\r")
    first.wait_for("1 answer so far")
    first.press("q")
    assert first.finished() == 0
    kept = json.loads((tmp_path / "state" / "answers.json").read_text())
    assert kept["targets"]["value"] == ["phone"]
    second = Terminal(tmp_path)
    second.wait_for("Welcome back: 1 answer kept")
    second.press("\r")
    second.wait_for("1 answer so far")
    second.press("r")
    second.wait_for("Strength:")
    second.press("q")
    assert second.finished() == 0
    assert b"Traceback" not in second.seen
