"""From a probe's document to facts and measurements; the person's own word goes before both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from advisor.engine.measured import CannotUse, Evidence, Measurement
from advisor.errors import InputError
from advisor.facts.devices import cannot_use, device_warning
from advisor.facts.fact import Fact
from knowledge.text import printable

if TYPE_CHECKING:
    from probes.bench.document import Pair, Workload
    from probes.document import ProbeDocument
    from probes.evidence import Reading
    from probes.frameworks.builds import Build

LARGEST = 50_000_000
STALE_DAYS = 30
MOST_RATIO = 1e6
CANNOT_USE = "cannot use"
THIS_MACHINE = "this machine"
"""Where a measurement comes from that was made on the way (`advise --probe`), not from a file."""
CONFIDENCE = 0.8
"""The machine that was probed is probably, not certainly, the one that will be used."""

DOCTORS = ("fw-advisor/doctor", "fw-advisor/doctor-record")


class _Head(msgspec.Struct):
    """What a document calls itself."""

    schema: str = ""


Collected = tuple[list[Fact], list[Evidence], list[str]]


def read_probe(name: str) -> ProbeDocument:
    """Return a saved probe; InputError names what is wrong with the file.

    A doctor's document will do: what its record means is worked out anew.
    """
    from knowledge.errors import KnowledgeError
    from knowledge.loading.strict_yaml import read_text
    from probes.document import ProbeDocument

    try:
        text = read_text(Path(name), largest=LARGEST)
        if msgspec.json.decode(text, type=_Head).schema in DOCTORS:
            from advisor.facts.doctors import from_doctor

            return from_doctor(text.encode(), name)
        document = msgspec.json.decode(text, type=ProbeDocument)
    except KnowledgeError as error:
        raise InputError(str(error)) from None
    except (msgspec.DecodeError, RecursionError) as error:
        words = printable(str(error)).replace("`", "'")
        raise InputError(f"{name}: is no document of `fw-advisor probe --json`: {words}") from None
    if _day(document.created) is None:
        raise InputError(f"{name}: created: {document.created[:40]!r} is no date")
    return document


def collect(
    documents: Sequence[tuple[str, ProbeDocument]],
    today: str,
    builds: Sequence[Build] | None = None,
) -> Collected:
    """Return facts, what was measured and found, and warnings of documents; later ones win."""
    facts: list[Fact] = []
    evidence: dict[tuple[str, str], Evidence] = {}
    warnings: list[str] = []
    for name, document in documents:
        found, measured, said = from_document(document, name, today, builds)
        facts += found
        if document.frameworks:
            evidence = {key: one for key, one in evidence.items() if key[0] != CANNOT_USE}
        evidence.update({_about(one): one for one in measured})
        warnings += said
    return facts, list(evidence.values()), warnings


def _about(evidence: Evidence) -> tuple[str, str]:
    """Return what evidence is about: newer evidence of the same replaces it."""
    if isinstance(evidence, CannotUse):
        return CANNOT_USE, evidence.option
    return evidence.workload, evidence.device


def from_document(
    document: ProbeDocument, name: str, today: str, builds: Sequence[Build] | None = None
) -> Collected:
    """Return what one document says of the machine, and how far it can be relied on."""
    from probes.evidence import ASSUMED

    facts = _machine_facts(document)
    matched = is_matched(document)
    measurements = _measurements(document, name) if matched else []
    unusable = cannot_use(document, name, builds)
    warnings = [device_warning(one) for one in unusable if one.option != "keras"]
    name = printable(name)
    days = _days_between(document.created, today)
    if days > STALE_DAYS and (facts or measurements):
        warnings.append(f"{name} is {days} days old: measure again before deciding on it")
    if document.aa is not None and not document.aa.quiet and measurements:
        warnings.append(f"noisy machine: {document.aa.text}")
    assumed = [key for key, one in document.hardware.items() if one.source == ASSUMED]
    if assumed:
        said = ", ".join(map(printable, assumed))
        warnings.append(f"{name} is about a machine that was assumed, not probed: {said}")
    if not matched:
        warnings.append(
            f"{name} was measured with each framework as it comes: it shows what a newcomer gets, "
            "not what the framework makes of it, and does not count"
        )
    if document.benchmarks.interrupted:
        warnings.append(f"{name} holds an interrupted run: fewer blocks, wider intervals")
    return facts, [*measurements, *unusable], warnings


def _machine_facts(document: ProbeDocument) -> list[Fact]:
    hardware = document.hardware
    facts = []
    for fact, value in (
        ("operating-system", _operating_system(hardware)),
        ("training-hardware", _training_hardware(hardware)),
    ):
        if value is not None:
            answer, said = value
            facts.append(Fact(fact, answer, "probe", printable(said), CONFIDENCE))
    return facts


def _operating_system(hardware: dict[str, Reading]) -> tuple[str, str] | None:
    system = hardware.get("operating-system")
    if system is None or not system.available:
        return None
    wsl = hardware.get("wsl")
    if wsl is not None and wsl.available and wsl.value:
        return "windows-wsl", f"WSL found ({wsl.source})"
    names = {"linux": "linux", "windows": "windows-native", "macos": "macos"}
    answer = names.get(str(system.value))
    return (answer, f"{system.value} ({system.source})") if answer else None


def _training_hardware(hardware: dict[str, Reading]) -> tuple[str, str] | None:
    """Return the best accelerator found; "cpu" only if all were looked for and none is there."""
    gpus, tpu = hardware.get("gpus"), hardware.get("tpu")
    if tpu is not None and tpu.available and tpu.value:
        return "tpu", f"TPU found ({tpu.source})"
    if gpus is not None and gpus.available and isinstance(gpus.value, list):
        by_vendor = {
            str(gpu.get("vendor")): str(gpu.get("name"))
            for gpu in gpus.value
            if isinstance(gpu, dict)
        }
        for vendor, answer in (
            ("nvidia", "nvidia-gpu"),
            ("amd", "amd-gpu"),
            ("apple", "apple-silicon"),
            ("intel", "intel-gpu"),
        ):
            if vendor in by_vendor:
                return answer, f"{by_vendor[vendor]} ({gpus.source})"
    if all(reading is not None and reading.status == "absent" for reading in (gpus, tpu)):
        return "cpu", "no accelerator found"
    return None


def _measurements(document: ProbeDocument, name: str) -> list[Measurement]:
    by_workload: dict[str, list[Workload]] = {}
    for case in document.benchmarks.workloads.values():
        by_workload.setdefault(case.workload, []).append(case)
    plan = document.benchmarks.plan
    device: Literal["cpu", "gpu"] = "cpu" if plan is None or plan.device == "cpu" else "gpu"
    found = []
    for workload, cases in by_workload.items():
        pairs = [pair for pair in map(fastest_pair, cases) if pair and _plausible(pair)]
        if pairs:
            found.append(_combined(workload, device, pairs, document.created, name))
    return found


def is_matched(document: ProbeDocument) -> bool:
    """Say whether arms had equal threads and precision, so that the framework is what differs."""
    plan = document.benchmarks.plan
    return plan is None or plan.profile == "matched"


def _plausible(pair: Pair) -> bool:
    """Say whether a comparison can be computed with: a document may come from anywhere."""
    low, ratio, high = pair.low or 0.0, pair.ratio or 0.0, pair.high or 0.0
    return 1 / MOST_RATIO <= low <= ratio <= high <= MOST_RATIO and 0 <= pair.band < 1


def fastest_pair(case: Workload) -> Pair | None:
    """Return the comparison of each framework's fastest arm, PyTorch against TensorFlow."""
    fastest: dict[str, tuple[float, str]] = {}
    for arm, cell in case.arms.items():
        if cell.status == "ok" and cell.median_seconds:
            rival = fastest.get(cell.framework)
            if rival is None or cell.median_seconds < rival[0]:
                fastest[cell.framework] = (cell.median_seconds, arm)
    if not {"pytorch", "tensorflow"} <= set(fastest):
        return None
    wanted = (fastest["pytorch"][1], fastest["tensorflow"][1])
    return next((pair for pair in case.pairs if (pair.a, pair.b) == wanted), None)


