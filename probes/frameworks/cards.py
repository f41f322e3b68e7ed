"""The accelerators that are in the machine, from whichever fact shows them.

Pure and forgiving, as :mod:`probes.frameworks.machine`, which gathers the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from probes.evidence import Reading
from probes.frameworks.capability import Capability, read_capability
from probes.frameworks.gfx import read_target
from probes.plain_text import clean_line

UNKNOWN = Reading(status="unknown")
KINDS = {"nvidia": "cuda", "amd": "rocm", "intel": "xpu", "apple": "mps", "google": "tpu"}


class Card(Struct, frozen=True, kw_only=True):
    """One accelerator that is in the machine, whether or not anything can use it."""

    vendor: str
    name: str
    capability: Capability | None = None
    target: str | None = None
    memory_total_bytes: int | None = None
    memory_free_bytes: int | None = None
    mig_slices: int | None = None
    mig_on: bool = False
    processes: tuple[str, ...] = ()
    assumed: bool = False


def read_cards(hardware: Mapping[str, Reading]) -> list[Card]:
    """Return every accelerator once: by its driver, else by the bus, else by WSL."""
    gpus = hardware.get("gpus", UNKNOWN)
    cards = [_card(row, gpus.source == "assumed") for row in rows(gpus)]
    if gpus.source != "assumed":
        cards += _from_bus(hardware, {card.vendor for card in cards})
        if not cards and (hardware.get("wsl-gpu", UNKNOWN).available and _dxg(hardware)):
            cards.append(Card(vendor="nvidia", name="the card of Windows"))
    tpu = hardware.get("tpu", UNKNOWN)
    if tpu.available and isinstance(tpu.value, dict):
        name = f"TPU {clean_line(str(tpu.value.get('generation', '')))}".strip()
        cards.append(Card(vendor="google", name=name))
    return cards


def rows(reading: Reading) -> list[dict[str, Any]]:
    """Return the items of a reading that holds a list of objects; none if it does not."""
    if not reading.available or not isinstance(reading.value, list):
        return []
    return [row for row in reading.value if isinstance(row, dict)]


def _card(row: dict[str, Any], assumed: bool) -> Card:
    return Card(
        vendor=str(row.get("vendor")),
        name=clean_line(str(row.get("name") or "a card without a name")),
        capability=read_capability(row.get("compute_capability")),
        target=read_target(row.get("gfx_target")),
        memory_total_bytes=_size(row.get("memory_total_bytes")),
        memory_free_bytes=_size(row.get("memory_free_bytes")),
        mig_slices=_size(row.get("mig_slices")),
        mig_on=row.get("mig") == "on",
        processes=tuple(process_names(row.get("processes"))),
        assumed=assumed,
    )


def _from_bus(hardware: Mapping[str, Reading], known: set[str]) -> list[Card]:
    return [
        Card(
            vendor=str(row["vendor"]),
            name=f"{row['vendor'].upper()} card, PCI id {clean_line(str(row.get('device_id')))}",
        )
        for row in rows(hardware.get("pci-accelerators", UNKNOWN))
        if row.get("vendor") in ("nvidia", "amd") and row["vendor"] not in known
    ]


def _dxg(hardware: Mapping[str, Reading]) -> bool:
    value = hardware["wsl-gpu"].value
    return isinstance(value, dict) and bool(value.get("device"))


def process_names(value: Any) -> list[str]:
    """Return name and PID of processes, as far as they can be read."""
    if not isinstance(value, list):
        return []
    return [
        f"{clean_line(str(one.get('name') or 'a process'), 60)} (PID {one.get('pid')})"
        for one in value[:8]
        if isinstance(one, dict)
    ]


def _size(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
