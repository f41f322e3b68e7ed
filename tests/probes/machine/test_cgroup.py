"""A container's limits are found wherever they are set, not the whole machine behind them."""

from __future__ import annotations

import pytest

from probes.machine import cgroup, memory
from probes.machine.cgroup import allowed_processors, cpu_quota, throttled_seconds
from probes.machine.cgroup_memory import memory_limit, swap_limit
from tests.probes.fake_machine import FakeMachine

GIB = 1 << 30


def test_without_control_groups_there_is_no_limit(machine: FakeMachine) -> None:
    assert cpu_quota(machine.root) is None
    assert memory_limit(machine.root) is None


def test_v2_quota_of_the_own_group(machine: FakeMachine) -> None:
    machine.cgroup_v2("/user.slice/job.scope")
    machine.file("/sys/fs/cgroup/user.slice/job.scope/cpu.max", "150000 100000\n")
    quota = cpu_quota(machine.root)
    assert quota is not None
    assert quota[0] == 1.5
    assert quota[1] == "/sys/fs/cgroup/user.slice/job.scope/cpu.max"


def test_v2_tightest_ancestor_counts(machine: FakeMachine) -> None:
    machine.cgroup_v2("/a/b/c")
    machine.file("/sys/fs/cgroup/a/b/c/cpu.max", "max 100000\n")
    machine.file("/sys/fs/cgroup/a/b/cpu.max", "800000 100000\n")
    machine.file("/sys/fs/cgroup/a/cpu.max", "200000 100000\n")
    machine.file("/sys/fs/cgroup/a/b/c/memory.max", f"{8 * GIB}\n")
    machine.file("/sys/fs/cgroup/a/memory.max", f"{2 * GIB}\n")
    machine.file("/sys/fs/cgroup/a/memory.current", f"{GIB}\n")
    quota, limit = cpu_quota(machine.root), memory_limit(machine.root)
    assert quota is not None and quota[0] == 2.0
    assert limit is not None and limit.limit == 2 * GIB and limit.used == GIB


def test_v2_max_is_no_limit(machine: FakeMachine) -> None:
    machine.cgroup_v2("/job")
    machine.file("/sys/fs/cgroup/job/cpu.max", "max 100000\n")
    machine.file("/sys/fs/cgroup/job/memory.max", "max\n")
    assert cpu_quota(machine.root) is None
    assert memory_limit(machine.root) is None


def test_v2_container_with_its_own_namespace_sees_its_limit_at_the_mount(
    machine: FakeMachine,
) -> None:
    machine.cgroup_v2("/")
    machine.file("/sys/fs/cgroup/cpu.max", "400000 100000\n")
    quota = cpu_quota(machine.root)
    assert quota is not None and quota[0] == 4.0


def test_v2_group_outside_the_namespace_falls_back_to_the_mount(machine: FakeMachine) -> None:
    machine.cgroup_v2("/../../elsewhere")
    machine.file("/sys/fs/cgroup/cpu.max", "100000 100000\n")
    quota = cpu_quota(machine.root)
    assert quota is not None and quota[0] == 1.0


def test_v1_quota_and_memory(machine: FakeMachine) -> None:
    machine.cgroup_v1("/batch/job7")
    cpu, mem = "/sys/fs/cgroup/cpu,cpuacct/batch/job7", "/sys/fs/cgroup/memory/batch"
    machine.file(f"{cpu}/cpu.cfs_quota_us", "250000\n").file(f"{cpu}/cpu.cfs_period_us", "100000\n")
    machine.file(f"{mem}/job7/memory.limit_in_bytes", "9223372036854771712\n")
    machine.file(f"{mem}/memory.limit_in_bytes", f"{4 * GIB}\n")
    machine.file(f"{mem}/memory.usage_in_bytes", f"{3 * GIB}\n")
    machine.file(f"{mem}/memory.stat", f"cache 1\ntotal_inactive_file {GIB}\n")
    quota, limit = cpu_quota(machine.root), memory_limit(machine.root)
    assert quota is not None and quota[0] == 2.5
    assert limit is not None
    assert (limit.limit, limit.used, limit.reclaimable) == (4 * GIB, 3 * GIB, GIB)


