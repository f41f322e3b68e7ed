"""`probe bench --analyze`: the same samples give the same figures, and nonsense gives one line."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import structs

from probes.bench.document import BlockConditions
from probes.document import ProbeDocument
from tests.store.making import ARMS, CASE, cell, measured

from .small_bench import SmallBench, one_line

Captured = pytest.CaptureFixture[str]


def written(path: Path, document: Any) -> str:
    path.write_bytes(msgspec.json.encode(document))
    return str(path)


def test_a_saved_run_is_computed_anew_and_measured_by_nobody(
    bench: SmallBench, tmp_path: Path, capsys: Captured
) -> None:
    whole = measured()
    case = whole.benchmarks.workloads[CASE.id]
    bare = {
        arm: structs.replace(one, median_seconds=None, work_per_second=None)
        for arm, one in case.arms.items()
    }
    stripped = structs.replace(case, arms=bare, pairs=[])
    benchmarks = structs.replace(whole.benchmarks, workloads={CASE.id: stripped})
    file = written(tmp_path / "run.json", structs.replace(whole, benchmarks=benchmarks))
    assert bench("probe", "bench", "--analyze", file, "--json") == 0
    assert msgspec.json.decode(capsys.readouterr().out, type=ProbeDocument) == whole
    assert bench.measured == [] and bench.kept() == []


def test_which_arms_collapsed_is_found_anew(
    bench: SmallBench, tmp_path: Path, capsys: Captured
) -> None:
    whole = measured()
    stale = [BlockConditions(block=1, seconds=1.0, collapsed=["jax/jit"])]
    environment = structs.replace(whole.environment, blocks=stale)
    file = written(tmp_path / "run.json", structs.replace(whole, environment=environment))
    assert bench("probe", "bench", "--analyze", file, "--json") == 0
    document = msgspec.json.decode(capsys.readouterr().out, type=ProbeDocument)
    assert [one.collapsed for one in document.environment.blocks] == [[]]


UNSOUND: list[tuple[dict[str, Any], str]] = [
    ({"samples": [[1.0], [1.0, 1.0, 0.0]]}, "a sample is no positive number"),
    ({"samples": [[1.0], [-1.0]]}, "a sample is no positive number"),
    ({"samples": [[1.0]]}, "samples of 1 blocks, but 2 block numbers"),
    ({"blocks": [1, 1]}, "a block number stands twice"),
    ({"samples": [[1e14], [1e-14]]}, "too far apart"),
]


@pytest.mark.parametrize(("fields", "said"), UNSOUND)
def test_a_saved_run_that_cannot_be_computed_with_is_one_line(
    bench: SmallBench, tmp_path: Path, capsys: Captured, fields: dict[str, Any], said: str
) -> None:
    whole = measured(copy=None)
    case = whole.benchmarks.workloads[CASE.id]
    arms = {
        ARMS[0]: structs.replace(cell(ARMS[0], (1.0, 1.0)), **fields),
        ARMS[1]: cell(ARMS[1], (1e-14, 1e14)),
    }
    changed = structs.replace(case, arms=arms, pairs=[])
    benchmarks = structs.replace(whole.benchmarks, workloads={CASE.id: changed})
    file = written(tmp_path / "run.json", structs.replace(whole, benchmarks=benchmarks))
    assert bench("probe", "bench", "--analyze", file) == 2
    assert said in one_line(capsys)


def test_whatever_is_done_to_a_saved_run_it_is_a_page_or_one_line(
    bench: SmallBench, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source, path = random.Random(0), Path("run.json")
    whole = msgspec.to_builtins(measured())
    for _ in range(60):
        path.write_bytes(damaged(whole, source))
        code = bench("probe", "bench", "--analyze", str(path))
        if code == 2:
            assert "run.json" in one_line(capsys)
        else:
            assert code in (0, 4) and capsys.readouterr().out


ODD = (None, 0, -1, 1e300, 1e15, 5e-324, "", "nan", [], {}, [[]], [1.0], True)


def damaged(document: Any, source: random.Random) -> bytes:
    """Return a document in which two values are others, or that ends too early."""
    copy = json.loads(json.dumps(document))
    for _ in range(2):
        place = copy[source.choice(("benchmarks", "aa", "environment"))]
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = source.choice(keys)
            if not isinstance(place[key], dict | list) or source.random() < 0.1:
                place[key] = source.choice(ODD)
                break
            place = place[key]
        if not isinstance(copy["aa"], dict) or not isinstance(copy["benchmarks"], dict):
            break
    raw = json.dumps(copy).encode()
    return raw[: source.randrange(len(raw))] if source.random() < 0.1 else raw