def _combined(
    workload: str, device: Literal["cpu", "gpu"], pairs: list[Pair], created: str, name: str
) -> Measurement:
    """Return the geometric mean over the sizes of a workload.

    The half-widths are averaged, not divided by √n: sizes measured in the same processes are
    not independent.
    """
    count = len(pairs)
    middle = sum(log(pair.ratio or 1.0) for pair in pairs) / count
    half = sum(log((pair.high or 1.0) / (pair.low or 1.0)) / 2 for pair in pairs) / count
    low, high = exp(middle - half), exp(middle + half)
    band = max(pair.band for pair in pairs)
    verdict: Literal["faster", "slower", "equivalent", "undecided"] = "undecided"
    if any(pair.verdict != "undecided" for pair in pairs):
        if high < 1 / (1 + band):
            verdict = "faster"
        elif low > 1 + band:
            verdict = "slower"
        elif 1 / (1 + band) <= low and high <= 1 + band:
            verdict = "equivalent"
    arms = [
        dict.fromkeys(_arm(side) for side in sides)
        for sides in ([pair.a for pair in pairs], [pair.b for pair in pairs])
    ]
    return Measurement(
        workload=workload,
        device=device,
        pytorch_arm=", ".join(arms[0]),
        tensorflow_arm=", ".join(arms[1]),
        ratio=exp(middle),
        low=low,
        high=high,
        verdict=verdict,
        measured_on=created,
        origin=printable(name),
    )


def _arm(name: str) -> str:
    return printable(name.partition("/")[2] or name)


def _days_between(earlier: str, later: str) -> int:
    start, end = _day(earlier), _day(later)
    return (end - start).days if start and end else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
