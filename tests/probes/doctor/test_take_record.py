"""A record of this machine holds what was looked at, and replays to the same verdicts."""

from __future__ import annotations

import threading

import pytest
from msgspec.json import encode

from probes.doctor.diagnose import diagnose
from probes.doctor.record import read_record
from probes.doctor.run import take_record
from probes.evidence import found

pytestmark = pytest.mark.usefixtures("no_process_left")


def test_a_bare_interpreter_and_a_card_of_another_machine(
    bare_interpreter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0\x1b[31m")
    card = {"vendor": "nvidia", "name": "Test card", "compute_capability": "8.9"}
    hardware = {
        "operating-system": found("linux", "test"),
        "architecture": found("x86_64", "test"),
        "gpus": found([card], "NVML"),
        "nvidia-driver": found("550.54.15", "NVML"),
    }
    interpreters = dict.fromkeys(("torch", "tensorflow", "jax"), bare_interpreter)
    record = take_record(interpreters, hardware=hardware)
    assert record.environment == {"CUDA_VISIBLE_DEVICES": "0"}
    assert record.frameworks.wheels[bare_interpreter].python
    assert record.frameworks.children == {}
    reports = diagnose(record).frameworks
    assert {report.reasons[0].code for report in reports.values()} == {"NOT_INSTALLED"}
    assert "cu126" in reports["pytorch"].reasons[0].fix
    assert encode(diagnose(read_record(encode(record), "file"))) == encode(diagnose(record))


def test_interrupted_it_keeps_the_machine_and_leaves_the_frameworks_out() -> None:
    cancel = threading.Event()
    cancel.set()
    record = take_record(hardware={"python": found("3.11.7", "test")}, cancel=cancel)
    assert record.hardware and diagnose(record).frameworks == {}
