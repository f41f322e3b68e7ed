"""NVIDIA cards: through NVML, else through ``nvidia-smi``; errors become reason codes.

Must tell four cases apart that all look like "no GPU": no card, a card without a driver, a driver
whose library is missing, and a driver that was updated under a running kernel.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from probes.document import Gpu
from probes.evidence import Reading, absent, failed, found, unknown
from probes.machine import nvidia_smi
from probes.machine.files import below, read_text
from probes.machine.nvml_module import Nvml, load_nvml
from probes.machine.pci import VENDORS, devices, is_accelerator
from probes.plain_text import clean_line

FACTS = ("gpus", "nvidia-driver")
_SOURCE = "NVML"
# Return codes of nvml.h that have a meaning of their own for the user.
_CODES = {
    4: ("NO_PERMISSION", "this user may not talk to the NVIDIA driver"),
    9: ("DRIVER_NOT_LOADED", "the NVIDIA kernel driver is not loaded"),
    12: ("NVML_MISSING", "libnvidia-ml is not installed"),
    18: (
        "DRIVER_LIBRARY_MISMATCH",
        "the loaded kernel driver and the installed driver library differ in version",
    ),
}


def look(root: Path, load: Callable[[], Nvml] = load_nvml) -> dict[str, Reading]:
    """Return the readings ``gpus`` (a list of :class:`probes.document.Gpu`) and the driver."""
    nvml = load()
    if nvml.module is None:
        return _without_module(root, nvml)
    try:
        nvml.module.nvmlInit()
    except nvml.module.NVMLError as error:
        return _explain(root, error)
    try:
        return _read(nvml.module)
    except nvml.module.NVMLError as error:
        return _explain(root, error)
    finally:
        nvml.module.nvmlShutdown()


def card_on_bus(root: Path) -> bool:
    """Whether sysfs shows an NVIDIA accelerator, or WSL offers one."""
    on_bus = any(
        VENDORS[device.vendor_id] == "nvidia" and is_accelerator(device)
        for device in devices(root) or []
    )
    return on_bus or below(root, "/dev/dxg").exists()


def _read(module: Any) -> dict[str, Reading]:
    driver = clean_line(str(module.nvmlSystemGetDriverVersion()))
    cuda = _optional(module, module.nvmlSystemGetCudaDriverVersion)
    cards = [
        _card(module, module.nvmlDeviceGetHandleByIndex(index), driver, cuda)
        for index in range(module.nvmlDeviceGetCount())
    ]
    gpus = (
        found([to_builtins(card) for card in cards], _SOURCE)
        if cards
        else absent(_SOURCE, "the driver is loaded and shows no card")
    )
    return {"gpus": gpus, "nvidia-driver": found(driver, _SOURCE)}


def _card(module: Any, handle: Any, driver: str, cuda: int | None) -> Gpu:
    memory = _optional(module, lambda: module.nvmlDeviceGetMemoryInfo(handle))
    capability = _optional(module, lambda: module.nvmlDeviceGetCudaComputeCapability(handle))
    mode = _optional(module, lambda: module.nvmlDeviceGetMigMode(handle))
    name = _optional(module, lambda: module.nvmlDeviceGetName(handle))
    uuid = _optional(module, lambda: module.nvmlDeviceGetUUID(handle))
    return Gpu(
        vendor="nvidia",
        name=clean_line(str(name)) if name else "NVIDIA card without a name",
        uuid=clean_line(str(uuid)) if uuid else None,
        # Parts with unified memory answer "not supported": they have no memory of their own.
        memory_total_bytes=int(memory.total) if memory else None,
        memory_free_bytes=int(memory.free) if memory else None,
        compute_capability=f"{capability[0]}.{capability[1]}" if capability else None,
        driver=driver,
        cuda_of_driver=f"{cuda // 1000}.{cuda % 1000 // 10}" if cuda else None,
        mig=None if mode is None else ("on" if mode[0] else "off"),
        mig_slices=_slices(module, handle) if mode and mode[0] else None,
    )


def _slices(module: Any, handle: Any) -> int:
    most = _optional(module, lambda: module.nvmlDeviceGetMaxMigDeviceCount(handle)) or 0
    slices = (_mig_device(module, handle, index) for index in range(most))
    return sum(device is not None for device in slices)


def _mig_device(module: Any, handle: Any, index: int) -> Any:
    return _optional(module, lambda: module.nvmlDeviceGetMigDeviceHandleByIndex(handle, index))


def _optional(module: Any, call: Callable[[], Any]) -> Any:
    """Return the answer, or ``None`` for a fact that this card or this driver does not have."""
    try:
        return call()
    except module.NVMLError:
        return None


def _explain(root: Path, error: Any) -> dict[str, Reading]:
    number = int(getattr(error, "value", 999))
    words = clean_line(str(error))
    code, text = _CODES.get(number, ("UNKNOWN", f"NVML answered with error {number}"))
    if code == "NVML_MISSING" and not card_on_bus(root) and not _kernel_driver(root):
        nothing = absent(_SOURCE, "no NVIDIA card and no NVIDIA driver")
        return {"gpus": nothing, "nvidia-driver": nothing}
    if code == "DRIVER_NOT_LOADED" and not card_on_bus(root):
        nothing = absent(_SOURCE, "an NVIDIA library is installed, but there is no card")
        return {"gpus": nothing, "nvidia-driver": nothing}
    if code == "NVML_MISSING":
        fallback = nvidia_smi.look(root)
        if fallback is not None:
            return fallback
    reading = failed(_SOURCE, f"{text}: {words}", code)
    return {"gpus": reading, "nvidia-driver": reading}


def _without_module(root: Path, nvml: Nvml) -> dict[str, Reading]:
    fallback = nvidia_smi.look(root)
    if fallback is not None:
        return fallback
    if nvml.problem == "foreign":
        where = f"the module pynvml in {clean_line(nvml.place)} is not NVIDIA's nvidia-ml-py"
        reading = unknown(_SOURCE, where, "FOREIGN_PYNVML")
        return {"gpus": reading, "nvidia-driver": reading}
    if not card_on_bus(root) and not _kernel_driver(root):
        nothing = absent("/sys/bus/pci/devices", "no NVIDIA card on the bus")
        return {"gpus": nothing, "nvidia-driver": nothing}
    reading = unknown(_SOURCE, "nvidia-ml-py is not installed, so NVML cannot be asked")
    return {"gpus": reading, "nvidia-driver": reading}


def _kernel_driver(root: Path) -> bool:
    return read_text(root, "/proc/driver/nvidia/version") is not None
