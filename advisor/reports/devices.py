"""What one framework can do, as lines: its devices, its reasons, each with its fix."""

from __future__ import annotations

from probes.document import Device, Framework, Reason

from .page import Line, bullet, table

MOST_WORDS = 14
TF32 = {
    "on": "TF32 on by default",
    "off": "TF32 off by default",
    "failed": "not TF32",
}
"""A device that has none is in order."""


def headline(name: str, framework: Framework) -> str:
    """Return the framework with its version and build."""
    if not framework.installed:
        return f"{name}: not installed"
    return f"{name} {framework.version or '(unknown version)'}, build {framework.build or '?'}"


def devices(framework: Framework, width: int, *, formats: bool = False) -> list[Line]:
    """Return one line per device; none where the framework is not installed."""
    if not framework.installed:
        return []
    return list(
        table([(d.kind, f"{d.name}: {_words(d, formats)}") for d in framework.devices], width)
    )


def reason(reason: Reason, width: int) -> list[Line]:
    """Return a reason with its one fix."""
    lines: list[Line] = list(bullet(f"{reason.code}: {reason.text}", width, "!"))
    return lines + list(bullet(reason.fix, width, "→", indent=4)) if reason.fix else lines


def _words(device: Device, formats: bool) -> str:
    words = [str(device.verdict)]
    if device.verdict == "usable-after-jit" and device.seconds is not None:
        words[0] += f" ({device.seconds:.0f} s)"
    if device.compiled != "skipped":
        words.append("compiles" if device.compiled == "ok" else "does not compile")
    if formats:
        words += _formats(device)
    return ", ".join(words) if not formats else "; ".join(words)


def _formats(device: Device) -> list[str]:
    good = [name for name, state in device.dtypes.items() if state == "ok"]
    bad = [name for name, state in device.dtypes.items() if state != "ok"]
    words = [f"number formats {', '.join(good)}"] if good else []
    words += [f"not {', '.join(bad)}"] if bad else []
    return [*words, TF32[device.tf32]] if device.tf32 in TF32 else words
