"""Reads one NVIDIA card through NVML.

Must ask only, never set anything, and must not fail as a whole: see :mod:`nvml_answers`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from probes.machine.gpu import Gpu, MigSlice
from probes.machine.nvml_answers import NOT_SUPPORTED, Answer, ask
from probes.machine.nvml_processes import other_processes
from probes.machine.nvml_sensors import read_clocks, read_link, read_throttling
from probes.machine.plausible import amount, capacity, temperature, watts, whole
from probes.machine.sanitise import plain

_DRIVER_MODELS = {0: "WDDM", 1: "TCC", 2: "MCDM"}
# Parts that work in the machine's memory. Some answer "not supported" for their memory, some
# report the machine's as theirs (XuehaiPan/nvitop#208, wookayin/gpustat#179).
_UNIFIED = re.compile(r"\b(GB10|Orin|Xavier|Thor|Tegra|Jetson)\b", re.IGNORECASE)
_UNCORRECTED, _SINCE_START = 1, 0  # nvmlMemoryErrorType_t, nvmlEccCounterType_t
_MOST_SLICES = 16


def read_card(module: Any, handle: Any, driver: str, cuda: str | None) -> Gpu:
    """Return all that the driver tells of one card."""

    def tell(function: str, *arguments: Any) -> Answer:
        return ask(module, lambda: getattr(module, function)(handle, *arguments))

    name = plain(str(tell("nvmlDeviceGetName").value or "")) or "NVIDIA card without a name"
    memory = tell("nvmlDeviceGetMemoryInfo")
    pci = tell("nvmlDeviceGetPciInfo").value
    mode = tell("nvmlDeviceGetMigMode").value
    split = bool(mode and mode[0])
    shared = memory.error == NOT_SUPPORTED and not split
    unified = shared or _UNIFIED.search(name) is not None
    own = None if unified else memory.value
    slices = _slices(module, handle) if split else None
    return Gpu(
        vendor="nvidia",
        name=name,
        uuid=_text(tell("nvmlDeviceGetUUID")),
        pci_id=_pci_id(pci),
        pci_address=_pci_address(pci),
        memory_total_bytes=capacity(own.total) if own else None,
        memory_free_bytes=amount(own.free) if own and capacity(own.total) else None,
        unified_memory=unified,
        compute_capability=_capability(tell("nvmlDeviceGetCudaComputeCapability").value),
        driver=driver,
        driver_model=_driver_model(tell("nvmlDeviceGetDriverModel").value),
        cuda_of_driver=cuda,
        mig=None if mode is None else ("on" if split else "off"),
        mig_slices=None if slices is None else len(slices),
        mig_instances=slices,
        ecc=_on_or_off(tell("nvmlDeviceGetEccMode").value),
        ecc_uncorrected_errors=whole(
            tell("nvmlDeviceGetTotalEccErrors", _UNCORRECTED, _SINCE_START).value, 0, 1 << 53
        ),
        pcie=None if unified else read_link(tell),
        power_limit_watts=watts(tell("nvmlDeviceGetEnforcedPowerLimit").value),
        temperature_celsius=temperature(tell("nvmlDeviceGetTemperature", 0).value),
        clocks=read_clocks(tell),
        throttling=read_throttling(tell),
        processes=other_processes(module, handle),
    )


def cuda_version(number: Any) -> str | None:
    """Return ``12.4`` for ``12040``."""
    known = whole(number, 1000, 999_999)
    return None if known is None else f"{known // 1000}.{known % 1000 // 10}"


def _text(answer: Answer) -> str | None:
    return plain(str(answer.value)) or None if answer.value else None


def _capability(pair: Any) -> str | None:
    if not pair:
        return None
    major, minor = whole(pair[0], 1, 99), whole(pair[1], 0, 99)
    return None if major is None or minor is None else f"{major}.{minor}"


def _pci_id(pci: Any) -> str | None:
    both = whole(getattr(pci, "pciDeviceId", None), 1, 0xFFFFFFFF)
    return None if both is None else f"{both & 0xFFFF:04x}:{both >> 16:04x}"


def _pci_address(pci: Any) -> str | None:
    if pci is None:
        return None
    domain, bus = whole(pci.domain, 0, 0xFFFFFFFF), whole(pci.bus, 0, 0xFF)
    device = whole(pci.device, 0, 0x1F)
    if domain is None or bus is None or device is None:
        return None
    return f"{domain:04x}:{bus:02x}:{device:02x}.0"


def _driver_model(pair: Any) -> Any:
    return _DRIVER_MODELS.get(pair[0] if isinstance(pair, list | tuple) and pair else pair)


def _on_or_off(pair: Any) -> Any:
    return None if not pair else ("on" if pair[0] else "off")


def _slices(module: Any, handle: Any) -> list[MigSlice]:
    most = ask(module, lambda: module.nvmlDeviceGetMaxMigDeviceCount(handle)).value
    answer: list[MigSlice] = []
    for index in range(whole(most, 0, _MOST_SLICES) or 0):
        one = ask(module, partial(module.nvmlDeviceGetMigDeviceHandleByIndex, handle, index))
        if one.value is not None:
            answer.append(_slice(module, one.value))
    return answer


def _slice(module: Any, handle: Any) -> MigSlice:
    memory = ask(module, lambda: module.nvmlDeviceGetMemoryInfo(handle)).value
    return MigSlice(
        name=_text(ask(module, lambda: module.nvmlDeviceGetName(handle))) or "instance",
        uuid=_text(ask(module, lambda: module.nvmlDeviceGetUUID(handle))),
        memory_total_bytes=capacity(memory.total) if memory else None,
        memory_free_bytes=amount(memory.free) if memory else None,
    )
