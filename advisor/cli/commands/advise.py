"""`fw-advisor advise`: answers in, advice out."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.cli.exit_codes import CONDITION_MET, DONE
from advisor.cli.given import Given, given
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output
from advisor.documents.advice import Advice
from advisor.engine.tables import Tables
from advisor.errors import InputError
from knowledge.base import Knowledge

if TYPE_CHECKING:
    from advisor.cli.conditions import Condition
    from probes.claims import ClaimResult

EXAMPLES = """examples:
  fw-advisor advise "we fine-tune BERT for an Android app; no GPU"
  fw-advisor advise --set goal=research --set domain=text
  fw-advisor advise --answers team.yaml --json | jq .verdict
  fw-advisor advise --answers team.yaml --toward tensorflow
  fw-advisor advise --answers now.yaml --compare with-a-gpu.yaml
  fw-advisor advise --answers anna.yaml --answers ben.yaml --team
  fw-advisor advise --replay decision.json
  fw-advisor advise --answers team.yaml --probe
  fw-advisor advise --answers team.yaml --evidence last --format html -o it.html
  fw-advisor advise --plain
"""
FORMATS = ("text", "json", "markdown", "html")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags of this command."""
    parser.add_argument(
        "text", nargs="*", metavar="TEXT", help="your case in your own words, in quotation marks"
    )
    _configure_answers(parser)
    _configure_questions(parser)
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="default: text, or json with --json; html draws what was measured",
    )
    parser.add_argument("--seed", type=_whole, default=None, metavar="N", help="seed of the sample")
    parser.add_argument(
        "--samples", type=_samples, default=None, metavar="N", help="size of the sample"
    )
    parser.add_argument(
        "--fail-if",
        action="append",
        default=[],
        metavar="CONDITION",
        help="exit 1 if it holds: choice=tensorflow, between=either (of PyTorch and TensorFlow "
        "alone), strength<clear, support<0.8 (repeatable)",
    )


def _configure_answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FACT=VALUE",
        help="one answer, such as goal=research; `show goal` lists its values (repeatable)",
    )
    parser.add_argument(
        "--answers",
        action="append",
        default=[],
        metavar="FILE",
        help="answers as YAML or JSON, - for standard input (repeatable, later ones win)",
    )
    parser.add_argument(
        "--evidence",
        action="append",
        default=[],
        metavar="FILE|RUN",
        help="saved JSON of `probe` or `probe doctor`, or a run that is kept: its id, last, "
        "last~1 (repeatable)",
    )
    parser.add_argument(
        "--code",
        action="append",
        default=[],
        metavar="PATH",
        help="existing code, a file or a directory: read, never run (repeatable)",
    )
    parser.add_argument(
        "--probe",
        action="store_true",
        help="look at this machine first, and measure what counts for these answers (minutes)",
    )
    parser.add_argument("--plain", action="store_true", help="ask with numbered prompts")
    parser.add_argument("--all", action="store_true", help="with --plain: ask every question")


def _configure_questions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--toward", metavar="OPTION", help="what would have to change for this option to come first"
    )
    parser.add_argument(
        "--compare", metavar="FILE", help="put the answers of this file beside these"
    )
    parser.add_argument(
        "--team",
        action="store_true",
        help="each --answers FILE is one person: who would choose what, and what serves all",
    )
    parser.add_argument(
        "--replay", metavar="FILE", help="ask what saved advice (JSON) was asked, today"
    )


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is not a whole number")
    return int(text)


def _samples(text: str) -> int:
    number = _whole(text)
    if not 50 <= number <= 100_000:
        raise argparse.ArgumentTypeError(f"{number} is not between 50 and 100,000")
    return number


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Advise; return 1 if a --fail-if condition holds."""
    from advisor.cli.exclusions import refuse

    refuse(arguments)
    conditions = _conditions(arguments.fail_if)
    form = arguments.format or ("json" if output.json else "text")
    if output.json and form != "json":
        raise InputError(f"--json and --format {form} exclude each other")
    knowledge = open_knowledge(arguments)
    if arguments.team:
        from advisor.cli.team import run as team

        return team(arguments, knowledge, form, output)
    advice = _advice(arguments, knowledge, output)
    claims: Sequence[ClaimResult] = ()
    if form == "html" and arguments.evidence:
        from advisor.cli.testing_claims import claims_of_evidence

        claims = claims_of_evidence(arguments.evidence, knowledge, output)
    write(advice, knowledge, form, output, claims)
    met = [c for c in conditions if c.holds(advice)]
    for c in met:
        output.complain(f"condition met: {c.text}")
    return CONDITION_MET if met else DONE


def _conditions(texts: list[str]) -> list[Condition]:
    if not texts:
        return []
    from advisor.cli.conditions import condition

    return [condition(text) for text in texts]


def _advice(arguments: argparse.Namespace, knowledge: Knowledge, output: Output) -> Advice:
    if arguments.replay:
        from advisor.cli.replaying import replayed

        return replayed(arguments, knowledge)
    tables = Tables(knowledge)
    found = given(arguments, knowledge, output, arguments.answers)
    if arguments.plain:
        from advisor.cli.plain import interview

        found.facts = interview(tables, found.facts, ask_all=arguments.all)
    advice = advised(tables, arguments, found)
    if arguments.compare:
        from advisor.cli.comparing import compared

        advice = compared(tables, arguments, advice, found, output)
    if arguments.toward:
        from advisor.cli.toward import pointed

        advice = pointed(tables, arguments.toward, advice, found)
    return advice


def advised(tables: Tables, arguments: argparse.Namespace, found: Given) -> Advice:
    """Return the advice for what was handed over."""
    from advisor.clock import now
    from advisor.engine.sampling import SAMPLES
    from advisor.explain.advice import advise

    return advise(
        tables,
        found.facts,
        created=now(),
        ignored=found.ignored,
        measurements=found.measurements,
        warnings=found.warnings,
        seed=arguments.seed or 0,
        samples=arguments.samples or SAMPLES,
        code=found.code,
    )


def write(
    advice: Advice,
    knowledge: Knowledge,
    form: str,
    output: Output,
    claims: Sequence[ClaimResult] = (),
) -> None:
    """Write the advice in one of FORMATS; `claims` are drawn in the HTML record."""
    if form == "json":
        output.document(advice)
    elif form == "text":
        from advisor.reports.text import advice_page
        from advisor.reports.width import page_width

        output.page(advice_page(advice, knowledge, page_width()))
    elif form == "markdown":
        from advisor.reports.markdown import decision_record

        output.text(decision_record(advice, knowledge))
    else:
        from advisor.reports.html import decision_page

        output.text(decision_page(advice, knowledge, claims))
