"""`probe bench --vs RUN`: a new run, or a file of one, against a run that is kept.

The run is looked up before anything is measured: `last` must not become the new one, and a name
that does not exist must not cost minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.errors import InputError

from .output import Output
from .store_access import opened_store, refusing

if TYPE_CHECKING:
    from advisor.documents.run_comparison import RunComparison
    from advisor.history.comparison import Side
    from advisor.reports.page import Line
    from probes.document import ProbeDocument


def earlier_run(reference: str, output: Output) -> Side:
    """Return the run to compare with.

    Raises:
        InputError: It does not exist, is running, or has no benchmark.
    """
    from advisor.history.comparison import Side

    with refusing():
        stored = opened_store(output).read(reference)
    if stored.run.state == "running":
        raise InputError(f"--vs {stored.run.id}: is being measured now; compare when it has ended")
    if not stored.run.arms:
        raise InputError(f"--vs {stored.run.id}: nothing was measured in that run")
    return Side(stored.run.id, stored.document, stored.run.origin)


def comparison(
    old: Side, document: ProbeDocument, name: str, *, from_file: bool = False
) -> RunComparison:
    """Return how a document differs from an earlier run.

    Args:
        old: Of :func:`earlier_run`.
        document: The new run.
        name: What the new run is called: its id, or its file.
        from_file: It was read from a file (`--analyze`), and may be of any machine.
    """
    from advisor.history.comparison import Side, compare_runs

    return compare_runs(old, Side(name, document, "file" if from_file else "here"))


def show_comparison(compared: RunComparison, output: Output, above: Sequence[Line] = ()) -> None:
    """Print a comparison below the page of the new run; with --json, as the one document."""
    if output.json:
        output.document(compared)
        return
    from advisor.reports.run_comparison import comparison_page
    from advisor.reports.width import page_width

    page = comparison_page(compared, page_width())
    output.page([*above, "", *page] if above else page)
