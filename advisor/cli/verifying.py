"""`fw-advisor kb verify`: re-run the executable entries and compare with what is stored."""

from __future__ import annotations

import argparse
import platform
import threading
from collections.abc import Sequence
from pathlib import Path

from advisor.clock import now
from advisor.documents.verify import Verify
from advisor.errors import InputError
from advisor.verification import choose, stored
from advisor.verification.choose import Chosen
from advisor.verification.rows import runnable
from knowledge.base import BASE
from knowledge.model.verification import Verification
from probes.verify.rows import Exercise, Program, Row, Verified
from probes.verify.run import verify

from . import verify_flags
from .exit_codes import CONDITION_MET, DONE, INTERRUPTED, NOT_MEASURED
from .knowledge_base import open_knowledge
from .output import Output
from .verify_document import Fresh, verify_document


def run(arguments: argparse.Namespace, output: Output) -> int:
    """Run, compare, print; 1 on a failure, 4 if a framework is missing."""
    verify_flags.contradictions(arguments)
    chosen, left_out, known, seed = _chosen(arguments)
    interpreters = dict(map(_interpreter, arguments.python))
    found, interrupted = _verify(chosen, interpreters, output)
    versions = {"python": platform.python_version(), **found.versions}
    by_id = {one.entry.id: one for one in chosen}
    fresh = [
        (by_id[result.id], stored.verification(by_id[result.id], result, versions, now()[:10]))
        for result in found.results
    ]
    if arguments.write and not found.missing and not interrupted:
        _write(arguments, fresh, bool(found.absent), output)
    drawn = (arguments.sample, seed)
    document = verify_document(found, fresh, known, left_out, versions, drawn)
    _print(document, output)
    if interrupted:
        output.complain("interrupted; what was finished is shown")
        return INTERRUPTED
    if found.missing or (found.absent and not found.results):
        return NOT_MEASURED
    return CONDITION_MET if document.failures else DONE


def _chosen(
    arguments: argparse.Namespace,
) -> tuple[list[Chosen], list[str], dict[str, Verification], int | None]:
    """Return what to run, what is left out, the stored results, and the seed of the sample."""
    foreign = arguments.run_overlay_code
    files = [Path(name) for name in arguments.names if name.endswith(".yaml")]
    names = [name for name in arguments.names if not name.endswith(".yaml")]
    chosen: list[Chosen] = []
    for path in files:
        if not path.is_file():
            raise InputError(f"kb verify: there is no file {path}")
        chosen += choose.of_file(path, foreign=foreign)
    if files and not names:
        known: dict[str, Verification] = {}
        for group, root in {(one.group, one.root) for one in chosen}:
            known.update(stored.stored_group(group, root))
        narrowed, seed = _narrowed(arguments, chosen, known)
        return narrowed, [], known, seed
    overlays = tuple(Path(name) for name in getattr(arguments, "knowledge", ()))
    knowledge = open_knowledge(arguments)
    entries, left_out = choose.executable_entries(knowledge, overlays, with_overlays=foreign)
    known = {one.of: one for one in knowledge.kind("verification").values()}
    chosen += choose.named(entries, names) if names else entries
    narrowed, seed = _narrowed(arguments, chosen, known)
    return narrowed, left_out, known, seed


def _narrowed(
    arguments: argparse.Namespace, chosen: list[Chosen], known: dict[str, Verification]
) -> tuple[list[Chosen], int | None]:
    """Return the edited ones, a sample, or with both flags both; and the seed of the sample."""
    edited = choose.changed(chosen, known) if arguments.changed else []
    if arguments.sample is None:
        return (edited if arguments.changed else chosen), None
    seed = choose.seed_of(chosen) if arguments.seed is None else arguments.seed
    drawn = choose.sample(chosen, arguments.sample, seed)
    wanted = {one.entry.id for one in (*drawn, *edited)}
    return [one for one in chosen if one.entry.id in wanted], seed


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


def _write(arguments: argparse.Namespace, fresh: Fresh, absent: bool, output: Output) -> None:
    ours = [(chosen, one) for chosen, one in fresh if chosen.root.resolve() == BASE.resolve()]
    if not all(name.endswith(".yaml") for name in arguments.names) or not arguments.names:
        grouped = stored.with_groups([chosen for chosen, _ in ours], BASE)
        ours = [(chosen, one) for chosen, (_, one) in zip(grouped, ours, strict=True)]
    # A file that forgets what was not run would lose results that still hold.
    whole = arguments.sample is None and not arguments.changed and not absent
    whole = whole and all(name.endswith(".yaml") for name in arguments.names)
    for path in stored.write(ours, BASE, whole=whole):
        output.narrate(f"wrote {path.name}")


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
