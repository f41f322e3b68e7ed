"""NVIDIA's boards with the graphics inside the processor (Jetson), by their device tree.

Source: developer.nvidia.com/cuda-gpus and cuda-legacy-gpus (compute capability by board, read
2026-11-20) and the kernel's device tree bindings (which chip is on which board).
"""

from __future__ import annotations

from pathlib import Path

from msgspec import to_builtins

from probes.evidence import Reading, found
from probes.machine.files import read_text
from probes.machine.gpu import Gpu
from probes.machine.sanitise import plain

_COMPATIBLE = ("/proc/device-tree/compatible", "/sys/firmware/devicetree/base/compatible")
_MODEL = ("/proc/device-tree/model", "/sys/firmware/devicetree/base/model")
_CAPABILITIES = {
    "nvidia,tegra210": "5.3",
    "nvidia,tegra186": "6.2",
    "nvidia,tegra194": "7.2",
    "nvidia,tegra234": "8.7",
    "nvidia,tegra264": "11.0",
}


def look(root: Path) -> dict[str, Reading]:
    """Return ``gpus`` with the board's graphics, or nothing on any other machine."""
    for place, model in zip(_COMPATIBLE, _MODEL, strict=True):
        words = (read_text(root, place) or "").split("\x00")
        for chip, capability in _CAPABILITIES.items():
            if chip in words:
                name = plain(read_text(root, model) or "") or f"NVIDIA board with {chip}"
                card = Gpu(
                    vendor="nvidia",
                    name=name,
                    compute_capability=capability,
                    unified_memory=True,
                )
                return {"gpus": found([to_builtins(card)], place)}
    return {}
