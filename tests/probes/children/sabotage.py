"""Passes broken implementations of every workload through the gate of the real worker.

Each sabotage is a mistake that people make when they port a model; the gate must catch all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from probes.bench.backends import load_backend
from probes.bench.worker import run_case
from probes.bench.workloads import load_workload


def main(job: dict[str, Any], emit: Any) -> None:
    framework = job["framework"]
    backend = load_backend(framework, 1, "cpu")
    with backend.session():
        for case in job["cases"]:
            workload = load_workload(case["workload"])
            for name, sabotage in SABOTAGES[case["workload"]].items():
                with sabotage(workload, framework):
                    result = run_case(backend, job, case)
                emit({"case": case["id"], "sabotage": name, **result})


@contextmanager
def replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, before)


@contextmanager
def nothing(workload: Any, framework: str) -> Iterator[None]:
    yield


def wrong_epsilon(workload: Any, framework: str) -> Any:
    # Keras's default; the reference in the file was made with the right one.
    return replaced(workload, "EPSILON", 1e-3)


def with_weights(workload: Any, framework: str, change: Callable[[Any], dict[str, Any]]) -> Any:
    build = getattr(workload, framework)
    return replaced(workload, framework, lambda weights, sizes: build(change(weights), sizes))


def transposed_weight(workload: Any, framework: str) -> Any:
    def change(weights: dict[str, Any]) -> dict[str, Any]:
        query = weights["query"]
        if framework == "pytorch":
            return weights | {"query": query.T.contiguous()}
        import tensorflow as tf

        return weights | {"query": tf.Variable(tf.transpose(query))}

    return with_weights(workload, framework, change)


def missing_bias(workload: Any, framework: str) -> Any:
    return with_weights(workload, framework, lambda w: w | {"up_bias": w["up_bias"] * 0.0})


def missing_mask(workload: Any, framework: str) -> Any:
    if framework == "pytorch":
        import torch

        return replaced(torch, "where", lambda condition, scores, other: scores)
    import tensorflow as tf

    return replaced(tf, "where", lambda condition, scores, other: scores)


def tanh_gelu(workload: Any, framework: str) -> Any:
    if framework == "pytorch":
        from torch.nn import functional

        gelu = functional.gelu
        return replaced(functional, "gelu", lambda x, approximate: gelu(x, approximate="tanh"))
    import tensorflow as tf

    gelu_tf = tf.nn.gelu
    return replaced(tf.nn, "gelu", lambda x, approximate: gelu_tf(x, approximate=True))


def swapped_operands(workload: Any, framework: str) -> Any:
    def build(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        return lambda left, right: right @ left

    return replaced(workload, framework, build)


def half_precision(workload: Any, framework: str) -> Any:
    def build(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        if framework == "pytorch":
            import torch

            return lambda left, right: (left.to(torch.bfloat16) @ right.to(torch.bfloat16)).float()
        import tensorflow as tf

        return lambda left, right: tf.cast(
            tf.matmul(tf.cast(left, tf.bfloat16), tf.cast(right, tf.bfloat16)), tf.float32
        )

    return replaced(workload, framework, build)


def not_a_number(workload: Any, framework: str) -> Any:
    def build(weights: dict[str, Any], sizes: dict[str, int]) -> Any:
        return lambda left, right: (left @ right) * float("nan")

    return replaced(workload, framework, build)


SABOTAGES: dict[str, dict[str, Callable[[Any, str], Any]]] = {
    "matmul": {
        "none": nothing,
        "swapped operands": swapped_operands,
        "half precision": half_precision,
        "not a number": not_a_number,
    },
    "transformer-block": {
        "none": nothing,
        "wrong epsilon": wrong_epsilon,
        "transposed weight": transposed_weight,
        "missing causal mask": missing_mask,
        "missing bias": missing_bias,
        "tanh approximation of GELU": tanh_gelu,
    },
}
