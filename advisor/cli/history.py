"""`fw-advisor probe history`: the runs that are kept, one of them, and where they go."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .charting import write_charts_of
from .exit_codes import DONE
from .output import Output
from .store_access import opened_store, refusing

if TYPE_CHECKING:
    from probes.store import Kept, Stored


def history(arguments: argparse.Namespace, output: Output) -> int:
    """Do what the flags of `probe history` ask for; see `history_flags.configure`."""
    if arguments.export:
        from .history_bundle import export

        file, *references = arguments.export
        return export(file, references, output, redact=arguments.redact)
    if arguments.import_file:
        from .history_bundle import take_in

        return take_in(arguments.import_file, output)
    if arguments.delete:
        return delete(arguments.delete, output)
    if arguments.run is not None:
        return show(arguments.run, output, arguments.chart, redact=arguments.redact)
    return overview(output)


def overview(output: Output) -> int:
    """Print all runs, newest first, each with its badge."""
    with refusing():
        show_runs(opened_store(output).runs(), output)
    return DONE


def show(reference: str, output: Output, chart: str | None = None, *, redact: bool = False) -> int:
    """Print one run as the probe showed it; with --json, its document; its charts into a file."""
    from .redacting import redacted_run

    with refusing():
        stored = opened_store(output).read(reference)
        stored = redacted_run(stored) if redact else stored
    if output.json:
        from msgspec import Raw

        # As it was kept, with fields that a newer version wrote; redacted, without them.
        output.document(Raw(stored.raw))
    else:
        _page(stored, output)
    write_charts_of(stored.document, chart, output)
    return DONE


def _page(stored: Stored, output: Output) -> None:
    from advisor.clock import now
    from advisor.documents.history import history_run
    from advisor.reports.history import run_page
    from advisor.reports.probe import probe_page
    from advisor.reports.state import state_page
    from advisor.reports.width import page_width

    from .present import present

    width, document = page_width(), stored.document
    run = history_run(stored.run, present([stored.run]), now())
    lines = [*run_page(run, width), "", *state_page(document, width), *probe_page(document, width)]
    output.page(lines)


def delete(references: Sequence[str], output: Output) -> int:
    """Delete runs: all that are named, or none if one of them is not there."""
    with refusing():
        store = opened_store(output)
        runs = {run.id: run for run in (store.read_kept(name) for name in references)}
        gone = [store.delete(run) for run in runs]
    show_runs(gone, output, "deleted")
    for run in gone:
        if run.here and run.source:
            output.narrate(f"(the file {run.source} that {run.id} was taken over from is left)")
    return DONE


def show_runs(runs: Sequence[Kept], output: Output, what: str = "") -> None:
    """Print runs; `what` says what became of them."""
    from advisor.clock import now
    from advisor.documents.history import history_document

    from .present import present

    document = history_document(runs, present(runs), now())
    if output.json:
        output.document(document)
        return
    from advisor.reports.history import history_page
    from advisor.reports.width import page_width

    output.page(history_page(document, page_width(), what))
