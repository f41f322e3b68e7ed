"""NVIDIA through the real pynvml, which loads a small library compiled here as a stand-in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.json import decode

from probes.evidence import Reading
from probes.machine.gpu import Clocks, Gpu, GpuProcess, MigSlice, PciLink
from probes.machine.nvml_module import load_nvml
from probes.machine.nvml_processes import program_name
from tests.probes.fake_machine import FakeMachine
from tests.probes.machine.nvml_library import ROOT, cards, look, surroundings

GIB = 1 << 30


def test_two_cards_with_all_that_the_driver_tells(machine: FakeMachine, stub: Path) -> None:
    facts = look(machine, stub)
    assert facts["nvidia-driver"].value == "550.54.15"
    assert facts["driver"].value == {"version": "550.54.15", "cuda": "12.4"}
    first, second = cards(facts)
    assert first == Gpu(
        vendor="nvidia",
        name="NVIDIA GeForce RTX 4090",  # the escape sequence in it is gone
        uuid="GPU-aaaa",
        pci_id="10de:2684",
        pci_address="0000:01:00.0",
        memory_total_bytes=24 * GIB,
        memory_free_bytes=20 * GIB,
        unified_memory=False,
        compute_capability="8.9",
        driver="550.54.15",
        cuda_of_driver="12.4",
        pcie=PciLink(generation=1, width=8, generation_max=4, width_max=16),
        power_limit_watts=450.0,
        temperature_celsius=61,
        clocks=Clocks(compute=2520, memory=10501, compute_max=3105),
        throttling=[],
        processes=[],
    )
    assert (second.compute_capability, second.mig, second.mig_slices) == ("8.0", "off", None)
    assert (second.ecc, second.ecc_uncorrected_errors) == ("on", 2)


def test_a_card_in_multi_instance_mode_lists_its_slices(machine: FakeMachine, stub: Path) -> None:
    second = cards(look(machine, stub, STUB_MIG="1"))[1]
    assert (second.mig, second.mig_slices) == ("on", 3)
    assert second.mig_instances is not None
    assert second.mig_instances[0] == MigSlice(
        name="NVIDIA A100-SXM4-40GB MIG 1g.5gb",
        uuid="MIG-cccc",
        memory_total_bytes=5 * GIB,
        memory_free_bytes=4 * GIB,
    )


@pytest.mark.parametrize(
    "variables",
    [
        {"STUB_NAME": "NVIDIA GB10", "STUB_MEMORY": "none"},
        {"STUB_NAME": "NVIDIA GB10", "STUB_MEMORY": "128501256192"},
        {"STUB_NAME": "Orin (nvgpu)", "STUB_MEMORY": "none"},
    ],
)
def test_memory_that_is_the_machines_is_not_counted_twice(
    machine: FakeMachine, stub: Path, variables: dict[str, str]
) -> None:
    first = cards(look(machine, stub, **variables))[0]
    assert first.unified_memory is True
    assert first.memory_total_bytes is None and first.memory_free_bytes is None


def test_a_data_centre_card_with_a_similar_name_has_memory_of_its_own(
    machine: FakeMachine, stub: Path
) -> None:
    first = cards(look(machine, stub, STUB_NAME="NVIDIA GB100"))[0]
    assert (first.unified_memory, first.memory_total_bytes) == (False, 24 * GIB)


def test_throttling_is_named_and_idleness_is_not_throttling(
    machine: FakeMachine, stub: Path
) -> None:
    assert cards(look(machine, stub, STUB_THROTTLE="0x1"))[0].throttling == []
    assert cards(look(machine, stub, STUB_THROTTLE="0x45"))[0].throttling == [
        "software-power-cap",
        "hardware-thermal-slowdown",
    ]


def test_other_processes_by_name_without_path_and_arguments(
    machine: FakeMachine, stub: Path
) -> None:
    first, second = cards(look(machine, stub, STUB_PROCESSES="2"))
    assert first.processes == [
        GpuProcess(pid=4001, name="python3", memory_bytes=2 * GIB),
        GpuProcess(pid=4000, name="python3", memory_bytes=1 * GIB),
    ]
    assert second.processes == []


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("/usr/bin/python3 train.py --token x", "python3"),
        ("C:\\Program Files\\App\\app.exe", "app.exe"),
        ("Xorg", "Xorg"),
        ("", None),
    ],
)
def test_a_program_goes_by_its_file_name(command: str, name: str | None) -> None:
    assert program_name(command) == name


def test_an_old_driver_answers_through_the_functions_it_has(
    machine: FakeMachine, old_stub: Path
) -> None:
    first = cards(look(machine, old_stub, STUB_THROTTLE="0x8", STUB_PROCESSES="1"))[0]
    assert first.throttling == ["hardware-slowdown"]
    assert first.processes is not None and first.processes[0].pid == 4000


def test_a_card_that_fell_off_the_bus_does_not_hide_the_other(
    machine: FakeMachine, stub: Path
) -> None:
    first, second = cards(look(machine, stub, STUB_LOST="0"))
    assert first.problem == "GPU is lost" and first.memory_total_bytes is None
    assert second.name == "NVIDIA A100-SXM4-40GB" and second.problem is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("18", "DRIVER_LIBRARY_MISMATCH"),
        ("9", "DRIVER_NOT_LOADED"),
        ("4", "NO_PERMISSION"),
        ("999", "UNKNOWN"),
    ],
)
def test_errors_of_the_driver_become_codes_with_its_own_words(
    machine: FakeMachine, stub: Path, number: str, code: str
) -> None:
    machine.pci("0000:01:00.0", "0x10de", "0x2684", "0x030000")
    facts = look(machine, stub, STUB_INIT=number)
    for name in ("gpus", "nvidia-driver", "driver"):
        assert (facts[name].status, facts[name].code) == ("error", code)
    assert facts["gpus"].value is None


def test_an_unknown_error_in_a_container_is_a_lost_card(machine: FakeMachine, stub: Path) -> None:
    machine.pci("0000:01:00.0", "0x10de", "0x2684", "0x030000").file("/.dockerenv")
    facts = look(machine, stub, STUB_INIT="999")
    assert facts["gpus"].code == "CONTAINER_LOST_GPU"
    assert "Unknown Error" in facts["gpus"].detail


def test_without_library_and_without_card_nothing_is_missing(
    machine: FakeMachine, tmp_path: Path
) -> None:
    machine.pci("0000:00:01.0", "0x8086", "0x1237", "0x060000")
    facts = look(machine, tmp_path)
    assert facts["gpus"].status == facts["nvidia-driver"].status == "absent"


def test_a_card_without_the_library_names_the_library(machine: FakeMachine, tmp_path: Path) -> None:
    machine.pci("0000:01:00.0", "0x10de", "0x2684", "0x030000")
    facts = look(machine, tmp_path)
    assert (facts["gpus"].status, facts["gpus"].code) == ("error", "NVML_MISSING")


def test_windows_may_offer_a_card_of_another_vendor(machine: FakeMachine, tmp_path: Path) -> None:
    machine.file("/dev/dxg")
    assert look(machine, tmp_path)["gpus"].code == "NVML_MISSING"
    machine.file("/usr/lib/wsl/lib/libdxcore.so")
    assert look(machine, tmp_path)["gpus"].status == "absent"
    machine.file("/usr/lib/wsl/lib/libcuda.so.1")
    assert look(machine, tmp_path)["gpus"].code == "NVML_MISSING"


def test_a_foreign_module_called_pynvml_is_named_and_never_executed(
    machine: FakeMachine, stub: Path, tmp_path: Path
) -> None:
    foreign = tmp_path / "elsewhere"
    foreign.mkdir()
    (foreign / "pynvml.py").write_text("raise SystemExit('executed')\n")
    machine.pci("0000:01:00.0", "0x10de", "0x2684", "0x030000")
    facts = look(machine, stub, PYTHONPATH=f"{foreign}{os.pathsep}{ROOT}")
    assert facts["gpus"].code == "FOREIGN_PYNVML"
    assert str(foreign / "pynvml.py") in facts["gpus"].detail


def test_the_real_module_is_taken_for_itself() -> None:
    loaded = load_nvml()
    assert isinstance(loaded.module, ModuleType)
    assert hasattr(loaded.module, "nvmlInit")


@pytest.mark.parametrize("where", ["init", "memory"])
def test_a_driver_that_never_answers_costs_its_limit_and_nothing_else(
    machine: FakeMachine, stub: Path, where: str
) -> None:
    machine.cores(2).file("/proc/driver/nvidia/version", "NVRM version: x  550.54.15  Tue\n")
    code = (
        "import sys, time, msgspec; from pathlib import Path; from probes.machine import look;"
        "started = time.monotonic();"
        "facts = look.look_at_machine(Path(sys.argv[1]), {}, limit_seconds=0.5);"
        "facts['seconds'] = time.monotonic() - started;"
        "print(msgspec.json.encode(facts).decode())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(machine.root)],
        env={**surroundings(stub), "STUB_HANG": where},
        capture_output=True,
        text=True,
        timeout=20,  # the stuck thread must not keep the process from ending
        check=True,
    )
    answer = decode(done.stdout)
    assert answer.pop("seconds") < 2.0
    facts = {name: Reading(**fields) for name, fields in answer.items()}
    assert facts["gpus"].status == facts["nvidia-driver"].status == "unknown"
    assert "0.5 s" in facts["gpus"].detail
    assert facts["cpu-physical-cores"].value == 2
    # The kernel's own word is still there.
    assert facts["nvidia-kernel-driver"].value == "550.54.15"
