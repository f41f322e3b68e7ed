"""`fw-advisor kb verify`: re-run the executable entries and compare with what is stored."""

from __future__ import annotations

import argparse
import platform
import threading
from collections.abc import Sequence
from pathlib import Path

from advisor.clock import now
from advisor.documents.verify import BatchItem, Verify, VerifyResult, VersionChange
from advisor.errors import InputError
from advisor.verification import choose, stored
from advisor.verification.choose import Chosen
from advisor.verification.rows import runnable
from knowledge.base import BASE
from knowledge.model.verification import Verification
from probes.verify.rows import Exercise, Program, Row, Verified
from probes.verify.run import verify

from .exit_codes import CONDITION_MET, DONE, INTERRUPTED, NOT_MEASURED
from .knowledge_base import open_knowledge
from .output import Output


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Run, compare, print; 1 on a failure, 4 if a framework is missing."""
    if arguments.sample is not None and arguments.sample < 1:
        raise InputError(f"kb verify: --sample {arguments.sample} is not above 0")
    chosen, left_out, known = _chosen(arguments)
    interpreters = dict(map(_interpreter, arguments.python))
    found, interrupted = _verify(chosen, interpreters, output)
    versions = {"python": platform.python_version(), **found.versions}
    by_id = {one.entry.id: one for one in chosen}
    fresh = [
        (by_id[result.id], stored.verification(by_id[result.id], result, versions, now()[:10]))
        for result in found.results
    ]
    if arguments.write and not found.missing and not interrupted:
        _write(arguments, fresh, output)
    document = _document(found, fresh, known, left_out, versions, interrupted)
    _print(document, output)
    if interrupted:
        output.complain("interrupted; what was finished is shown")
        return INTERRUPTED
    if found.missing:
        return NOT_MEASURED
    return CONDITION_MET if document.failures else DONE


def _chosen(
    arguments: argparse.Namespace,
) -> tuple[list[Chosen], list[str], dict[str, Verification]]:
    """Return what to run, what is left out, and the stored results of the base."""
    foreign = arguments.run_overlay_code
    files = [Path(name) for name in arguments.names if name.endswith(".yaml")]
    names = [name for name in arguments.names if not name.endswith(".yaml")]
    chosen: list[Chosen] = []
    for path in files:
        if not path.is_file():
            raise InputError(f"kb verify: there is no file {path}")
        chosen += choose.of_file(path, foreign=foreign)
    if files and not names:
        groups = {one.group for one in chosen}
        known: dict[str, Verification] = {}
        for group in groups:
            known.update(stored.stored_group(group, BASE))
        return _narrowed(arguments, chosen, known), [], known
    overlays = tuple(Path(name) for name in getattr(arguments, "knowledge", ()))
    knowledge = open_knowledge(arguments)
    entries, left_out = choose.executable_entries(knowledge, overlays, with_overlays=foreign)
    known = {one.of: one for one in knowledge.kind("verification").values()}
    chosen += choose.named(entries, names) if names else entries
    return _narrowed(arguments, chosen, known), left_out, known


def _narrowed(
    arguments: argparse.Namespace, chosen: list[Chosen], known: dict[str, Verification]
) -> list[Chosen]:
    """Return the edited ones, a sample, or with both flags the sample and the edited ones."""
    edited = choose.changed(chosen, known) if arguments.changed else []
    if arguments.sample is None:
        return edited if arguments.changed else chosen
    drawn = choose.sample(chosen, arguments.sample, arguments.seed)
    wanted = {one.entry.id for one in (*drawn, *edited)}
    return [one for one in chosen if one.entry.id in wanted]


def _verify(
    chosen: Sequence[Chosen], interpreters: dict[str, str], output: Output
) -> tuple[Verified, bool]:
    parts = [runnable(one.kind, one.entry, one.root) for one in chosen]
    rows = [part for part in parts if isinstance(part, Row)]
    programs = [part for part in parts if isinstance(part, Program)]
    exercises = [part for part in parts if isinstance(part, Exercise)]
    words = f"{len(rows)} rows, {len(programs)} patterns, {len(exercises)} exercises"
    output.narrate(f"running {words} on both sides …")
    cancel, done = threading.Event(), {"tensorflow": 0, "torch": 0}

    def count(side: str) -> None:
        done[side] += 1
        if done[side] % 50 == 0:
            output.narrate(f"TensorFlow {done['tensorflow']}, PyTorch {done['torch']} of {words}")

    found = verify(
        rows, interpreters, programs=programs, exercises=exercises, cancel=cancel, on_row=count
    )
    return found, found.interrupted


def _write(
    arguments: argparse.Namespace, fresh: Sequence[tuple[Chosen, Verification]], output: Output
) -> None:
    ours = [(chosen, one) for chosen, one in fresh if chosen.root.resolve() == BASE.resolve()]
    if not all(name.endswith(".yaml") for name in arguments.names) or not arguments.names:
        grouped = stored.with_groups([chosen for chosen, _ in ours], BASE)
        ours = [(chosen, one) for chosen, (_, one) in zip(grouped, ours, strict=True)]
    whole = arguments.sample is None and not arguments.changed
    whole = whole and all(name.endswith(".yaml") for name in arguments.names)
    for path in stored.write(ours, BASE, whole=whole):
        output.narrate(f"wrote {path.name}")


def _document(
    found: Verified,
    fresh: Sequence[tuple[Chosen, Verification]],
    known: dict[str, Verification],
    left_out: Sequence[str],
    versions: dict[str, str],
    interrupted: bool,
) -> Verify:
    results = tuple(
        VerifyResult(
            one.of,
            chosen.kind,
            one.outcome,
            one.problems,
            one.max_error,
            one.max_abs_error,
            one.max_gradient_error,
            one.naive_error,
            one.naive_note,
            one.seconds,
            tuple(stored.changes(known.get(one.of), one)),
        )
        for chosen, one in fresh
    )
    agreeing = [r for r in results if r.outcome == "agrees"]
    worst = max(agreeing, key=lambda r: r.max_error or 0.0, default=None)
    moved = stored.version_changes(list(known.values()), versions) if found.results else {}
    return Verify(
        count=len(results),
        failures=sum(result.outcome == "fails" for result in results),
        seconds=found.seconds,
        worst_error=worst.max_error if worst else None,
        worst=worst.id if worst else None,
        versions=versions,
        version_changes=tuple(VersionChange(n, *pair) for n, pair in moved.items()),
        missing=found.missing,
        left_out=tuple(left_out),
        interrupted=interrupted,
        results=results,
        stored=tuple(known.values()) if found.missing else (),
        batches=tuple(BatchItem(b.side, b.rows, b.seconds, b.ending) for b in found.batches),
    )


def _print(document: Verify, output: Output) -> None:
    if output.json:
        output.document(document)
        return
    from advisor.reports.verify import verify_page
    from advisor.reports.width import page_width

    output.page(verify_page(document, page_width()))


def _interpreter(text: str) -> tuple[str, str]:
    name, sign, path = text.partition("=")
    if not sign or not path:
        raise InputError(f"--python {text[:80]!r}: expected FRAMEWORK=PATH")
    return name, path
