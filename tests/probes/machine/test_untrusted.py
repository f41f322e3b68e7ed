"""Whatever devices, drivers, firmware and other users' processes say: nothing raw, no crash."""

from __future__ import annotations

import math
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probes.evidence import Reading
from probes.machine import apple, sysctl
from probes.machine.look import look_at_machine
from probes.machine.sanitise import sanitise
from tests.probes.fake_machine import FakeMachine
from tests.probes.machine.nvml_library import NvmlServer

EVIL = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [
            b"\x1b[31mred\x1b]0;title\x07",
            b"\xff\xfe\x80 broken",
            b"A" * 100_000,
            b"-1",
            b"0",
            b"9" * 5000,
            b"18446744073709551615",
            b"-9223372036854775809",
            b"1e308 GT/s",
            b"0-99999999999",
            b"3-1,,-,x,7-",
            b"\xe2\x80\xaertl\xe2\x81\xa6",
            b"a\nb\tc\x00d",
            "\u0663\u00b2".encode(),  # digits that are not decimal, or not ASCII
            b"..",
            b"",
        ]
    ),
)
CARD = "/sys/bus/pci/devices/0000:03:00.0"
NODE = "/sys/class/kfd/kfd/topology/nodes/1"
FILES = (
    "/proc/version",
    "/proc/sys/kernel/hostname",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self/status",
    "/proc/self/cgroup",
    "/proc/self/mountinfo",
    "/proc/driver/nvidia/version",
    "/proc/driver/nvidia/gpus/0000:01:00.0/information",
    "/proc/device-tree/compatible",
    "/proc/77/comm",
    "/etc/os-release",
    "/etc/ld.so.conf.d/x.conf",
    "/run/systemd/container",
    "/opt/rocm/.info/version",
    "/usr/share/hwdata/pci.ids",
    "/sys/class/dmi/id/sys_vendor",
    "/sys/class/power_supply/BAT0/status",
    "/sys/class/power_supply/BAT0/capacity",
    "/sys/devices/system/cpu/cpu0/topology/core_id",
    "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
    "/sys/fs/cgroup/job/cpu.max",
    "/sys/fs/cgroup/job/memory.max",
    "/sys/fs/cgroup/job/memory.current",
    "/sys/fs/cgroup/job/memory.stat",
    "/sys/fs/cgroup/job/cpuset.cpus.effective",
    f"{CARD}/vendor",
    f"{CARD}/device",
    f"{CARD}/class",
    f"{CARD}/product_name",
    f"{CARD}/unique_id",
    f"{CARD}/mem_info_vram_total",
    f"{CARD}/mem_info_vram_used",
    f"{CARD}/current_link_speed",
    f"{CARD}/hwmon/hwmon0/temp1_input",
    f"{CARD}/hwmon/hwmon0/power1_cap",
    f"{NODE}/gpu_id",
    f"{NODE}/properties",
    "/sys/class/kfd/kfd/proc/77/vram_5",
)
VARIABLES = st.dictionaries(
    st.sampled_from(["TPU_NAME", "SLURM_JOB_ID", "SLURM_CPUS_PER_TASK", "container"]),
    EVIL.map(lambda content: content.replace(b"\0", b"").decode("utf-8", "surrogateescape")),
)


def furnish(machine: FakeMachine) -> None:
    """A machine on which every step finds something to read."""
    machine.cores(2).memory(total_kib=1 << 20, available_kib=1 << 19).cgroup_v2("/job")
    machine.pci("0000:03:00.0", "0x1002", "0x744c", "0x030000", driver="amdgpu")
    machine.pci("0000:04:00.0", "0x8086", "0x56a0", "0x030000", driver="xe")
    machine.pci("0000:05:00.0", "0x1ae0", "0x0063", "0x120000")
    machine.file("/sys/class/power_supply/BAT0/type", "Battery\n").file("/dev/vfio/0")
    machine.file(f"{NODE}/gpu_id", "5\n")
    machine.file(f"{NODE}/properties", "location_id 768\ngfx_target_version 110000\n")


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(key)
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def numbers(value: object, name: str) -> Iterator[tuple[str, float]]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield name, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from numbers(item, str(key))
    elif isinstance(value, list):
        for item in value:
            yield from numbers(item, name)


