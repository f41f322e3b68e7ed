"""Stops a child when the row it is at has had its time, or when everything is to stop."""

from __future__ import annotations

import threading
import time


class Watch:
    """Stops a child when the row it is at has had its time, or when everything is to stop."""

    def __init__(self, cancel: threading.Event) -> None:
        """Watch nothing yet; ``stop`` is what the child is told to heed."""
        self.stop = threading.Event()
        self.expired = False
        self._cancel = cancel
        self._deadline: float | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Watch:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *rest: object) -> None:
        """End, whether or not something was stopped."""
        self._ended.set()
        self._thread.join(timeout=2)

    def limit(self, seconds: float | None) -> None:
        """Allow this many seconds from now, or any number."""
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def _run(self) -> None:
        while not self._ended.wait(0.05):
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self.expired = True
                self.stop.set()
            if self._cancel.is_set():
                self.stop.set()
