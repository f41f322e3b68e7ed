"""Intel cards by sysfs, and by ``xpu-smi`` where it is there."""

from __future__ import annotations

from typing import Any

import pytest

from probes.machine import intel
from tests.probes.fake_machine import FakeMachine

GIB = 1 << 30
CARD = "0000:03:00.0"
FOLDER = f"/sys/bus/pci/devices/{CARD}"
# Field names as in the documentation of `xpu-smi discovery` and its sources; values made up.
LISTED = (
    '{"device_list": [{"device_id": 0, "device_name": "Intel(R) Arc(TM) A770 Graphics", '
    f'"pci_bdf_address": "{CARD}", "uuid": "0000-56a0", "vendor_name": "Intel"}}]}}'
)
DESCRIBED = (
    f'{{"device_id": 0, "pci_bdf_address": "{CARD}", "driver_version": "1.3.27",'
    ' "device_name": "Intel(R) Arc(TM) A770 Graphics",'
    ' "memory_physical_size_byte": "17102532608"}'
)


def cards(machine: FakeMachine) -> list[dict[str, Any]]:
    value = intel.look(machine.root)["intel-gpus"].value
    assert isinstance(value, list)
    return value


def arc(machine: FakeMachine, driver: str = "xe") -> FakeMachine:
    return machine.pci(CARD, "0x8086", "0x56a0", "0x030000", driver=driver)


def test_graphics_inside_the_processor_uses_the_machines_memory(machine: FakeMachine) -> None:
    machine.pci("0000:00:02.0", "0x8086", "0x4680", "0x030000", driver="i915")
    (card,) = cards(machine)
    assert (card["unified_memory"], card["memory_total_bytes"]) == (True, None)
    assert (card["driver"], card["pci_id"]) == ("i915", "8086:4680")
    assert card["name"] == "Intel graphics, PCI id 0x4680"


@pytest.mark.parametrize(
    ("files", "size"),
    [
        ({"tile0/physical_vram_size_bytes": 8 * GIB}, 8 * GIB),
        (
            {
                "tile0/memory/physical_vram_size_bytes": 8 * GIB,
                "tile1/memory/physical_vram_size_bytes": 8 * GIB,
            },
            16 * GIB,
        ),
        ({"drm/card1/lmem_total_bytes": 12 * GIB}, 12 * GIB),
        ({"lmem_total_bytes": 4 * GIB}, 4 * GIB),
        ({}, None),
    ],
)
def test_memory_of_a_card_by_either_kernel_driver(
    machine: FakeMachine, files: dict[str, int], size: int | None
) -> None:
    arc(machine)
    for name, number in files.items():
        machine.file(f"{FOLDER}/{name}", f"{number}\n")
    (card,) = cards(machine)
    assert (card["unified_memory"], card["memory_total_bytes"]) == (False, size)


def test_xpu_smi_gives_the_name_and_the_memory(machine: FakeMachine) -> None:
    arc(machine).program(
        "/usr/bin/xpu-smi",
        f"case \"$*\" in *-d*) echo '{DESCRIBED}';; *) echo '{LISTED}';; esac",
    )
    (card,) = cards(machine)
    assert card["name"] == "Intel(R) Arc(TM) A770 Graphics"
    assert card["memory_total_bytes"] == 17102532608


@pytest.mark.parametrize("words", ["not json", "[[[[", '{"device_list": 3}', '{"error": "x"}', ""])
def test_an_unknown_answer_of_xpu_smi_leaves_what_sysfs_tells(
    machine: FakeMachine, words: str
) -> None:
    arc(machine).program("/usr/bin/xpu-smi", f"echo '{words}'")
    (card,) = cards(machine)
    assert card["name"] == "Intel graphics, PCI id 0x56a0"


def test_a_neural_processor_is_no_graphics_card(machine: FakeMachine) -> None:
    machine.pci("0000:00:0b.0", "0x8086", "0x7d1d", "0x120000", driver="intel_vpu")
    assert intel.look(machine.root)["intel-gpus"].status == "absent"
