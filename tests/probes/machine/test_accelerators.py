"""Accelerators by sysfs and /dev, without opening any device."""

from __future__ import annotations

import os

import pytest

from probes.evidence import absent, failed, found, unknown
from probes.machine import device_nodes, pci
from probes.machine.gpus import merge_cards
from probes.machine.pci_names import card_name
from tests.probes.fake_machine import FakeMachine


def test_a_bus_without_accelerators_is_absent_and_a_missing_bus_unknown(
    machine: FakeMachine,
) -> None:
    assert pci.look(machine.root)["pci-accelerators"].status == "unknown"
    machine.pci("0000:00:01.0", "0x8086", "0x1237", "0x060000")
    assert pci.look(machine.root)["pci-accelerators"].status == "absent"


def test_display_and_processing_classes_count_others_do_not(machine: FakeMachine) -> None:
    machine.pci("0000:01:00.0", "0x10de", "0x2684", "0x030000", driver="nouveau")
    machine.pci("0000:01:00.1", "0x10de", "0x22ba", "0x040300")  # its sound function
    machine.pci("0000:02:00.0", "0x1da3", "0x1020", "0x120000")
    rows = pci.look(machine.root)["pci-accelerators"].value
    assert isinstance(rows, list)
    assert [(row["vendor"], row["device_id"], row["driver"]) for row in rows] == [
        ("nvidia", "0x2684", "nouveau"),
        ("habana", "0x1020", None),
    ]


def test_a_node_that_may_not_be_opened_is_named_with_its_group(machine: FakeMachine) -> None:
    machine.file("/dev/nvidia0").file("/dev/nvidiactl").file("/dev/dri/renderD128")
    facts = device_nodes.look(machine.root, lambda path: path.name != "renderD128")
    rows = facts["device-nodes"].value
    assert isinstance(rows, list)
    assert {row["path"]: row["permitted"] for row in rows} == {
        "/dev/nvidiactl": True,
        "/dev/nvidia0": True,
        "/dev/dri/renderD128": False,
    }
    own = (machine.root / "dev/nvidia0").group()
    assert {row["group"] for row in rows} == {own}
    assert {row["member"] for row in rows} == {True}
    assert rows[0]["mode"].startswith("-rw")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to any group")
def test_a_group_without_a_name_is_told_by_its_number(machine: FakeMachine) -> None:
    node = machine.file("/dev/kfd").root / "dev/kfd"
    os.chown(node, -1, 54321)
    rows = device_nodes.look(machine.root)["device-nodes"].value
    assert isinstance(rows, list)
    assert (rows[0]["group"], rows[0]["member"]) == ("54321", False)


def test_names_come_from_the_systems_own_list(machine: FakeMachine) -> None:
    machine.file(
        "/usr/share/hwdata/pci.ids",
        "# comment\n1002  Advanced Micro Devices\n\t744c  Navi 31\n\t\t1002 0e3b  subsystem\n"
        "10de  NVIDIA Corporation\n\t2684  AD102 [GeForce RTX 4090]\n",
    )
    assert card_name(machine.root, 0x10DE, 0x2684) == "AD102 [GeForce RTX 4090]"
    assert card_name(machine.root, 0x1002, 0x744C) == "Navi 31"
    assert card_name(machine.root, 0x1002, 0x2684) is None


CARD = {"vendor": "amd", "name": "AMD"}
NONE = absent("NVML", "none")


def test_cards_of_all_vendors_stand_in_one_list_nvidia_first() -> None:
    merged = merge_cards(
        {
            "gpus": found([{"vendor": "nvidia"}], "NVML"),
            "amd-gpus": found([CARD], "sysfs"),
            "intel-gpus": NONE,
            "python": found("3.13", "x"),
        }
    )
    assert merged["gpus"].value == [{"vendor": "nvidia"}, CARD]
    assert merged["gpus"].source == "NVML and sysfs"
    assert merged.keys() == {"gpus", "python"}


def test_an_error_of_the_nvidia_driver_is_not_painted_over() -> None:
    error = failed("NVML", "mismatch", "DRIVER_LIBRARY_MISMATCH")
    assert merge_cards({"gpus": error, "amd-gpus": found([CARD], "sysfs")})["gpus"] is error


def test_a_vendor_that_did_not_answer_is_not_taken_for_no_card() -> None:
    silent = unknown("apple", "no answer within 1.8 s")
    assert merge_cards({"gpus": NONE, "apple-gpus": silent})["gpus"].status == "unknown"
    both = merge_cards({"gpus": NONE, "amd-gpus": found([CARD], "s"), "apple-gpus": silent})
    assert both["gpus"].value == [CARD]
    assert both["gpus"].detail == "apple: no answer within 1.8 s"


def test_a_system_without_pci_has_no_cards_there() -> None:
    without = unknown("/sys/bus/pci/devices", "this system has no PCI in sysfs")
    assert merge_cards({"gpus": NONE, "amd-gpus": without})["gpus"].status == "absent"
