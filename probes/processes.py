"""Runs one module of ``probes`` in a child process of any interpreter, within a time limit.

The child leads its own session, so that it and everything it starts (compilers, thread pools) can
be killed as one group: on time-out, on cancellation, on Ctrl-C, and also after an ordinary end.
Must not interpret results: a crash, a hang or garbage is an outcome for the caller to name.
"""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Literal

from msgspec import DecodeError, Struct
from msgspec.json import decode, encode

from probes.plain_text import clean_text

Outcome = Literal["finished", "crashed", "timed-out", "cancelled", "not-started"]

_SCRIPT = Path(__file__).with_name("child.py")
_POLL_SECONDS = 0.05
# A child that floods its pipes must not fill the controller's memory.
_RESULT_LIMIT_BYTES = 64 << 20
_STDERR_HEAD_BYTES = 32 << 10
_STDERR_TAIL_BYTES = 96 << 10


class ChildResult(Struct, frozen=True, kw_only=True):
    """How a child ended, and every result line it sent before."""

    outcome: Outcome
    exit_status: int | None = None
    signal: int | None = None
    lines: list[dict[str, Any]]
    stray: str = ""
    """What stood on the result pipe without being a result."""
    stderr: str = ""
    seconds: float = 0.0

    @property
    def ending(self) -> str:
        """The outcome in words."""
        if self.outcome == "crashed" and self.signal is not None:
            return f"crashed (signal {self.signal})"
        if self.outcome == "crashed":
            return f"ended with status {self.exit_status}"
        return self.outcome


def run_child(
    interpreter: str,
    module: str,
    job: Mapping[str, Any],
    *,
    limit_seconds: float,
    environment: Mapping[str, str] | None = None,
    cancel: threading.Event | None = None,
    on_line: Callable[[dict[str, Any]], None] | None = None,
) -> ChildResult:
    """Run ``module.main(job, emit)`` under ``interpreter``; return when its whole group is killed.

    Args:
        interpreter: Path of a Python interpreter.
        module: Dotted name of a module inside ``probes``.
        job: Sent as JSON; must hold plain data only.
        limit_seconds: After this the group is killed and the outcome is ``timed-out``.
        environment: The child's environment; this process's own by default.
        cancel: When set, the group is killed and the outcome is ``cancelled``.
        on_line: Called for every result line as it arrives, in the calling thread.
    """
    token = f"fw-advisor-{secrets.token_hex(8)}:"
    message = {"token": token, "module": module, "job": dict(job), "limit_seconds": limit_seconds}
    started = time.monotonic()
    try:
        process = _start(interpreter, environment)
    except OSError as error:
        return ChildResult(outcome="not-started", lines=[], stderr=clean_text(str(error)))
    conversation = _Conversation(process, token, on_line)
    try:
        return conversation.hold(
            encode(message), started, limit_seconds, cancel or threading.Event()
        )
    finally:
        conversation.end()


def _start(interpreter: str, environment: Mapping[str, str] | None) -> subprocess.Popen[bytes]:
    flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    return subprocess.Popen(
        [interpreter, str(_SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=None if environment is None else dict(environment),
        start_new_session=True,
        creationflags=flags,
    )


class _Conversation:
    """The exchange with one child: three threads move bytes, the caller's thread decides."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        token: str,
        on_line: Callable[[dict[str, Any]], None] | None,
    ) -> None:
        self._process = process
        self._token = token.encode()
        self._on_line = on_line
        self._queue: queue.Queue[bytes | None] = queue.Queue()
        self._lines: list[dict[str, Any]] = []
        self._stray: list[bytes] = []
        self._stderr = bytearray()
        self._threads: list[threading.Thread] = []
        self._killed = False

    def end(self) -> None:
        """Leave nothing behind, whichever way :meth:`hold` was left; safe to call twice."""
        if not self._killed:
            # Once only: when the group is gone, its number may belong to somebody else.
            self._killed = True
            _kill_group(self._process)
        for thread in self._threads:
            thread.join(timeout=2.0)
        if any(thread.is_alive() for thread in self._threads):
            return  # Something outside the group holds a pipe; closing it here would block.
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def hold(
        self, message: bytes, started: float, limit_seconds: float, cancel: threading.Event
    ) -> ChildResult:
        """Send the job, gather lines until the child ends or must end, and report."""
        assert self._process.stdin and self._process.stdout and self._process.stderr
        self._threads = [
            threading.Thread(target=_write, args=(self._process.stdin, message), daemon=True),
            threading.Thread(target=self._read_lines, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._read_stderr, args=(self._process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        outcome = self._wait(started + limit_seconds, cancel)
        self.end()
        while not self._queue.empty():
            self._take(self._queue.get_nowait())
        return self._result(outcome, time.monotonic() - started)

    def _wait(self, deadline: float, cancel: threading.Event) -> Outcome:
        while True:
            with contextlib.suppress(queue.Empty):
                self._take(self._queue.get(timeout=_POLL_SECONDS))
            if self._process.poll() is not None:
                return "finished" if self._process.returncode == 0 else "crashed"
            if cancel.is_set():
                return "cancelled"
            if time.monotonic() > deadline:
                return "timed-out"

    def _take(self, line: bytes | None) -> None:
        if line is None:
            return
        said = line.removeprefix(self._token)
        parsed = _parsed(said) if line.startswith(self._token) else None
        if parsed is not None:
            self._lines.append(parsed)
            if self._on_line is not None:
                self._on_line(parsed)
        elif len(self._stray) < 20:
            self._stray.append(said[:500])

    def _read_lines(self, stream: IO[bytes]) -> None:
        for line in _bounded_lines(stream):
            self._queue.put(line)

    def _read_stderr(self, stream: IO[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):
            while piece := os.read(stream.fileno(), 8192):
                self._stderr += piece
                if len(self._stderr) > 2 * (_STDERR_HEAD_BYTES + _STDERR_TAIL_BYTES):
                    del self._stderr[_STDERR_HEAD_BYTES:-_STDERR_TAIL_BYTES]

    def _result(self, outcome: Outcome, seconds: float) -> ChildResult:
        status = self._process.returncode
        crashed = outcome == "crashed"
        return ChildResult(
            outcome=outcome,
            exit_status=status if outcome in ("finished", "crashed") else None,
            signal=-status if crashed and status is not None and status < 0 else None,
            lines=self._lines,
            stray=clean_text(b"\n".join(self._stray).decode("utf-8", "replace"), 2000),
            stderr=clean_text(self._stderr.decode("utf-8", "replace"), 40_000),
            seconds=seconds,
        )


def _parsed(line: bytes) -> dict[str, Any] | None:
    """Return a line that is JSON as it should be."""
    try:
        return decode(line, type=dict[str, Any])
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the child and all of its group, and reap it; leave the pipes to be read to their end."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()


def _write(stream: IO[bytes], message: bytes) -> None:
    # A child that dies before reading its job is an outcome, not an error of ours.
    with contextlib.suppress(OSError, ValueError):
        stream.write(message)
        stream.close()


def _bounded_lines(stream: IO[bytes]) -> Iterator[bytes]:
    left = _RESULT_LIMIT_BYTES
    with contextlib.suppress(OSError, ValueError):
        while left > 0 and (line := stream.readline(left)):
            left -= len(line)
            yield line.rstrip(b"\r\n")
        # Keep the pipe moving, so that a flooding child ends by itself or at its limit.
        while stream.read(65536):
            pass
