"""`fw-advisor probe`: what is in this machine, what each framework can use, how fast they are."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.cli import doctoring, probe_flags
from advisor.cli.asked import asked_with, interpreters_of
from advisor.cli.charting import chart_page, write_charts_of
from advisor.cli.choices import each_of
from advisor.cli.exit_codes import DONE, INTERRUPTED, NOT_MEASURED
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.measuring import analysed
from advisor.cli.output import Output
from advisor.cli.probe_state import code_of_state
from advisor.cli.probing import probed, with_progress
from advisor.cli.redacting import redacted_document
from probes.document import ProbeDocument

if TYPE_CHECKING:
    from advisor.history.comparison import Side
    from advisor.reports.page import Line

EXAMPLES = """examples:
  fw-advisor probe                     hardware, frameworks, a quick benchmark
  fw-advisor probe hardware --json
  fw-advisor probe bench --quick --workload matmul
  fw-advisor probe doctor              why a framework sees no card, and the fix
  fw-advisor probe doctor --plan --assume gpu="RTX 4090" --assume driver=550
  fw-advisor probe doctor --redact --json -o doctor.json
  fw-advisor probe hardware --quiet -o hardware.txt --fail-if degraded
  fw-advisor probe --python tensorflow=/opt/tf/bin/python -o probe.json --json
  fw-advisor probe claims              what documents say, and what was measured
  fw-advisor probe claims --evidence probe.json --chart seeds.svg
  fw-advisor probe bench --budget 10m  what fits into ten minutes
  fw-advisor probe bench --resume      go on with a run that was interrupted
  fw-advisor probe bench --vs last     measure again, compare with the last run
  fw-advisor probe history             the runs that are kept, and what is stale
  fw-advisor probe history --export runs.fwbundle last last~1
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts and flags of this command."""
    probe_flags.configure(parser)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Probe, show, keep; 4 if what was asked could not be measured, 130 if interrupted.

    A condition of --fail-if that is met is 1, also where nothing could be measured.
    """
    probe_flags.refuse(arguments)
    if arguments.part == "history":
        from advisor.cli.history import history

        return history(arguments, output)
    conditions = each_of("--fail-if", arguments.fail_if, probe_flags.CONDITIONS)
    if arguments.part == "doctor":
        return _doctor(arguments, conditions, output)
    # Opened first: a fault in an overlay must not cost a measurement.
    knowledge = open_knowledge(arguments) if arguments.part != "hardware" else None
    if knowledge is not None and arguments.part == "claims":
        from advisor.cli.testing_claims import claims

        return claims(arguments, knowledge, output)
    earlier = _earlier_run(arguments, output)
    if arguments.analyze is not None:
        return _analyse(arguments, conditions, earlier, output)
    found = probed(asked_with(arguments), output, knowledge)
    document = found.document
    _show(arguments, document, earlier, found.name or "this run", output)
    if found.interrupted:
        _say_interrupted(document, output)
        return INTERRUPTED
    code = code_of_state(document.state, document.faults, conditions, output)
    if code != DONE or arguments.part == "hardware":
        return code
    return DONE if _measured(document) else NOT_MEASURED


def _say_interrupted(document: ProbeDocument, output: Output) -> None:
    benchmarks = document.benchmarks
    begun = benchmarks.interrupted and bool(benchmarks.workloads)
    more = "; go on with: fw-advisor probe bench --resume" if begun else ""
    output.complain(f"interrupted; finished blocks are kept{more}")


def _analyse(
    arguments: argparse.Namespace,
    conditions: Sequence[str],
    earlier: Side | None,
    output: Output,
) -> int:
    document = _cleaned(arguments, analysed(arguments.analyze, output))
    _show(arguments, document, earlier, arguments.analyze, output)
    code = code_of_state(document.state, document.faults, conditions, output)
    return code if code != DONE or _measured(document) else NOT_MEASURED


def _show(
    arguments: argparse.Namespace,
    document: ProbeDocument,
    earlier: Side | None,
    name: str,
    output: Output,
) -> None:
    """Print the document, or its comparison with an earlier run, and write its charts."""
    if earlier is not None:
        from advisor.cli.history_compare import comparison, show_comparison

        compared = comparison(earlier, document, name, from_file=arguments.analyze is not None)
        show_comparison(compared, output, () if output.json else _page(arguments, document))
    elif output.json:
        output.document(document)
    else:
        output.page(_page(arguments, document))
    write_charts_of(document, arguments.chart, output)


def _earlier_run(arguments: argparse.Namespace, output: Output) -> Side | None:
    if arguments.vs is None:
        return None
    from advisor.cli.history_compare import earlier_run

    return earlier_run(arguments.vs, output)


def _cleaned(arguments: argparse.Namespace, document: ProbeDocument) -> ProbeDocument:
    return redacted_document(document) if arguments.redact else document


def _page(arguments: argparse.Namespace, document: ProbeDocument) -> list[Line]:
    from advisor.reports.probe import probe_page
    from advisor.reports.state import state_page
    from advisor.reports.width import page_width

    width = page_width()
    lines = [*state_page(document, width), *probe_page(document, width)]
    if arguments.part == "bench":
        from advisor.reports.charts.of_run import charts_of

        lines += chart_page(charts_of(document))
    return lines


def _doctor(arguments: argparse.Namespace, conditions: Sequence[str], output: Output) -> int:
    interpreters = interpreters_of(arguments)
    document, interrupted = with_progress(
        lambda show, stop: doctoring.doctor(arguments, interpreters, output, show, stop), output
    )
    if output.json:
        output.document(document)
    else:
        from advisor.reports.doctor import doctor_page
        from advisor.reports.width import page_width

        output.page(doctor_page(document, page_width()))
    if interrupted:
        return INTERRUPTED
    return code_of_state(document.state, document.faults, conditions, output)


def _measured(document: ProbeDocument) -> bool:
    return any(
        cell.status == "ok" and cell.median_seconds is not None
        for case in document.benchmarks.workloads.values()
        for cell in case.arms.values()
    )
