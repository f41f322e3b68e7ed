"""From what a child did to verdicts: listed is not usable, and every end has its reason."""

from __future__ import annotations

from typing import Any

import pytest

from probes.evidence import found
from probes.frameworks.cards import nvidia_situation
from probes.frameworks.interpret import Findings, Subject, interpret
from probes.frameworks.stages import read_stages
from probes.processes import ChildResult, Outcome

IMPORTED: list[dict[str, Any]] = [
    {"stage": "imported", "seconds": 1.5},
    {"stage": "facts", "version": "2.21.0", "build": {}},
    {"stage": "devices", "devices": [["cpu", "cpu"], ["cuda", "RTX 5090"]]},
]
CPU_OK = {"stage": "kernel", "kind": "cpu", "name": "cpu", "state": "ok", "seconds": 0.1}
CUDA = {"stage": "kernel", "kind": "cuda", "name": "RTX 5090"}


def run(
    lines: list[dict[str, Any]],
    outcome: Outcome = "finished",
    *,
    signal: int | None = None,
    stderr: str = "",
    framework: str = "tensorflow",
) -> Findings:
    result = ChildResult(outcome=outcome, signal=signal, lines=lines, stderr=stderr, seconds=2.0)
    subject = Subject(framework, "/env/bin/python", framework, "2.21.0", "cu12", 60.0)
    return interpret(subject, result, read_stages(result), nvidia_situation({}, {}))


def verdicts(findings: Findings) -> dict[str, str]:
    return {device.kind: device.verdict for device in findings.devices}


def test_a_device_whose_kernel_runs_is_usable() -> None:
    ok = CUDA | {"state": "ok", "seconds": 2.0, "again_seconds": 0.01}
    findings = run([*IMPORTED, CPU_OK, ok])
    assert verdicts(findings) == {"cpu": "usable", "cuda": "usable"}
    assert findings.reasons == []


def test_a_listed_card_that_kills_the_process_at_its_first_kernel_is_broken() -> None:
    # tensorflow#89272: Blackwell cards are listed, then the first kernel ends the process.
    findings = run(
        [*IMPORTED, CPU_OK, CUDA | {"state": "started"}], "crashed", signal=6, stderr="abort"
    )
    assert verdicts(findings) == {"cpu": "usable", "cuda": "visible-but-broken"}
    assert "crashed (signal 6)" in findings.reasons[0].text
    assert findings.reasons[0].raw == "abort"


def test_a_kernel_that_is_compiled_for_the_card_first_is_usable_after_that() -> None:
    slow = CUDA | {"state": "ok", "seconds": 95.0, "again_seconds": 0.01}
    findings = run([*IMPORTED, CPU_OK, slow])
    assert verdicts(findings)["cuda"] == "usable-after-jit"
    assert findings.devices[1].seconds == 95.0


def test_a_failed_kernel_keeps_the_words_of_the_framework() -> None:
    words = "RuntimeError: no kernel image is available for execution on the device"
    findings = run([*IMPORTED, CPU_OK, CUDA | {"state": "failed", "error": words}])
    assert verdicts(findings)["cuda"] == "visible-but-broken"
    assert findings.reasons[0].raw == words


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


def test_an_illegal_instruction_announced_by_tensorflow_is_the_missing_avx() -> None:
    words = (
        "The TensorFlow library was compiled to use AVX instructions, but these aren't available"
    )
    findings = run([], "crashed", signal=6, stderr=words)
    assert findings.reasons[0].code == "CPU_WITHOUT_AVX"


def test_an_import_error_keeps_its_words() -> None:
    error = "ImportError: numpy.core.multiarray failed to import"
    findings = run([{"stage": "stopped", "error": error}])
    assert findings.reasons[0].code == "UNKNOWN"
    assert findings.reasons[0].raw == error


def test_a_card_that_is_there_and_not_listed_is_invisible_with_a_reason() -> None:
    result = ChildResult(
        outcome="finished",
        lines=[*IMPORTED[:2], {"stage": "devices", "devices": [["cpu", "cpu"]]}, CPU_OK],
    )
    nvidia = nvidia_situation(
        {
            "gpus": found([{"vendor": "nvidia", "name": "RTX 4090"}], "NVML"),
            "nvidia-driver": found("580.1", "NVML"),
        },
        {},
    )
    subject = Subject("pytorch", "/env/bin/python", "torch", "2.13.0+cpu", "cpu", 60.0)
    findings = interpret(subject, result, read_stages(result), nvidia)
    assert verdicts(findings) == {"cpu": "usable", "cuda": "invisible"}
    assert [reason.code for reason in findings.reasons] == ["CPU_ONLY_WHEEL"]
