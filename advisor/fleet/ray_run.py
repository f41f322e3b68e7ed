"""Probes every node of an existing Ray cluster; a node that fails is a result with a reason."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import IO, Any

import msgspec

from advisor.documents.fleet import FleetMachine
from advisor.errors import InputError
from probes.errors import ProbeError
from probes.plain_text import clean_line

from .machine import Machine
from .ray_results import Node, distinct_names, settle

CONNECT_SECONDS = 60.0
SLACK_SECONDS = 30.0
INSTALL = "pip install 'fw-advisor[ray]'"


class Probed(msgspec.Struct, frozen=True):
    """The machines that answered, and those that did not, with the reason."""

    machines: tuple[Machine, ...]
    unprobed: tuple[FleetMachine, ...]


def probe_cluster(
    address: str,
    *,
    part: str,
    limit_seconds: float,
    interpreter: str | None = None,
    tell: Callable[[str], None] = lambda text: None,
) -> Probed:
    """Return what every node of the cluster said.

    Args:
        address: Of a running cluster, as `ray.init` takes it.
        part: hardware, frameworks or quick.
        limit_seconds: What one node's probe may take.
        interpreter: Python on the nodes that has this program; the workers' own if not given.
        tell: Called with what is going on.

    Raises:
        InputError: Ray is not installed here, or the address would start a cluster.
        ProbeError: The cluster does not answer.
    """
    if find_spec("ray") is None:
        raise InputError(f"--ray needs the package ray: {INSTALL}")
    if not address.strip() or address.strip() == "local":
        raise InputError("--ray: expected the address of a running cluster, such as auto")
    job = {
        "address": address.strip(),
        "part": part,
        "limit": limit_seconds,
        "interpreter": interpreter,
    }
    nodes: dict[str, Node] = {}
    problem, listed = "", False
    for line in _converse(job, CONNECT_SECONDS + 2 * limit_seconds + SLACK_SECONDS):
        if "problem" in line:
            problem = clean_line(str(line["problem"]))
        elif "listed" in line:
            listed = True
            tell(f"{line['listed']} nodes")
        elif "result" in line:
            node = nodes[line["node"]]
            nodes[node.id] = msgspec.structs.replace(node, result=line["result"])
            name = distinct_names(nodes.values())[node.id]
            tell(f"{name}: {line['result']['ended']}")
        else:
            nodes[line["node"]] = Node(line["node"], line["host"], line["alive"])
    if not listed:
        raise ProbeError(
            f"the Ray cluster at {clean_line(address, 100)} does not answer"
            + (f": {problem}" if problem else "")
        )
    machines, unprobed = settle(list(nodes.values()), address)
    return Probed(tuple(machines), tuple(unprobed))


def _converse(job: dict[str, Any], limit_seconds: float) -> Iterator[dict[str, Any]]:
    """Run the driver to its end or its limit; yield every line as it is said."""
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "advisor.fleet.ray_driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,
        )
        timer = threading.Timer(limit_seconds, _kill, (process,))
        timer.start()
        silent = True
        try:
            for line in _lines(process, job):
                silent = False
                yield line
        finally:
            timer.cancel()
            _kill(process)
        if silent:
            yield {"problem": _last_words(errors)}


def _lines(process: subprocess.Popen[bytes], job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    assert process.stdin and process.stdout
    with contextlib.suppress(BrokenPipeError), process.stdin as stream:
        stream.write(json.dumps(job).encode())
    with process.stdout as answers:
        for line in answers:
            with contextlib.suppress(ValueError):
                yield json.loads(line)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_words(errors: IO[bytes]) -> str:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - 600))
    return errors.read().decode("utf-8", "replace")
