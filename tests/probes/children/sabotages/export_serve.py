"""An exported block that is not the block: what was wrong before the export, or came out of it."""

from __future__ import annotations

from typing import Any

from probes.bench.workloads import transformer_block as exported
from sabotages import Sabotage, nothing, replaced, transformer_block


def _inside(mistake: Sabotage) -> Sabotage:
    return lambda workload, framework: mistake(exported, framework)


def half_precision(workload: Any, framework: str) -> Any:
    """The file holds the weights in fewer bits, as is often done for serving."""
    build = getattr(workload, framework)

    def halved(weights: dict[str, Any], *more: Any) -> Any:
        if framework == "pytorch":
            return build({name: w.bfloat16().float() for name, w in weights.items()}, *more)
        import tensorflow as tf

        short = {name: tf.cast(w, tf.bfloat16) for name, w in weights.items()}
        return build({n: tf.Variable(tf.cast(w, tf.float32)) for n, w in short.items()}, *more)

    return replaced(workload, framework, halved)


SABOTAGES: dict[str, Sabotage] = {
    "none": nothing,
    "wrong epsilon": _inside(transformer_block.wrong_epsilon),
    "missing causal mask": _inside(transformer_block.missing_mask),
    "tanh approximation of GELU": _inside(transformer_block.tanh_gelu),
    "weights in half precision": half_precision,
    "transposed weight": transformer_block.transposed_weight,
}
