"""One reason per invisible card, the deepest cause first; none of it needs the card."""

from __future__ import annotations

from typing import Any

import pytest

from probes.document import Reason
from probes.evidence import Reading, absent, failed, found
from probes.frameworks.cards import explain_invisible, nvidia_situation

CARD = {"vendor": "nvidia", "name": "NVIDIA GeForce RTX 4090", "driver": "550.54.15"}
ON_BUS = found([{"vendor": "nvidia", "device_id": "0x2684"}], "sysfs")


def hardware(driver: str = "550.54.15", **changes: Reading) -> dict[str, Reading]:
    facts = {
        "operating-system": found("linux", "test"),
        "architecture": found("x86_64", "test"),
        "gpus": found([CARD], "NVML"),
        "nvidia-driver": found(driver, "NVML"),
        "pci-accelerators": ON_BUS,
        "device-nodes": absent("/dev", "none"),
    }
    return facts | {name.replace("_", "-"): reading for name, reading in changes.items()}


def explain(
    facts: dict[str, Reading],
    *,
    framework: str = "pytorch",
    build: str = "cu126",
    stderr: str = "",
    environment: dict[str, str] | None = None,
) -> Reason:
    return explain_invisible(
        framework=framework,
        interpreter="/env/bin/python",
        version="2.13.0",
        build=build,
        stderr=stderr,
        nvidia=nvidia_situation(facts, environment or {}),
    )


@pytest.mark.parametrize("value", ["", "-1"])
def test_a_variable_that_hides_the_card_is_named_before_anything_else(value: str) -> None:
    reason = explain(hardware(), build="cpu", environment={"CUDA_VISIBLE_DEVICES": value})
    assert reason.code == "HIDDEN_BY_VARIABLE"
    assert reason.fix == "unset CUDA_VISIBLE_DEVICES"


def test_a_variable_that_selects_a_card_hides_nothing() -> None:
    reason = explain(hardware(), build="cpu", environment={"CUDA_VISIBLE_DEVICES": "0"})
    assert reason.code == "CPU_ONLY_WHEEL"


def test_a_cpu_wheel_is_replaced_by_one_that_the_driver_can_run() -> None:
    reason = explain(hardware(driver="550.54.15"), build="cpu")
    assert reason.code == "CPU_ONLY_WHEEL"
    assert reason.fix.endswith("--torch-backend=cu126")
    newer = explain(hardware(driver="580.65.06"), build="cpu")
    assert newer.fix.endswith("--torch-backend=cu130")


def test_a_driver_older_than_the_build_needs_is_told_with_both_numbers() -> None:
    reason = explain(hardware(driver="550.54.15"), build="cu130")
    assert reason.code == "DRIVER_TOO_OLD"
    assert "550.54.15" in reason.text and "580" in reason.text
    # The same driver runs the CUDA 12 build, so that is the fix, not a new driver.
    assert reason.fix.endswith("cu126")


def test_a_driver_too_old_for_any_build_must_be_updated() -> None:
    reason = explain(hardware(driver="470.57.02"), build="cu126")
    assert reason.code == "DRIVER_TOO_OLD"
    assert reason.fix == "Update the NVIDIA driver to 525 or newer."


@pytest.mark.parametrize(
    "code", ["DRIVER_LIBRARY_MISMATCH", "DRIVER_NOT_LOADED", "NVML_MISSING", "NO_PERMISSION"]
)
def test_what_the_driver_itself_says_outranks_the_wheel(code: str) -> None:
    broken = failed("NVML", "its own words", code)
    reason = explain(hardware(gpus=broken, nvidia_driver=broken), build="cpu")
    assert reason.code == code
    assert reason.raw == "its own words"


def test_tensorflow_without_its_cuda_packages_gets_the_line_that_adds_them() -> None:
    reason = explain(hardware(), framework="tensorflow", build="default")
    assert reason.code == "NO_CUDA_LIBRARIES"
    assert reason.fix == "/env/bin/python -m pip install 'tensorflow[and-cuda]==2.13.0'"


def test_a_forbidden_device_node_names_its_group() -> None:
    nodes: list[Any] = [{"path": "/dev/nvidia0", "permitted": False, "group": "gpuusers"}]
    reason = explain(hardware(device_nodes=found(nodes, "/dev")))
    assert reason.code == "NO_PERMISSION"
    assert "gpuusers" in reason.fix


def test_words_that_nobody_knows_are_kept_as_they_are() -> None:
    reason = explain(hardware(), stderr="a new kind of trouble")
    assert reason.code == "UNKNOWN"
    assert reason.raw == "a new kind of trouble"


def test_a_card_that_only_the_bus_shows_still_counts() -> None:
    broken = failed("NVML", "not loaded", "DRIVER_NOT_LOADED")
    situation = nvidia_situation(hardware(gpus=broken, nvidia_driver=broken), {})
    assert situation.card == "NVIDIA card, PCI id 0x2684"


def test_without_any_card_there_is_nothing_to_explain() -> None:
    none = absent("NVML", "none")
    facts = hardware(gpus=none, nvidia_driver=none, pci_accelerators=none)
    assert nvidia_situation(facts, {}).card is None
