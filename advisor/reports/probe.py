"""A probe's document as a page of text: machine, frameworks, measurements, noise."""

from __future__ import annotations

from advisor.facts.evidence import fastest_pair
from probes.bench.document import Cell, Pair, Workload
from probes.document import Framework, ProbeDocument
from probes.evidence import Reading

from .page import Line, bullet, table, title, wrap

FACTS = (
    ("operating-system", "system"),
    ("operating-system-version", "version"),
    ("wsl", "WSL"),
    ("container", "container"),
    ("python", "Python"),
    ("cpu-model", "processor"),
    ("cpu-physical-cores", "physical cores"),
    ("cpu-usable-threads", "usable threads"),
    ("cpu-quota", "CPU quota"),
    ("memory-total-bytes", "memory"),
    ("memory-limit-bytes", "memory limit"),
    ("memory-available-bytes", "memory free"),
    ("nvidia-driver", "NVIDIA driver"),
    ("tpu", "TPU"),
)
ALWAYS_SHOWN = ("pytorch", "tensorflow")
NAMES = {"pytorch": "PyTorch", "tensorflow": "TensorFlow", "jax": "JAX"}


def probe_page(document: ProbeDocument, width: int) -> list[Line]:
    """Return the lines of the page."""
    lines: list[Line] = [*_hardware(document, width), *_frameworks(document, width)]
    for case in document.benchmarks.workloads.values():
        lines += _case(case, width) if case.arms else []
    return lines + _noise(document, width)


def _hardware(document: ProbeDocument, width: int) -> list[Line]:
    rows = [
        (label, _value(key, document.hardware[key]))
        for key, label in FACTS
        if key in document.hardware and document.hardware[key].status != "absent"
    ]
    lines: list[Line] = [title("This machine"), *table(rows, width)]
    gpus = document.hardware.get("gpus")
    if gpus is not None:
        lines += _gpus(gpus, width)
    return lines


def _gpus(reading: Reading, width: int) -> list[Line]:
    if not reading.available or not isinstance(reading.value, list):
        words = "none found" if reading.status == "absent" else str(reading)
        return list(table([("graphics cards", words)], width))
    lines: list[Line] = []
    for gpu in reading.value:
        memory = gpu.get("memory_total_bytes")
        size = f", {_bytes(memory)}" if memory else ""
        capability = gpu.get("compute_capability")
        words = f"{gpu.get('name')}{size}" + (f", capability {capability}" if capability else "")
        lines += table([("graphics card", words)], width)
    return lines


def _value(key: str, reading: Reading) -> str:
    if key.endswith("-bytes") and reading.available:
        return _bytes(reading.number())
    return str(reading)


def _bytes(number: float) -> str:
    return f"{number / 2**30:.1f} GiB" if number >= 2**30 else f"{number / 2**20:.0f} MiB"


def _frameworks(document: ProbeDocument, width: int) -> list[Line]:
    lines: list[Line] = []
    for name, framework in document.frameworks.items():
        if not framework.installed and name not in ALWAYS_SHOWN:
            continue
        lines += ["", title(_headline(NAMES.get(name, name), framework))]
        rows = [
            (device.kind, f"{device.name}: {device.verdict}{_compiled(device.compiled)}")
            for device in framework.devices
            if framework.installed
        ]
        lines += table(rows, width)
        for reason in framework.reasons:
            lines += bullet(f"{reason.code}: {reason.text}", width, "!")
            if reason.fix:
                lines += bullet(reason.fix, width, "→", indent=4)
    return lines


def _headline(name: str, framework: Framework) -> str:
    if not framework.installed:
        return f"{name}: not installed"
    return f"{name} {framework.version or '(unknown version)'}, build {framework.build or '?'}"


def _compiled(state: str) -> str:
    return {"ok": ", compiles", "failed": ", does not compile"}.get(state, "")


def _case(case: Workload, width: int) -> list[Line]:
    lines: list[Line] = ["", title(f"{case.title}, {case.size}")]
    lines += table([(arm, *_cell(cell)) for arm, cell in case.arms.items()], width)
    pair = fastest_pair(case)
    if pair is not None:
        lines += wrap(pair_words(pair), width, first="  ", rest="  ")
    worst = [
        cell.equality.relative_l2
        for cell in case.arms.values()
        if cell.equality is not None and cell.equality.relative_l2 is not None
    ]
    if worst:
        words = f"All agree with a float64 reference to {max(worst):.0e} (relative L2)."
        lines += wrap(words, width, first="  ", rest="  ")
    return lines


def _cell(cell: Cell) -> tuple[str, str]:
    """Return time per call, and what else there is to say."""
    if cell.status != "ok":
        return cell.status, cell.reason
    more = [f"first call {_time(cell.first_call_seconds)}"] if cell.first_call_seconds else []
    unsettled = sum("unsettled" in flag for flag in cell.flags)
    if unsettled:
        more.append(f"still speeding up in {unsettled} of {len(cell.blocks)} blocks")
    return _time(cell.median_seconds), ", ".join(more)


def pair_words(pair: Pair) -> str:
    """Return a comparison as one sentence."""
    if pair.ratio is None or pair.low is None or pair.high is None:
        return f"{pair.a} against {pair.b}: {pair.verdict}. {pair.note}".strip()
    said = {
        "faster": "faster",
        "slower": "slower",
        "equivalent": "no difference that matters",
        "undecided": "undecided",
        "not-comparable": "not comparable",
    }[pair.verdict]
    more = f"; about {pair.blocks_needed} blocks would decide" if pair.blocks_needed else ""
    return (
        f"{pair.a} took {pair.ratio:.2f} times as long as {pair.b} (95 % interval "
        f"{pair.low:.2f} to {pair.high:.2f}, {pair.blocks} blocks): {said}{more}."
    )


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "not measured"
    for factor, unit in ((1.0, "s"), (1e3, "ms"), (1e6, "µs")):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def _noise(document: ProbeDocument, width: int) -> list[Line]:
    if document.aa is None:
        return []
    lines: list[Line] = ["", title("Noise of this machine")]
    return [*lines, *wrap(document.aa.text, width, first="  ", rest="  ")]
