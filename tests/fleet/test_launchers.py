"""Launchers are valid, do what they say, and no name or path gets out of its quotes."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from advisor.cli import main
from advisor.errors import InputError
from advisor.fleet.launchers import launcher
from advisor.fleet.order import Order, checked, hosts_from, result_name

HOSTS = ("node1", "user@node2.example.org", "10.0.0.7", "fe80::1")
NASTY = "it's $(touch broken) `touch broken` \"; touch broken; # \\ %j 🦊"


def emitted(**changes: Any) -> str:
    return launcher(checked(Order(**changes)))


def accepted_by_bash(script: str) -> bool:
    done = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True, check=False)
    assert not done.stderr, done.stderr
    return done.returncode == 0


def fake(folder: Path, name: str, body: str) -> None:
    """Put a program of this name first on the path."""
    path = folder / "bin" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/bash\n{body}\n")
    path.chmod(0o755)


def started(folder: Path, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"} | variables
    (folder / "launcher.sh").write_text(script)
    return subprocess.run(
        ["bash", "launcher.sh"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("program", ["fw-advisor", NASTY])
@pytest.mark.parametrize("results", ["probes", NASTY, "-rf"])
def test_the_ssh_script_gathers_one_file_per_host(
    tmp_path: Path, results: str, program: str
) -> None:
    script = emitted(engine="ssh", hosts=HOSTS, results=results, program=program)
    assert accepted_by_bash(script)
    # A remote shell that runs what it is given, as a login shell would.
    fake(tmp_path, "ssh", 'while [ "$1" != -- ]; do shift; done; echo "$2" >> asked; bash -c "$3"')
    fake(tmp_path, "timeout", 'shift; printf \'{"words": %s}\' "$#"')
    done = started(tmp_path, script)
    assert done.returncode == 0, done.stderr
    found = {path.name for path in (tmp_path / results).iterdir()}
    assert found == {
        "probe-node1.json",
        "probe-node2.example.org.json",
        "probe-10.0.0.7.json",
        "probe-fe80__1.json",
    }
    assert sorted((tmp_path / "asked").read_text().split()) == sorted(HOSTS)
    assert (tmp_path / results / "probe-node1.json").read_text() == '{"words": 5}'
    assert not list(tmp_path.rglob("broken*"))


def test_a_host_that_does_not_answer_costs_no_other(tmp_path: Path) -> None:
    fake(tmp_path, "ssh", 'case "$*" in *node1*) echo refused >&2; exit 255;; esac; echo "{}"')
    done = started(tmp_path, emitted(engine="ssh", hosts=("node1", "node2"), results="out"))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "probe-node1.json.log",
        "probe-node2.json",
    }
    assert "node1: ended with status 255" in done.stderr
    assert (tmp_path / "out" / "probe-node1.json.log").read_text() == "refused\n"


def test_more_hosts_than_run_at_once_are_all_visited(tmp_path: Path) -> None:
    fake(tmp_path, "ssh", 'echo "{}"')
    hosts = tuple(f"node{number}" for number in range(40))
    started(tmp_path, emitted(engine="ssh", hosts=hosts, results="out"))
    assert len(list((tmp_path / "out").glob("probe-*.json"))) == 40


@pytest.mark.parametrize("results", ["probes", NASTY, "-rf"])
def test_the_slurm_array_keeps_one_file_named_after_its_node(tmp_path: Path, results: str) -> None:
    script = emitted(engine="slurm", nodes=12, gpus=8, results=results, minutes=45)
    assert accepted_by_bash(script)
    directives = [line for line in script.splitlines() if line.startswith("#SBATCH")]
    assert {"#SBATCH --array=0-11", "#SBATCH --exclusive", "#SBATCH --time=45"} <= {*directives}
    assert "#SBATCH --gpus-per-node=8" in directives
    fake(tmp_path, "fw-advisor", 'echo "{\\"given\\": \\"$*\\"}"; exit 4')
    done = started(tmp_path, script, SLURMD_NODENAME="c-17")
    assert done.returncode == 4
    (file,) = (tmp_path / results).iterdir()
    assert file.name == "probe-c-17.json"
    assert file.read_text() == '{"given": "probe doctor --json --quiet"}\n'
    assert not list(tmp_path.rglob("broken*"))


def test_the_slurm_job_over_named_nodes_starts_one_task_on_each(tmp_path: Path) -> None:
    script = emitted(engine="slurm", hosts=("c-1", "c-2"), part="hardware")
    assert accepted_by_bash(script)
    assert "#SBATCH --nodelist=c-1,c-2" in script and "#SBATCH --nodes=2" in script
    fake(tmp_path, "fw-advisor", 'echo "$*"')
    fake(tmp_path, "srun", 'shift; for n in c-1 c-2; do SLURMD_NODENAME=$n "$@"; done')
    started(tmp_path, script)
    kept = sorted((tmp_path / "fleet-probes").iterdir())
    assert [path.name for path in kept] == ["probe-c-1.json", "probe-c-2.json"]
    assert kept[0].read_text() == "probe hardware --json --quiet\n"


def test_a_probe_without_a_document_leaves_no_file(tmp_path: Path) -> None:
    fake(tmp_path, "fw-advisor", "exit 1")
    started(tmp_path, emitted(engine="slurm", nodes=1), SLURMD_NODENAME="c-1")
    assert not list((tmp_path / "fleet-probes").iterdir())


def expanded(word: str, name: str) -> str:
    """Return an argument as Kubernetes passes it on: $(NAME) replaced, $$ made single."""
    parts = [part.replace("$(NODE_NAME)", name) for part in word.split("$$")]
    return "$".join(parts)


def pods(manifest: Any) -> list[dict[str, Any]]:
    items = manifest["items"] if manifest["kind"] == "List" else [manifest]
    return [item["spec"]["template"]["spec"] for item in items]


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({"hosts": ("c-1", "c-2")}, ["Job", "Job"]),
        ({"nodes": 7}, ["Job"]),
        ({}, ["DaemonSet"]),
    ],
)
def test_the_manifest_probes_each_node_into_a_file_of_its_name(
    tmp_path: Path, changes: dict[str, Any], kinds: list[str]
) -> None:
    text = emitted(
        engine="kubernetes", image="ours:1", results="/var/p", program=NASTY, gpus=2, **changes
    )
    manifest = yaml.safe_load(text)
    items = manifest["items"] if manifest["kind"] == "List" else [manifest]
    assert [item["kind"] for item in items] == kinds
    for pod in pods(manifest):
        (container,) = pod.get("initContainers", pod["containers"])
        command = [expanded(word, "c-9") for word in container["command"]]
        assert command[-2:] == ["--output", "/fleet-probes/probe-c-9.json"]
        assert NASTY in command
        # As the container would start it: the program is one word, and its failure is not ours.
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and "ended with status 127" in done.stderr
        assert container["resources"] == {"limits": {"nvidia.com/gpu": 2}}
        assert pod["volumes"][0]["hostPath"]["path"] == "/var/p"
    assert not list(tmp_path.rglob("broken*"))


def test_pods_of_one_job_never_share_a_node_and_named_ones_go_where_they_belong() -> None:
    spread = yaml.safe_load(emitted(engine="kubernetes", image="x", results="/p", nodes=7))
    rule = spread["spec"]["template"]["spec"]["affinity"]["podAntiAffinity"]
    (only,) = rule["requiredDuringSchedulingIgnoredDuringExecution"]
    labels = spread["spec"]["template"]["metadata"]["labels"]
    assert only["topologyKey"] == "kubernetes.io/hostname"
    assert only["labelSelector"]["matchLabels"] == labels
    assert spread["spec"]["completions"] == spread["spec"]["parallelism"] == 7
    named = emitted(engine="kubernetes", image="x", results="/p", hosts=("c-1", "c-2"))
    selected = [
        pod["nodeSelector"]["kubernetes.io/hostname"] for pod in pods(yaml.safe_load(named))
    ]
    assert selected == ["c-1", "c-2"]


ANY = st.text(min_size=1, max_size=40)


@given(results=ANY, program=ANY)
@example(results="'", program="' ; touch x ; '")
@example(results="$(x)", program="--")
def test_no_path_gets_out_of_its_quotes_in_a_shell(results: str, program: str) -> None:
    for changes in ({"engine": "slurm", "nodes": 2}, {"engine": "ssh", "hosts": ("a",)}):
        try:
            script = emitted(results=results, program=program, **changes)
        except InputError as error:
            assert "\n" not in str(error)
            continue
        plain = emitted(results="R", program="P", **changes)
        # Word for word as the plain one: only the two words in question differ.
        words, others = (shlex.split(text, comments=True) for text in (script, plain))
        assert len(words) == len(others)
        differing = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
        assert len(differing) == (results != "R") + (program != "P")
        for word, other in differing:
            if other.startswith("results="):
                assert word.removeprefix("results=").removeprefix("./") in (
                    results,
                    results.removeprefix("./"),
                )
            else:
                assert shlex.quote(program) in word


@given(image=ANY, results=ANY, program=ANY)
def test_no_value_becomes_structure_in_yaml(image: str, results: str, program: str) -> None:
    try:
        text = emitted(
            engine="kubernetes", image=image, results=f"/{results}", program=program, nodes=1
        )
    except InputError:
        return
    (pod,) = pods(yaml.safe_load(text))
    assert pod["containers"][0]["image"] == image
    assert pod["volumes"][0]["hostPath"]["path"] == f"/{results}"
    assert program in [expanded(word, "n") for word in pod["containers"][0]["command"]]


@given(st.text(max_size=30))
@example("-oProxyCommand=x")
@example("a;b")
@example("a b")
@example("user@-x")
def test_a_line_is_a_host_or_is_refused(line: str) -> None:
    try:
        hosts = hosts_from(line, "hosts.txt")
    except InputError as error:
        assert str(error).startswith("hosts.txt")
        return
    for host in hosts:
        assert shlex.quote(host) == host and not host.startswith("-")
        assert "/" not in result_name(host)


def test_a_hosts_file_may_have_remarks_and_repeats() -> None:
    text = "# rack 1\nnode1\n\n  node2  # new\nnode1\n"
    assert hosts_from(text, "hosts.txt") == ("node1", "node2")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("node1\nnode 2\n", "hosts.txt:2: 'node 2' is no host"),
        ("a@node1\nb@node1\n", "would write the same file"),
        ("# nobody\n", "names no host"),
    ],
)
def test_a_wrong_hosts_file_names_the_line(text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        hosts_from(text, "hosts.txt")


def test_nodes_of_a_scheduler_have_no_user() -> None:
    for engine, more in (("slurm", {}), ("kubernetes", {"image": "x", "results": "/p"})):
        with pytest.raises(InputError, match="is no node name"):
            emitted(engine=engine, hosts=("a@b",), **more)


def test_the_command_writes_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hosts.txt").write_text("node1\nnode2\n")
    given = ["fleet", "emit", "--for", "ssh", "--hosts", "hosts.txt", "-o", "probe.sh"]
    assert main(given) == 0
    assert capsys.readouterr().out == ""
    assert "start node2 probe-node2.json" in (tmp_path / "probe.sh").read_text()
