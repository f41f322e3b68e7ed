"""What is compared between like machines: numbers, and values that should be the same.

Each number has a band: a difference within it is no concern, however alike the others are (two
machines of one make differ by a page of memory).
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite
from typing import Literal

import msgspec

from probes.document import Framework

from .alike import driver_of, whole, word
from .machine import Machine, gpus

Unit = Literal["bytes", "seconds", ""]
MEMORY_BAND = 0.02
SPEED_BAND = 0.05
START_BAND = 0.5
"""First calls and imports depend on what the disk cache happens to hold."""
VERDICTS = ("not-installed", "invisible", "visible-but-broken", "usable-after-jit", "usable")
"""Worst first: a machine is as good as its worst card."""


class Figure(msgspec.Struct, frozen=True):
    """A number that like machines should have in common."""

    name: str
    value: float
    unit: Unit
    band: float


def numbers(one: Machine) -> Iterator[Figure]:
    """Return the numbers of a machine; what was not found out is left out."""
    for name, value, unit, band in _numbers(one):
        number = _finite(value)
        if number is not None and number >= 0:
            yield Figure(word(name), number, unit, band)


def _finite(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if isfinite(number) else None


def _numbers(one: Machine) -> Iterator[tuple[str, object, Unit, float]]:
    document = one.document
    for fact in ("memory-total-bytes", "memory-limit-bytes"):
        yield fact, whole(one, fact), "bytes", MEMORY_BAND
    yield "cpu-usable-threads", whole(one, "cpu-usable-threads"), "", 0.0
    yield "gpus: memory of the smallest", _least(one, "memory_total_bytes"), "bytes", MEMORY_BAND
    yield "gpus: lowest power limit in watts", _least(one, "power_limit_watts"), "", SPEED_BAND
    for name, framework in document.frameworks.items():
        yield from _starting(name, framework)
    for case, workload in document.benchmarks.workloads.items():
        for arm, cell in workload.arms.items():
            yield f"{case}: {arm}", cell.median_seconds, "seconds", SPEED_BAND


def _least(one: Machine, field: str) -> float | None:
    """Return the least of a number over all cards, None if one card does not have it."""
    values = [gpu.get(field) for gpu in gpus(one.document) or ()]
    known = [value for value in values if isinstance(value, int | float)]
    return min(known) if known and len(known) == len(values) else None


def _starting(name: str, framework: Framework) -> Iterator[tuple[str, object, Unit, float]]:
    yield f"{name}: import", framework.import_seconds, "seconds", START_BAND
    for kind in dict.fromkeys(device.kind for device in framework.devices):
        for what, times in (
            ("first kernel", [d.seconds for d in framework.devices if d.kind == kind]),
            ("first compiled", [d.compiled_seconds for d in framework.devices if d.kind == kind]),
        ):
            slowest = max((time for time in times if time is not None), default=None)
            yield f"{name}: {what} on {kind}", slowest, "seconds", START_BAND


def categories(one: Machine) -> Iterator[tuple[str, str]]:
    """Return what should be the same on machines of the same hardware."""
    for fact in ("operating-system-version", "virtualisation", "container"):
        reading = one.document.hardware.get(fact)
        if reading is not None and reading.status in ("ok", "absent"):
            yield fact, word(reading.value) if reading.available else "none"
    yield from _cards(one)
    driver = driver_of(one)
    if driver is not None:
        yield "nvidia-driver", driver
    for name, framework in one.document.frameworks.items():
        yield f"{name}: version", word(framework.version or "not installed")
        if not framework.installed:
            continue
        yield f"{name}: build", word(framework.build or "unknown")
        yield f"{name}: Python", word(framework.python or "unknown")
        for kind in dict.fromkeys(device.kind for device in framework.devices):
            verdicts = [d.verdict for d in framework.devices if d.kind == kind]
            yield f"{name}: verdict on {kind}", min(verdicts, key=VERDICTS.index)


def _cards(one: Machine) -> Iterator[tuple[str, str]]:
    """Return in which mode the cards work; each value once, so that one odd card shows."""
    cards = gpus(one.document)
    if not cards:
        return
    for field in ("mig", "ecc", "driver_model"):
        values = sorted({word(card.get(field)) for card in cards if card.get(field) is not None})
        if values:
            yield f"gpus: {field.replace('_', ' ')}", " and ".join(values)
    links = [card["pcie"] for card in cards if isinstance(card.get("pcie"), dict)]
    widths = {link.get("width") for link in links if isinstance(link, dict)}
    known = sorted(width for width in widths if isinstance(width, int))
    if known:
        yield "gpus: PCIe width", f"×{known[0]}"
    held = [reason for card in cards for reason in _words(card.get("throttling"))]
    if any(card.get("throttling") is not None for card in cards):
        yield "gpus: throttling", ", ".join(sorted(set(held))) or "none"


def _words(value: object) -> list[str]:
    return [word(item) for item in value] if isinstance(value, list) else []
