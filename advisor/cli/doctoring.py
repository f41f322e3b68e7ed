"""`fw-advisor probe doctor`: take or read a record, assume, redact, and say what it means."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from advisor.errors import InputError

from .output import Output

if TYPE_CHECKING:
    from advisor.documents.doctor import Doctor
    from probes.bench.events import OnProgress
    from probes.doctor.record import Record

Known = TypeVar("Known")
FLAGS = ("plan", "redact", "replay", "assume")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the flags of the doctor."""
    group = parser.add_argument_group("doctor")
    group.add_argument("--plan", action="store_true", help="which builds would work, and how")
    group.add_argument("--redact", action="store_true", help="take names and identifiers out")
    group.add_argument("--replay", metavar="FILE", help="judge a file of `probe doctor --json`")
    group.add_argument(
        "--assume",
        action="append",
        default=[],
        metavar="FACT=VALUE",
        help="plan for another machine: gpu, gpu-memory, memory, driver, python, platform",
    )


def given(arguments: argparse.Namespace) -> list[str]:
    """Return the flags of the doctor that were given."""
    return [f"--{flag}" for flag in FLAGS if getattr(arguments, flag)]


def doctor(
    arguments: argparse.Namespace,
    interpreters: dict[str, str],
    output: Output,
    show: OnProgress,
    stop: threading.Event,
) -> Doctor:
    """Return the document; InputError for a flag or file that cannot be used."""
    from advisor.documents.doctor import Doctor
    from probes.doctor.assume import assume, check_assumptions, parse_assumptions
    from probes.doctor.diagnose import diagnose
    from probes.errors import ProbeError
    from probes.frameworks.builds import Build, Chip, published

    from .knowledge_base import open_knowledge

    knowledge = open_knowledge(arguments)
    builds = _as_probes_know_them(knowledge.kind("build").values(), Build) or published().builds
    chips = _as_probes_know_them(knowledge.kind("chip").values(), Chip) or published().chips
    try:
        facts = parse_assumptions(arguments.assume)
        check_assumptions(facts, chips)  # before anybody waits for a look
        record = _record(arguments, interpreters, show, stop)
        record = assume(record, facts, chips) if facts else record
    except ProbeError as error:
        raise InputError(str(error)) from None
    if arguments.redact:
        record = _redacted(record)
    diagnosis = diagnose(record, builds)
    return Doctor(
        data_version=knowledge.version,
        replayed=arguments.replay is not None,
        simulated=bool(record.assumed) or record.constructed,
        redacted=record.redacted,
        assumed=record.assumed,
        frameworks=diagnosis.frameworks,
        plan=tuple(diagnosis.plan) if arguments.plan or record.assumed else None,
        record=record,
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
    import getpass
    import socket

    from probes.doctor.redact import redact

    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = ""
    return redact(record, (socket.gethostname(), user, Path.home().name))


def _as_probes_know_them(entries: Iterable[object], kind: type[Known]) -> tuple[Known, ...]:
    """Return entries of the knowledge base, overlays included, as the type the probes use."""
    import msgspec

    return tuple(msgspec.convert(msgspec.to_builtins(entry), kind) for entry in entries)
