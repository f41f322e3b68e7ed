"""How many threads a framework may use, and what the processor can do."""

from __future__ import annotations

from probes.machine import cpu
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
