from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def warm_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def one_compiled_knowledge(
    hermetic: None, warm_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compile the knowledge base once: the doctor keeps nothing else in its home."""
    monkeypatch.setenv("FW_ADVISOR_HOME", str(warm_home))
