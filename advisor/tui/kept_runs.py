"""The store of results as the screens see it: what went wrong is a sentence, never an exception.

Reading takes a moment and may wait for a lock, so all of it is called in threads.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from advisor.cli.output import Output

if TYPE_CHECKING:
    from advisor.documents.history import History, HistoryRun
    from advisor.documents.run_comparison import RunComparison
    from advisor.documents.tested import ProbeClaims
    from knowledge.base import Knowledge
    from probes.store import Kept, Store, Stored

Answer = TypeVar("Answer")


class Told(Output):
    """What the store says goes to whoever asks, not to the terminal that the screen is drawn on."""

    def __init__(self) -> None:
        """Nothing was said yet."""
        super().__init__(json=False, file=None, quiet=True, colour=False)
        self.lines: list[str] = []

    def narrate(self, text: str) -> None:
        """Keep what is said."""
        self.lines.append(text.strip("()"))


@dataclass(frozen=True)
class Listing:
    """The runs that are kept, or why they cannot be listed."""

    history: History | None
    told: tuple[str, ...] = ()
    problem: str = ""

    @property
    def runs(self) -> tuple[HistoryRun, ...]:
        """The runs."""
        return self.history.runs if self.history else ()

    def without(self, run: str) -> Listing:
        """Return the listing without a run that was deleted."""
        from msgspec import structs

        if self.history is None:
            return self
        rest = tuple(one for one in self.history.runs if one.id != run)
        return replace(self, history=structs.replace(self.history, runs=rest))


def listed(present: Callable[..., Any]) -> Listing:
    """Return all runs, newest first, each held against this machine as `present` finds it."""
    from advisor.clock import now
    from advisor.documents.history import history_document

    told = Told()
    runs, problem = _asked(lambda store: store.runs(), told)
    if runs is None:
        return Listing(None, tuple(told.lines), problem)
    return Listing(history_document(runs, present(runs), now()), tuple(told.lines))


def opened(run: str) -> tuple[Stored | None, str]:
    """Return a run with its document, or why it cannot be read."""
    return _asked(lambda store: store.read(run), Told())


def deleted(run: str) -> str:
    """Delete a run; return why that cannot be done, or nothing."""
    return _asked(lambda store: store.delete(run), Told())[1]


def interrupted() -> list[Kept]:
    """Return the runs that were stopped here, newest first; none where the store fails."""
    from probes.store import Wanted

    wanted = Wanted(states=("interrupted",), origin="here")
    return _asked(lambda store: store.runs(wanted), Told())[0] or []


def compared(first: str, second: str) -> tuple[RunComparison | None, str]:
    """Return how the later of two runs differs from the earlier one."""
    from advisor.history.comparison import Side, compare_runs

    found = []
    for name in (first, second):
        stored, problem = opened(name)
        if stored is None:
            return None, problem
        found.append(stored)
    old, new = sorted(found, key=lambda stored: stored.run.number)
    sides = [Side(one.run.id, one.document, one.run.origin) for one in (old, new)]
    return compare_runs(*sides), ""


def claims(knowledge: Knowledge) -> tuple[ProbeClaims, tuple[str, ...]]:
    """Return the claims put to the test of what is kept, and what the store said."""
    from advisor.cli.testing_claims import kept
    from advisor.documents.tested import probe_claims
    from advisor.tested.results import judge_claims

    told = Told()
    return probe_claims(judge_claims(knowledge, kept(told))), tuple(told.lines)


def _asked(ask: Callable[[Store], Answer], told: Told) -> tuple[Answer | None, str]:
    from advisor.cli.store_access import opened_store
    from probes.store import StoreError

    try:
        return ask(opened_store(told)), ""
    except (StoreError, OSError) as error:
        return None, str(error)
