from __future__ import annotations

from pathlib import Path

import pytest

from tests.probes.fake_machine import FakeMachine
from tests.probes.machine.nvml_library import build


@pytest.fixture
def machine(tmp_path: Path) -> FakeMachine:
    return FakeMachine(tmp_path / "machine")


@pytest.fixture(scope="session")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the stand-in for the library of a driver of today."""
    return build(tmp_path_factory.mktemp("nvml"))


@pytest.fixture(scope="session")
def old_stub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the stand-in for the library of an old driver."""
    return build(tmp_path_factory.mktemp("nvml-old"), "-DOLD_DRIVER")