def check_harmless(facts: dict[str, Reading]) -> None:
    msgspec.json.encode(facts)
    for fact, reading in facts.items():
        for text in [*texts(reading.value), reading.source, reading.detail]:
            assert len(text) <= 1100, fact
            kinds = {unicodedata.category(letter) for letter in text.replace("\n", "")}
            assert not kinds & {"Cc", "Cs"}, (fact, text)
            assert not set(text) & set("\u202e\u2066"), fact
        for name, number in numbers(reading.value, fact):
            assert math.isfinite(number) and abs(number) < 1 << 63, (fact, number)
            assert not name.endswith("bytes") or number >= 0, (fact, name, number)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(FILES), EVIL, max_size=12), VARIABLES)
def test_no_file_and_no_variable_gets_through_raw(
    content: dict[str, bytes], variables: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        machine = FakeMachine(Path(folder))
        furnish(machine)
        for path, text in content.items():
            machine.raw(path, text)
        facts = look_at_machine(machine.root, variables)
    check_harmless(facts)
    for fact, reading in facts.items():
        # A step may find nothing, but must not fall over what it reads.
        assert "Error" not in reading.detail, (fact, reading.detail)


def test_a_folder_where_a_file_should_be_and_names_of_any_bytes(machine: FakeMachine) -> None:
    furnish(machine)
    for folder in ("/proc/version", "/etc/os-release", f"{CARD}/mem_info_vram_total"):
        machine.file(f"{folder}/inside")
    machine.link("/proc/77/fd/3", "\udcff\x1b[31m").link(f"{CARD}/loop", "loop")
    machine.file("/dev/dri/renderD\x1b[31m\udcff")
    facts = look_at_machine(machine.root, {})
    check_harmless(facts)
    assert facts["device-nodes"].available


VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(st.characters(exclude_categories=[]), max_size=400),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@settings(max_examples=200, deadline=None)
@given(VALUES, st.sampled_from(["gpus", "memory-total-bytes"]))
def test_the_gate_lets_nothing_raw_through(value: object, name: str) -> None:
    reading = Reading(value=value, source="s\x1b[31m\udc80", detail="d\x07")
    check_harmless({name: sanitise(name, reading)})


def test_an_impossible_number_is_unknown_and_not_zero() -> None:
    for number in (-1, 1 << 70, math.nan):
        told = sanitise("memory-total-bytes", Reading(value=number))
        assert (told.status, told.value) == ("unknown", None)
    assert sanitise("swap-bytes", Reading(value=0)).value == 0


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_programs_of_a_mac_may_print_anything(text: str) -> None:
    assert apple.interpret(text).status in ("unknown", "absent")
    assert sysctl.interpret(text).keys() >= {"cpu-model", "cpu-usable-threads"}


NUMBER = st.sampled_from(["0", "-1", "1", "4294967295", "18446744073709551615", "1000000000000"])
SETTINGS = st.fixed_dictionaries(
    {
        "STUB_NAME": EVIL.map(lambda content: content.replace(b"\0", b"")[:200]),
        "STUB_PROCESS": EVIL.map(lambda content: content.replace(b"\0", b"")[:2000]),
        "STUB_MEMORY": NUMBER.map(str.encode),
        "STUB_FREE": NUMBER.map(str.encode),
        "STUB_SENSOR": NUMBER.map(str.encode),
        "STUB_THROTTLE": NUMBER.map(str.encode),
        "STUB_CUDA": NUMBER.map(str.encode),
        "STUB_PROCESSES": st.sampled_from([b"0", b"3", b"500"]),
        "STUB_CARDS": st.sampled_from([b"0", b"2", b"4294967295"]),
        "STUB_MIG": st.sampled_from([b"0", b"1"]),
    }
)


@pytest.fixture(scope="module")
def server(stub: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NvmlServer]:
    server = NvmlServer(FakeMachine(tmp_path_factory.mktemp("root")), stub)
    yield server
    server.end()


@settings(deadline=None, max_examples=60)
@given(variables=SETTINGS)
def test_no_driver_gets_through_raw(server: NvmlServer, variables: dict[str, bytes]) -> None:
    facts = server.look(variables)
    check_harmless(facts)
    assert facts["gpus"].status in ("ok", "absent", "unknown")
    for card in facts["gpus"].value or []:
        assert card["name"]
        assert card["memory_total_bytes"] != 0
        assert len(card["processes"] or []) <= 64
