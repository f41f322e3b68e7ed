"""What workloads, arms and efforts are, in words anybody understands."""

from __future__ import annotations

from collections.abc import Mapping

from advisor.cli.progress import duration
from advisor.engine.tables import Tables
from knowledge.base import Knowledge
from probes.bench.arms import COPY_SUFFIX, framework_of, mode_of
from probes.bench.document import Case
from probes.bench.plan import EFFORTS
from probes.bench.workloads import WORKLOADS, load_workload
from probes.interpreters import NAMES

from ..wording import brief, clean

WHAT = {
    "transformer-block": "one layer of a language model reads its input",
    "train-step": "a small language model learns from one batch",
    "decode": "a language model writes text, one token at a time",
    "attention": "every word of a text looks at all words before it",
    "matmul": "the multiplication that nearly every model is made of",
    "embedding": "words or products are looked up in a large table",
    "cnn": "convolutions over small images, as for recognising things",
    "lstm": "an older kind of network reads sentences of different lengths",
    "variable-length": "sentences of different lengths: filled up, or sorted by length",
    "memory": "how much memory a training step needs at most",
    "compile": "how long the first call takes until everything is compiled",
    "export-serve": "a model is saved, loaded again and called",
    "data-pipeline": "lines of text become batches of numbers",
    "cold-start": "a fresh program imports the framework and computes once",
    "dispatch": "many tiny operations: what the framework itself costs",
    "transfer": "data is copied to a graphics card and back",
}
"""What a workload does; one that came later shows its own title only."""

MODES = {
    "pytorch/eager": "step by step, as it is written",
    "pytorch/compile": "compiled by torch.compile",
    "tensorflow/eager": "step by step, as it is written",
    "tensorflow/function": "as a graph, by tf.function",
    "tensorflow/function-xla": "as a graph, compiled by XLA",
    "jax/jit": "compiled by jax.jit",
    "keras/torch": "a Keras model on PyTorch",
    "keras/tensorflow": "a Keras model on TensorFlow",
    "keras/jax": "a Keras model on JAX",
}

EFFORT = {
    "quick": "one small size of what counts for you",
    "standard": "more sizes and ways, longer samples",
    "thorough": "all sizes and ways, ten blocks",
}


def title_of(workload: str) -> str:
    """Return what a workload is called."""
    return str(load_workload(workload).TITLE) if workload in WORKLOADS else brief(workload)


def case_words(case: Case) -> str:
    """Return a workload with the short name of its size."""
    return f"{title_of(case.workload)}{size_words(case.id, case.workload)}"


def size_words(key: str, workload: str) -> str:
    """Return the short name of a size, to stand behind its workload."""
    short = brief(key.removeprefix(workload).lstrip("-"))
    return f" · {short}" if short else ""


def arm_words(slot: str) -> str:
    """Return PyTorch compile for pytorch/compile; the A/A copy is said to be one."""
    arm = slot.removesuffix(COPY_SUFFIX)
    framework, mode = framework_of(arm), mode_of(arm)
    named = f"{NAMES.get(framework, framework.capitalize())} {mode}".strip()
    return brief(named) + (" again" if slot != arm else "")


def effort_words(effort: str) -> str:
    """Return how long an effort takes at most, and what one gets for it."""
    return f"up to {span(EFFORTS[effort].seconds)}: {EFFORT[effort]}"


def span(seconds: float) -> str:
    """Return a limit in words: whole minutes and hours without what is nought."""
    minutes, rest = divmod(round(seconds), 60)
    if rest or not minutes:
        return duration(seconds)
    hours, minutes = divmod(minutes, 60)
    return " ".join([f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes))


def decides(tables: Tables, knowledge: Knowledge) -> Mapping[str, str]:
    """Return workload → the criteria that measuring it can move, in words."""
    criteria = knowledge.kind("criterion")
    found: dict[str, dict[str, None]] = {}
    for measure in tables.measures:
        rule = measure.rule
        name = clean(criteria[rule.criterion].name) if rule.criterion in criteria else ""
        found.setdefault(rule.workload, {}).setdefault(name or clean(rule.criterion))
    return {workload: ", ".join(names) for workload, names in found.items()}
