"""`fw-advisor advise`: answers in, advice out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from advisor.cli.exit_codes import CONDITION_MET, DONE
from advisor.cli.knowledge_base import open_knowledge
from advisor.cli.output import Output
from advisor.documents.advice import Advice
from advisor.engine.measured import Measurement
from advisor.engine.tables import Tables
from advisor.errors import InputError
from advisor.facts.answers import answer_from, fitting, question_named
from advisor.facts.fact import Fact, merge
from knowledge.base import Knowledge

if TYPE_CHECKING:
    from advisor.cli.conditions import Condition
from knowledge.text import printable

EXAMPLES = """examples:
  fw-advisor advise --set goal=research --set domain=text
  fw-advisor advise --answers team.yaml --json | jq .verdict
  fw-advisor advise --answers team.yaml --evidence probe.json --format markdown -o decision.md
  fw-advisor advise --plain
"""
FORMATS = ("text", "json", "markdown", "html")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags of this command."""
    parser.add_argument("text", nargs="*", metavar="TEXT", help=argparse.SUPPRESS)
    parser.add_argument(
        "--set", action="append", default=[], metavar="FACT=VALUE", help="one answer (repeatable)"
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
        metavar="FILE",
        help="saved JSON of `fw-advisor probe` (repeatable)",
    )
    parser.add_argument("--probe", action="store_true", help="probe this machine first")
    parser.add_argument("--plain", action="store_true", help="ask with numbered prompts")
    parser.add_argument("--all", action="store_true", help="with --plain: ask every question")
    parser.add_argument("--format", choices=FORMATS, help="default: text, or json with --json")
    parser.add_argument("--seed", type=_whole, default=0, metavar="N", help="seed of the sample")
    parser.add_argument(
        "--samples", type=_samples, default=None, metavar="N", help="size of the sample"
    )
    parser.add_argument(
        "--fail-if",
        action="append",
        default=[],
        metavar="CONDITION",
        help="exit 1 if it holds: choice=tensorflow, strength<clear, support<0.8",
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
    if arguments.text:
        raise InputError(
            f"free text ({' '.join(arguments.text)[:60]!r}) is not understood yet; "
            "give answers with --set FACT=VALUE or --answers FILE"
        )
    if arguments.plain and "-" in arguments.answers:
        raise InputError("--plain and --answers - both read standard input")
    conditions = _conditions(arguments.fail_if)
    form = arguments.format or ("json" if output.json else "text")
    if output.json and form != "json":
        raise InputError(f"--json and --format {form} exclude each other")
    knowledge = open_knowledge(arguments)
    advice = _advice(arguments, knowledge, output)
    write(advice, knowledge, form, output)
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
    from advisor.clock import now
    from advisor.engine.sampling import SAMPLES
    from advisor.explain.advice import advise

    tables = Tables(knowledge)
    found, measurements, warnings = _evidence(arguments, output)
    found, unasked = fitting(found, knowledge.questions)
    found += _files(arguments, knowledge)
    found += [_flag(text, knowledge) for text in arguments.set]
    facts, ignored = merge(found)
    ignored = [*unasked, *ignored]
    if arguments.plain:
        from advisor.cli.plain import interview

        facts = interview(tables, facts, ask_all=arguments.all)
    return advise(
        tables,
        facts,
        created=now(),
        ignored=ignored,
        measurements=measurements,
        warnings=warnings,
        seed=arguments.seed,
        samples=arguments.samples or SAMPLES,
    )


def _files(arguments: argparse.Namespace, knowledge: Knowledge) -> list[Fact]:
    if not arguments.answers:
        return []
    from advisor.facts.files import facts_from_file

    return [f for name in arguments.answers for f in facts_from_file(name, knowledge.questions)]


def _flag(text: str, knowledge: Knowledge) -> Fact:
    name, sign, value = text.partition("=")
    if not sign:
        raise InputError(f"--set {text[:80]!r}: expected FACT=VALUE, such as goal=research")
    question = question_named(knowledge.questions, name.strip(), "--set: ")
    said = printable(f"--set {text}")
    return Fact(question.id, answer_from(question, value, "--set: "), "flag", said)


def _evidence(
    arguments: argparse.Namespace, output: Output
) -> tuple[list[Fact], list[Measurement], list[str]]:
    if not arguments.evidence and not arguments.probe:
        return [], [], []
    from advisor.clock import now
    from advisor.facts.evidence import THIS_MACHINE, collect, read_probe

    documents = [(name, read_probe(name)) for name in arguments.evidence]
    if arguments.probe:
        from advisor.cli.probing import quick_probe

        documents.append((THIS_MACHINE, quick_probe(output)))
    return collect(documents, now())


def write(advice: Advice, knowledge: Knowledge, form: str, output: Output) -> None:
    """Write the advice in one of FORMATS."""
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

        output.text(decision_page(advice, knowledge))
