"""From what a cluster's nodes answered to machines, and to reasons where there is none. Pure."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from advisor.documents.fleet import FleetMachine
from probes.document import Fault, ProbeDocument
from probes.plain_text import clean_line

from .machine import Machine

WHERE = "fleet run"


class Node(msgspec.Struct, frozen=True):
    """A node of the cluster; `result` is None until it answered."""

    id: str
    host: str
    alive: bool
    result: dict[str, Any] | None = None


def settle(nodes: Sequence[Node], address: str) -> tuple[list[Machine], list[FleetMachine]]:
    """Return the machines that were probed, and the others with what stopped them."""
    names = distinct_names(nodes)
    machines: list[Machine] = []
    unprobed: list[FleetMachine] = []
    for node in nodes:
        name = names[node.id]
        place = clean_line(f"ray {address}, node {node.id[:8]}")
        document = _document(node)
        if document is None:
            unprobed.append(
                FleetMachine(
                    host=name,
                    file=place,
                    created=None,
                    state="failed",
                    faults=(_fault(node),),
                    group=None,
                )
            )
            continue
        content = hashlib.blake2b(msgspec.json.encode(document), digest_size=16).digest()
        machines.append(
            Machine(host=name, known_host=True, file=place, digest=content, document=document)
        )
    return machines, unprobed


def distinct_names(nodes: Iterable[Node]) -> dict[str, str]:
    """Return node id → name: the host, with the beginning of the id where several share one."""
    listed = list(nodes)
    often = Counter(node.host for node in listed)
    return {
        node.id: clean_line(
            node.host if often[node.host] == 1 else f"{node.host}-{node.id[:8]}", 100
        )
        for node in listed
    }


def _document(node: Node) -> ProbeDocument | None:
    result = node.result or {}
    if result.get("ended") != "finished" or result.get("status") != 0:
        return None
    try:
        return msgspec.json.decode(str(result.get("document", "")), type=ProbeDocument)
    except (msgspec.DecodeError, RecursionError):
        return None


def _fault(node: Node) -> Fault:
    result = node.result or {}
    ended, words = result.get("ended"), clean_line(str(result.get("words", "")))
    python = clean_line(str(result.get("python", "python")))
    if not node.alive:
        return Fault(
            "NODE_DEAD", WHERE, "the cluster says that this node is dead", "restart Ray there"
        )
    if ended == "timed-out":
        text = "the probe did not end within its limit"
        return Fault("NODE_TIMED_OUT", WHERE, text, "allow more with --limit, or look at the node")
    if ended in (None, "lost"):
        text = f"the node was lost while it was probed: {words}" if words else "it never answered"
        return Fault("NODE_LOST", WHERE, text, "look at Ray's log on that node, then run it again")
    if ended == "not-started":
        fix = "name an interpreter that exists on every node with --python"
        return Fault("NO_INTERPRETER", WHERE, words, fix)
    if "No module named" in words and "advisor" in words.rpartition("No module named")[2][:20]:
        text = f"{python} has no fw-advisor"
        fix = "install fw-advisor there, or name an interpreter that has it with --python"
        return Fault("ADVISER_NOT_INSTALLED", WHERE, text, fix)
    if result.get("status") == 0:
        text = "the probe printed no document; its version may differ from ours"
        return Fault("NO_DOCUMENT", WHERE, text, "install the same version on every node")
    text = f"the probe ended with status {result.get('status')}: {words}"
    return Fault(
        "PROBE_FAILED", WHERE, text, f"run it there: {python} -m advisor.fleet.node hardware 60"
    )
