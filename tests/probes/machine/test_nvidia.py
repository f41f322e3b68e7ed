"""NVIDIA through the real pynvml, which loads a small library compiled here as a stand-in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from msgspec import convert
from msgspec.json import decode

from probes.document import Gpu
from probes.evidence import Reading
from probes.machine import nvidia, nvidia_smi
from probes.machine.nvml_module import Nvml, load_nvml
from tests.probes.fake_machine import FakeMachine

ROOT = Path(__file__).resolve().parents[3]
LOOK = (
    "import sys, msgspec; from pathlib import Path; from probes.machine import nvidia;"
    "print(msgspec.json.encode(nvidia.look(Path(sys.argv[1]))).decode())"
)


@pytest.fixture(scope="session")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler on this machine")
    folder = tmp_path_factory.mktemp("nvml")
    source = Path(__file__).with_name("nvml_stub.c")
    library = folder / "libnvidia-ml.so.1"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    return folder


def look(machine: FakeMachine, library: Path, **variables: str) -> dict[str, Reading]:
    """Run the NVIDIA step in a child that finds the library."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(machine.root)],
        env={**os.environ, "LD_LIBRARY_PATH": str(library), "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return decode(done.stdout, type=dict[str, Reading])


def cards(facts: dict[str, Reading]) -> list[Gpu]:
    return convert(facts["gpus"].value, list[Gpu])


def test_two_cards_with_all_that_decides_about_wheels(machine: FakeMachine, stub: Path) -> None:
    facts = look(machine, stub)
    assert facts["nvidia-driver"].value == "550.54.15"
    first, second = cards(facts)
    assert first == Gpu(
        vendor="nvidia",
        name="NVIDIA GeForce RTX 4090",  # the escape sequence in it is gone
        uuid="GPU-aaaa",
        memory_total_bytes=24 << 30,
        memory_free_bytes=20 << 30,
        compute_capability="8.9",
        driver="550.54.15",
        cuda_of_driver="12.4",
        mig=None,
    )
    assert (second.compute_capability, second.mig, second.mig_slices) == ("8.0", "off", None)


def test_a_card_in_multi_instance_mode_counts_its_slices(machine: FakeMachine, stub: Path) -> None:
    second = cards(look(machine, stub, STUB_MIG="1"))[1]
    assert (second.mig, second.mig_slices) == ("on", 3)


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
    for name in ("gpus", "nvidia-driver"):
        assert (facts[name].status, facts[name].code) == ("error", code)
    assert facts["gpus"].value is None


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


def smi(machine: FakeMachine, script: str) -> None:
    """Put a program where WSL has nvidia-smi."""
    machine.file("/usr/lib/wsl/lib/nvidia-smi", f"#!/bin/sh\n{script}\n")
    (machine.root / "usr/lib/wsl/lib/nvidia-smi").chmod(0o755)


def test_nvidia_smi_stands_in_where_the_module_is_missing(machine: FakeMachine) -> None:
    smi(machine, "echo 'NVIDIA RTX A2000, GPU-1, 6138, 5000, 8.6, 537.42'")
    facts = nvidia.look(machine.root, lambda: Nvml(None, "absent"))
    assert facts["nvidia-driver"].value == "537.42"
    card = cards(facts)[0]
    assert (card.name, card.memory_total_bytes) == ("NVIDIA RTX A2000", 6138 << 20)


def test_nvidia_smi_that_fails_keeps_its_words_and_its_code(machine: FakeMachine) -> None:
    smi(machine, "echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18")
    facts = nvidia_smi.look(machine.root)
    assert facts is not None
    assert facts["gpus"].code == "DRIVER_LIBRARY_MISMATCH"
    assert "version mismatch" in facts["gpus"].detail


def test_nvidia_smi_that_hangs_costs_its_limit_only(machine: FakeMachine) -> None:
    smi(machine, "exec tail -f /dev/null")
    facts = nvidia_smi.look(machine.root, limit_seconds=0.2)
    assert facts is not None
    assert facts["gpus"].status == "error"
    assert "Timeout" in facts["gpus"].detail


def test_nvidia_smi_in_an_unknown_form_is_no_card(machine: FakeMachine) -> None:
    smi(machine, "echo 'hello world'")
    facts = nvidia_smi.look(machine.root)
    assert facts is not None and facts["gpus"].status == "error"
