"""What changes from moment to moment on an NVIDIA card: link, clocks, and what holds them down.

Each function takes ``tell``, which asks NVML one question about one card.
"""

from __future__ import annotations

from collections.abc import Callable

from probes.machine.gpu import Clocks, PciLink
from probes.machine.nvml_answers import Answer
from probes.machine.plausible import megahertz, whole

Ask = Callable[..., Answer]
# Why clocks are held down (nvml.h, nvmlClocksEventReasons). Being idle, a chosen clock and boards
# that keep step with each other are not throttling.
_THROTTLING = {
    0x04: "software-power-cap",
    0x08: "hardware-slowdown",
    0x20: "software-thermal-slowdown",
    0x40: "hardware-thermal-slowdown",
    0x80: "hardware-power-brake",
}
_MULTIPROCESSOR, _MEMORY = 1, 2  # nvmlClockType_t


def read_link(tell: Ask) -> PciLink | None:
    """Return generation and width of the card's link, now and at most."""
    link = PciLink(
        generation=whole(tell("nvmlDeviceGetCurrPcieLinkGeneration").value, 1, 16),
        width=whole(tell("nvmlDeviceGetCurrPcieLinkWidth").value, 1, 32),
        generation_max=whole(tell("nvmlDeviceGetMaxPcieLinkGeneration").value, 1, 16),
        width_max=whole(tell("nvmlDeviceGetMaxPcieLinkWidth").value, 1, 32),
    )
    return None if link == PciLink() else link


def read_clocks(tell: Ask) -> Clocks | None:
    """Return the clocks, now and at most."""
    clocks = Clocks(
        compute=megahertz(tell("nvmlDeviceGetClockInfo", _MULTIPROCESSOR).value),
        memory=megahertz(tell("nvmlDeviceGetClockInfo", _MEMORY).value),
        compute_max=megahertz(tell("nvmlDeviceGetMaxClockInfo", _MULTIPROCESSOR).value),
    )
    return None if clocks == Clocks() else clocks


def read_throttling(tell: Ask) -> list[str] | None:
    """Return why the clocks are held down; empty if they are not."""
    answer = tell("nvmlDeviceGetCurrentClocksEventReasons")
    if answer.error:
        # The name of the same function in older drivers.
        answer = tell("nvmlDeviceGetCurrentClocksThrottleReasons")
    bits = whole(answer.value, 0, (1 << 64) - 1)
    return None if bits is None else [word for bit, word in _THROTTLING.items() if bits & bit]
