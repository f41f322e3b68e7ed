"""NVIDIA cards: through NVML, else through ``nvidia-smi``; errors become reason codes.

Must tell four cases apart that all look like "no GPU": no card, a card without a driver, a driver
whose library is missing, and a driver that was updated under a running kernel.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from probes.evidence import Reading, absent, failed, found, unknown
from probes.machine import nvidia_smi, tegra
from probes.machine.container import find_container
from probes.machine.gpu import Gpu
from probes.machine.nvidia_kernel import kernel_driver
from probes.machine.nvidia_presence import card_on_bus
from probes.machine.nvml_answers import ask
from probes.machine.nvml_cards import cuda_version, read_card
from probes.machine.nvml_module import Nvml, load_nvml
from probes.machine.plausible import whole
from probes.machine.sanitise import plain

FACTS = ("gpus", "nvidia-driver", "driver")
_SOURCE = "NVML"
_MOST_CARDS = 64
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
_UNKNOWN_ERROR = 999


def look(
    root: Path,
    load: Callable[[], Nvml] = load_nvml,
    environment: Mapping[str, str] | None = None,
) -> dict[str, Reading]:
    """Return ``gpus`` (a list of :class:`Gpu`), ``nvidia-driver`` and ``driver`` (with CUDA)."""
    readings = _ask_nvml(root, load, environment or {})
    if not readings["gpus"].available:
        # Boards whose library came later than their graphics are known by their device tree.
        readings |= tegra.look(root)
    if "driver" not in readings:
        readings["driver"] = _driver(readings)
    return readings


def _ask_nvml(
    root: Path, load: Callable[[], Nvml], environment: Mapping[str, str]
) -> dict[str, Reading]:
    nvml = load()
    if nvml.module is None:
        return _without_module(root, nvml)
    try:
        nvml.module.nvmlInit()
        try:
            return _read(nvml.module)
        finally:
            with contextlib.suppress(nvml.module.NVMLError):
                nvml.module.nvmlShutdown()
    except nvml.module.NVMLError as error:
        return _explain(root, error, environment)


def _read(module: Any) -> dict[str, Reading]:
    driver = plain(str(ask(module, module.nvmlSystemGetDriverVersion).value or ""))
    cuda = cuda_version(ask(module, module.nvmlSystemGetCudaDriverVersion).value)
    return {
        "gpus": _cards(module, driver, cuda),
        "nvidia-driver": found(driver, _SOURCE) if driver else unknown(_SOURCE, "has no version"),
        "driver": found({"version": driver or None, "cuda": cuda}, _SOURCE),
    }


def _cards(module: Any, driver: str, cuda: str | None) -> Reading:
    count = whole(module.nvmlDeviceGetCount(), 0, _MOST_CARDS)
    if count is None:
        return unknown(_SOURCE, "the driver counts an impossible number of cards")
    cards = [to_builtins(_card(module, index, driver, cuda)) for index in range(count)]
    if not cards:
        return absent(_SOURCE, "the driver is loaded and shows no card")
    return found(cards, _SOURCE)


def _card(module: Any, index: int, driver: str, cuda: str | None) -> Gpu:
    handle = ask(module, lambda: module.nvmlDeviceGetHandleByIndex(index))
    if handle.error:
        # One card that fell off the bus must not hide the others.
        name = f"NVIDIA card {index}"
        return Gpu(vendor="nvidia", name=name, driver=driver, problem=plain(handle.words))
    return read_card(module, handle.value, driver, cuda)


def _driver(readings: Mapping[str, Reading]) -> Reading:
    known = readings["nvidia-driver"]
    if not known.available:
        return known
    return found({"version": known.value, "cuda": None}, known.source)


def _explain(root: Path, error: Any, environment: Mapping[str, str]) -> dict[str, Reading]:
    number = int(getattr(error, "value", _UNKNOWN_ERROR))
    words = plain(str(error))
    code, text = _CODES.get(number, ("UNKNOWN", f"NVML answered with error {number}"))
    there = card_on_bus(root) or kernel_driver(root) is not None
    if code == "NVML_MISSING" and not there:
        return _both(absent(_SOURCE, "no NVIDIA card and no NVIDIA driver"))
    if code == "DRIVER_NOT_LOADED" and not card_on_bus(root):
        return _both(absent(_SOURCE, "an NVIDIA library is installed, but there is no card"))
    if code == "NVML_MISSING":
        fallback = nvidia_smi.look(root)
        if fallback is not None:
            return fallback
    if number == _UNKNOWN_ERROR and find_container(root, environment).available:
        # NVIDIA/nvidia-container-toolkit#48: systemd reloaded and took the device rights away.
        code, text = "CONTAINER_LOST_GPU", "the container lost its right to the card"
    return _both(failed(_SOURCE, f"{text}: {words}", code))


def _without_module(root: Path, nvml: Nvml) -> dict[str, Reading]:
    fallback = nvidia_smi.look(root)
    if fallback is not None:
        return fallback
    if nvml.problem == "foreign":
        where = f"the module pynvml in {plain(nvml.place)} is not NVIDIA's nvidia-ml-py"
        return _both(unknown(_SOURCE, where, "FOREIGN_PYNVML"))
    if not card_on_bus(root) and kernel_driver(root) is None:
        return _both(absent("/sys/bus/pci/devices", "no NVIDIA card on the bus"))
    return _both(unknown(_SOURCE, "nvidia-ml-py is not installed, so NVML cannot be asked"))


def _both(reading: Reading) -> dict[str, Reading]:
    return {"gpus": reading, "nvidia-driver": reading}
