"""Every reason code renders with one fix, and the words of the frameworks are recognised."""

from __future__ import annotations

import re

import pytest

from probes.frameworks.reasons import make_reason, reason_table, recognise

PROMISED = {
    *("NOT_INSTALLED", "CPU_ONLY_WHEEL", "NO_CUDA_LIBRARIES", "PYTHON_TOO_NEW"),
    *("DRIVER_TOO_OLD", "DRIVER_LIBRARY_MISMATCH", "DRIVER_NOT_LOADED", "NVML_MISSING"),
    *("NO_PERMISSION", "HIDDEN_BY_VARIABLE", "FOREIGN_PYNVML", "MIG_PARTIAL", "MEMORY_TAKEN"),
    *("ARCH_NOT_IN_WHEEL", "ARCH_DROPPED", "WINDOWS_NATIVE_TF", "WSL_LIBRARIES_HIDDEN"),
    *("CONTAINER_WITHOUT_GPU", "CONTAINER_LOST_GPU", "METAL_PLUGIN_BROKEN"),
    *("ROCM_WHEEL_MISSING", "XPU_RUNTIME_MISSING", "TPU_LOCKED", "TPU_RUNTIME_MISSING"),
    *("CPU_WITHOUT_AVX", "IMPORT_CRASHED", "IMPORT_TIMED_OUT", "UNKNOWN"),
}

# Lines as users paste them into issues; the numbers are those of the issues.
RECORDED = [
    (
        "DRIVER_TOO_OLD",
        "UserWarning: CUDA initialization: The NVIDIA driver on your system is too old "
        "(found version 12040). Please update your GPU driver",
    ),
    (
        "NO_CUDA_LIBRARIES",  # tensorflow#60646
        "W tensorflow/core/common_runtime/gpu/gpu_device.cc:1956] Cannot dlopen some GPU "
        "libraries. Please make sure the missing libraries mentioned above are installed",
    ),
    (
        "DRIVER_NOT_LOADED",  # tensorflow#34287
        "cuda_diagnostics.cc:156] kernel driver does not appear to be running on this host "
        "(box): /proc/driver/nvidia/version does not exist",
    ),
    ("DRIVER_LIBRARY_MISMATCH", "Failed to initialize NVML: Driver/library version mismatch"),
    ("CPU_ONLY_WHEEL", "AssertionError: Torch not compiled with CUDA enabled"),
    (
        "CPU_WITHOUT_AVX",
        "The TensorFlow library was compiled to use AVX instructions, but these aren't "
        "available on your machine.",
    ),
    (
        "NO_CXX_COMPILER",
        "InvalidCxxCompiler: No working C++ compiler found in "
        "torch._inductor.config.cpp.cxx: (None, 'g++')",
    ),
]


def test_the_promised_codes_exist() -> None:
    assert reason_table().keys() >= PROMISED


@pytest.mark.parametrize("code", sorted(reason_table()))
def test_every_code_renders_with_text_and_one_fix(code: str) -> None:
    entry = reason_table()[code]
    names = set(re.findall(r"{(\w+)}", entry.text + entry.fix))
    reason = make_reason(code, "raw words", **dict.fromkeys(names, "VALUE"))
    assert reason.text and reason.fix
    assert "{" not in reason.text + reason.fix
    assert "\n" not in reason.fix


@pytest.mark.parametrize(("code", "words"), RECORDED, ids=[code for code, _ in RECORDED])
def test_recorded_words_are_recognised_and_their_line_is_kept(code: str, words: str) -> None:
    assert recognise(f"some line\n{words}\nanother line") == (code, words)


def test_ordinary_words_are_not_recognised() -> None:
    assert recognise("oneDNN custom operations are on. You may see slightly different") is None


def test_control_characters_in_raw_words_do_not_get_through() -> None:
    assert make_reason("UNKNOWN", "bad\x1b[2Jwords", what="it").raw == "badwords"
