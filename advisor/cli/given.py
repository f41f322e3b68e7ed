"""Everything a person hands over with `advise`: text, flags, files, evidence, code."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from advisor.cli.output import Output
from advisor.engine.measured import Evidence
from advisor.errors import InputError
from advisor.facts.answers import answer_from, fitting, question_named
from advisor.facts.fact import Fact, Ignored, merge
from knowledge.base import Knowledge
from knowledge.text import printable

if TYPE_CHECKING:
    from advisor.migration.code import Code

NOTHING_READ = "nothing in the text was understood as a fact; the answer rests on no answers"


class Given(msgspec.Struct):
    """Facts, what was not used of them and why, measurements and warnings."""

    facts: list[Fact]
    ignored: list[Ignored]
    measurements: list[Evidence]
    warnings: list[str]
    code: Code | None = None


def given(
    arguments: argparse.Namespace,
    knowledge: Knowledge,
    output: Output,
    answer_files: Sequence[str],
) -> Given:
    """Return what was handed over; a person's flag beats a file, and a file beats a text."""
    read = _text(arguments, knowledge)
    told = read.facts if read else []
    told += _files(answer_files, knowledge)
    told += [_flag(text, knowledge) for text in arguments.set]
    found, measurements, warnings = _evidence(arguments, knowledge, told, output)
    code = _code(arguments, knowledge, found)
    found, unasked = fitting(found, knowledge.questions)
    found += told
    facts, beaten = merge(found)
    if read and not read.facts:
        warnings.append(NOTHING_READ)
    ignored = [*unasked, *beaten, *(read.ignored if read else ()), *(code.ignored if code else ())]
    return Given(facts, ignored, measurements, warnings, code)


def _text(arguments: argparse.Namespace, knowledge: Knowledge) -> Given | None:
    """Read the facts out of free text."""
    if not arguments.text:
        return None
    from advisor.reading.read import read

    text = "\n\n".join(arguments.text) if len(arguments.text) > 1 else arguments.text[0]
    if all(len(word.split()) <= 1 for word in arguments.text):
        # Somebody left the quotation marks out.
        text = " ".join(arguments.text)
    result = read(text, knowledge)
    facts, unasked = fitting(result.facts, knowledge.questions)
    return Given(facts, [*result.ignored, *unasked], [], [])


def _code(arguments: argparse.Namespace, knowledge: Knowledge, found: list[Fact]) -> Code | None:
    """Read the code that was named, and add what it says to the facts."""
    if not arguments.code:
        return None
    from advisor.migration.code import read_code
    from advisor.migration.era import code_facts

    code = read_code(arguments.code, knowledge)
    found += code_facts(code)
    return code


def _files(names: Sequence[str], knowledge: Knowledge) -> list[Fact]:
    if not names:
        return []
    from advisor.facts.files import facts_from_file

    return [f for name in names for f in facts_from_file(name, knowledge.questions)]


def _flag(text: str, knowledge: Knowledge) -> Fact:
    name, sign, value = text.partition("=")
    if not sign:
        raise InputError(f"--set {text[:80]!r}: expected FACT=VALUE, such as goal=research")
    question = question_named(knowledge.questions, name.strip(), "--set: ")
    said = printable(f"--set {text}")
    return Fact(question.id, answer_from(question, value, "--set: "), "flag", said)


def _evidence(
    arguments: argparse.Namespace, knowledge: Knowledge, told: Sequence[Fact], output: Output
) -> tuple[list[Fact], list[Evidence], list[str]]:
    """Return what files and a probe say; a probe measures what counts for what was told."""
    if not arguments.evidence and not arguments.probe:
        return [], [], []
    from advisor.clock import now
    from advisor.diagnosing import known_builds
    from advisor.facts.evidence import THIS_MACHINE, collect

    from .stored_evidence import changed_since, evidence_and_run

    found = [(name, *evidence_and_run(name, output)) for name in arguments.evidence]
    changes = changed_since([run for _, _, run in found if run is not None])
    documents = [(name, document) for name, document, _ in found]
    if arguments.probe:
        from advisor.cli.probing import quick_probe
        from advisor.engine.tables import Tables
        from advisor.facts.workloads import workloads_for

        wanted = workloads_for(Tables(knowledge), {fact.id: fact.value for fact in told})
        documents.append((THIS_MACHINE, quick_probe(output, knowledge, wanted)))
    facts, measurements, warnings = collect(documents, now(), known_builds(knowledge))
    return facts, measurements, [*changes, *warnings]
