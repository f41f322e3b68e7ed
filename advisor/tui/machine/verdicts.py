"""What each framework can use here: words anybody understands, the contract's codes beside them.

A row's id says what can be copied or opened there: `fix:pytorch:0`, `words:pytorch:0`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from probes.interpreters import NAMES

from ..pages.pieces import Rows, heading
from ..widgets.rows import MUTED, Part, row
from ..wording import LONGEST, brief, clean

if TYPE_CHECKING:
    from probes.document import Device, Framework, Reason

VERDICTS: dict[str, tuple[Part, str]] = {
    "usable": (("✓ ", "$text-success"), "works"),
    "usable-after-jit": (("✓ ", "$text-success"), "works, slowly at the first start"),
    "visible-but-broken": (("× ", "$text-error"), "is seen, and fails when it computes"),
    "invisible": (("× ", "$text-error"), "is not seen"),
}
MAKERS = {
    "cpu": "for processors only",
    "cu": "for NVIDIA cards, CUDA {}",
    "rocm": "for AMD cards, ROCm {}",
    "xpu": "for Intel cards",
    "metal": "for Apple chips",
    "tpu": "for TPUs",
}
"""What a build is for, by how its name begins; the rest of its name is a version."""
FEW_LINES = 2
"""So many raw words stand there without being asked for."""
MOST_LINES = 40
INDENT = "    "


def verdict_rows(frameworks: Mapping[str, Framework], opened: Collection[str]) -> Rows:
    """Return every framework with its devices, reasons and fixes."""
    rows: Rows = []
    for name, framework in frameworks.items():
        rows += _framework(name, framework, opened)
    return rows


def reason_of(frameworks: Mapping[str, Framework], target: str) -> Reason | None:
    """Return the reason that a row is about, if it is about one."""
    kind, _, rest = target.partition(":")
    name, _, number = rest.partition(":")
    if kind not in ("fix", "words") or name not in frameworks:
        return None
    return frameworks[name].reasons[int(number)]


def _framework(name: str, framework: Framework, opened: Collection[str]) -> Rows:
    version = framework.version or "(version not known)"
    rows = heading(f"{NAMES[name]} {brief(version)}" if framework.installed else NAMES[name])
    if framework.installed:
        rows += [(None, row("  ", (_about(framework), MUTED)))]
        for device in framework.devices:
            rows += _device(device)
    mark: Part = ("! ", "$text-warning") if framework.installed else ("– ", MUTED)
    for number, reason in enumerate(framework.reasons):
        rows += _reason(mark, f"{name}:{number}", reason, opened)
    return rows


def _about(framework: Framework) -> str:
    words = [_build(framework.build or ""), brief(framework.interpreter)]
    return " · ".join(filter(None, words))


def _build(build: str) -> str:
    for begins, words in MAKERS.items():
        if build.startswith(begins):
            return f"build {words.format(_dotted(build.removeprefix(begins)))} ({brief(build)})"
    return ""


def _dotted(version: str) -> str:
    """Return 13.2 for 132, as CUDA's versions stand in names of builds."""
    compact = version.isdecimal() and len(version) > len("13")
    return f"{version[:-1]}.{version[-1]}" if compact else brief(version)


def _device(device: Device) -> Rows:
    mark, words = VERDICTS.get(device.verdict, (("– ", MUTED), "not installed"))
    if device.verdict == "usable-after-jit" and device.seconds is not None:
        words += f" (it compiles for {device.seconds:.0f} s)"
    name = "Processor" if device.kind == "cpu" else brief(device.name)
    said: list[Part] = [(name, "bold"), f": {words}", (f"  {device.verdict}", MUTED)]
    rows: Rows = [(None, row(["  ", mark], *said))]
    details = "; ".join(_details(device))
    return [*rows, (None, row(INDENT, (details, MUTED)))] if details else rows


def _details(device: Device) -> Iterator[str]:
    if device.compiled == "ok":
        yield "compiled operations work"
    elif device.compiled == "failed":
        yield "compiled operations fail"
    good = [brief(name) for name, state in device.dtypes.items() if state == "ok"]
    bad = [brief(name) for name, state in device.dtypes.items() if state != "ok"]
    if good:
        yield f"also computes in {', '.join(good)}"
    if bad:
        yield f"not in {', '.join(bad)}"


def _reason(mark: Part, place: str, reason: Reason, opened: Collection[str]) -> Rows:
    said = (clean(reason.text), (f"  {brief(reason.code)}", MUTED))
    rows: Rows = [(None, row(["  ", mark], *said))]
    if reason.fix:
        lead: list[Part] = [INDENT, ("Fix → ", "bold")]
        rows.append((f"fix:{place}", row(lead, (clean(reason.fix), "bold $text-success"))))
    return rows + _words(f"words:{place}", reason.raw, opened)


def _words(target: str, raw: str, opened: Collection[str]) -> Rows:
    """Return the raw words: two lines as they are, more behind a row that opens them."""
    lines = [brief(line, LONGEST) for line in raw.splitlines() if line.strip()]
    rows: Rows = []
    if len(lines) > FEW_LINES:
        mark = "▾ " if target in opened else "▸ "
        said = f"{len(lines)} lines of its own words"
        rows.append((target, row(INDENT + mark, (said, MUTED))))
        if target not in opened:
            return rows
    if len(lines) > MOST_LINES:
        rows.append((None, row(INDENT, ("The last of them; the saved report has all.", MUTED))))
    shown = lines[-MOST_LINES:]
    return rows + [(None, row([INDENT, ("┃ ", MUTED)], (line, MUTED))) for line in shown]
