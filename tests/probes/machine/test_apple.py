"""Macs, from the texts of ``sysctl`` and ``system_profiler``; key names as those programs write."""

from __future__ import annotations

import json

import pytest

from probes.machine import apple, cpu, sysctl
from tests.probes.fake_machine import FakeMachine

M3 = {
    "SPDisplaysDataType": [
        {
            "_name": "Apple M3 Max",
            "spdisplays_mtlgpufamilysupport": "spdisplays_metal3",
            "spdisplays_vendor": "sppci_vendor_Apple",
            "sppci_bus": "spdisplays_builtin",
            "sppci_cores": "40",
            "sppci_model": "Apple M3 Max",
        }
    ]
}
TWO_CARDS = {
    "SPDisplaysDataType": [
        {
            "_name": "kHW_IntelUHDGraphics630Item",
            "spdisplays_vendor": "Intel",
            "spdisplays_vram_shared": "1536 MB",
            "sppci_model": "Intel UHD Graphics 630",
        },
        {
            "_name": "kHW_AMDRadeonPro5300MItem",
            "spdisplays_vendor": "sppci_vendor_amd",
            "spdisplays_vram": "4 GB",
            "sppci_model": "AMD Radeon Pro 5300M",
        },
    ]
}
SYSCTL = """machdep.cpu.brand_string: Apple M3 Max
hw.physicalcpu: 16
hw.logicalcpu: 16
hw.perflevel0.physicalcpu: 12
hw.optional.arm.FEAT_BF16: 1
hw.optional.arm.FEAT_I8MM: 1
hw.optional.arm.FEAT_SME: 0
hw.optional.AdvSIMD: 1
hw.optional.neon: 1
"""
INTEL = """machdep.cpu.brand_string: Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz
hw.physicalcpu: 6
hw.logicalcpu: 12
hw.optional.avx1_0: 1
hw.optional.avx2_0: 1
hw.optional.fma: 1
hw.optional.avx512f: 0
"""


def test_apples_own_graphics_has_no_memory_of_its_own() -> None:
    reading = apple.interpret(json.dumps(M3))
    assert isinstance(reading.value, list)
    (card,) = reading.value
    assert (card["vendor"], card["name"], card["cores"]) == ("apple", "Apple M3 Max", 40)
    assert (card["metal"], card["unified_memory"], card["memory_total_bytes"]) == ("3", True, None)


def test_cards_of_other_vendors_in_an_older_mac() -> None:
    cards = apple.interpret(json.dumps(TWO_CARDS)).value
    assert isinstance(cards, list)
    assert [(card["vendor"], card["memory_total_bytes"]) for card in cards] == [
        ("intel", None),
        ("amd", 4 << 30),
    ]


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", '{"SPDisplaysDataType": {}}', "{" * 5000, '{"SPDisplays": []}']
)
def test_an_unknown_form_is_unknown_and_no_crash(text: str) -> None:
    assert apple.interpret(text).status == "unknown"


def test_performance_cores_bound_the_threads() -> None:
    facts = sysctl.interpret(SYSCTL)
    assert facts["cpu-model"].value == "Apple M3 Max"
    assert facts["cpu-physical-cores"].value == 16
    assert facts["cpu-usable-threads"].value == 12
    assert facts["cpu-usable-threads"].detail == "one for each performance core"
    assert facts["cpu-flags"].value == ["asimd", "bf16", "i8mm", "neon"]


def test_an_intel_mac_has_its_flags_under_the_names_of_linux() -> None:
    facts = sysctl.interpret(INTEL)
    assert facts["cpu-flags"].value == ["avx", "avx2", "fma"]
    assert facts["cpu-usable-threads"].value == 6


def test_a_mac_is_asked_through_its_programs(
    machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    machine.program("/usr/sbin/sysctl", f"cat <<'TEXT'\n{SYSCTL}TEXT\nexit 1")
    machine.program("/usr/sbin/system_profiler", f"cat <<'TEXT'\n{json.dumps(M3)}\nTEXT")
    assert cpu.look(machine.root)["cpu-usable-threads"].value == 12
    cards = apple.look(machine.root)["apple-gpus"].value
    assert isinstance(cards, list) and cards[0]["name"] == "Apple M3 Max"


def test_a_slow_profiler_leaves_the_name_of_the_chip(
    machine: FakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Darwin")
    monkeypatch.setattr(apple, "_LIMIT_SECONDS", 0.2)
    machine.program("/usr/sbin/system_profiler", "tail -f /dev/null")
    assert apple.look(machine.root)["apple-gpus"].status == "unknown"
    machine.program("/usr/sbin/sysctl", "echo 'Apple M1'")
    reading = apple.look(machine.root)["apple-gpus"]
    assert isinstance(reading.value, list)
    assert (reading.value[0]["name"], reading.value[0]["unified_memory"]) == ("Apple M1", True)
    assert "no answer within 0.2 s" in reading.detail
