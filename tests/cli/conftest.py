from __future__ import annotations

from pathlib import Path

import pytest

from .program import Program, installed


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return installed(tmp_path_factory.mktemp("program"))


@pytest.fixture
def program(installation: Path, tmp_path: Path) -> Program:
    return Program(installation, tmp_path / "here")
