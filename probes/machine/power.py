"""What the system does to the clock: the governor, and whether the machine runs on its battery.

Neither changes what can run; both change how fast, and can explain why nobody
can repeat a measurement.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from probes.evidence import Reading, absent, found
from probes.machine.files import folder_names, read_integer, read_line
from probes.machine.plausible import whole

FACTS = ("cpu-governor", "battery")
_PROCESSORS = "/sys/devices/system/cpu"
_SUPPLIES = "/sys/class/power_supply"
_MOST_PROCESSORS = 1024


def look(root: Path) -> dict[str, Reading]:
    """Return ``cpu-governor`` (the commonest) and ``battery`` (discharging, charge)."""
    return {"cpu-governor": _governor(root), "battery": _battery(root)}


def _governor(root: Path) -> Reading:
    names = folder_names(root, _PROCESSORS) or []
    processors = [name for name in names if name[:3] == "cpu" and name[3:].isdecimal()]
    governors = Counter(
        governor
        for name in processors[:_MOST_PROCESSORS]
        if (governor := read_line(root, f"{_PROCESSORS}/{name}/cpufreq/scaling_governor"))
    )
    if not governors:
        return absent(_PROCESSORS, "the system does not govern the clock here")
    name = governors.most_common(1)[0][0]
    mixed = "" if len(governors) == 1 else f"not all alike: {', '.join(sorted(governors))}"
    return found(name, f"{_PROCESSORS}/cpu*/cpufreq/scaling_governor", mixed)


def _battery(root: Path) -> Reading:
    for name in folder_names(root, _SUPPLIES) or []:
        place = f"{_SUPPLIES}/{name}"
        # Scope "Device" is the battery of a mouse or a pen.
        if (
            read_line(root, f"{place}/type") == "Battery"
            and read_line(root, f"{place}/scope") != "Device"
        ):
            status = read_line(root, f"{place}/status") or "Unknown"
            charge = whole(read_integer(root, f"{place}/capacity"), 0, 100)
            value = {"discharging": status == "Discharging", "charge_percent": charge}
            return found(value, place, status)
    return absent(_SUPPLIES, "no battery")
