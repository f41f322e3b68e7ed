"""The knowledge base as it is shipped, compiled once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from advisor.cli import knowledge_base
from knowledge.base import Knowledge


@pytest.fixture(autouse=True)
def compiled_once(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(knowledge_base, "load", lambda *overlays, **how: knowledge)
    yield