def test_v1_in_a_container_that_shows_the_hosts_path(machine: FakeMachine) -> None:
    # /proc names the path on the host; the mount's root is that very group.
    machine.cgroup_v1("/docker/4f5e", mount_root="/docker/4f5e")
    cpu = "/sys/fs/cgroup/cpu,cpuacct"
    machine.file(f"{cpu}/cpu.cfs_quota_us", "100000\n").file(f"{cpu}/cpu.cfs_period_us", "100000\n")
    quota = cpu_quota(machine.root)
    assert quota is not None and quota[0] == 1.0


def test_v1_minus_one_is_no_quota(machine: FakeMachine) -> None:
    machine.cgroup_v1("/job")
    cpu = "/sys/fs/cgroup/cpu,cpuacct/job"
    machine.file(f"{cpu}/cpu.cfs_quota_us", "-1\n").file(f"{cpu}/cpu.cfs_period_us", "100000\n")
    assert cpu_quota(machine.root) is None


def test_throttled_time_is_read_in_seconds_from_both_versions(machine: FakeMachine) -> None:
    machine.cgroup_v2("/job").file("/sys/fs/cgroup/job/cpu.stat", "throttled_usec 2500000\n")
    assert throttled_seconds(machine.root) == 2.5
    old = FakeMachine(machine.root / "old").cgroup_v1("/job")
    old.file("/sys/fs/cgroup/cpu,cpuacct/job/cpu.stat", "throttled_time 3000000000\n")
    assert throttled_seconds(old.root) == 3.0


def test_memory_is_bounded_by_the_limit_and_by_what_the_group_has_left(
    machine: FakeMachine,
) -> None:
    machine.memory(total_kib=64 << 20, available_kib=60 << 20).cgroup_v2("/job")
    folder = "/sys/fs/cgroup/job"
    machine.file(f"{folder}/memory.max", f"{8 * GIB}\n")
    machine.file(f"{folder}/memory.current", f"{6 * GIB}\n")
    machine.file(f"{folder}/memory.stat", f"inactive_file {GIB}\n")
    facts = memory.look(machine.root)
    assert facts["memory-total-bytes"].value == 64 * GIB
    assert facts["memory-limit-bytes"].value == 8 * GIB
    # Cached files can be dropped, so they count as free.
    assert facts["memory-available-bytes"].value == 3 * GIB


def test_a_limit_above_the_machines_memory_is_none(machine: FakeMachine) -> None:
    machine.memory(total_kib=4 << 20, available_kib=2 << 20).cgroup_v2("/job")
    machine.file("/sys/fs/cgroup/job/memory.max", f"{100 * GIB}\n")
    facts = memory.look(machine.root)
    assert facts["memory-limit-bytes"].status == "absent"
    assert facts["memory-available-bytes"].value == 2 * GIB


def test_v2_a_group_that_is_slowed_down_from_a_size_on_is_limited_to_it(
    machine: FakeMachine,
) -> None:
    machine.cgroup_v2("/pod")
    machine.file("/sys/fs/cgroup/pod/memory.max", f"{8 * GIB}\n")
    machine.file("/sys/fs/cgroup/pod/memory.high", f"{6 * GIB}\n")
    limit = memory_limit(machine.root)
    assert limit is not None
    assert (limit.limit, limit.source) == (6 * GIB, "/sys/fs/cgroup/pod/memory.high")


def test_v1_a_limit_above_the_mount_is_told_by_the_statistics(machine: FakeMachine) -> None:
    machine.cgroup_v1("/docker/4f5e", mount_root="/docker/4f5e")
    folder = "/sys/fs/cgroup/memory"
    machine.file(f"{folder}/memory.limit_in_bytes", "9223372036854771712\n")
    machine.file(f"{folder}/memory.stat", f"cache 0\nhierarchical_memory_limit {3 * GIB}\n")
    limit = memory_limit(machine.root)
    assert limit is not None and limit.limit == 3 * GIB


