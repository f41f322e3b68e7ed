"""Which builds of the frameworks are published, and which cards hold which code.

The knowledge base is the source; ``builds.json`` is its copy for probing without it, and a test
keeps both equal. Must know nothing of a machine: that is :mod:`probes.frameworks.plan`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct, field
from msgspec.json import decode

from probes.frameworks.capability import Capability, read_capability

SNAPSHOT = Path(__file__).with_name("builds.json")


class Broken(Struct, frozen=True):
    """A compute capability, or a target of AMD, on which the build starts and then fails."""

    compute: str


class Build(Struct, frozen=True, kw_only=True):
    """One compiled form of a framework; the fields are those of the knowledge base."""

    id: str
    title: str
    framework: str
    versions: tuple[str, ...]
    release: str
    variant: str
    device: str
    platforms: tuple[str, ...]
    python: tuple[str, str]
    compute: tuple[str, ...] = ()
    ptx: tuple[str, ...] = ()
    gfx: tuple[str, ...] = ()
    driver: int | None = None
    broken: tuple[Broken, ...] = ()
    order: int = 100
    install: str
    note: str = ""


class Chip(Struct, frozen=True, kw_only=True):
    """One model or generation of accelerator; the fields are those of the knowledge base."""

    id: str
    vendor: str
    names: tuple[str, ...]
    compute: str | None = None
    gfx: str | None = None
    pci_vendor: str | None = None
    pci_device: str | None = None
    pci_subsystem: str | None = None
    node: str | None = None
    memory_gibibytes: int | None = None


class Published(Struct, frozen=True):
    """Everything that is known of builds and chips, builds in the order of preference."""

    builds: tuple[Build, ...] = field(default_factory=tuple)
    chips: tuple[Chip, ...] = field(default_factory=tuple)


@cache
def published() -> Published:
    """Return what is published as this version of the program knows it."""
    return decode(SNAPSHOT.read_bytes(), type=Published)


def builds_of(framework: str, version: str, variant: str, builds: Iterable[Build]) -> list[Build]:
    """Return the builds an installed wheel can be: by its release and its variant."""
    minor = ".".join(version.partition("+")[0].split(".")[:2])
    return [
        build
        for build in builds
        if build.framework == framework and minor in build.versions and build.variant == variant
    ]


def capabilities(texts: Iterable[str]) -> list[Capability]:
    """Return the compute capabilities that can be read, lowest first."""
    found = [capability for text in texts if (capability := read_capability(text)) is not None]
    return sorted(found)
