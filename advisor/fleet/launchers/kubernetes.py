"""A manifest for Kubernetes: a Job per named node, one Job over N nodes, or a DaemonSet.

Built as data and written by the YAML library, so that no value can become structure. Kubernetes
replaces $(NAME) in arguments; a dollar sign that is meant as such is doubled.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from advisor.fleet.order import Order, result_name

NAME = "fw-advisor-probe"
INSIDE = "/fleet-probes"
HOSTNAME = "kubernetes.io/hostname"
HEAD = """\
# Probes nodes with fw-advisor; each keeps one JSON file, named after the node, in a folder on the
# node itself. Apply with `kubectl apply -f FILE`. Gather the files, or put a shared volume in the
# place of `hostPath`, and read them together: fw-advisor fleet merge FOLDER
"""
DAEMON = """\
# Runs on every node until deleted: each pod probes once when it starts, and then waits.
"""
CARDS = """\
# No card is asked for, so the device plugin gives none to the pods: a node's cards may look
# invisible. Write the launcher with --gpus N where that matters.
"""
SHELL = ("sh", "-c", '"$@" || echo "ended with status $?" >&2', "sh")
"""A probe that cannot measure must not end the Job, and with it the probes of other nodes."""


def kubernetes_manifest(order: Order) -> str:
    """Return the manifest as YAML."""
    import yaml

    head = HEAD + ("" if order.gpus else CARDS)
    if order.hosts:
        items = [_job(order, f"{NAME}-{n}", host) for n, host in enumerate(order.hosts)]
        manifest: dict[str, Any] = {"apiVersion": "v1", "kind": "List", "items": items}
    elif order.nodes is not None:
        manifest = _spread_job(order)
    else:
        head += DAEMON
        manifest = _daemon_set(order)
    return head + yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=1000)


def _job(order: Order, name: str, host: str) -> dict[str, Any]:
    pod = _pod(order) | {"nodeSelector": {HOSTNAME: host}, "restartPolicy": "Never"}
    return _job_of(order, name, {"backoffLimit": 0}, pod)


def _spread_job(order: Order) -> dict[str, Any]:
    alone = {
        "podAntiAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": [
                {"labelSelector": {"matchLabels": {"app": NAME}}, "topologyKey": HOSTNAME}
            ]
        }
    }
    pod = _pod(order) | {"affinity": alone, "restartPolicy": "Never"}
    size = {
        "completions": order.nodes,
        "parallelism": order.nodes,
        "completionMode": "Indexed",
        "backoffLimit": 0,
    }
    return _job_of(order, NAME, size, pod)


def _job_of(order: Order, name: str, size: dict[str, Any], pod: dict[str, Any]) -> dict[str, Any]:
    limit = {"activeDeadlineSeconds": 60 * order.minutes}
    template = {"metadata": {"labels": {"app": NAME}}, "spec": pod}
    return {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "metadata": {"name": name, "labels": {"app": NAME}},
        "spec": {**size, **limit, "template": template},
    }


def _daemon_set(order: Order) -> dict[str, Any]:
    pod = _pod(order)
    probing = pod.pop("containers")
    waiting = {
        "name": "wait",
        "image": order.image,
        "command": ["sleep", "infinity"],
    }
    pod |= {"initContainers": probing, "containers": [waiting]}
    return {
        "apiVersion": "apps/v1",
        "kind": "DaemonSet",
        "metadata": {"name": NAME, "labels": {"app": NAME}},
        "spec": {
            "selector": {"matchLabels": {"app": NAME}},
            "template": {"metadata": {"labels": {"app": NAME}}, "spec": pod},
        },
    }


def _meant(words: Iterable[str]) -> list[str]:
    return [word.replace("$", "$$") for word in words]


def _pod(order: Order) -> dict[str, Any]:
    before, _, after = result_name("NODE").partition("NODE")
    file = f"{INSIDE}/{before}$(NODE_NAME){after}"
    container: dict[str, Any] = {
        "name": "probe",
        "image": order.image,
        "command": [*_meant((*SHELL, *order.arguments)), "--output", file],
        "env": [{"name": "NODE_NAME", "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}}}],
        "volumeMounts": [{"name": "probes", "mountPath": INSIDE}],
    }
    if order.gpus:
        container["resources"] = {"limits": {"nvidia.com/gpu": order.gpus}}
    folder = {"path": order.results, "type": "DirectoryOrCreate"}
    return {"containers": [container], "volumes": [{"name": "probes", "hostPath": folder}]}
