"""`fw-advisor probe doctor`: take or read a record, assume, redact, and say what it means."""

from __future__ import annotations

import argparse
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from advisor.errors import InputError

from .output import Output
from .redacting import own_names

if TYPE_CHECKING:
    from advisor.documents.doctor import Doctor
    from probes.bench.events import OnProgress
    from probes.doctor.record import Record


def doctor(
    arguments: argparse.Namespace,
    interpreters: dict[str, str],
    output: Output,
    show: OnProgress,
    stop: threading.Event,
) -> Doctor:
    """Return the document; InputError for a flag or file that cannot be used."""
    from advisor.diagnosing import doctor_document, known_chips
    from probes.doctor.assume import assume, check_assumptions, parse_assumptions
    from probes.errors import ProbeError

    from .knowledge_base import open_knowledge

    knowledge = open_knowledge(arguments)
    chips = known_chips(knowledge)
    try:
        facts = parse_assumptions(arguments.assume)
        check_assumptions(facts, chips)  # before anybody waits for a look
        record = _record(arguments, interpreters, show, stop)
        record = assume(record, facts, chips) if facts else record
    except ProbeError as error:
        raise InputError(str(error)) from None
    if arguments.redact:
        record = _redacted(record)
    return doctor_document(
        record, knowledge, replayed=arguments.replay is not None, with_plan=arguments.plan
    )


def _record(
    arguments: argparse.Namespace,
    interpreters: dict[str, str],
    show: OnProgress,
    stop: threading.Event,
) -> Record:
    if arguments.replay is None:
        from probes.doctor.run import take_record

        return take_record(interpreters, on_progress=show, cancel=stop)
    from probes.doctor.record import LONGEST_FILE_BYTES, read_record

    path = Path(arguments.replay)
    try:
        with path.open("rb") as stream:
            raw = stream.read(LONGEST_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        words = (getattr(error, "strerror", None) or "cannot be read").lower()
        raise InputError(f"{path}: {words}") from None
    return read_record(raw, str(path))


def _redacted(record: Record) -> Record:
    from probes.doctor.redact import redact

    return redact(record, own_names())
