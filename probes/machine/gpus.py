"""Puts the cards of all vendors into one reading. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from probes.evidence import Reading, absent, found
from probes.machine.amdsmi import with_told

OTHERS = ("amd-gpus", "intel-gpus", "apple-gpus")


def merge_cards(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Return the readings with one ``gpus`` in place of one per vendor.

    NVIDIA's cards come first and keep the driver's order. An error of its driver is not painted
    over by other cards; a vendor that did not answer is named in the detail.
    """
    others = {name: readings[name] for name in OTHERS if name in readings}
    if "amd-gpus" in others:
        others["amd-gpus"] = _told(others["amd-gpus"], readings.get("amd-smi"))
    rest = {name: one for name, one in readings.items() if name not in (*OTHERS, "amd-smi")}
    return rest | {"gpus": _merge(readings["gpus"], others)}


def _told(cards: Reading, program: Reading | None) -> Reading:
    """Return AMD's cards with what its module adds to them, or why it adds nothing."""
    if program is None or not _cards(cards) or program.status == "absent":
        return cards
    if not program.available or not isinstance(program.value, dict):
        return replace(cards, detail=f"{program.source}: {program.detail}")
    told = program.value
    rows = [
        with_told(card, told.get(str(card.get("pci_address")), {}))
        for card in _cards(cards)
        if isinstance(card, dict)
    ]
    return replace(cards, value=rows, source=f"{cards.source} and {program.source}")


def _merge(nvidia: Reading, others: Mapping[str, Reading]) -> Reading:
    if nvidia.status in ("unknown", "error"):
        return nvidia
    answered = [one for one in (nvidia, *others.values()) if _cards(one)]
    silent = [
        f"{name.removesuffix('-gpus')}: {one.detail}"
        for name, one in others.items()
        if one.status in ("unknown", "error") and "no PCI in sysfs" not in one.detail
    ]
    if answered:
        cards = [card for one in answered for card in _cards(one)]
        sources = dict.fromkeys(one.source for one in answered)
        return found(cards, " and ".join(sources), "; ".join(silent))
    if silent:
        return next(one for one in others.values() if one.status in ("unknown", "error"))
    return nvidia if nvidia.status == "absent" else absent("gpus", "no card was found")


def _cards(reading: Reading) -> list[object]:
    return reading.value if reading.available and isinstance(reading.value, list) else []
