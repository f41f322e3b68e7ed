"""From what a child did to verdicts: listed is not usable, and every end has its reason."""

from __future__ import annotations

from typing import Any

import pytest

from probes.evidence import found
from probes.frameworks.builds import published
from probes.frameworks.case import Case
from probes.frameworks.interpret import Findings, interpret
from probes.frameworks.machine import Machine, read_machine
from probes.processes import ChildResult, Outcome

IMPORTED: list[dict[str, Any]] = [
    {"stage": "imported", "seconds": 1.5},
    {"stage": "facts", "version": "2.21.0", "build": {}},
    {"stage": "devices", "devices": [["cpu", "cpu"], ["cuda", "RTX 4090"]]},
]
CPU_OK = {"stage": "kernel", "kind": "cpu", "name": "cpu", "state": "ok", "seconds": 0.1}
CUDA = {"stage": "kernel", "kind": "cuda", "name": "RTX 4090"}


def run(
    lines: list[dict[str, Any]],
    outcome: Outcome = "finished",
    *,
    signal: int | None = None,
    stderr: str = "",
    framework: str = "tensorflow",
    machine: Machine | None = None,
) -> Findings:
    case = Case(
        framework=framework,
        interpreter="/env/bin/python",
        machine=machine or Machine(system="linux", architecture="x86_64"),
        builds=published().builds,
        distribution=framework,
        version="2.21.0",
        build="cu12",
        limit_seconds=60.0,
    )
    result = ChildResult(outcome=outcome, signal=signal, lines=lines, stderr=stderr, seconds=2.0)
    return interpret(case, result)


def verdicts(findings: Findings) -> dict[str, str]:
    return {device.kind: device.verdict for device in findings.devices}


def test_a_device_whose_kernel_runs_is_usable() -> None:
    ok = CUDA | {"state": "ok", "seconds": 2.0, "again_seconds": 0.01}
    findings = run([*IMPORTED, CPU_OK, ok])
    assert verdicts(findings) == {"cpu": "usable", "cuda": "usable"}
    assert findings.reasons == []


def test_a_listed_card_that_kills_the_process_at_its_first_kernel_is_broken() -> None:
    findings = run([*IMPORTED, CPU_OK, CUDA | {"state": "started"}], "crashed", signal=6)
    assert verdicts(findings) == {"cpu": "usable", "cuda": "visible-but-broken"}
    assert "signal 6" in findings.reasons[0].text


def test_a_card_that_compiles_for_minutes_is_usable_after_that() -> None:
    slow = CUDA | {"state": "ok", "seconds": 95.0, "again_seconds": 0.01}
    findings = run([*IMPORTED, CPU_OK, slow])
    assert verdicts(findings)["cuda"] == "usable-after-jit"
    assert findings.devices[1].seconds == 95.0


def test_a_failed_kernel_keeps_the_words_of_the_framework() -> None:
    words = "RuntimeError: something that nobody knows"
    findings = run([*IMPORTED, CPU_OK, CUDA | {"state": "failed", "error": words}])
    assert verdicts(findings)["cuda"] == "visible-but-broken"
    assert (findings.reasons[0].code, findings.reasons[0].raw) == ("UNKNOWN", words)


def test_number_formats_are_told_per_device() -> None:
    dtype = {"stage": "dtype", "kind": "cpu", "name": "cpu", "dtype": "float8_e4m3fn"}
    half = {**dtype, "dtype": "float16", "state": "ok"}
    findings = run([*IMPORTED, CPU_OK, half, {**dtype, "state": "failed", "error": "no"}])
    assert findings.devices[0].dtypes == {"float16": "ok", "float8_e4m3fn": "failed"}


@pytest.mark.parametrize(
    ("state", "told"),
    [("on", "on"), ("off", "off"), ("absent", "absent"), ("started", "failed"), ([], "failed")],
)
def test_tf32_is_told_per_device(state: object, told: str) -> None:
    line = {"stage": "tf32", "kind": "cuda", "name": CUDA["name"], "state": state}
    findings = run([*IMPORTED, CPU_OK, CUDA | {"state": "ok"}, line])
    assert [device.tf32 for device in findings.devices] == [None, told]


def test_a_missing_compiler_leaves_the_device_usable_with_its_fix() -> None:
    compiled = {
        "stage": "compiled",
        "kind": "cpu",
        "name": "cpu",
        "state": "failed",
        "error": "InvalidCxxCompiler: No working C++ compiler found",
    }
    findings = run(
        [*IMPORTED[:2], {"stage": "devices", "devices": [["cpu", "cpu"]]}, CPU_OK, compiled],
        framework="pytorch",
    )
    assert findings.devices[0].verdict == "usable"
    assert findings.devices[0].compiled == "failed"
    assert findings.reasons[0].code == "NO_CXX_COMPILER"


@pytest.mark.parametrize(
    ("outcome", "signal", "code"),
    [("crashed", 4, "IMPORT_CRASHED"), ("timed-out", None, "IMPORT_TIMED_OUT")],
)
def test_an_import_that_ends_the_process_has_a_code(
    outcome: Outcome, signal: int | None, code: str
) -> None:
    findings = run([], outcome, signal=signal)
    assert verdicts(findings) == {"cpu": "visible-but-broken"}
    assert findings.reasons[0].code == code


def test_an_import_error_keeps_its_words() -> None:
    error = "ImportError: numpy.core.multiarray failed to import"
    findings = run([{"stage": "stopped", "error": error}])
    assert findings.reasons[0].code == "UNKNOWN"
    assert findings.reasons[0].raw == error


def test_graphics_inside_the_processor_is_no_second_riddle_beside_a_card() -> None:
    nvidia = {"vendor": "nvidia", "name": "RTX 4090", "memory_total_bytes": 24 << 30}
    inside = {"vendor": "intel", "name": "Intel UHD Graphics"}
    machine = read_machine(
        {"gpus": found([nvidia, inside], "test"), "nvidia-driver": found("580.1", "NVML")}
    )
    ok = CUDA | {"state": "ok", "seconds": 0.1, "again_seconds": 0.1}
    assert run([*IMPORTED, CPU_OK, ok], machine=machine).reasons == []
