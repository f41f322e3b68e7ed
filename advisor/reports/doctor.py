"""The doctor's document as one page to paste: machine, devices, wheels, verdicts, fixes, words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from probes.document import Framework
from probes.evidence import Reading
from probes.frameworks.gathered import Child

from .page import Line, bullet, table, title, wrap
from .plan import plan_page

if TYPE_CHECKING:
    from advisor.documents.doctor import Doctor

NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "jax": "JAX"}
FACTS = (
    ("operating-system", "system"),
    ("operating-system-version", "version"),
    ("architecture", "architecture"),
    ("wsl", "WSL"),
    ("container", "container"),
    ("virtualisation", "virtual machine"),
    ("cpu-model", "processor"),
    ("cpu-flags", "vector flags"),
    ("cpu-usable-threads", "usable threads"),
    ("memory-total-bytes", "memory"),
    ("memory-limit-bytes", "memory limit"),
    ("memory-available-bytes", "memory free"),
    ("nvidia-driver", "NVIDIA driver"),
    ("rocm", "ROCm"),
)
ROWS = ("pci-accelerators", "device-nodes")
MOST_WORDS = 14
MOST_ROWS = 32


def doctor_page(document: Doctor, width: int) -> list[Line]:
    """Return the lines of the page."""
    lines: list[Line] = [*_head(document, width), *_machine(document, width)]
    lines += _devices(document.record.hardware, width)
    lines += _wheels(document, width)
    for name, framework in document.frameworks.items():
        lines += _framework(NAMES.get(name, name), framework, width, document.simulated)
        child = document.record.frameworks.children.get(name)
        if child is not None:
            lines += _child(child, width)
    if document.plan is not None:
        lines += plan_page(document.plan, width)
    return lines


def _head(document: Doctor, width: int) -> list[Line]:
    record = document.record
    lines: list[Line] = [title("fw-advisor probe doctor")]
    words = [f"version {document.tool_version}, data of {document.data_version}"]
    words.append(f"taken {record.created} with version {record.tool_version}")
    lines += wrap("; ".join(words), width, first="  ", rest="  ")
    if document.replayed:
        lines += bullet("REPLAYED from a file: this is not the machine you sit at.", width, "!")
    if record.constructed:
        lines += bullet(f"CONSTRUCTED record, never taken on a machine. {record.note}", width, "!")
    if document.assumed:
        facts = ", ".join(f"{fact}={value}" for fact, value in document.assumed.items())
        lines += bullet(
            f"ASSUMED, not observed: {facts}. All that follows is simulated.", width, "!"
        )
    if document.redacted:
        lines += bullet("Redacted: names, home folders and identifiers are taken out.", width, "•")
    return lines


def _machine(document: Doctor, width: int) -> list[Line]:
    hardware = document.record.hardware
    rows = [
        (label, _value(key, hardware[key]))
        for key, label in FACTS
        if key in hardware and hardware[key].status != "absent"
    ]
    variables = document.record.environment
    rows += [("variable", f"{name}={value!r}") for name, value in variables.items()]
    return ["", title("Machine"), *table(rows, width)]


def _devices(hardware: dict[str, Reading], width: int) -> list[Line]:
    rows: list[tuple[str, str]] = []
    gpus = hardware.get("gpus")
    if gpus is not None:
        rows += _cards(gpus)
    for key in ("tpu",):
        if key in hardware and hardware[key].status != "absent":
            rows.append((key.upper(), _value(key, hardware[key])))
    for key in ROWS:
        reading = hardware.get(key)
        if reading is not None and reading.available and isinstance(reading.value, list):
            rows += [(key, _words(row)) for row in reading.value[:MOST_ROWS]]
    return ["", title("Devices"), *table(rows or [("none", "no accelerator found")], width)]


def _cards(gpus: Reading) -> list[tuple[str, str]]:
    if not gpus.available or not isinstance(gpus.value, list):
        if gpus.status == "absent":
            return [("card", "none found" + _assumed(gpus))]
        code = f"{gpus.code}: " if gpus.code else ""
        return [("card", f"{code}{gpus}")]
    return [("card", _words(card) + _assumed(gpus)) for card in gpus.value[:MOST_ROWS]]


def _wheels(document: Doctor, width: int) -> list[Line]:
    lines: list[Line] = ["", title("Environments")]
    for interpreter, wheels in document.record.frameworks.wheels.items():
        python = f"Python {wheels.python}" if wheels.python else wheels.error or "not known"
        lines += wrap(f"{interpreter}: {python}", width, first="  ", rest="    ")
        packages = ", ".join(f"{name} {version}" for name, version in wheels.packages.items())
        if packages:
            lines += wrap(packages, width, first="    ", rest="    ")
    return lines


def _framework(name: str, framework: Framework, width: int, simulated: bool) -> list[Line]:
    lines: list[Line] = ["", title(f"{name}: {_state(framework)}{' (simulated)' * simulated}")]
    if framework.installed:
        lines += table([(d.kind, f"{d.name}: {_verdict(d)}") for d in framework.devices], width)
    for reason in framework.reasons:
        lines += bullet(f"{reason.code}: {reason.text}", width, "!")
        lines += bullet(reason.fix, width, "→", indent=4)
        words = [line for line in reason.raw.splitlines() if line.strip()]
        for line in words[-MOST_WORDS:]:
            lines += wrap(line, width, first="    | ", rest="    | ")
    return lines


def _child(child: Child, width: int) -> list[Line]:
    """Return how the child ended, and the last words it said beside its results."""
    result = child.result
    said = f"its process {result.ending} after {result.seconds:.1f} s"
    words = [line for line in result.stderr.splitlines() if line.strip()]
    lines: list[Line] = list(wrap(said + (", saying:" if words else ""), width, first="  "))
    for line in words[-MOST_WORDS:]:
        lines += wrap(line, width, first="    : ", rest="    : ")
    return lines


def _state(framework: Framework) -> str:
    if not framework.installed:
        return "not installed"
    return f"{framework.version or 'unknown version'}, build {framework.build or '?'}"


def _verdict(device) -> str:  # type: ignore[no-untyped-def]
    words = [str(device.verdict)]
    if device.verdict == "usable-after-jit" and device.seconds is not None:
        words[0] += f" ({device.seconds:.0f} s)"
    if device.compiled != "skipped":
        words.append("compiles" if device.compiled == "ok" else "does not compile")
    good = [dtype for dtype, state in device.dtypes.items() if state == "ok"]
    bad = [dtype for dtype, state in device.dtypes.items() if state != "ok"]
    words += [f"number formats {', '.join(good)}"] if good else []
    words += [f"not {', '.join(bad)}"] if bad else []
    return "; ".join(words)


def _assumed(reading: Reading) -> str:
    return " (assumed)" if reading.source == "assumed" else ""


def _value(key: str, reading: Reading) -> str:
    if reading.available and isinstance(reading.value, list):
        text = ", ".join(str(item) for item in reading.value[:40])
    elif reading.available and isinstance(reading.value, dict):
        text = _words(reading.value)
    elif key.endswith("-bytes") and reading.available:
        number = reading.number()
        text = f"{number / 2**30:.1f} GiB" if number == number else str(reading)
    else:
        text = str(reading)
    code = f" [{reading.code}]" if reading.code else ""
    return text + code + _assumed(reading)


def _words(row: object) -> str:
    """Return the telling fields of an object of the record, in its own order."""
    if not isinstance(row, dict):
        return str(row)
    parts = []
    for key, value in row.items():
        if value is None or value == [] or isinstance(value, dict):
            continue
        if key.endswith("_bytes") and isinstance(value, int):
            parts.append(f"{key.removesuffix('_bytes')} {value / 2**30:.1f} GiB")
        else:
            parts.append(f"{key} {value}" if key != "name" else str(value))
    return ", ".join(parts)