def test_swap_that_a_group_may_not_use_is_a_limit_of_zero(machine: FakeMachine) -> None:
    machine.memory(total_kib=4 << 20, available_kib=2 << 20).cgroup_v2("/a/b")
    machine.file("/sys/fs/cgroup/a/memory.swap.max", "0\n")
    machine.file("/sys/fs/cgroup/a/b/memory.swap.max", "max\n")
    assert swap_limit(machine.root) == (0, "/sys/fs/cgroup/a/memory.swap.max")
    assert memory.look(machine.root)["swap-limit-bytes"].value == 0


@pytest.mark.parametrize(
    ("both", "alone", "swap"),
    [
        (3 * GIB, 2 * GIB, GIB),
        (2 * GIB, 2 * GIB, 0),
        (1 << 30, (1 << 63) - 4096, GIB),
        ((1 << 63) - 4096, 2 * GIB, None),
    ],
)
def test_v1_counts_memory_and_swap_together(
    machine: FakeMachine, both: int, alone: int, swap: int | None
) -> None:
    machine.memory(total_kib=8 << 20, available_kib=2 << 20).cgroup_v1("/job")
    folder = "/sys/fs/cgroup/memory/job"
    machine.file(f"{folder}/memory.memsw.limit_in_bytes", f"{both}\n")
    machine.file(f"{folder}/memory.limit_in_bytes", f"{alone}\n")
    expected = None if swap is None else (swap, f"{folder}/memory.memsw.limit_in_bytes")
    assert swap_limit(machine.root) == expected
    reading = memory.look(machine.root)["swap-limit-bytes"]
    assert (reading.value, reading.status) == (swap, "absent" if swap is None else "ok")


def test_v1_a_swap_limit_above_the_mount_is_told_by_the_statistics(machine: FakeMachine) -> None:
    machine.cgroup_v1("/docker/4f5e", mount_root="/docker/4f5e")
    words = f"hierarchical_memory_limit {3 * GIB}\nhierarchical_memsw_limit {4 * GIB}\n"
    machine.file("/sys/fs/cgroup/memory/memory.stat", words)
    assert swap_limit(machine.root) == (GIB, "/sys/fs/cgroup/memory/memory.stat")


def test_cpusets_of_both_versions(machine: FakeMachine) -> None:
    machine.cgroup_v2("/job").file("/sys/fs/cgroup/job/cpuset.cpus.effective", "0-1,4\n")
    assert allowed_processors(machine.root) == (
        "0-1,4",
        "/sys/fs/cgroup/job/cpuset.cpus.effective",
    )
    old = FakeMachine(machine.root / "old").cgroup_v1("/job")
    old.file("/sys/fs/cgroup/cpuset/job/cpuset.cpus", "3\n")
    assert allowed_processors(old.root) == ("3", "/sys/fs/cgroup/cpuset/job/cpuset.cpus")


def test_all_limits_stand_in_one_reading(machine: FakeMachine) -> None:
    machine.cgroup_v2("/job")
    folder = "/sys/fs/cgroup/job"
    machine.file(f"{folder}/cpu.max", "150000 100000\n")
    machine.file(f"{folder}/memory.max", f"{GIB}\n").file(f"{folder}/memory.current", "4096\n")
    assert cgroup.look(machine.root)["cgroup"].value == {
        "version": 2,
        "cpu_quota": 1.5,
        "cpuset": None,
        "memory_limit_bytes": GIB,
        "memory_used_bytes": 4096,
        "swap_limit_bytes": None,
    }


def test_without_control_groups_the_reading_is_absent(machine: FakeMachine) -> None:
    assert cgroup.look(machine.root)["cgroup"].status == "absent"
