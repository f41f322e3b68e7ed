"""`fleet run` on a real local cluster: a node answers, one crashes, one hangs: three results."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import pytest

from advisor.cli import main
from advisor.fleet.ray_results import Node, settle

from .making import probe

ROOT = Path(__file__).resolve().parents[2]
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="pkg:pypi/ray is not installed")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("cluster")
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fleet.ray_cluster", str(folder)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin and process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(60)
        process.stdout.close()


def document(capsys: pytest.CaptureFixture[str], code: int, *arguments: str) -> dict[str, Any]:
    assert main(["fleet", "run", *arguments, "--json"]) == code
    return dict(json.loads(capsys.readouterr().out))


@needs_ray
def test_every_node_is_a_result(
    cluster: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    kept = tmp_path / "kept"
    flags = ["--part", "hardware", "--limit", "10", "--results", str(kept)]
    found = document(capsys, 1, "--ray", cluster, *flags, "--fail-if", "failed")
    states = {
        tuple(fault["code"] for fault in machine["faults"]): machine
        for machine in found["machines"]
        if machine["state"] == "failed"
    }
    assert len(found["machines"]) == 3
    assert set(states) == {("PROBE_FAILED",), ("NODE_TIMED_OUT",)}
    crashed = states[("PROBE_FAILED",)]["faults"][0]["text"]
    assert "the library of this node is broken" in crashed and "\x1b" not in crashed
    (well,) = [machine for machine in found["machines"] if machine["state"] != "failed"]
    (file,) = kept.iterdir()
    assert file.name == f"probe-{well['host']}.json"
    # What was kept is what `fleet merge` reads.
    assert main(["fleet", "merge", str(kept), "--json"]) == 0
    (again,) = json.loads(capsys.readouterr().out)["machines"]
    assert (again["host"], again["state"]) == (well["host"], well["state"])


@needs_ray
def test_an_interpreter_that_no_node_has_is_a_reason_and_nothing_was_measured(
    cluster: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ["--part", "hardware", "--limit", "20", "--python", "/no/such/python"]
    found = document(capsys, 4, "--ray", cluster, *flags)
    codes = {fault["code"] for machine in found["machines"] for fault in machine["faults"]}
    assert codes == {"NO_INTERPRETER"}
    assert found["states"] == {"ok": 0, "degraded": 0, "failed": 3}


@needs_ray
def test_a_cluster_that_is_not_there_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.fleet.ray_run.CONNECT_SECONDS", 1.0)
    monkeypatch.setattr("advisor.fleet.ray_run.SLACK_SECONDS", 0.0)
    given = ["fleet", "run", "--ray", "127.0.0.1:1", "--part", "hardware", "--limit", "1"]
    assert main(given) == 4
    done = capsys.readouterr()
    assert done.out == "" and done.err.count("\n") == 1
    assert "the Ray cluster at 127.0.0.1:1 does not answer" in done.err


def test_without_ray_the_line_says_how_to_install_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisor.fleet.ray_run.find_spec", lambda name: None)
    assert main(["fleet", "run", "--ray", "auto"]) == 2
    assert "pip install 'fw-advisor[ray]'" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["local", " ", ""])
def test_no_cluster_is_ever_started(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fleet", "run", "--ray", address]) == 2
    assert "a running cluster" in capsys.readouterr().err


DOCUMENT = msgspec.json.encode(probe("pod")).decode()
FINE = {"ended": "finished", "status": 0, "document": DOCUMENT, "words": ""}


@pytest.mark.parametrize(
    ("alive", "result", "code"),
    [
        (False, None, "NODE_DEAD"),
        (True, None, "NODE_LOST"),
        (True, {"ended": "lost", "words": "NodeDiedError: x"}, "NODE_LOST"),
        (True, {"ended": "timed-out", "words": ""}, "NODE_TIMED_OUT"),
        (True, {"ended": "not-started", "words": "x: no such file"}, "NO_INTERPRETER"),
        (True, FINE | {"document": "{}"}, "NO_DOCUMENT"),
        (True, FINE | {"document": ""}, "NO_DOCUMENT"),
        (True, FINE | {"status": -9}, "PROBE_FAILED"),
        (
            True,
            FINE | {"status": 1, "words": "ModuleNotFoundError: No module named 'advisor'"},
            "ADVISER_NOT_INSTALLED",
        ),
    ],
)
def test_a_node_without_a_probe_has_a_reason_and_a_fix(
    alive: bool, result: dict[str, Any] | None, code: str
) -> None:
    machines, (unprobed,) = settle([Node("ab12", "host", alive, result)], "auto")
    assert not machines
    (fault,) = unprobed.faults
    assert (fault.code, unprobed.state, bool(fault.fix)) == (code, "failed", True)


def test_nodes_that_share_a_host_have_names_of_their_own() -> None:
    nodes = [Node(f"{n}" * 56, "host", True, FINE) for n in (1, 2)]
    machines, unprobed = settle([*nodes, Node("3" * 56, "other", True, FINE)], "auto")
    assert not unprobed
    assert [one.host for one in machines] == ["host-11111111", "host-22222222", "other"]
