"""One graphics card as its driver and the bus describe it: an item of the fact ``gpus``.

``None`` means "could not be read", never "none"; an empty list means "looked, and there is none".
Must hold data only.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

Vendor = Literal["nvidia", "amd", "intel", "apple"]


class GpuProcess(Struct, frozen=True, kw_only=True):
    """Another process that holds memory of the card."""

    pid: int
    name: Annotated[str | None, Meta(description="File name of the program, without its path")]
    memory_bytes: int | None = None


class MigSlice(Struct, frozen=True, kw_only=True):
    """One instance of a card that is split (multi-instance mode)."""

    name: str
    uuid: str | None = None
    memory_total_bytes: int | None = None
    memory_free_bytes: int | None = None


class PciLink(Struct, frozen=True, kw_only=True):
    """The link to the processor now, and the most that both ends can do."""

    generation: int | None = None
    width: int | None = None
    generation_max: int | None = None
    width_max: int | None = None


class Clocks(Struct, frozen=True, kw_only=True):
    """Clocks in megahertz."""

    compute: int | None = None
    memory: int | None = None
    compute_max: int | None = None


class Gpu(Struct, frozen=True, kw_only=True):
    """One graphics card as its driver describes it (an item of the fact ``gpus``)."""

    vendor: Vendor
    name: str
    uuid: str | None = None
    pci_id: Annotated[
        str | None, Meta(description="Vendor and device in hexadecimal, such as 10de:2684")
    ] = None
    pci_address: str | None = None
    memory_total_bytes: Annotated[
        int | None, Meta(description="Memory of its own; null where it shares the machine's")
    ] = None
    memory_free_bytes: int | None = None
    unified_memory: Annotated[
        bool | None, Meta(description="Whether it works in the machine's memory")
    ] = None
    compute_capability: Annotated[str | None, Meta(description="NVIDIA only, such as 8.9")] = None
    gfx_target: Annotated[str | None, Meta(description="AMD only, such as gfx1100")] = None
    metal: Annotated[str | None, Meta(description="Apple only: Metal version, such as 3")] = None
    cores: Annotated[int | None, Meta(description="Apple only")] = None
    driver: str | None = None
    driver_model: Annotated[
        Literal["WDDM", "TCC", "MCDM"] | None, Meta(description="NVIDIA on Windows only")
    ] = None
    cuda_of_driver: Annotated[
        str | None, Meta(description="Newest CUDA version this driver can run, such as 12.4")
    ] = None
    mig: Annotated[
        Literal["off", "on"] | None, Meta(description="Multi-instance mode; null if unsupported")
    ] = None
    mig_slices: int | None = None
    mig_instances: list[MigSlice] | None = None
    ecc: Annotated[
        Literal["off", "on"] | None, Meta(description="Error-correcting memory; null if none")
    ] = None
    ecc_uncorrected_errors: int | None = None
    pcie: PciLink | None = None
    power_limit_watts: float | None = None
    temperature_celsius: int | None = None
    clocks: Clocks | None = None
    throttling: Annotated[
        list[str] | None,
        Meta(description="Why its clocks are held down; empty if they are not"),
    ] = None
    processes: Annotated[
        list[GpuProcess] | None, Meta(description="Other processes on the card")
    ] = None
    problem: Annotated[
        str | None, Meta(description="Words of the driver if this card does not answer")
    ] = None
