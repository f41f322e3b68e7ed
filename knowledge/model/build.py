"""What is published ready to install, and what it needs: the decision data of the doctor.

A build is one compiled form of a framework; a chip is one model or generation of accelerator.
"""

from __future__ import annotations

from typing import Literal

from .common import Basis, Entry, Id, Part

Framework = Literal["pytorch", "tensorflow", "jax"]
Device = Literal["cpu", "cuda", "rocm", "xpu", "mps", "tpu"]
Platform = Literal["linux-x86_64", "linux-aarch64", "windows-x86_64", "macos-arm64", "macos-x86_64"]


class Broken(Part, frozen=True):
    """A compute capability, or a target of AMD, on which a build fails, and who says so."""

    compute: str
    because: tuple[Id, ...]


class Build(Entry, frozen=True, kw_only=True):
    """One compiled form of a framework over the releases in which it is the same.

    `python` is the oldest and newest that has wheels; `compute` are compute capabilities with code
    of their own, `ptx` those from which newer cards compile at the first start, `gfx` the targets
    of AMD that it holds code for; `driver` is the oldest NVIDIA branch on Linux. `install` begins
    with {pip} or {uv}, or is a whole command.
    """

    title: str
    framework: Framework
    versions: tuple[str, ...]
    release: str
    variant: str
    device: Device
    platforms: tuple[Platform, ...]
    python: tuple[str, str]
    compute: tuple[str, ...] = ()
    ptx: tuple[str, ...] = ()
    gfx: tuple[str, ...] = ()
    driver: int | None = None
    broken: tuple[Broken, ...] = ()
    order: int = 100
    install: str
    basis: Basis
    note: str = ""


class Chip(Entry, frozen=True, kw_only=True):
    """One accelerator: how it is recognised, and what decides which builds have code for it."""

    title: str
    vendor: Literal["nvidia", "amd", "intel", "apple", "google"]
    names: tuple[str, ...]
    compute: str | None = None
    gfx: str | None = None
    pci_vendor: str | None = None
    pci_device: str | None = None
    pci_subsystem: str | None = None
    node: str | None = None
    memory_gibibytes: int | None = None
    basis: Basis
