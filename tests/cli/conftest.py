from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.base import Knowledge

from .program import Program, installed
from .small_bench import SmallBench


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(tmp_path_factory.mktemp("program"))


@pytest.fixture
def program(installation: Path, tmp_path: Path) -> Program:
    return Program(installation, tmp_path / "here")


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch, knowledge: Knowledge) -> SmallBench:
    return SmallBench(monkeypatch, knowledge)
