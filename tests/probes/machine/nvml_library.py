"""Builds the stand-in for NVIDIA's library, and runs the NVIDIA step in children that load it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec import convert
from msgspec.json import decode, encode

from probes.evidence import Reading
from probes.machine.gpu import Gpu
from tests.probes.fake_machine import FakeMachine

ROOT = Path(__file__).resolve().parents[3]
LOOK = (
    "import sys, msgspec; from pathlib import Path; from probes.machine import nvidia;"
    "print(msgspec.json.encode(nvidia.look(Path(sys.argv[1]))).decode())"
)
SERVE = """
import os, sys, msgspec
from pathlib import Path
from probes.machine import nvidia
from probes.machine.steps import StepSpec, run_steps
for line in sys.stdin:
    for name, value in msgspec.json.decode(line, type=dict[str, list[int]]).items():
        os.environb[name.encode()] = bytes(value)
    look = StepSpec(nvidia.FACTS, lambda: nvidia.look(Path(sys.argv[1])))
    print(msgspec.json.encode(run_steps({"nvidia": look}, 10.0)).decode(), flush=True)
"""


def build(folder: Path, *flags: str) -> Path:
    """Compile the stub under the name that pynvml loads; return its folder."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler on this machine")
    source = Path(__file__).with_name("nvml_stub.c")
    library = folder / "libnvidia-ml.so.1"
    warnings = ["-Wall", "-Wextra", "-Werror", "-Wno-stringop-truncation"]
    subprocess.run(
        [compiler, *warnings, *flags, "-shared", "-fPIC", "-o", library, source], check=True
    )
    return folder


def look(machine: FakeMachine, library: Path, **variables: str) -> dict[str, Reading]:
    """Run the NVIDIA step in a child that finds the library."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(machine.root)],
        env=surroundings(library) | variables,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return decode(done.stdout, type=dict[str, Reading])


def surroundings(library: Path) -> dict[str, str]:
    """The environment in which a child finds the library and the code under test."""
    return {**os.environ, "LD_LIBRARY_PATH": str(library), "PYTHONPATH": str(ROOT)}


def cards(facts: dict[str, Reading]) -> list[Gpu]:
    return convert(facts["gpus"].value, list[Gpu])


class NvmlServer:
    """One child that runs the NVIDIA step again and again, with other variables each time."""

    def __init__(self, machine: FakeMachine, library: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(machine.root)],
            env=surroundings(library),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def look(self, variables: dict[str, bytes]) -> dict[str, Reading]:
        assert self._process.stdin and self._process.stdout
        message: Any = {name: list(value) for name, value in variables.items()}
        self._process.stdin.write(encode(message) + b"\n")
        self._process.stdin.flush()
        return decode(self._process.stdout.readline(), type=dict[str, Reading])

    def end(self) -> None:
        self._process.communicate(timeout=10)
