"""`fw-advisor kb`: look after the knowledge base."""

from __future__ import annotations

import argparse
from pathlib import Path

from advisor.cli.exit_codes import CONDITION_MET, DONE
from advisor.cli.output import Output

EXAMPLES = """examples:
  fw-advisor kb lint
  fw-advisor kb lint --knowledge ./house-rules --json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the parts of this command."""
    parser.add_argument("part", choices=("lint",), help="lint: check every file")


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Print findings; return 1 if one of them is an error."""
    from advisor.documents.lint import report
    from knowledge.lint.run import lint

    findings = lint(tuple(Path(name) for name in getattr(arguments, "knowledge", ())))
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
