from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from probes.store import Store, open_store

ROOT = Path(__file__).resolve().parents[2]
Child = subprocess.Popen[str]
Start = Callable[..., Child]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "runs.sqlite3"


@pytest.fixture
def said() -> list[str]:
    """What the store narrated."""
    return []


@pytest.fixture
def store(path: Path, said: list[str]) -> Store:
    return open_store(path, timeout=0.05, narrate=said.append)


@pytest.fixture
def start(path: Path) -> Iterator[Start]:
    """Start a function of `tests.store.children` in a process of its own."""
    children: list[Child] = []

    def run(what: str, name: str = "child", prefix: tuple[str, ...] = ()) -> Child:
        child = subprocess.Popen(
            [*prefix, sys.executable, "-m", "tests.store.children", what, str(path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        children.append(child)
        return child

    yield run
    for child in children:
        child.kill()
        child.communicate()


def line(child: Child) -> str:
    """Return the next line of a child; fails with what it complained about if there is none."""
    assert child.stdout is not None and child.stderr is not None
    text = child.stdout.readline()
    assert text, child.stderr.read()
    return text.strip()
