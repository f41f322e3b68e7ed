"""Builds another machine's /proc, /sys and /dev below a folder."""

from __future__ import annotations

from pathlib import Path


class FakeMachine:
    """A root folder that the probes take for ``/``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def file(self, path: str, text: str = "") -> FakeMachine:
        place = self.root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return self

    def raw(self, path: str, content: bytes) -> FakeMachine:
        """A file of any bytes."""
        self.file(path)
        (self.root / path.lstrip("/")).write_bytes(content)
        return self

    def link(self, path: str, target: str) -> FakeMachine:
        """A symbolic link that need not lead anywhere."""
        place = self.root / path.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)
        return self

    def program(self, path: str, script: str) -> FakeMachine:
        """A shell script that can be executed."""
        self.file(path, f"#!/bin/sh\n{script}\n")
        (self.root / path.lstrip("/")).chmod(0o755)
        return self

    def cores(
        self, physical: int, threads_per_core: int = 1, flags: str = "avx avx2 fma"
    ) -> FakeMachine:
        """A processor whose second threads come after all the first ones, as on most machines."""
        logical = physical * threads_per_core
        blocks = []
        for index in range(logical):
            core = index % physical
            siblings = ",".join(str(core + physical * n) for n in range(threads_per_core))
            folder = f"/sys/devices/system/cpu/cpu{index}/topology"
            self.file(f"{folder}/core_id", f"{core}\n")
            self.file(f"{folder}/physical_package_id", "0\n")
            self.file(f"{folder}/thread_siblings_list", f"{siblings}\n")
            blocks.append(
                f"processor\t: {index}\nmodel name\t: Test CPU 9000\n"
                f"physical id\t: 0\ncore id\t\t: {core}\nflags\t\t: fpu {flags}\n"
            )
        self.file("/proc/cpuinfo", "\n".join(blocks))
        return self.affinity(f"0-{logical - 1}")

    def affinity(self, indices: str) -> FakeMachine:
        return self.file("/proc/self/status", f"Name:\tpython\nCpus_allowed_list:\t{indices}\n")

    def memory(self, total_kib: int, available_kib: int) -> FakeMachine:
        return self.file(
            "/proc/meminfo",
            f"MemTotal: {total_kib} kB\nMemAvailable: {available_kib} kB\nSwapTotal: 2048 kB\n",
        )

    def pci(
        self,
        address: str,
        vendor: str,
        device: str,
        kind: str,
        subsystem: str = "0x0000",
        driver: str | None = None,
    ) -> FakeMachine:
        folder = f"/sys/bus/pci/devices/{address}"
        if driver is not None:
            self.link(f"{folder}/driver", f"../../../bus/pci/drivers/{driver}")
        for name, text in (
            ("vendor", vendor),
            ("device", device),
            ("class", kind),
            ("subsystem_device", subsystem),
        ):
            self.file(f"{folder}/{name}", f"{text}\n")
        return self

    def cgroup_v2(self, group: str, mount_root: str = "/") -> FakeMachine:
        self.file("/proc/self/cgroup", f"0::{group}\n")
        self.file("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n")
        return self.file(
            "/proc/self/mountinfo",
            f"30 24 0:26 {mount_root} /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n",
        )

    def cgroup_v1(self, group: str, mount_root: str = "/") -> FakeMachine:
        self.file(
            "/proc/self/cgroup",
            f"12:memory:{group}\n4:cpu,cpuacct:{group}\n3:cpuset:{group}\n1:name=systemd:/\n",
        )
        return self.file(
            "/proc/self/mountinfo",
            f"31 30 0:27 {mount_root} /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
            f"32 30 0:28 {mount_root} /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu\n"
            f"33 30 0:29 {mount_root} /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n",
        )
