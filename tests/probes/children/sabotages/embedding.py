"""An embedding table, ported wrongly; where nothing is learned, what can be wrong is the row."""

from __future__ import annotations

from typing import Any

from sabotages import Sabotage, nothing, replaced, with_weights


def ids_from_one(workload: Any, framework: str) -> Any:
    """Ids counted from one, in a table that counts from nought."""
    if framework == "pytorch":
        from torch.nn import functional

        look_up = functional.embedding
        return replaced(
            functional,
            "embedding",
            lambda ids, table, sparse=False: look_up((ids - 1).clamp_min(0), table, sparse=sparse),
        )
    import tensorflow as tf

    look_up_tf = tf.nn.embedding_lookup
    return replaced(
        tf.nn, "embedding_lookup", lambda table, ids: look_up_tf(table, tf.maximum(ids - 1, 0))
    )


def row_of_padding_is_zero(workload: Any, framework: str) -> Any:
    """The most frequent row is taken for padding."""

    def change(weights: dict[str, Any]) -> dict[str, Any]:
        table = weights["table"]
        if framework == "pytorch":
            import torch

            rows = torch.arange(table.shape[0])[:, None] % 4 != 0
        else:
            import tensorflow as tf

            rows = tf.cast(tf.range(table.shape[0])[:, None] % 4 != 0, tf.float32)
        return weights | {"table": table * rows}

    return with_weights(workload, framework, change)


def scaled_by_the_root_of_the_width(workload: Any, framework: str) -> Any:
    """As in the first transformer; most others do not."""
    return with_weights(
        workload, framework, lambda w: w | {"table": w["table"] * w["table"].shape[1] ** 0.5}
    )


def half_precision(workload: Any, framework: str) -> Any:
    def change(weights: dict[str, Any]) -> dict[str, Any]:
        if framework == "pytorch":
            return weights | {"table": weights["table"].bfloat16().float()}
        import tensorflow as tf

        return weights | {"table": tf.cast(tf.cast(weights["table"], "bfloat16"), "float32")}

    return with_weights(workload, framework, change)


LOOK_UP: dict[str, Sabotage] = {
    "none": nothing,
    "ids counted from one": ids_from_one,
    "rows of padding": row_of_padding_is_zero,
    "scaled by the root of the width": scaled_by_the_root_of_the_width,
    "half precision": half_precision,
}


def wrong_rate(workload: Any, framework: str) -> Any:
    return replaced(workload, "RATE", 2 * workload.RATE)


def never_updated(workload: Any, framework: str) -> Any:
    return replaced(workload, "RATE", 0.0)


def one_of_equal_ids_counts(workload: Any, framework: str) -> Any:
    """Rows that were read more than once get one of their gradients instead of the sum."""
    build = getattr(workload, framework)

    def build_changed(weights: dict[str, Any], sizes: dict[str, int], compiler: Any) -> Any:
        program = build(weights, sizes, compiler)
        outputs = program.outputs

        def first_only(inputs: tuple[Any, Any]) -> tuple[Any, Any]:
            import numpy as np

            ids, gradients = inputs
            _, first = np.unique(np.asarray(ids), return_index=True)
            kept = np.zeros((ids.shape[0], 1), dtype="float32")
            kept[first] = 1.0
            if framework == "pytorch":
                import torch

                return ids, gradients * torch.from_numpy(kept)
            return ids, gradients * kept

        program.outputs = lambda ring: outputs([first_only(inputs) for inputs in ring])
        return program

    return replaced(workload, framework, build_changed)


LEARNING: dict[str, Sabotage] = {
    "none": nothing,
    "wrong learning rate": wrong_rate,
    "never updated": never_updated,
    "one of equal ids counts": one_of_equal_ids_counts,
    "ids counted from one": ids_from_one,
}


def sabotages(sizes: dict[str, int]) -> dict[str, Sabotage]:
    return LEARNING if sizes["learns"] else LOOK_UP
