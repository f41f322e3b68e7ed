"""AMD cards by sysfs and KFD, laid out as amdgpu and amdkfd write them."""

from __future__ import annotations

from typing import Any

import pytest

from probes.machine import amd, kfd
from tests.probes.fake_machine import FakeMachine

GIB = 1 << 30
FOLDER = "/sys/bus/pci/devices/0000:03:00.0"
NODES = "/sys/class/kfd/kfd/topology/nodes"


def discrete(machine: FakeMachine) -> FakeMachine:
    """A Radeon with its own memory, driven by amdgpu."""
    machine.pci("0000:03:00.0", "0x1002", "0x744c", "0x030000", driver="amdgpu")
    for name, text in (
        ("mem_info_vram_total", str(24 * GIB)),
        ("mem_info_vram_used", str(4 * GIB)),
        ("current_link_speed", "2.5 GT/s PCIe"),
        ("current_link_width", "16"),
        ("max_link_speed", "16.0 GT/s PCIe"),
        ("max_link_width", "16"),
        ("unique_id", "7d3c1b0a9f8e"),
        ("hwmon/hwmon4/temp1_input", "47000"),
        ("hwmon/hwmon4/power1_cap", "303000000"),
    ):
        machine.file(f"{FOLDER}/{name}", f"{text}\n")
    return machine


def node(machine: FakeMachine, target: int, processors: int = 0, location: int = 768) -> None:
    """Node 0 is the processor, node 1 the card; location 768 is bus 3, device 0, function 0."""
    machine.file(f"{NODES}/0/gpu_id", "0\n")
    machine.file(f"{NODES}/0/properties", "cpu_cores_count 16\ngfx_target_version 0\n")
    machine.file(f"{NODES}/1/gpu_id", "51545\n")
    machine.file(
        f"{NODES}/1/properties",
        f"cpu_cores_count {processors}\nsimd_count 192\ngfx_target_version {target}\n"
        f"vendor_id 4098\ndevice_id 29772\nlocation_id {location}\ndomain 0\n",
    )
    bank = f"heap_type 1\nsize_in_bytes {16 * GIB}\nflags 0\n"
    machine.file(f"{NODES}/1/mem_banks/0/properties", bank)


def card(machine: FakeMachine) -> dict[str, Any]:
    cards = amd.look(machine.root)["amd-gpus"].value
    assert isinstance(cards, list)
    first: dict[str, Any] = cards[0]
    return first


def test_a_card_with_memory_target_link_and_sensors(machine: FakeMachine) -> None:
    node(discrete(machine), 110000)
    found = card(machine)
    assert found["gfx_target"] == "gfx1100"
    assert (found["memory_total_bytes"], found["memory_free_bytes"]) == (24 * GIB, 20 * GIB)
    assert (found["pci_id"], found["driver"], found["unified_memory"]) == (
        "1002:744c",
        "amdgpu",
        False,
    )
    assert found["pcie"] == {"generation": 1, "width": 16, "generation_max": 4, "width_max": 16}
    assert (found["temperature_celsius"], found["power_limit_watts"]) == (47, 303.0)


def test_without_the_compute_driver_there_is_no_target(machine: FakeMachine) -> None:
    found = card(discrete(machine))
    assert (found["gfx_target"], found["unified_memory"], found["processes"]) == (None, None, None)
    assert found["memory_total_bytes"] == 24 * GIB


def test_a_card_of_another_slot_does_not_lend_its_target(machine: FakeMachine) -> None:
    node(discrete(machine), 110000, location=0x4100)
    assert card(machine)["gfx_target"] is None


def test_memory_of_the_compute_driver_stands_in_for_that_of_sysfs(machine: FakeMachine) -> None:
    machine.pci("0000:03:00.0", "0x1002", "0x744c", "0x120000")
    node(machine, 90010)
    found = card(machine)
    assert (found["gfx_target"], found["memory_total_bytes"]) == ("gfx90a", 16 * GIB)


@pytest.mark.parametrize(("target", "cores"), [(110501, 0), (90012, 0), (80001, 4)])
def test_graphics_inside_a_processor_has_what_the_firmware_set_aside(
    machine: FakeMachine, target: int, cores: int
) -> None:
    node(discrete(machine), target, processors=cores)
    found = card(machine)
    assert found["unified_memory"] is True
    assert found["memory_total_bytes"] == 24 * GIB


def test_a_processor_with_one_memory_for_all_does_not_count_it_twice(machine: FakeMachine) -> None:
    node(discrete(machine), 90402)
    assert card(machine)["unified_memory"] is False
    machine.file(f"{FOLDER}/device", "0x74a0\n")
    found = card(machine)
    assert (found["gfx_target"], found["unified_memory"]) == ("gfx942", True)
    assert found["memory_total_bytes"] is None and found["memory_free_bytes"] is None


def test_processes_that_hold_memory_are_named(machine: FakeMachine) -> None:
    node(discrete(machine), 110000)
    for pid, used in (("4711", 2 * GIB), ("4712", 0), ("not-a-number", 5)):
        machine.file(f"/sys/class/kfd/kfd/proc/{pid}/vram_51545", f"{used}\n")
    machine.file("/proc/4711/comm", "train\x1b[31m\n")
    assert card(machine)["processes"] == [
        {"pid": 4711, "name": "train", "memory_bytes": 2 * GIB},
    ]


@pytest.mark.parametrize(
    ("version", "target"),
    [
        ("90402", "gfx942"),
        ("90010", "gfx90a"),
        ("100306", "gfx1036"),
        ("120001", "gfx1201"),
        ("0", None),
        ("", None),
        ("-90402", None),
        ("9" * 40, None),
    ],
)
def test_targets_by_their_number(version: str, target: str | None) -> None:
    assert kfd.gfx_target(version) == target


def test_the_installed_rocm_is_named(machine: FakeMachine) -> None:
    assert amd.look(machine.root)["rocm"].status == "absent"
    machine.file("/opt/rocm/.info/version", "6.4.1-83\n")
    assert amd.look(machine.root)["rocm"].value == "6.4.1-83"
