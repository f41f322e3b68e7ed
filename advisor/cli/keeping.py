"""Keeps what a probe finds: in the store, block by block; in a file of its own if that fails.

A result must never be lost because the store is locked, full, read-only or damaged: every failure
is said on stderr, and the command goes on.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import InputError

from .output import Output, write_atomically
from .store_access import kept_before, opened_store

if TYPE_CHECKING:
    from probes.document import ProbeDocument
    from probes.store import Store

MOST_NAMES = 1000


class Keeping:
    """One run while it is measured: `begin` or `go_on`, `checkpoint` after each step, `finish`."""

    def __init__(self, output: Output) -> None:
        """Nothing is opened before the first document comes."""
        self._output = output
        self._store: Store | None = None
        self._last: ProbeDocument | None = None
        self._said = ""
        self._untouched = False
        self.run: str | None = None
        """Its id in the store; None before it is begun, or if that failed."""

    def begin(self, document: ProbeDocument) -> str | None:
        """Keep a run that begins, with what is known of the machine; return its id."""
        from probes.store import StoreError

        self._last = document
        try:
            self.run = self._opened().begin(document)
        except StoreError as error:
            self._remark(f"({error}; it is tried again after each block)")
        return self.run

    def go_on(self, run: str, document: ProbeDocument) -> None:
        """Keep what follows under the id of a run that was interrupted.

        Raises:
            InputError: Another process measures it, or has ended it; it stays as it is.
        """
        from probes.store import StoreError

        self._last = document
        try:
            self._opened().go_on(run, document)
        except StoreError as error:
            if error.reason == "measuring":
                raise InputError(f"--resume: {error}, by another process") from None
            self._remark(f"({error}; it is tried again after each block)")
        self.run = run

    def leave(self, run: str) -> None:
        """Let a run that was to be gone on with stay as it is: nothing new of it is known."""
        self.run, self._untouched = run, True

    def checkpoint(self, document: ProbeDocument) -> None:
        """Keep the blocks that are finished by now, so that a killed run loses only one."""
        from probes.store import StoreError

        self._last = document
        if self.run is None:
            self.begin(document)
            return
        try:
            self._opened().checkpoint(self.run, document)
        except StoreError as error:
            self._remark(f"({error}; this block will be kept with the next one)")

    def finish(self, document: ProbeDocument) -> str | None:
        """Keep the result; return its name for `--evidence`: an id, or a file. None: not kept."""
        from probes.store import StoreError

        if self._untouched:
            return self.run
        try:
            store = self._opened()
            if self.run is None:
                self.run = store.keep(document)
            else:
                store.finish(self.run, document)
            name = self.run
        except StoreError as error:
            self._output.narrate(f"({error})")
            file = self._as_file(document)
            if file is None:
                return None
            name = str(file)
        self._output.narrate(f"kept as {name}; use it with: fw-advisor advise --evidence {name}")
        return name

    def give_up(self) -> None:
        """Keep what is known by now as interrupted: nothing more will come of this run."""
        if self._last is not None:
            self.finish(self._last)

    def _remark(self, text: str) -> None:
        """Say what went wrong; as long as it is the same, once."""
        if text != self._said:
            self._output.narrate(text)
        self._said = text

    def _opened(self) -> Store:
        if self._store is None:
            self._store = opened_store(self._output)
        return self._store

    def _as_file(self, document: ProbeDocument) -> Path | None:
        """Write a file that the store takes over as soon as it can be written again."""
        import msgspec

        folder = kept_before()
        stamp = document.created.replace(":", "").replace("-", "")
        stem = stamp if self.run is None else f"{stamp}.{self.run}"
        raw = msgspec.json.format(msgspec.json.encode(document), indent=1).decode()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = _written(folder, stem, raw + "\n")
        except (OSError, InputError):
            self._output.narrate(f"(not kept: {folder} cannot be written)")
            return None
        return path


def keep(document: ProbeDocument, output: Output) -> str | None:
    """Keep a document of a run that has ended; return its name for `--evidence`."""
    return Keeping(output).finish(document)


def _written(folder: Path, stem: str, text: str) -> Path:
    """Write a new file as a whole; two runs may end in the same second, and both stay."""
    whole = folder / f".{stem}.{os.getpid()}"
    try:
        write_atomically(whole, text)
        for number in range(1, MOST_NAMES):
            path = folder / f"{stem}{f'-{number}' if number > 1 else ''}.json"
            try:
                os.link(whole, path)
                return path
            except FileExistsError:
                continue
            except OSError:  # a file system without links
                if not path.exists():
                    whole.replace(path)
                    return path
        raise FileExistsError(17, "too many files of one second", str(folder))
    finally:
        with suppress(OSError):
            whole.unlink(missing_ok=True)
