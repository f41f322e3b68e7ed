"""Facts of another machine may be missing or of any form; they are then not known, never wrong."""

from __future__ import annotations

import pytest

from probes.evidence import Reading, absent, failed, found
from probes.frameworks.hiding import hidden_by
from probes.frameworks.machine import Machine, read_machine

CARD = {"vendor": "nvidia", "name": "NVIDIA GeForce RTX 4090", "compute_capability": "8.9"}


def test_nothing_known_is_no_card_and_no_driver() -> None:
    machine = read_machine({})
    assert machine.cards == () and machine.driver is None and not machine.lacks_avx


def test_a_card_that_only_the_bus_shows_still_counts() -> None:
    on_bus = found([{"vendor": "nvidia", "device_id": "0x2684"}], "sysfs")
    broken = failed("NVML", "not loaded", "DRIVER_NOT_LOADED")
    machine = read_machine({"gpus": broken, "nvidia-driver": broken, "pci-accelerators": on_bus})
    assert [card.name for card in machine.cards] == ["NVIDIA card, PCI id 0x2684"]
    assert machine.driver_code == "DRIVER_NOT_LOADED"


def test_a_card_is_not_counted_twice_when_driver_and_bus_show_it() -> None:
    on_bus = found([{"vendor": "nvidia", "device_id": "0x2684"}], "sysfs")
    machine = read_machine({"gpus": found([CARD], "NVML"), "pci-accelerators": on_bus})
    assert len(machine.cards) == 1 and machine.cards[0].capability == (8, 9)


@pytest.mark.parametrize("value", [None, 3, "x", [], {}, [1, None], [{"vendor": 3}]])
def test_values_of_any_form_do_no_harm(value: object) -> None:
    reading = Reading(value=value)  # type: ignore[arg-type]
    names = ("gpus", "pci-accelerators", "device-nodes", "tpu", "wsl-gpu", "cpu-flags", "wsl")
    read_machine(dict.fromkeys(names, reading))


def test_unknown_flags_are_not_a_missing_avx() -> None:
    facts = {"architecture": found("x86_64", "test")}
    assert not read_machine(facts).lacks_avx
    assert read_machine({**facts, "cpu-flags": found(["sse4_2"], "test")}).lacks_avx
    assert not read_machine({**facts, "cpu-flags": absent("test", "none")}).lacks_avx


@pytest.mark.parametrize(
    ("vendor", "framework", "environment", "variable"),
    [
        ("nvidia", "pytorch", {"CUDA_VISIBLE_DEVICES": ""}, "CUDA_VISIBLE_DEVICES"),
        ("nvidia", "pytorch", {"CUDA_VISIBLE_DEVICES": "-1"}, "CUDA_VISIBLE_DEVICES"),
        ("nvidia", "pytorch", {"CUDA_VISIBLE_DEVICES": "5"}, "CUDA_VISIBLE_DEVICES"),
        ("nvidia", "pytorch", {"NVIDIA_VISIBLE_DEVICES": "void"}, "NVIDIA_VISIBLE_DEVICES"),
        ("nvidia", "pytorch", {"CUDA_VISIBLE_DEVICES": "0"}, None),
        ("nvidia", "pytorch", {"CUDA_VISIBLE_DEVICES": "GPU-8932f937"}, None),
        ("nvidia", "pytorch", {"HIP_VISIBLE_DEVICES": ""}, None),
        ("nvidia", "pytorch", {"JAX_PLATFORMS": "cpu"}, None),
        ("nvidia", "jax", {"JAX_PLATFORMS": "cpu"}, "JAX_PLATFORMS"),
        ("nvidia", "jax", {"JAX_PLATFORMS": "cuda,cpu"}, None),
        ("amd", "pytorch", {"ROCR_VISIBLE_DEVICES": ""}, "ROCR_VISIBLE_DEVICES"),
        ("intel", "pytorch", {"ONEAPI_DEVICE_SELECTOR": "opencl:cpu"}, "ONEAPI_DEVICE_SELECTOR"),
        ("intel", "pytorch", {"ONEAPI_DEVICE_SELECTOR": "level_zero:gpu"}, None),
    ],
)
def test_variables_that_hide_cards(
    vendor: str, framework: str, environment: dict[str, str], variable: str | None
) -> None:
    cards = read_machine({"gpus": found([CARD | {"vendor": vendor}], "test")}).cards
    hidden = hidden_by(vendor, framework, Machine(cards=cards, environment=environment))
    assert (hidden[0] if hidden else None) == variable
