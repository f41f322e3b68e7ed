"""Keeps a run while it is measured: block by block in the store, and never only there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from advisor.cli.keeping import Keeping

from ..kept_runs import Told

if TYPE_CHECKING:
    from knowledge.base import Knowledge
    from probes.bench.assembly import BenchmarkRun
    from probes.document import ProbeDocument
    from probes.store import Stored

Assemble = Callable[["BenchmarkRun | None"], "ProbeDocument | None"]


class Keeper:
    """One run from its beginning to its end; `stored` is continued."""

    def __init__(self, assemble: Assemble, knowledge: Knowledge, stored: Stored | None) -> None:
        """Begin to keep, or take up what is kept."""
        from .continuing import previous_of

        self._assemble = assemble
        self._knowledge = knowledge
        self._told = Told()
        self._keeping = Keeping(self._told)
        self.previous = previous_of(stored.document) if stored else None
        self.name: str | None = None
        """What the run is called where it is kept; None: it is not kept."""
        if stored is not None:
            self._keeping.run = stored.run.id
            self.block(self.previous)
        elif (document := assemble(None)) is not None:
            self._keeping.begin(document)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What went wrong with keeping, in sentences."""
        return tuple(line for line in self._told.lines if not line.startswith("kept as "))

    def block(self, run: BenchmarkRun | None) -> None:
        """Keep what is whole by now."""
        self.previous = run
        document = self._assemble(run)
        if document is not None:
            self._keeping.checkpoint(document)

    def finish(self, run: BenchmarkRun) -> ProbeDocument | None:
        """Keep the result with the claims that it bears on, and return it."""
        from advisor.cli.testing_claims import with_claims

        document = self._assemble(run)
        if document is not None:
            document = with_claims(document, self._knowledge)
            self.name = self._keeping.finish(document)
        return document

    def give_up(self) -> ProbeDocument | None:
        """Keep the blocks that are whole, if there are any, after a failure; return them."""
        if self.previous is not None:
            return self.finish(self.previous)
        document = self._assemble(None)
        if document is not None and self._keeping.run is not None:
            self.name = self._keeping.finish(document)
        return None
