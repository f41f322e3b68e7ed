"""AMD's module in a child: a stand-in with its functions, one that hangs, one that lies."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.evidence import Reading
from probes.machine import amdsmi
from probes.machine.look import look_at_machine
from probes.machine.sanitise import sanitise
from probes.processes import ChildResult
from tests.probes.fake_machine import FakeMachine
from tests.probes.machine.test_untrusted import EVIL, check_harmless

pytestmark = pytest.mark.usefixtures("no_process_left")
GIB = 1 << 30
MODULE = """
print("Unable to find something, says the module on stdout")
class AmdSmiTemperatureType:
    HOTSPOT = "hotspot"
class AmdSmiTemperatureMetric:
    CURRENT = "now"
def amdsmi_init(): pass
def amdsmi_shut_down(): pass
def amdsmi_get_processor_handles(): return ["a", "b"]
def amdsmi_get_gpu_device_bdf(handle): return {"a": "0000:03:00.0", "b": "0000:43:00.0"}[handle]
def amdsmi_get_gpu_vram_usage(handle): return {"vram_total": 24576, "vram_used": 4096}
def amdsmi_get_temp_metric(handle, kind, metric): return 61
def amdsmi_get_violation_status(handle):
    if handle == "b":
        raise RuntimeError("not supported")
    return {"active_ppt_pwr": True, "active_hbm_thrm": False, "active_vr_thrm": "N/A"}
def amdsmi_get_gpu_metrics_info(handle): return {"throttle_status": handle == "b", "x": object()}
def amdsmi_get_gpu_process_list(handle):
    return [
        {"name": "/usr/bin/python3 train.py", "pid": 4711, "memory_usage": {"vram_mem": 2 << 30}},
        {"name": "N/A", "pid": 4712, "memory_usage": {"vram_mem": 0}},
        "an old version hands out handles",
    ]
"""
HANG = "import signal\nsignal.pause()\n"


def install(folder: Path, code: str) -> Path:
    """Put a package called amdsmi, with metadata, into a folder."""
    (folder / "amdsmi").mkdir(parents=True)
    (folder / "amdsmi" / "__init__.py").write_text(code)
    information = folder / "amdsmi-26.1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: amdsmi\nVersion: 26.1.0\n")
    (information / "RECORD").write_text("")
    return folder


@pytest.fixture
def card(machine: FakeMachine) -> FakeMachine:
    for address in ("0000:03:00.0", "0000:43:00.0"):
        machine.pci(address, "0x1002", "0x744c", "0x030000", driver="amdgpu")
    return machine


def cards(facts: dict[str, Reading]) -> list[dict[str, Any]]:
    value = facts["gpus"].value
    assert isinstance(value, list)
    return value


def test_what_the_module_knows_is_added_to_the_cards_of_sysfs(
    card: FakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = install(tmp_path / "site", MODULE)
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.syspath_prepend(str(folder))
    place = "/sys/bus/pci/devices/0000:03:00.0"
    card.file(f"{place}/hwmon/hwmon0/temp1_input", "47000\n")
    facts = look_at_machine(card.root, {}, limit_seconds=20)
    first, second = cards(facts)
    assert first["throttling"] == ["power-limit"]
    assert second["throttling"] == ["for-a-reason-not-told"]
    assert first["memory_free_bytes"] == 20 * GIB
    assert (first["temperature_celsius"], second["temperature_celsius"]) == (47, 61)
    assert first["processes"] == [
        {"pid": 4711, "name": "python3", "memory_bytes": 2 * GIB},
        {"pid": 4712, "name": None, "memory_bytes": 0},
    ]
    assert facts["gpus"].source.endswith("and amdsmi") and "amd-smi" not in facts


def test_a_module_that_hangs_costs_its_limit_and_no_fact_of_sysfs(
    card: FakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(install(tmp_path / "site", HANG)))
    started = time.monotonic()
    reading = amdsmi.look(card.root, lambda: True, limit_seconds=0.3)["amd-smi"]
    assert time.monotonic() - started < 3
    assert reading.status == "unknown" and "timed-out" in reading.detail


def test_a_module_without_its_library_says_so(
    card: FakeMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "raise KeyError('Unable to find libamd_smi.so')\n"
    monkeypatch.setenv("PYTHONPATH", str(install(tmp_path / "site", code)))
    reading = amdsmi.look(card.root, lambda: True, limit_seconds=20)["amd-smi"]
    assert reading.status == "unknown" and "libamd_smi.so" in reading.detail


def test_without_a_card_or_without_the_module_nothing_is_started(
    machine: FakeMachine, card: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("a child was started")

    monkeypatch.setattr(amdsmi, "run_child", refuse)
    assert amdsmi.look(card.root, lambda: False)["amd-smi"].status == "absent"
    empty = FakeMachine(machine.root / "empty")
    assert amdsmi.look(empty.root, lambda: True)["amd-smi"].status == "absent"


def test_only_the_module_of_its_distribution_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not amdsmi.is_installed()
    stray = tmp_path / "stray"
    stray.mkdir()
    (stray / "amdsmi.py").write_text("raise SystemExit('must not be imported')\n")
    monkeypatch.syspath_prepend(str(stray))
    assert not amdsmi.is_installed()
    monkeypatch.syspath_prepend(str(install(tmp_path / "site", HANG)))
    assert amdsmi.is_installed()


TEXT = EVIL.map(lambda content: content.decode("utf-8", "replace"))
ODD = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT, st.just([[]]))
LINE = st.dictionaries(
    st.sampled_from(["memory", "temperature", "violations", "throttled", "processes", "problem"]),
    ODD
    | st.dictionaries(st.sampled_from(["vram_total", "vram_used", "active_ppt_pwr"]), ODD)
    | st.lists(st.dictionaries(st.sampled_from(["pid", "name", "mem", "memory_usage"]), ODD)),
)


@given(st.lists(LINE, max_size=3), TEXT)
def test_whatever_the_module_says_nothing_gets_through_raw(
    lines: list[dict[str, Any]], address: str
) -> None:
    result = ChildResult(outcome="finished", lines=[{**line, "address": address} for line in lines])
    reading = amdsmi.interpret(result)
    check_harmless({"amd-smi": sanitise("amd-smi", reading)})


def test_sysfs_goes_first_and_the_module_fills_the_gaps() -> None:
    card = {"name": "x", "temperature_celsius": 40, "processes": None}
    told = {"temperature_celsius": 90, "processes": []}
    assert amdsmi.with_told(card, told) == {**card, "processes": []}
