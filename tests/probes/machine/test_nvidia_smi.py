"""``nvidia-smi`` where NVML cannot be loaded: WSL, a broken environment, an old program."""

from __future__ import annotations

import pytest

from probes.machine import nvidia, nvidia_smi
from probes.machine.nvml_module import Nvml
from tests.probes.fake_machine import FakeMachine
from tests.probes.machine.nvml_library import cards

FULL = (
    "NVIDIA RTX A2000, GPU-1, 6138, 5000, 537.42, "
    "00000000:01:00.0, 0x257110DE, 8.6, [N/A], 54, WDDM"
)


def smi(machine: FakeMachine, script: str) -> None:
    """Put a program where WSL has nvidia-smi."""
    machine.program("/usr/lib/wsl/lib/nvidia-smi", script)


def test_it_stands_in_where_the_module_is_missing(machine: FakeMachine) -> None:
    smi(machine, f"echo '{FULL}'")
    facts = nvidia.look(machine.root, lambda: Nvml(None, "absent"))
    assert facts["nvidia-driver"].value == "537.42"
    assert facts["driver"].value == {"version": "537.42", "cuda": None}
    card = cards(facts)[0]
    assert (card.name, card.memory_total_bytes) == ("NVIDIA RTX A2000", 6138 << 20)
    assert (card.pci_id, card.pci_address) == ("10de:2571", "0000:01:00.0")
    assert (card.compute_capability, card.temperature_celsius) == ("8.6", 54)
    assert (card.mig, card.driver_model) == (None, "WDDM")


def test_an_old_program_that_refuses_new_columns_is_asked_for_fewer(machine: FakeMachine) -> None:
    smi(
        machine,
        'case "$1" in *compute_cap*) echo \'Field "compute_cap" is not a valid field to query.\';'
        " exit 2;; esac; echo 'Tesla K80, GPU-2, 11441, 11000, 418.87'",
    )
    facts = nvidia_smi.look(machine.root)
    assert facts is not None
    card = cards(facts)[0]
    assert (card.name, card.driver, card.compute_capability) == ("Tesla K80", "418.87", None)


def test_memory_that_is_not_supported_is_the_machines(machine: FakeMachine) -> None:
    line = FULL.replace("6138, 5000", "[N/A], [N/A]")
    smi(machine, f"echo '{line}'")
    facts = nvidia_smi.look(machine.root)
    assert facts is not None
    assert (cards(facts)[0].unified_memory, cards(facts)[0].memory_total_bytes) == (True, None)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Failed to initialize NVML: Driver/library version mismatch", "DRIVER_LIBRARY_MISMATCH"),
        (
            "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
            "DRIVER_NOT_LOADED",
        ),
        ("Failed to initialize NVML: Insufficient Permissions", "NO_PERMISSION"),
        ("Segmentation fault", "UNKNOWN"),
    ],
)
def test_a_failure_keeps_its_words_and_its_code(
    machine: FakeMachine, words: str, code: str
) -> None:
    smi(machine, f'echo "{words}"; exit 18')
    facts = nvidia_smi.look(machine.root)
    assert facts is not None
    assert (facts["gpus"].status, facts["gpus"].code) == ("error", code)
    assert words in facts["gpus"].detail


def test_a_program_that_hangs_costs_its_limit_and_is_unknown(machine: FakeMachine) -> None:
    smi(machine, "tail -f /dev/null")
    facts = nvidia_smi.look(machine.root, limit_seconds=0.2)
    assert facts is not None
    assert facts["gpus"].status == "unknown"
    assert "0.2 s" in facts["gpus"].detail


def test_a_program_that_never_stops_talking_ends_with_its_limit(machine: FakeMachine) -> None:
    smi(machine, "exec yes nonsense")
    facts = nvidia_smi.look(machine.root, limit_seconds=0.2)
    assert facts is not None
    assert facts["gpus"].status == "unknown"
    assert len(facts["gpus"].detail) < 100


@pytest.mark.parametrize("words", ["hello world", "", "a,b,c", FULL.replace("537.42", "")])
def test_an_unknown_form_is_no_card(machine: FakeMachine, words: str) -> None:
    smi(machine, f"echo '{words}'")
    facts = nvidia_smi.look(machine.root)
    assert facts is not None and facts["gpus"].status == "error"
