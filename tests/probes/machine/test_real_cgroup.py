"""Limits of a real control group, where this user may make one; a fake root proves the rest."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.json import decode

from probes.evidence import Reading
from probes.machine.cgroup_tree import find_controller
from tests.probes.machine.nvml_library import ROOT

GIB = 1 << 30
LOOK = (
    "import sys; sys.stdin.readline(); import msgspec; from pathlib import Path;"
    "from probes.machine import cgroup, cpu, memory; root = Path('/');"
    "facts = cgroup.look(root) | cpu.look(root) | memory.look(root);"
    "print(msgspec.json.encode(facts).decode())"
)
FILES = {
    1: {
        "cpu": {"cpu.cfs_period_us": "100000", "cpu.cfs_quota_us": "100000"},
        "memory": {"memory.limit_in_bytes": str(GIB)},
    },
    2: {"cpu": {"cpu.max": "100000 100000"}, "memory": {"memory.max": str(GIB)}},
}


@pytest.fixture
def groups() -> Iterator[list[Path]]:
    """A group with one processor and one gibibyte below the own one, in each hierarchy."""
    made: list[Path] = []
    try:
        for name in ("cpu", "memory"):
            controller = find_controller(Path("/"), name)
            if controller is None:
                pytest.skip("no control groups here")
            folder = Path(controller.directory) / f"fw-advisor-test-{os.getpid()}"
            if folder not in made:
                folder.mkdir()
                made.append(folder)
            for file, text in FILES[controller.version][name].items():
                (folder / file).write_text(text)
    except OSError as error:
        for folder in made:
            folder.rmdir()
        pytest.skip(f"this user may make no control group: {error}")
    yield made
    for folder in made:
        with contextlib.suppress(OSError):
            folder.rmdir()


def test_threads_and_memory_follow_a_real_group(groups: list[Path]) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", LOOK],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    for folder in groups:
        (folder / "cgroup.procs").write_text(str(child.pid))
    output, _ = child.communicate("go\n", timeout=60)
    facts = decode(output, type=dict[str, Reading])
    assert facts["cpu-quota"].value == 1.0
    assert facts["cpu-usable-threads"].value == 1
    assert facts["memory-limit-bytes"].value == GIB
    assert 0 < facts["memory-available-bytes"].number() <= GIB
    limits = facts["cgroup"].value
    assert isinstance(limits, dict)
    assert (limits["cpu_quota"], limits["memory_limit_bytes"]) == (1.0, GIB)
