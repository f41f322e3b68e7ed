"""NVIDIA's boards with the graphics inside the processor, by their device tree."""

from __future__ import annotations

from probes.machine import nvidia, nvidia_kernel
from probes.machine.nvml_module import Nvml
from tests.probes.fake_machine import FakeMachine
from tests.probes.machine.nvml_library import cards


def no_module() -> Nvml:
    return Nvml(None, "absent")


def test_a_jetson_without_nvml_is_known_by_its_chip(machine: FakeMachine) -> None:
    machine.raw("/proc/device-tree/compatible", b"nvidia,p3737-0000+p3701-0005\0nvidia,tegra234\0")
    machine.raw("/proc/device-tree/model", b"NVIDIA Jetson AGX Orin Developer Kit\0")
    (card,) = cards(nvidia.look(machine.root, no_module))
    assert card.name == "NVIDIA Jetson AGX Orin Developer Kit"
    assert (card.compute_capability, card.unified_memory) == ("8.7", True)
    assert card.memory_total_bytes is None


def test_a_board_of_another_maker_is_none(machine: FakeMachine) -> None:
    machine.raw("/proc/device-tree/compatible", b"raspberrypi,5-model-b\0brcm,bcm2712\0")
    assert nvidia.look(machine.root, no_module)["gpus"].status == "absent"


def test_the_kernels_own_word_on_its_driver(machine: FakeMachine) -> None:
    def read() -> object:
        reading = nvidia_kernel.look(machine.root)["nvidia-kernel-driver"]
        return reading.value or reading.detail

    assert "not loaded" in str(read())
    machine.file("/sys/module/nouveau/refcnt", "1")
    assert "nouveau" in str(read())
    machine.file("/sys/module/nvidia/version", "535.183.01\n")
    assert read() == "535.183.01"
    line = "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.95.05  Release Build\n"
    machine.file("/proc/driver/nvidia/version", line)
    assert read() == "580.95.05"


def test_cards_are_known_to_the_kernel_when_the_library_does_not_fit(machine: FakeMachine) -> None:
    assert nvidia_kernel.look(machine.root)["nvidia-kernel-cards"].status == "absent"
    machine.file(
        "/proc/driver/nvidia/gpus/0000:01:00.0/information",
        "Model: \t\t NVIDIA GeForce RTX 3090\nIRQ:   \t\t 93\nGPU UUID: \t GPU-7a\n",
    )
    assert nvidia_kernel.look(machine.root)["nvidia-kernel-cards"].value == [
        {"address": "0000:01:00.0", "name": "NVIDIA GeForce RTX 3090", "uuid": "GPU-7a"}
    ]
