"""What a machine is, on a page: every fact in words, none as raw data, little of what is fine."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.reports.cards import cards_page
from advisor.reports.devices import devices
from advisor.reports.machine import machine_rows
from advisor.reports.page import plain
from advisor.reports.probe import probe_page
from advisor.reports.state import state_page
from probes.document import Device, Fault, Framework, ProbeDocument
from probes.evidence import Reading, absent, failed, found, unknown

GIB = 1 << 30
CALM: dict[str, Any] = {
    "vendor": "nvidia",
    "name": "NVIDIA H100 80GB HBM3",
    "memory_total_bytes": 80 * GIB,
    "compute_capability": "9.0",
    "mig": "off",
    "throttling": [],
    "processes": [],
    "ecc_uncorrected_errors": 0,
    "pcie": {"generation": 1, "generation_max": 5, "width": 16, "width_max": 16},
}


def page(**hardware: Any) -> str:
    facts = {name.replace("_", "-"): value for name, value in hardware.items()}
    facts = {n: v if isinstance(v, Reading) else found(v, "test") for n, v in facts.items()}
    document = ProbeDocument(tool_version="0", created="2026-11-20T09:00:00Z", hardware=facts)
    return "\n".join(plain(line) for line in probe_page(document, 100))


def row(text: str, label: str) -> str:
    lines = [line.strip() for line in text.splitlines()]
    return next(line.removeprefix(label).strip() for line in lines if line.startswith(label))


def test_a_card_in_order_is_one_line() -> None:
    text = page(gpus=[CALM])
    assert "graphics card  NVIDIA H100 80GB HBM3, 80.0 GiB, capability 9.0" in text
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize(
    ("changes", "label", "words"),
    [
        ({"memory_free_bytes": 20 * GIB}, "memory free", "20.0 GiB of 80.0 GiB"),
        ({"throttling": ["hardware-slowdown"]}, "clocks held down", "hardware slowdown"),
        (
            {"processes": [{"pid": 7, "name": "python3", "memory_bytes": 60 * GIB}, {"pid": 8}]},
            "other processes",
            "python3 (PID 7) 60.0 GiB, a process (PID 8)",
        ),
        (
            {"mig": "on", "mig_instances": [{"name": "1g.10gb", "memory_total_bytes": 9 * GIB}]},
            "split (MIG)",
            "1 instances: 1g.10gb 9.0 GiB",
        ),
        ({"mig": "on", "mig_slices": 0}, "split (MIG)", "on, without an instance"),
        ({"ecc_uncorrected_errors": 3}, "memory errors", "3 that could not be corrected"),
        ({"pcie": {"width": 8, "width_max": 16}}, "link", "PCIe ×8, where ×16 would be"),
        ({"temperature_celsius": 47, "power_limit_watts": 303.0}, "sensors", "47 °C, power limit"),
        ({"driver_model": "WDDM"}, "driver model", "WDDM"),
        ({"problem": "GPU is lost"}, "problem", "GPU is lost"),
    ],
)
def test_what_a_person_must_know_of_a_card_has_a_row(
    changes: dict[str, Any], label: str, words: str
) -> None:
    assert row(page(gpus=[{**CALM, **changes}]), label).startswith(words)


def test_cards_of_other_vendors_are_named_by_what_decides_their_builds() -> None:
    amd = {"vendor": "amd", "name": "AMD MI300X", "gfx_target": "gfx942"}
    apple = {"vendor": "apple", "name": "Apple M3", "unified_memory": True, "metal": "3"}
    text = page(gpus=[amd, apple])
    assert "AMD MI300X, gfx942" in text
    assert "Apple M3, shares the machine's memory, Metal 3" in text


def test_a_tpu_is_words_and_not_data() -> None:
    value = {
        "generation": "v5e",
        "chips": 4,
        "nodes": ["/dev/vfio/0"],
        "permitted": False,
        "processes": [{"pid": 77, "name": "train"}],
        "lock_file": True,
    }
    words = row(page(tpu=value), "TPU")
    assert words == (
        "v5e; 4 chips; /dev/vfio/0, which this user may not open; held by train (PID 77)"
    )
    assert "TPU" not in page(tpu=absent("bus", "none"))


@pytest.mark.parametrize(
    ("facts", "label", "words"),
    [
        ({"cpu_flags": ["avx", "avx2", "fma", "amx_tile"]}, "instructions", "AVX, AVX2, FMA, AMX"),
        ({"cpu_flags": ["sse4_2"], "architecture": "x86_64"}, "instructions", "no AVX"),
        ({"cpu_flags": ["asimd", "sve"], "architecture": "aarch64"}, "instructions", "NEON, SVE"),
        ({"cpu_governor": "powersave"}, "governor", "powersave"),
        (
            {"battery": {"discharging": True, "charge_percent": 57}},
            "battery",
            "runs on its battery, 57 % charged",
        ),
        ({"battery": {"discharging": False}}, "battery", "on mains power"),
        ({"swap_bytes": 0}, "swap", "none"),
        ({"swap_bytes": 2 * GIB}, "swap", "2.0 GiB"),
        ({"cpu_quota": 1.5}, "CPU quota", "1.5 processors"),
        ({"memory_limit_bytes": 512 << 20}, "memory limit", "512 MiB"),
        (
            {"nvidia_driver": "550.54", "driver": {"version": "550.54", "cuda": "12.4"}},
            "NVIDIA driver",
            "550.54, for CUDA up to 12.4",
        ),
        ({"scheduler_grant": {"processors": 4, "memory_bytes": 8 * GIB}}, "granted", "processors"),
    ],
)
def test_facts_of_the_machine_are_words(facts: dict[str, Any], label: str, words: str) -> None:
    said = row(page(**facts), label)
    assert said.startswith(words) and "{" not in said


def test_what_does_not_exist_has_no_row_and_what_is_not_known_says_why() -> None:
    rows = dict(
        machine_rows(
            {
                "battery": absent("/sys", "no battery"),
                "swap-bytes": unknown("/proc/meminfo", "has no SwapTotal"),
                "nvidia-driver": failed("NVML", "versions differ", "DRIVER_LIBRARY_MISMATCH"),
            }
        )
    )
    assert rows == {
        "swap": "not available (has no SwapTotal)",
        "NVIDIA driver": "not available (versions differ) [DRIVER_LIBRARY_MISMATCH]",
    }


def test_an_assumed_card_says_so() -> None:
    lines = cards_page({"gpus": Reading(value=[CALM], source="assumed")}, 100)
    assert plain(lines[0]).endswith("(assumed)")


@pytest.mark.parametrize(
    ("tf32", "words"),
    [
        ("on", "; TF32 on by default"),
        ("off", "; TF32 off by default"),
        ("absent", ""),
        (None, ""),
        ("failed", "; not TF32"),
    ],
)
def test_tf32_is_said_where_there_is_some(tf32: Any, words: str) -> None:
    device = Device(kind="cuda", name="H100", verdict="usable", dtypes={"float16": "ok"}, tf32=tf32)
    framework = Framework(installed=True, interpreter="python", devices=[device])
    (line,) = devices(framework, 100, formats=True)
    assert plain(line) == f"  cuda  H100: usable; number formats float16{words}"


def test_the_state_names_codes_of_frameworks_and_words_of_the_machine() -> None:
    faults = [
        Fault("CPU_ONLY_WHEEL", "pytorch", "This wheel has no CUDA.", "install another"),
        Fault("UNKNOWN", "gpus", "no answer within 1.8 s"),
    ]
    document = ProbeDocument(tool_version="0", created="", state="degraded", faults=faults)
    lines = [plain(line) for line in state_page(document, 80)]
    assert lines == [
        "State: degraded",
        "  ! gpus: UNKNOWN: no answer within 1.8 s",
        "  ! PyTorch: CPU_ONLY_WHEEL",
        "",
    ]
    assert state_page(ProbeDocument(tool_version="0", created=""), 80) == []
