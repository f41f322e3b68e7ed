"""The copy of the decision data that probes use is the knowledge base, and the data holds."""

from __future__ import annotations

import os

from msgspec import convert, to_builtins
from msgspec.json import encode, format

from advisor.cli.places import cache_directory
from knowledge.base import load
from probes.frameworks.builds import SNAPSHOT, Published, published
from probes.frameworks.capability import read_capability
from probes.frameworks.gfx import read_targets
from probes.frameworks.versions import python_version
from probes.interpreters import FRAMEWORKS
from probes.machine import tpu


def from_knowledge() -> Published:
    knowledge = load(cache=cache_directory())
    return convert(
        {
            "builds": [to_builtins(one) for one in knowledge.kind("build").values()],
            "chips": [to_builtins(one) for one in knowledge.kind("chip").values()],
        },
        Published,
    )


def test_the_copy_equals_the_knowledge_base() -> None:
    """FW_ADVISOR_GOLDEN=write makes the copy anew after an edit of the data."""
    known = from_knowledge()
    if os.environ.get("FW_ADVISOR_GOLDEN") == "write":
        SNAPSHOT.write_bytes(format(encode(known), indent=1) + b"\n")
        published.cache_clear()
    assert published() == known


def test_every_number_of_the_data_can_be_read() -> None:
    for build in published().builds:
        assert build.framework in FRAMEWORKS
        oldest, newest = (python_version(bound) for bound in build.python)
        assert oldest is not None and newest is not None and oldest <= newest, build.id
        for text in (*build.compute, *build.ptx):
            assert read_capability(text) is not None, build.id
        assert read_targets(build.gfx) == list(build.gfx), build.id
        for one in build.broken:
            assert one.compute in build.gfx or read_capability(one.compute) is not None, build.id
    for chip in published().chips:
        assert chip.gfx is None or read_targets([chip.gfx]) == [chip.gfx], chip.id


def test_every_framework_has_a_build_for_a_card_and_for_none() -> None:
    for framework in FRAMEWORKS:
        devices = {one.device for one in published().builds if one.framework == framework}
        assert devices >= {"cpu", "cuda", "rocm"}


def test_no_install_line_names_a_host() -> None:
    for build in published().builds:
        assert "://" not in build.install and "index-url" not in build.install


def test_tpus_are_recognised_by_the_ids_of_the_data() -> None:
    chips = [chip for chip in published().chips if chip.vendor == "google"]
    assert len(chips) == 7
    for chip in chips:
        assert chip.pci_device is not None
        device = tpu.PciDevice(
            "0000:00:04.0",
            int(chip.pci_vendor or "0", 16),
            int(chip.pci_device, 16),
            0x120000,
            int(chip.pci_subsystem, 16) if chip.pci_subsystem else None,
        )
        found = tpu.chips_of(device)
        assert found == (chip,)
        assert tpu.generation_of(found) == chip.names[0].removeprefix("TPU ")
