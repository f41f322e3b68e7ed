"""What every test gets: a home of its own, a fixed clock, and no colour."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from advisor.engine.tables import Tables
from knowledge.base import Knowledge, load

# Begun in the background, a shell has them ignored, and whatever a test starts would inherit that.
for _number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    if signal.getsignal(_number) is signal.SIG_IGN:
        usual = signal.default_int_handler if _number is signal.SIGINT else signal.SIG_DFL
        signal.signal(_number, usual)

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")
# Fixed seeds and no clock: a run that passed once passes on any machine.

FIXED_CLOCK = "1795168800"
"""2026-11-20T10:00:00Z, for SOURCE_DATE_EPOCH."""


@pytest.fixture(autouse=True)
def hermetic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("FW_ADVISOR_HOME", str(home))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", FIXED_CLOCK)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    yield


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The knowledge base as it is shipped."""
    return load(cache=tmp_path_factory.mktemp("compiled"))


@pytest.fixture(scope="session")
def tables(knowledge: Knowledge) -> Tables:
    return Tables(knowledge)
