"""How many threads a framework may use, and what the processor can do."""

from __future__ import annotations

import pytest

from probes.machine import cpu, power
from tests.probes.fake_machine import FakeMachine


def test_threads_are_physical_cores_on_a_free_machine(machine: FakeMachine) -> None:
    facts = cpu.look(machine.cores(physical=4, threads_per_core=2).root)
    assert facts["cpu-logical-cores"].value == 8
    assert facts["cpu-physical-cores"].value == 4
    assert facts["cpu-usable-threads"].value == 4
    assert facts["cpu-quota"].status == "absent"
    assert facts["cpu-model"].value == "Test CPU 9000"


def test_quota_bounds_the_threads(machine: FakeMachine) -> None:
    machine.cores(physical=32).cgroup_v2("/job")
    machine.file("/sys/fs/cgroup/job/cpu.max", "350000 100000\n")
    facts = cpu.look(machine.root)
    assert facts["cpu-quota"].value == 3.5
    assert facts["cpu-usable-threads"].value == 3
    assert "quota" in facts["cpu-usable-threads"].detail


def test_a_quota_below_one_processor_still_leaves_one_thread(machine: FakeMachine) -> None:
    machine.cores(physical=8).cgroup_v2("/job")
    machine.file("/sys/fs/cgroup/job/cpu.max", "50000 100000\n")
    assert cpu.look(machine.root)["cpu-usable-threads"].value == 1


def test_affinity_bounds_the_threads_and_counts_cores_not_siblings(machine: FakeMachine) -> None:
    # Processors 0 and 8 are two threads of one core.
    machine.cores(physical=8, threads_per_core=2).affinity("0,8,1")
    facts = cpu.look(machine.root)
    assert facts["cpu-physical-cores"].value == 2
    assert facts["cpu-usable-threads"].value == 2


def test_flags_are_those_that_decide_about_kernels(machine: FakeMachine) -> None:
    flags = "sse2 avx avx2 fma avx512f amx_tile hypervisor"
    facts = cpu.look(machine.cores(physical=1, flags=flags).root)
    assert facts["cpu-flags"].value == ["amx_tile", "avx", "avx2", "avx512f", "fma"]


@pytest.mark.parametrize(
    ("flags", "telling"),
    [
        ("sse4_2 f16c avx512_bf16 amx_bf16 smep", ["amx_bf16", "avx512_bf16", "f16c", "sse4_2"]),
        (
            "fp asimd sve2 i8mm sme2 bf16 sme_f64f64",
            ["asimd", "bf16", "i8mm", "sme2", "sme_f64f64", "sve2"],
        ),
    ],
)
def test_flags_of_matrix_units_count_and_protection_does_not(
    machine: FakeMachine, flags: str, telling: list[str]
) -> None:
    assert cpu.look(machine.cores(1, flags=flags).root)["cpu-flags"].value == telling


def test_processors_that_could_be_added_are_not_counted(machine: FakeMachine) -> None:
    information = "processor\t: 0\nflags\t: avx\n\nprocessor\t: 1\nflags\t: avx\n"
    machine.file("/proc/cpuinfo", information).affinity("0-239")
    assert cpu.look(machine.root)["cpu-usable-threads"].value == 2


def test_the_cpuset_of_the_group_bounds_the_affinity(machine: FakeMachine) -> None:
    machine.cores(physical=8).cgroup_v2("/job")
    machine.file("/sys/fs/cgroup/job/cpuset.cpus.effective", "2-3\n")
    facts = cpu.look(machine.root)
    assert facts["cpu-affinity"].value == "2,3"
    assert facts["cpu-physical-cores"].value == facts["cpu-usable-threads"].value == 2


def test_what_the_scheduler_granted_bounds_the_threads(machine: FakeMachine) -> None:
    granted = {"SLURM_JOB_ID": "1", "SLURM_CPUS_PER_TASK": "3"}
    threads = cpu.look(machine.cores(physical=8).root, granted)["cpu-usable-threads"]
    assert (threads.value, threads.detail) == (3, "all that the job was granted")


def test_governor_and_battery(machine: FakeMachine) -> None:
    machine.cores(2)
    nothing = power.look(machine.root)
    assert {nothing["cpu-governor"].status, nothing["battery"].status} == {"absent"}
    for index, governor in enumerate(("powersave", "powersave", "performance")):
        place = f"/sys/devices/system/cpu/cpu{index}/cpufreq/scaling_governor"
        machine.file(place, f"{governor}\n")
    for name, value in (("type", "Battery"), ("status", "Discharging"), ("capacity", "71")):
        machine.file(f"/sys/class/power_supply/BAT0/{name}", f"{value}\n")
    machine.file("/sys/class/power_supply/AAA-mouse/type", "Battery\n")
    machine.file("/sys/class/power_supply/AAA-mouse/scope", "Device\n")
    facts = power.look(machine.root)
    assert facts["cpu-governor"].value == "powersave"
    assert facts["cpu-governor"].detail == "not all alike: performance, powersave"
    assert facts["battery"].value == {"discharging": True, "charge_percent": 71}


def test_an_arm_processor_without_a_model_name_is_not_nameless(machine: FakeMachine) -> None:
    machine.file(
        "/proc/cpuinfo", "processor\t: 0\nFeatures\t: fp asimd sve\nCPU part\t: 0xd40\n"
    ).affinity("0")
    facts = cpu.look(machine.root)
    assert "0xd40" in str(facts["cpu-model"])
    assert facts["cpu-flags"].value == ["asimd", "sve"]
    # Neither sysfs nor cpuinfo tells cores here: unknown, never zero, and affinity still bounds.
    assert facts["cpu-physical-cores"].status == "unknown"
    assert facts["cpu-usable-threads"].value == 1
