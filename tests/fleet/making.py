"""Probes of machines that do not exist, for fleets of any size."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from probes.bench.document import Benchmarks, Cell, Workload
from probes.document import Device, Framework, ProbeDocument, Reason
from probes.evidence import Reading

GIB = 2**30
CREATED = "2026-11-20T09:00:00Z"


def card(number: int = 0, host: str = "", name: str = "NVIDIA A100-SXM4-80GB") -> dict[str, Any]:
    uuid = f"GPU-{host}-{number}" if host else None
    return {"vendor": "nvidia", "name": name, "uuid": uuid, "memory_total_bytes": 80 * GIB}


def reading(value: Any) -> Reading:
    return Reading(value=value, source="test")


def framework(version: str = "2.13.0+cu126", **changes: Any) -> Framework:
    fields: dict[str, Any] = {
        "installed": True,
        "version": version,
        "build": "cu126",
        "interpreter": "/usr/bin/python3",
        "python": "3.11.7",
        "import_seconds": 2.0,
        "devices": [
            Device(kind="cpu", name="cpu", verdict="usable", seconds=0.01),
            Device(kind="cuda", name="A100", verdict="usable", seconds=0.2),
        ],
    }
    return Framework(**fields | changes)


NOT_INSTALLED = Framework(
    installed=False,
    interpreter="/usr/bin/python3",
    devices=[Device(kind="cpu", name="cpu", verdict="not-installed")],
    reasons=[Reason(code="NOT_INSTALLED", text="JAX is not installed.", fix="install it")],
)


def invisible(code: str = "CPU_ONLY_WHEEL") -> Framework:
    return framework(
        devices=[
            Device(kind="cpu", name="cpu", verdict="usable"),
            Device(kind="cuda", name="A100", verdict="invisible"),
        ],
        reasons=[Reason(code=code, text="This wheel has no CUDA.", fix="install the other one")],
    )


def broken() -> Framework:
    return framework(
        devices=[Device(kind="cpu", name="cpu", verdict="visible-but-broken")],
        reasons=[Reason(code="IMPORT_CRASHED", text="It crashed.", fix="reinstall it")],
    )


def probe(
    host: str | None = None,
    *,
    hardware: Mapping[str, Any] | None = None,
    frameworks: Mapping[str, Framework] | None = None,
    created: str = CREATED,
    cards: int = 8,
    driver: str = "550.54.15",
    milliseconds: float | None = None,
) -> ProbeDocument:
    """A healthy machine of one make; `milliseconds`: what one benchmark took there."""
    facts: dict[str, Any] = {
        "operating-system-version": "Debian 12",
        "cpu-model": "AMD EPYC 7763",
        "cpu-physical-cores": 64,
        "cpu-logical-cores": 128,
        "cpu-usable-threads": 128,
        "memory-total-bytes": 512 * GIB,
        "gpus": [card(number, host or "") for number in range(cards)],
        "nvidia-driver": driver,
    }
    if host is not None:
        facts["host-name"] = host
    facts |= hardware or {}
    readings = {
        name: value if isinstance(value, Reading) else reading(value)
        for name, value in facts.items()
    }
    return ProbeDocument(
        tool_version="0.1.0",
        created=created,
        hardware=readings,
        frameworks={"pytorch": framework()} if frameworks is None else dict(frameworks),
        benchmarks=benchmark(milliseconds),
    )


def benchmark(milliseconds: float | None, status: str = "ok", reason: str = "") -> Benchmarks:
    if milliseconds is None:
        return Benchmarks()
    cell = Cell(
        framework="pytorch",
        arm="eager",
        device="cpu",
        dtype="float32",
        status=status,  # type: ignore[arg-type]
        reason=reason,
        median_seconds=milliseconds / 1000,
    )
    case = Workload(
        title="Matrix product",
        workload="matmul",
        metric="GFLOP/s",
        size="512",
        sizes={"n": 512},
        arms={"pytorch/eager": cell},
    )
    return Benchmarks(workloads={"matmul-512": case})


def saved(folder: Path, name: str, document: ProbeDocument) -> str:
    """Write a probe; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(msgspec.json.encode(document))
    return str(path)
