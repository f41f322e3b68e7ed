"""Which machines are alike: first by hardware, then by driver and framework versions.

Numbers are compared within a group (all alike); what should be the same everywhere, such as the
driver, is compared within a family (the same hardware), where a group of one would hide it.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from knowledge.errors import shortened
from knowledge.text import printable

from .machine import Machine, gpus

Cards = tuple[tuple[str, int], ...]


class Family(msgspec.Struct, frozen=True):
    """The hardware that makes machines comparable; None where it is not known."""

    cpu_model: str
    physical_cores: int | None
    logical_cores: int | None
    cards: Cards | None


class Kind(msgspec.Struct, frozen=True):
    """A family with its software: machines of one kind form a group."""

    family: Family
    driver_major: str | None
    frameworks: tuple[tuple[str, str], ...]


def family_of(one: Machine) -> Family:
    """Return the hardware of a machine."""
    hardware = one.document.hardware
    model = hardware.get("cpu-model")
    found = gpus(one.document)
    cards = None if found is None else Counter(word(gpu.get("name")) for gpu in found)
    return Family(
        cpu_model=word(model.value) if model and model.available else "unknown",
        physical_cores=whole(one, "cpu-physical-cores"),
        logical_cores=whole(one, "cpu-logical-cores"),
        cards=None if cards is None else tuple(sorted(cards.items())),
    )


def kind_of(one: Machine) -> Kind:
    """Return the hardware of a machine with the software that decides what it can do."""
    driver = driver_of(one)
    return Kind(
        family=family_of(one),
        driver_major=None if driver is None else driver.partition(".")[0],
        frameworks=tuple(
            (word(name), word(framework.version or "unknown"))
            for name, framework in sorted(one.document.frameworks.items())
            if framework.installed
        ),
    )


def driver_of(one: Machine) -> str | None:
    """Return the version of the NVIDIA driver, or None without one."""
    reading = one.document.hardware.get("nvidia-driver")
    return word(reading.value) if reading and reading.available else None


def whole(one: Machine, fact: str) -> int | None:
    """Return a fact that is a plausible whole number."""
    reading = one.document.hardware.get(fact)
    if reading is None or not reading.available or isinstance(reading.value, bool):
        return None
    value = reading.value
    return value if isinstance(value, int) and 0 <= value < 2**63 else None


def word(value: object) -> str:
    """Return what a document says of a name, fit to be shown."""
    return shortened(printable(str(value)))
