from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

CHILDREN = Path(__file__).with_name("children")


@pytest.fixture
def children_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let child processes import the modules of ``children/``, which misbehave on purpose."""
    monkeypatch.setenv("PYTHONPATH", str(CHILDREN))


@pytest.fixture
def no_process_left() -> Iterator[None]:
    """Fail if the test leaves a process behind."""
    before = set(psutil.Process().children(recursive=True))
    yield
    left = [one for one in psutil.Process().children(recursive=True) if one not in before]
    running = [one for one in left if one.status() != psutil.STATUS_ZOMBIE]
    assert not running


@pytest.fixture(scope="session")
def bare_interpreter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter with nothing but the standard library."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
