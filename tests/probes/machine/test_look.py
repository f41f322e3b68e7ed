"""The hardware look as a whole: bounded in time, light, and complete whatever fails."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from probes.evidence import Reading, found
from probes.machine import memory, tpu
from probes.machine.look import look_at_machine
from probes.machine.steps import StepSpec, run_steps
from probes.run import look_at_hardware
from tests.probes.fake_machine import FakeMachine

ROOT = Path(__file__).resolve().parents[3]
PROMISED = {
    "host-name",
    "operating-system",
    "operating-system-version",
    "wsl",
    "container",
    "virtualisation",
    "python",
    "cpu-model",
    "cpu-flags",
    "cpu-physical-cores",
    "cpu-logical-cores",
    "cpu-usable-threads",
    "cpu-quota",
    "memory-total-bytes",
    "memory-limit-bytes",
    "memory-available-bytes",
    "swap-bytes",
    "gpus",
    "nvidia-driver",
    "tpu",
    # Agreed with what reads them.
    "architecture",
    "battery",
    "cgroup",
    "cpu-governor",
    "device-nodes",
    "driver",
    "environment-variables",
    "nvidia-kernel-cards",
    "nvidia-kernel-driver",
    "pci-accelerators",
    "rocm",
    "scheduler",
    "scheduler-grant",
    "swap-limit-bytes",
    "wsl-gpu",
}


def test_this_machine_is_described_within_two_seconds() -> None:
    started = time.monotonic()
    facts = look_at_hardware()
    assert time.monotonic() - started < 2.0
    assert facts.keys() >= PROMISED
    threads = facts["cpu-usable-threads"].integer()
    assert threads is not None
    assert 1 <= threads <= len(os.sched_getaffinity(0))


def test_an_empty_machine_still_answers_every_fact_and_never_with_zero(
    machine: FakeMachine,
) -> None:
    facts = look_at_machine(machine.root, {})
    assert facts.keys() >= PROMISED
    for name, reading in facts.items():
        assert reading.available or reading.value is None, name
        assert reading.available or reading.detail, name
        assert reading.value != 0, name


@pytest.mark.parametrize("system", ["Darwin", "Windows"])
def test_a_system_without_proc_is_asked_through_psutil(
    machine: FakeMachine, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    facts = look_at_machine(machine.root, {})
    assert facts["operating-system"].value == {"Darwin": "macos", "Windows": "windows"}[system]
    assert facts["memory-total-bytes"].number() > 1 << 20
    assert facts["cpu-usable-threads"].number() >= 1
    assert facts["cpu-flags"].status == "unknown"


def test_a_step_that_hangs_costs_its_limit_and_is_unknown(
    machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = threading.Event()

    def hang(root: Path) -> dict[str, Reading]:
        never.wait()
        return {}

    monkeypatch.setattr(tpu, "look", hang)
    started = time.monotonic()
    facts = look_at_machine(machine.cores(2).root, {}, limit_seconds=0.3)
    assert time.monotonic() - started < 1.0
    never.set()
    assert facts["tpu"].status == "unknown"
    assert "0.3 s" in facts["tpu"].detail
    assert facts["cpu-physical-cores"].value == 2


def test_a_file_that_never_answers_costs_its_step_only(machine: FakeMachine) -> None:
    # Opening a named pipe without a writer blocks as a dead network file system does.
    machine.cores(2).memory(total_kib=1 << 20, available_kib=1 << 19)
    meminfo = machine.root / "proc/meminfo"
    meminfo.unlink()
    os.mkfifo(meminfo)
    try:
        facts = look_at_machine(machine.root, {}, limit_seconds=0.3)
    finally:
        os.close(os.open(meminfo, os.O_RDWR))
    assert facts["memory-total-bytes"].status == "unknown"
    assert facts["memory-total-bytes"].detail == "no answer within 0.3 s"
    assert facts["cpu-physical-cores"].value == 2


def test_a_vendors_program_that_hangs_does_not_hold_up_the_look(machine: FakeMachine) -> None:
    machine.cores(2).pci("0000:03:00.0", "0x8086", "0x56a0", "0x030000")
    machine.program("/usr/bin/xpu-smi", "tail -f /dev/null")
    started = time.monotonic()
    facts = look_at_machine(machine.root, {}, limit_seconds=0.3)
    assert time.monotonic() - started < 1.5
    assert facts["gpus"].status == "unknown"
    assert "0.3 s" in facts["gpus"].detail
    assert facts["pci-accelerators"].available


def test_a_step_that_raises_is_unknown_with_its_words(
    machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(root: Path) -> dict[str, Reading]:
        raise ValueError("bad \x1b[31mfile")

    monkeypatch.setattr(memory, "look", fail)
    facts = look_at_machine(machine.root, {})
    assert facts["memory-total-bytes"].status == "unknown"
    assert facts["memory-total-bytes"].detail == "ValueError: bad file"


def test_a_step_that_forgets_a_fact_does_not_make_it_vanish() -> None:
    spec = StepSpec(("a", "b"), lambda: {"a": found(1, "test")})
    readings = run_steps({"step": spec}, 1.0)
    assert readings["b"].status == "unknown"


def test_the_hardware_look_imports_no_framework_and_no_numpy() -> None:
    code = (
        "import sys; from probes.run import look_at_hardware; look_at_hardware();"
        "print(sorted({'torch', 'tensorflow', 'jax', 'numpy', 'yaml', 'textual', 'psutil'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
