"""`probe claims` from what is kept: runs that were stopped, runs and stores that cannot be read."""

from __future__ import annotations

import json

import pytest
from msgspec import structs

from advisor.cli.store_access import store_path
from probes.bench.document import BlockConditions
from probes.document import ProbeDocument
from probes.store import Store, open_store
from tests.store.making import interrupted
from tests.tested.making import PC, PE, TE, TF, cell, document, workload

from .small_bench import SmallBench

Captured = pytest.CaptureFixture[str]
CLAIM = "pytorch-trains-slower-than-tensorflow"
CLAIMS = ("probe", "claims", "--json")


@pytest.fixture
def store() -> Store:
    return open_store(store_path())


def whole() -> ProbeDocument:
    """A run in which PyTorch is faster, however it runs."""
    arms = {PE: 0.02, PC: 0.013, TE: 0.03, TF: 0.02}
    return document({"train-step-small": workload("train-step", arms)}, created="2026-11-19T09:00")


def stopped_after(blocks: int) -> ProbeDocument:
    arms = {arm: cell(arm, 0.02, blocks=blocks) for arm in (PE, PC, TE, TF)}
    made = document({"train-step-small": workload("train-step", arms)})
    done = [BlockConditions(block=n, seconds=1.0) for n in range(1, blocks + 1)]
    return interrupted(
        structs.replace(made, environment=structs.replace(made.environment, blocks=done))
    )


def verdict(bench: SmallBench, captured: Captured) -> tuple[str, str]:
    """Return the verdict on PyTorch eager against TensorFlow eager, and what stderr got."""
    assert bench(*CLAIMS) == 0
    out, err = captured.readouterr()
    claim = next(one for one in json.loads(out)["claims"] if one["id"] == CLAIM)
    return claim["parts"][0]["verdict"], err


@pytest.mark.parametrize("blocks", [0, 1, 5])
def test_a_run_that_was_stopped_early_hides_no_whole_one(
    bench: SmallBench, store: Store, capsys: Captured, blocks: int
) -> None:
    store.keep(whole())
    store.keep(stopped_after(blocks))
    assert verdict(bench, capsys)[0] == "contradicted"


def test_a_run_that_was_stopped_late_counts(
    bench: SmallBench, store: Store, capsys: Captured
) -> None:
    store.keep(whole())
    store.keep(stopped_after(6))
    assert verdict(bench, capsys)[0] == "no-difference"


def test_a_new_failure_is_not_hidden_by_an_old_result(
    bench: SmallBench, store: Store, capsys: Captured
) -> None:
    store.keep(whole())
    failed = {PE: cell(PE, 0.02), TE: cell(TE, 0.03, blocks=0, status="failed", reason="gone")}
    store.keep(document({"train-step-small": workload("train-step", failed)}))
    assert verdict(bench, capsys)[0] == "not-comparable"


def test_one_run_that_cannot_be_read_is_named_and_the_others_count(
    bench: SmallBench, store: Store, capsys: Captured
) -> None:
    store.keep(whole())
    damaged = store.keep(whole())
    store.database.write(
        lambda one: one.execute(
            "UPDATE documents SET content = X'7B' WHERE run = (SELECT max(number) FROM runs)"
        )
    )
    found, err = verdict(bench, capsys)
    assert found == "contradicted"
    assert [line.startswith(f"({damaged}: ") for line in err.splitlines()].count(True) == 1


def test_a_store_that_cannot_be_read_is_said_and_no_error(
    bench: SmallBench, capsys: Captured
) -> None:
    store_path().mkdir(parents=True)
    found, err = verdict(bench, capsys)
    assert found == "not-measured"
    assert err.startswith(f"(the store of results {store_path()}") and err.count("\n") == 1
