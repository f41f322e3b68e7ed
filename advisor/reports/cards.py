"""Accelerators as rows: what a card is, then what stands in the way of using all of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from probes.evidence import Reading

from .machine import Rows
from .page import Line, table
from .readings import assumed, listed, short, size, words_of

MOST_CARDS = 32
MOST_PROCESSES = 8


def cards_page(hardware: Mapping[str, Reading], width: int) -> list[Line]:
    """Return the lines of all accelerators; none where the cards were not looked at."""
    lines: list[Line] = []
    gpus = hardware.get("gpus")
    if gpus is not None and (not gpus.available or not isinstance(gpus.value, list)):
        nothing = f"none found{assumed(gpus)}"
        words = nothing if gpus.status == "absent" else words_of("gpus", gpus)
        lines += table([("graphics cards", short(words))], width)
    elif gpus is not None and isinstance(gpus.value, list):
        cards = [card for card in gpus.value if isinstance(card, dict)]
        for card in cards[:MOST_CARDS]:
            lines += table([("graphics card", headline(card) + assumed(gpus))], width)
            lines += table(card_rows(card), width, indent=4)
        if len(cards) > MOST_CARDS:
            lines += table([("graphics cards", f"{len(cards) - MOST_CARDS} more")], width)
    tpu = hardware.get("tpu")
    if tpu is not None and tpu.status != "absent":
        lines += table([("TPU", short(tpu_words(tpu)))], width)
    return lines


def headline(card: Mapping[str, Any]) -> str:
    """Return name, memory, and what decides which builds have code for the card."""
    parts = [str(card.get("name"))]
    if card.get("unified_memory") and not card.get("memory_total_bytes"):
        parts.append("shares the machine's memory")
    else:
        parts += [size(card.get("memory_total_bytes"))]
    for field, what in (("compute_capability", "capability "), ("gfx_target", ""), ("metal", "")):
        if card.get(field):
            prefix = "Metal " if field == "metal" else what
            parts.append(f"{prefix}{card[field]}")
    return short(", ".join(part for part in parts if part))


def card_rows(card: Mapping[str, Any]) -> Rows:
    """Return what there is to say of a card beside its name; nothing of what is in order."""
    rows = [
        ("problem", str(card.get("problem") or "")),
        ("memory free", _free(card)),
        ("other processes", _processes(card.get("processes"))),
        ("split (MIG)", _split(card)),
        ("clocks held down", _throttling(card.get("throttling"))),
        ("memory errors", _errors(card.get("ecc_uncorrected_errors"))),
        ("link", _link(card.get("pcie"))),
        ("sensors", _sensors(card)),
        ("driver model", str(card.get("driver_model") or "")),
    ]
    return [(label, short(words)) for label, words in rows if words]


def tpu_words(reading: Reading) -> str:
    """Return a TPU in words: generation, chips, nodes, and who has them open."""
    value = reading.value
    if not reading.available or not isinstance(value, dict):
        return words_of("tpu", reading)
    chips = value.get("chips")
    parts = [str(value.get("generation"))]
    parts += [f"{chips} {'chip' if chips == 1 else 'chips'}"] if isinstance(chips, int) else []
    nodes = value.get("nodes")
    if isinstance(nodes, list) and nodes:
        may = ", which this user may not open" if value.get("permitted") is False else ""
        parts.append(f"{', '.join(map(str, nodes[:8]))}{may}")
    owners = value.get("processes")
    if isinstance(owners, list) and owners:
        parts.append(f"held by {', '.join(process_words(one) for one in owners[:8])}")
    return "; ".join(parts) + assumed(reading)


def process_words(process: object) -> str:
    """Return a process as its name, number and memory."""
    if not isinstance(process, dict):
        return str(process)
    words = f"{process.get('name') or 'a process'} (PID {process.get('pid')})"
    memory = size(process.get("memory_bytes"))
    return f"{words} {memory}" if memory else words


def _free(card: Mapping[str, Any]) -> str:
    free, total = size(card.get("memory_free_bytes")), size(card.get("memory_total_bytes"))
    return f"{free} of {total}" if free and total else free


def _processes(processes: object) -> str:
    if not isinstance(processes, list) or not processes:
        return ""
    return listed((process_words(one) for one in processes), MOST_PROCESSES)


def _split(card: Mapping[str, Any]) -> str:
    if card.get("mig") != "on":
        return ""
    slices = card.get("mig_instances")
    if not isinstance(slices, list) or not slices:
        count = card.get("mig_slices")
        return f"{count} instances" if count else "on, without an instance"
    named = [
        f"{one.get('name')} {size(one.get('memory_total_bytes'))}".strip()
        for one in slices
        if isinstance(one, dict)
    ]
    return f"{len(slices)} instances: {listed(named, MOST_PROCESSES)}"


def _throttling(reasons: object) -> str:
    if not isinstance(reasons, list):
        return ""
    return ", ".join(str(reason).replace("-", " ") for reason in reasons[:MOST_PROCESSES])


def _errors(count: object) -> str:
    known = isinstance(count, int) and not isinstance(count, bool) and count > 0
    return f"{count} that could not be corrected, since the start" if known else ""


def _link(link: object) -> str:
    """Return the link if it is narrower than it could be; its generation falls when it idles."""
    if not isinstance(link, dict):
        return ""
    width, most = link.get("width"), link.get("width_max")
    narrow = isinstance(width, int) and isinstance(most, int) and width < most
    return f"PCIe ×{width}, where ×{most} would be possible" if narrow else ""


def _sensors(card: Mapping[str, Any]) -> str:
    degrees, limit = card.get("temperature_celsius"), card.get("power_limit_watts")
    parts = [f"{degrees} °C"] if isinstance(degrees, int | float) else []
    parts += [f"power limit {limit:g} W"] if isinstance(limit, int | float) else []
    return ", ".join(parts)
