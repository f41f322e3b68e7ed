"""From what a framework child did, and what the machine is, to verdicts and reasons.

Pure: everything it needs is handed in, so every case can be replayed without its hardware.
"""

from __future__ import annotations

from typing import Any, Literal, cast, get_args

from msgspec import Struct

from probes.document import Device, DeviceKind, Reason
from probes.frameworks.cards import KINDS, Card
from probes.frameworks.case import Case
from probes.frameworks.failures import failure_reason
from probes.frameworks.imports import ended, import_reason
from probes.frameworks.stages import Attempt, Stages, read_stages
from probes.frameworks.vendors import explain_invisible
from probes.processes import ChildResult

# Compilation for a card at its first use takes longer than this, initialisation does not.
JIT_SECONDS = 10.0
_DEVICE_KINDS = get_args(DeviceKind)


class Findings(Struct, frozen=True):
    """What the document says of one framework's devices."""

    devices: list[Device]
    reasons: list[Reason]


def interpret(case: Case, result: ChildResult | None) -> Findings:
    """Return the verdict for every device, with a reason for each that cannot be used.

    Args:
        case: The wheel, its interpreter, the machine.
        result: What the child did; ``None`` if it was not started.
    """
    if result is None:
        return Findings([_dead_cpu()], [_not_tried(case)])
    stages = read_stages(result)
    if stages.imported_seconds is None:
        return Findings([_dead_cpu()], [import_reason(case, result, stages)])
    devices: list[Device] = []
    reasons: list[Reason] = []
    for kind, name in stages.devices:
        if kind in _DEVICE_KINDS:
            device, why = _device(case, kind, name, result, stages)
            devices.append(device)
            reasons += why
    if not devices:
        devices.append(_dead_cpu())
        raw = stages.stopped or result.stderr
        what = ended("Listing the devices", result, stages)
        reasons.append(case.reason("UNKNOWN", raw, what=what))
    _add_missing(case, result, devices, reasons)
    reasons += _split_cards(case, devices)
    return Findings(devices, _once(reasons))


def _add_missing(
    case: Case, result: ChildResult, devices: list[Device], reasons: list[Reason]
) -> None:
    """Add every kind of accelerator that is in the machine and not in the framework's list."""
    listed = {device.kind for device in devices}
    for vendor, kind in KINDS.items():
        cards = _shown(case, vendor)
        if not cards or kind in listed:
            continue
        reason = explain_invisible(case, cards[0], result.stderr)
        if reason is not None and reason.code != "TPU_NOT_TRIED":
            devices.append(
                Device(kind=cast(DeviceKind, kind), name=cards[0].name, verdict="invisible")
            )
        if reason is not None:
            reasons.append(reason)


def _shown(case: Case, vendor: str) -> list[Card]:
    """Return the cards of a vendor; graphics inside an Intel processor is a card only if alone."""
    cards = case.machine.of(vendor)
    others = any(card.vendor != "intel" for card in case.machine.cards)
    if vendor == "intel" and others and all(card.memory_total_bytes is None for card in cards):
        return []
    return cards


def _split_cards(case: Case, devices: list[Device]) -> list[Reason]:
    usable = [d for d in devices if d.kind == "cuda" and d.verdict.startswith("usable")]
    split = [card for card in case.machine.of("nvidia") if card.mig_on and card.mig_slices]
    if not usable or not split or (split[0].mig_slices or 0) <= len(usable):
        return []
    choose = "export CUDA_VISIBLE_DEVICES=MIG-…  (names: nvidia-smi -L)"
    card = split[0]
    return [case.reason("MIG_PARTIAL", card=card.name, slices=card.mig_slices, choose=choose)]


def _device(
    case: Case, kind: str, name: str, result: ChildResult, stages: Stages
) -> tuple[Device, list[Reason]]:
    kernel = stages.kernels.get((kind, name), Attempt("not-reached"))
    compiled = stages.compiled.get((kind, name), Attempt("not-reached"))
    reasons: list[Reason] = []
    verdict: Literal["usable", "usable-after-jit", "visible-but-broken"] = "usable"
    if kernel.state != "ok":
        verdict = "visible-but-broken"
        what = f"A matrix product on {kind} ({name})"
        reasons.append(failure_reason(case, kind, what, kernel, result, stages))
    elif (kernel.seconds or 0) - (kernel.again_seconds or 0) > JIT_SECONDS:
        verdict = "usable-after-jit"
    if kernel.state == "ok" and compiled.state in ("failed", "ended"):
        what = f"A compiled operation on {kind} ({name})"
        reasons.append(failure_reason(case, kind, what, compiled, result, stages))
    states: Any = {"ok": "ok", "failed": "failed", "ended": "failed"}
    device = Device(
        kind=cast(DeviceKind, kind),
        name=name,
        verdict=verdict,
        seconds=kernel.seconds,
        compiled=states.get(compiled.state, "skipped"),
        compiled_seconds=compiled.seconds,
        dtypes=stages.dtypes.get((kind, name), {}),
        tf32=stages.tf32.get((kind, name)),
    )
    return device, reasons


def _not_tried(case: Case) -> Reason:
    if case.framework == "tensorflow" and case.machine.lacks_avx:
        return case.reason("CPU_WITHOUT_AVX")
    return case.reason("UNKNOWN", what=f"{case.name} was not tried.")


def _dead_cpu() -> Device:
    return Device(kind="cpu", name="cpu", verdict="visible-but-broken")


def _once(reasons: list[Reason]) -> list[Reason]:
    """Drop reasons that say the same of several devices."""
    seen: dict[tuple[str, str], Reason] = {}
    for reason in reasons:
        seen.setdefault((reason.code, reason.text), reason)
    return list(seen.values())
