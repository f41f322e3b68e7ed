"""`fw-advisor kb`: look after the knowledge base."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.cli import verify_flags
from advisor.cli.exit_codes import CONDITION_MET, DONE
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output
from knowledge.text import printable

EXAMPLES = """examples:
  fw-advisor kb lint
  fw-advisor kb lint --knowledge ./house-rules --json
  fw-advisor kb stats
  fw-advisor kb stale --json | jq '.entries[].id'
  fw-advisor kb paths
  fw-advisor kb verify --sample 30 --seed 7
  fw-advisor kb verify api-softmax --json
  fw-advisor kb diff ./house-rules
  fw-advisor kb diff ../last-release/knowledge/data built-in
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts of this command."""
    parser.add_argument(
        "part",
        choices=tuple(PARTS),
        help="lint: check every file; stats: how much is known, and how well; "
        "stale: what is due for review; paths: where files lie; "
        "verify: re-run the executable entries in both frameworks; "
        "diff: which golden verdicts differ between two versions",
    )
    verify_flags.configure(parser)


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Do the part that was asked for."""
    if arguments.part != "verify":
        verify_flags.refuse(arguments, but=("names",) if arguments.part == "diff" else ())
    return PARTS[arguments.part](arguments, output)


def _lint(arguments: argparse.Namespace, output: Output) -> int:
    """Print findings; return 1 if one of them is an error."""
    from advisor.documents.lint import report
    from knowledge.lint.run import lint

    findings = lint(_overlays(arguments))
    errors = sum(finding.level == "error" for finding in findings)
    if output.json:
        output.document(report(findings))
    else:
        for f in findings:
            place = f"{f.file}:{f.line}" if f.line else f.file
            expected = f" (expected {f.expected})" if f.expected else ""
            near = f"; did you mean {f.nearest!r}?" if f.nearest else ""
            output.text(f"{place}: {f.code} {f.level}: {f.key}: {f.message}{expected}{near}")
        output.text(f"{errors} errors, {len(findings) - errors} warnings")
    return CONDITION_MET if errors else DONE


def _stats(arguments: argparse.Namespace, output: Output) -> int:
    from advisor.documents.stats import stats_document

    knowledge = open_knowledge(arguments)
    document = stats_document(knowledge)
    if output.json:
        output.document(document)
    else:
        from advisor.reports.stats import stats_page
        from advisor.reports.width import page_width

        output.page(stats_page(document, knowledge, page_width()))
    return DONE


def _stale(arguments: argparse.Namespace, output: Output) -> int:
    from advisor.documents.stats import stale_document

    document = stale_document(open_knowledge(arguments))
    if output.json:
        output.document(document)
    else:
        from advisor.reports.stats import stale_page
        from advisor.reports.width import page_width

        output.page(stale_page(document, page_width()))
    return DONE


def _paths(arguments: argparse.Namespace, output: Output) -> int:
    from advisor.cli.places import cache_directory, data_directory, state_directory
    from advisor.documents.stats import Paths
    from knowledge.base import BASE, check_overlays

    overlays = _overlays(arguments)
    check_overlays(overlays)
    document = Paths(
        knowledge=printable(str(BASE)),
        overlays=tuple(printable(str(overlay.resolve())) for overlay in overlays),
        cache=printable(str(cache_directory())),
        state=printable(str(state_directory())),
        data=printable(str(data_directory())),
    )
    if output.json:
        output.document(document)
    else:
        from advisor.reports.stats import paths_page

        output.page(paths_page(document))
    return DONE


def _verify(arguments: argparse.Namespace, output: Output) -> int:
    from advisor.cli.verifying import run as verify

    return verify(arguments, output)


def _diff(arguments: argparse.Namespace, output: Output) -> int:
    from advisor.cli.drifting import run as diff

    return diff(arguments, output)


def _overlays(arguments: argparse.Namespace) -> tuple[Path, ...]:
    return tuple(Path(name) for name in getattr(arguments, "knowledge", ()))


PARTS = {
    "lint": _lint,
    "stats": _stats,
    "stale": _stale,
    "paths": _paths,
    "verify": _verify,
    "diff": _diff,
}
