"""TPUs by PCI ids, device nodes and the processes that hold them; libtpu is never opened."""

from __future__ import annotations

from typing import Any

import pytest

from probes.machine import tpu
from tests.probes.fake_machine import FakeMachine


def chips(machine: FakeMachine, device: str, subsystem: str = "0x0000") -> FakeMachine:
    for slot in range(4):
        machine.pci(f"0000:00:0{slot}.0", "0x1ae0", device, "0x120000", subsystem)
    return machine


def read(machine: FakeMachine) -> dict[str, Any]:
    value = tpu.look(machine.root)["tpu"].value
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize(
    ("device", "subsystem", "generation"),
    [
        ("0x005e", "0x0000", "v4"),
        ("0x0063", "0x0000", "v5e"),
        ("0x0062", "0x0000", "v5p"),
        ("0x006f", "0x0000", "v6e"),
        ("0x0076", "0x0000", "v7x"),
        ("0x0027", "0x004e", "v2"),
        ("0x0027", "0x004f", "v3"),
        ("0x0027", "0x0000", "v2 or v3"),
    ],
)
def test_generations_by_their_ids(
    machine: FakeMachine, device: str, subsystem: str, generation: str
) -> None:
    value = read(chips(machine, device, subsystem))
    assert (value["generation"], value["chips"]) == (generation, 4)
    assert (value["nodes"], value["permitted"], value["processes"]) == ([], None, [])


def test_googles_network_card_is_no_tpu(machine: FakeMachine) -> None:
    machine.pci("0000:00:04.0", "0x1ae0", "0x0042", "0x020000")
    assert tpu.look(machine.root)["tpu"].status == "absent"


@pytest.mark.parametrize(("device", "node"), [("0x005e", "/dev/accel0"), ("0x0063", "/dev/vfio/0")])
def test_each_generation_has_its_own_nodes(machine: FakeMachine, device: str, node: str) -> None:
    chips(machine, device)
    for path in ("/dev/accel0", "/dev/accelerator", "/dev/vfio/0", "/dev/vfio/vfio"):
        machine.file(path)
    value = read(machine)
    assert (value["nodes"], value["permitted"]) == ([node], True)


def test_a_node_that_may_not_be_opened(machine: FakeMachine) -> None:
    chips(machine, "0x0063").file("/dev/vfio/0")
    value = tpu.look(machine.root, lambda path: False)["tpu"].value
    assert isinstance(value, dict) and value["permitted"] is False


def test_the_process_that_holds_a_chip_is_named(machine: FakeMachine) -> None:
    chips(machine, "0x0063").file("/dev/vfio/0")
    machine.link("/proc/77/fd/9", "/dev/vfio/0").file("/proc/77/comm", "train\n")
    machine.link("/proc/78/fd/9", "/dev/null").file("/proc/78/comm", "bystander\n")
    machine.file("/tmp/libtpu_lockfile")
    value = read(machine)
    assert value["processes"] == [{"pid": 77, "name": "train"}]
    assert value["lock_file"] is True
