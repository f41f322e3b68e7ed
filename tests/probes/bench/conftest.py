"""A machine on which nothing else seems to run, so that no test waits for a quiet one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from probes.bench import controller
from probes.bench.conditions import Snapshot
from probes.bench.document import BlockConditions


@pytest.fixture(autouse=True, scope="session")
def quiet_machine() -> Iterator[None]:
    def conditions(block: int, before: Snapshot, after: Snapshot) -> BlockConditions:
        return BlockConditions(block=block, seconds=1.0, foreign_share=0.0, steal_share=0.0)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(controller, "conditions_between", conditions)
        yield


@pytest.fixture(autouse=True, scope="session")
def compiled_before(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what PyTorch compiled for the children that tests ask directly; no run sees it."""
    with pytest.MonkeyPatch.context() as patch:
        folder = str(tmp_path_factory.mktemp("inductor"))
        patch.setenv("TORCHINDUCTOR_CACHE_DIR", folder)
        yield
