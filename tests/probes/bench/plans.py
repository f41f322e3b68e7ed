"""Plans small enough for tests."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from probes.bench.arms import ARMS, USUAL_ARMS
from probes.bench.document import Case, Plan

GEMM = Case(id="matmul-gemm-24", workload="matmul", sizes={"m": 24, "k": 24, "n": 24})
GEMV = Case(id="matmul-gemv-32", workload="matmul", sizes={"m": 32, "k": 32, "n": 1})
BLOCK = Case(
    id="transformer-block-8x16",
    workload="transformer-block",
    sizes={"batch": 2, "length": 8, "width": 16, "heads": 2},
)

PIPELINE = Case(
    id="data-pipeline-20",
    workload="data-pipeline",
    sizes={"lines": 20, "batch": 8, "words": 6, "vocabulary": 40, "workers": 0},
)
PIPELINE_AHEAD = structs.replace(
    PIPELINE, id="data-pipeline-20-ahead", sizes=PIPELINE.sizes | {"workers": -1}
)

SERVE = Case(id="export-serve-8x16", workload="export-serve", sizes=dict(BLOCK.sizes))
COLD = Case(id="cold-start-8", workload="cold-start", sizes={"width": 8})

_ATTENTION = {"length": 12, "batch": 2, "heads": 3, "depth": 8}
_TABLE = {"tokens": 60, "vocabulary": 50, "width": 6}
_IMAGES = {"image": 8, "batch": 2, "width": 4}
NAIVE = Case(id="attention-naive-12", workload="attention", sizes=_ATTENTION | {"fused": 0})
FUSED = Case(id="attention-fused-12", workload="attention", sizes=_ATTENTION | {"fused": 1})
LOOK_UP = Case(
    id="embedding-lookup-50", workload="embedding", sizes=_TABLE | {"learns": 0, "sparse": 0}
)
DENSE = Case(
    id="embedding-dense-50", workload="embedding", sizes=_TABLE | {"learns": 1, "sparse": 0}
)
SPARSE = Case(
    id="embedding-sparse-50", workload="embedding", sizes=_TABLE | {"learns": 1, "sparse": 1}
)
CHANNELS_FIRST = Case(
    id="cnn-first-8", workload="cnn", sizes=_IMAGES | {"channels_last": 0, "training": 0}
)
CHANNELS_LAST = Case(
    id="cnn-last-8", workload="cnn", sizes=_IMAGES | {"channels_last": 1, "training": 0}
)
TRAINED = Case(
    id="cnn-train-8", workload="cnn", sizes=_IMAGES | {"channels_last": 1, "training": 1}
)
LSTM = Case(
    id="lstm-8x6", workload="lstm", sizes={"length": 8, "batch": 4, "inputs": 5, "hidden": 6}
)
DISPATCH = Case(id="dispatch-20", workload="dispatch", sizes={"operations": 20, "width": 4})
TO_DEVICE = Case(
    id="transfer-to-device-1", workload="transfer", sizes={"megabytes": 1, "from_host": 1}
)
TO_HOST = Case(id="transfer-to-host-1", workload="transfer", sizes={"megabytes": 1, "from_host": 0})
TRAIN_STEP = Case(
    id="train-step-2",
    workload="train-step",
    # Many words: the rare ones have the small gradients on which Adam's epsilon acts.
    sizes={"batch": 2, "length": 6, "width": 16, "heads": 2, "vocabulary": 1500},
)
DECODE = Case(
    id="decode-16x2",
    workload="decode",
    sizes={"width": 16, "heads": 2, "blocks": 2, "vocabulary": 200, "prompt": 4, "tokens": 8},
)
_SENTENCES = {"batch": 2, "shortest": 2, "longest": 20, "width": 16, "heads": 2, "vocabulary": 30}
PADDED = Case(
    id="variable-length-padded", workload="variable-length", sizes=_SENTENCES | {"bucketed": 0}
)
BUCKETED = Case(
    id="variable-length-bucketed", workload="variable-length", sizes=_SENTENCES | {"bucketed": 1}
)
MEMORY = Case(id="memory-2", workload="memory", sizes=dict(TRAIN_STEP.sizes))
COMPILE_BLOCK = Case(id="compile-block", workload="compile", sizes=BLOCK.sizes | {"cold": 0})
COMPILE_DECODE = Case(id="compile-decode", workload="compile", sizes=DECODE.sizes | {"cold": 1})

# What is broken on purpose; the copies too, though without a device they stay where they are.
SABOTAGED = (
    *(BLOCK, NAIVE, FUSED, GEMM, LOOK_UP, DENSE, SPARSE),
    *(CHANNELS_FIRST, CHANNELS_LAST, TRAINED, LSTM, DISPATCH, TO_DEVICE, TO_HOST),
    *(TRAIN_STEP, DECODE, PADDED, BUCKETED, PIPELINE, PIPELINE_AHEAD, SERVE),
)
FRESH = (COMPILE_BLOCK, COMPILE_DECODE, MEMORY, COLD)

# How many mistakes the gate is shown in each case, so that none is lost unseen.
MISTAKES = {
    **dict.fromkeys((BLOCK.id, SERVE.id, COMPILE_BLOCK.id, LSTM.id), 5),
    **dict.fromkeys((CHANNELS_FIRST.id, CHANNELS_LAST.id, TRAINED.id), 5),
    **dict.fromkeys((PADDED.id, BUCKETED.id), 5),
    **dict.fromkeys((NAIVE.id, FUSED.id, LOOK_UP.id, DENSE.id, SPARSE.id, MEMORY.id), 4),
    **dict.fromkeys((GEMM.id, DISPATCH.id, TO_DEVICE.id, TO_HOST.id, COLD.id), 3),
    **dict.fromkeys((DECODE.id, COMPILE_DECODE.id, PIPELINE.id, PIPELINE_AHEAD.id), 7),
    TRAIN_STEP.id: 10,
}


def tiny_plan(**changes: Any) -> Plan:
    """Two cases, all arms, two blocks, samples of two milliseconds."""
    plan = Plan(
        effort="quick",
        cases=[GEMM, BLOCK],
        arms=list(USUAL_ARMS["standard"]),
        copy_of=ARMS[0],
        blocks=2,
        samples=3,
        sample_seconds=0.002,
        warm_up_seconds=0.01,
        warm_up_cap_seconds=0.05,
        process_limit_seconds=120.0,
    )
    return structs.replace(plan, **changes)
