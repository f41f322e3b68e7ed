"""From what a framework child did, and what the machine is, to verdicts and reasons.

Pure: everything it needs is handed in, so every case can be replayed without its hardware.
"""

from __future__ import annotations

from typing import Literal, cast

from msgspec import Struct

from probes.document import Device, DeviceKind, Reason
from probes.frameworks.cards import NvidiaSituation, explain_invisible
from probes.frameworks.reasons import make_reason, recognise
from probes.frameworks.stages import Attempt, Stages
from probes.interpreters import MODULES, NAMES
from probes.processes import ChildResult

# Compilation for a card at its first use takes longer than this, initialisation does not.
JIT_SECONDS = 10.0


class Subject(Struct, frozen=True):
    """Which framework under which interpreter, and its wheel."""

    framework: str
    interpreter: str
    distribution: str
    version: str
    build: str
    limit_seconds: float


class Findings(Struct, frozen=True):
    """What the document says of one framework's devices."""

    devices: list[Device]
    reasons: list[Reason]


def interpret(
    subject: Subject, result: ChildResult, stages: Stages, nvidia: NvidiaSituation
) -> Findings:
    """Return the verdict for every device, with a reason for each that cannot be used."""
    if stages.imported_seconds is None:
        return Findings([_dead_cpu()], [_import_reason(subject, result, stages)])
    devices: list[Device] = []
    reasons: list[Reason] = []
    for kind, name in stages.devices:
        device, why = _device(kind, name, result, stages)
        devices.append(device)
        reasons += why
    if not stages.devices:
        devices.append(_dead_cpu())
        reasons.append(_words(_ended("Listing the devices", result, stages), result, stages))
    if nvidia.card is not None and not any(kind == "cuda" for kind, _ in stages.devices):
        devices.append(Device(kind="cuda", name=nvidia.card, verdict="invisible"))
        reasons.append(
            explain_invisible(
                framework=subject.framework,
                interpreter=subject.interpreter,
                version=subject.version,
                build=subject.build,
                stderr=result.stderr,
                nvidia=nvidia,
            )
        )
    return Findings(devices, _once(reasons))


def _device(
    kind: str, name: str, result: ChildResult, stages: Stages
) -> tuple[Device, list[Reason]]:
    kernel = stages.kernels.get((kind, name), Attempt("not-reached"))
    compiled = stages.compiled.get((kind, name), Attempt("not-reached"))
    reasons: list[Reason] = []
    verdict: Literal["usable", "usable-after-jit", "visible-but-broken"] = "usable"
    if kernel.state != "ok":
        verdict = "visible-but-broken"
        reasons.append(_failure(f"A matrix product on {kind} ({name})", kernel, result))
    elif (kernel.seconds or 0) - (kernel.again_seconds or 0) > JIT_SECONDS:
        verdict = "usable-after-jit"
    if kernel.state == "ok" and compiled.state in ("failed", "ended"):
        reasons.append(_failure(f"A compiled operation on {kind} ({name})", compiled, result))
    device = Device(
        kind=cast(DeviceKind, kind),
        name=name,
        verdict=verdict,
        seconds=kernel.seconds,
        compiled={"ok": "ok", "failed": "failed", "ended": "failed"}.get(  # type: ignore[arg-type]
            compiled.state, "skipped"
        ),
        compiled_seconds=compiled.seconds,
    )
    return device, reasons


def _failure(what: str, attempt: Attempt, result: ChildResult) -> Reason:
    known = recognise(attempt.error)
    if known and known[0] in ("NO_CXX_COMPILER",):
        return make_reason(known[0], attempt.error)
    if attempt.state == "failed":
        return make_reason("UNKNOWN", attempt.error, what=f"{what} failed.")
    if attempt.state == "ended":
        return make_reason("UNKNOWN", result.stderr, what=f"{what}: the process {result.ending}.")
    return make_reason(
        "UNKNOWN", result.stderr, what=f"{what} was not reached: the process {result.ending}."
    )


def _import_reason(subject: Subject, result: ChildResult, stages: Stages) -> Reason:
    fields = {
        "framework": NAMES[subject.framework],
        "python": subject.interpreter,
        "module": MODULES[subject.framework],
        "distribution": subject.distribution,
        "ending": result.ending,
        "limit": f"{subject.limit_seconds:g}",
    }
    words = f"{stages.stopped or ''}\n{result.stderr}"
    known = recognise(words)
    if known and known[0] == "CPU_WITHOUT_AVX":
        return make_reason("CPU_WITHOUT_AVX", known[1])
    if result.outcome == "timed-out":
        return make_reason("IMPORT_TIMED_OUT", result.stderr, **fields)
    if result.outcome == "crashed" and stages.stopped is None:
        return make_reason("IMPORT_CRASHED", result.stderr, **fields)
    return _words(_ended(f"Importing {NAMES[subject.framework]}", result, stages), result, stages)


def _ended(what: str, result: ChildResult, stages: Stages) -> str:
    if stages.stopped is not None:
        return f"{what} failed."
    return f"{what} did not end: the process {result.ending}."


def _words(what: str, result: ChildResult, stages: Stages) -> Reason:
    return make_reason("UNKNOWN", stages.stopped or result.stderr, what=what)


def _dead_cpu() -> Device:
    return Device(kind="cpu", name="cpu", verdict="visible-but-broken")


def _once(reasons: list[Reason]) -> list[Reason]:
    """Drop reasons that say the same of several devices."""
    seen: dict[tuple[str, str], Reason] = {}
    for reason in reasons:
        seen.setdefault((reason.code, reason.text), reason)
    return list(seen.values())
