"""Accelerators by sysfs and /dev, without opening any device."""

from __future__ import annotations

import pytest

from probes.evidence import absent, failed
from probes.machine import device_nodes, pci, tpu
from probes.machine.bus_cards import add_bus_cards
from tests.probes.fake_machine import FakeMachine

NO_CARD = absent("NVML", "none")


def test_a_bus_without_accelerators_is_absent_and_a_missing_bus_unknown(
    machine: FakeMachine,
) -> None:
    assert pci.look(machine.root)["pci-accelerators"].status == "unknown"
    machine.pci("0000:00:01.0", "0x8086", "0x1237", "0x060000")
    assert pci.look(machine.root)["pci-accelerators"].status == "absent"


def test_display_and_processing_classes_count_others_do_not(machine: FakeMachine) -> None:
    machine.pci("0000:01:00.0", "0x10de", "0x2684", "0x030000")
    machine.pci("0000:01:00.1", "0x10de", "0x22ba", "0x040300")  # its sound function
    machine.pci("0000:02:00.0", "0x1da3", "0x1020", "0x120000")
    rows = pci.look(machine.root)["pci-accelerators"].value
    assert isinstance(rows, list)
    assert [(row["vendor"], row["device_id"]) for row in rows] == [
        ("nvidia", "0x2684"),
        ("habana", "0x1020"),
    ]


@pytest.mark.parametrize(
    ("device", "subsystem", "generation"),
    [
        ("0x005e", "0x0000", "v4"),
        ("0x0063", "0x0000", "v5e"),
        ("0x0062", "0x0000", "v5p"),
        ("0x006f", "0x0000", "v6e"),
        ("0x0027", "0x004e", "v2"),
        ("0x0027", "0x004f", "v3"),
    ],
)
def test_tpu_generations_by_their_ids(
    machine: FakeMachine, device: str, subsystem: str, generation: str
) -> None:
    for slot in range(4):
        machine.pci(f"0000:00:0{slot}.0", "0x1ae0", device, "0x120000", subsystem)
    assert tpu.look(machine.root)["tpu"].value == {"generation": generation, "chips": 4}


def test_googles_network_card_is_no_tpu(machine: FakeMachine) -> None:
    machine.pci("0000:00:04.0", "0x1ae0", "0x0042", "0x020000")
    assert tpu.look(machine.root)["tpu"].status == "absent"


def test_a_node_that_may_not_be_opened_is_named_as_such(machine: FakeMachine) -> None:
    machine.file("/dev/nvidia0").file("/dev/nvidiactl").file("/dev/dri/renderD128")
    facts = device_nodes.look(machine.root, lambda path: path.name != "renderD128")
    rows = facts["device-nodes"].value
    assert isinstance(rows, list)
    assert {row["path"]: row["permitted"] for row in rows} == {
        "/dev/nvidiactl": True,
        "/dev/nvidia0": True,
        "/dev/dri/renderD128": False,
    }


def test_an_amd_card_is_listed_with_the_memory_that_sysfs_tells(machine: FakeMachine) -> None:
    machine.pci("0000:03:00.0", "0x1002", "0x744c", "0x030000")
    folder = "/sys/bus/pci/devices/0000:03:00.0"
    machine.file(f"{folder}/mem_info_vram_total", f"{24 << 30}\n")
    machine.file(f"{folder}/mem_info_vram_used", f"{4 << 30}\n")
    gpus = add_bus_cards(machine.root, NO_CARD).value
    assert isinstance(gpus, list)
    assert gpus[0]["vendor"] == "amd"
    assert gpus[0]["memory_total_bytes"] == 24 << 30
    assert gpus[0]["memory_free_bytes"] == 20 << 30


def test_an_error_of_the_nvidia_driver_is_not_painted_over(machine: FakeMachine) -> None:
    machine.pci("0000:03:00.0", "0x8086", "0x4680", "0x030000")
    error = failed("NVML", "mismatch", "DRIVER_LIBRARY_MISMATCH")
    assert add_bus_cards(machine.root, error) is error
