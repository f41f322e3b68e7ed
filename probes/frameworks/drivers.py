"""Which NVIDIA driver a CUDA build needs.

Numbers with their sources, no logic about frameworks. Linux only: Windows has its own minima.
"""

from __future__ import annotations

# Oldest driver branch that runs a CUDA major version (minor version compatibility).
# https://docs.nvidia.com/deploy/cuda-compatibility/minor-version-compatibility.html, 2026-11-20
OLDEST_DRIVER = {11: 450, 12: 525, 13: 580}

# CUDA tags on PyTorch's own index, newest first (torch 2.12 and later; pytorch.org, 2026-11-20).
TORCH_TAGS = {13: "cu130", 12: "cu126"}

# TensorFlow's wheels for Linux are built with CUDA 12 since 2.14 (tensorflow.org/install/source).
TENSORFLOW_CUDA_MAJOR = 12


def driver_major(driver: str) -> int | None:
    """Return 550 for ``550.54.15``."""
    major = driver.partition(".")[0]
    return int(major) if major.isdecimal() else None


def newest_cuda_for(driver: str) -> int | None:
    """Return the newest CUDA major version that this driver runs, or ``None``."""
    major = driver_major(driver)
    if major is None:
        return None
    return max((cuda for cuda, oldest in OLDEST_DRIVER.items() if major >= oldest), default=None)


def build_cuda_major(build: str | None) -> int | None:
    """Return 12 for ``cu128`` or ``cu12``, ``None`` for a build without CUDA."""
    if not build or not build.startswith("cu") or not build[2:].isdecimal():
        return None
    return int(build[2:4])
