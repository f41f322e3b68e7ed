"""What a person types, and what they expect to see first, over the knowledge base as shipped."""

from __future__ import annotations

import pytest

from knowledge.base import Knowledge

FIRST = {
    # misspelt
    "pytroch serving": "torchserve",
    "memroy usage": "topic-memory-management",
    "tensrflow": "tensorflow",
    "mixed percision": "topic-mixed-precision",
    "servng": "term-serving",
    "quantisaton": "topic-quantization",
    # other ways to write a name
    "TFLite": "tf-lite",
    "tflite": "tf-lite",
    "tf lite": "tf-lite",
    "tf.lite": "tf-lite",
    "tensor board": "tensorboard",
    "TensorBoard": "tensorboard",
    "tensorboards": "tensorboard",
    "torch serve": "torchserve",
    "TorchServe": "torchserve",
    "py torch": "pytorch",
    "tf data": "tf-data",
    "onnx": "onnx",
    # an option before the things that carry its name
    "pytorch": "pytorch",
    "TensorFlow": "tensorflow",
    "jax": "jax",
    "keras": "keras",
    # while typing
    "tensorf": "tensorflow",
    "pyto": "pytorch",
    "memory manag": "topic-memory-management",
    # other forms of a word
    "debug": "topic-debugging",
    "how do I debug": "topic-debugging",
    "graph compilers": "topic-graphs-and-compilers",
    "microcontroller": "topic-microcontrollers",
    # ids
    "topic-memory-management": "topic-memory-management",
    "tf-preallocates-gpu-memory": "tf-preallocates-gpu-memory",
}
AMONG_THREE = {
    "pytroch serving": "topic-serving-classic",
    "hugging face": "hf-hub",
    "eager": "term-eager-execution",
    "is tensorflow faster than pytorch": "tf-usually-faster",
    "training in the browser": "topic-browser-training",
    "lightning": "pytorch-lightning",
    "quantization": "term-quantization",
    "xla": "xla",
}


@pytest.mark.parametrize("text", FIRST)
def test_the_expected_comes_first(text: str, knowledge: Knowledge) -> None:
    hits = knowledge.search(text, limit=3)
    assert hits[0].row.id == FIRST[text], [hit.row.id for hit in hits]


@pytest.mark.parametrize("text", AMONG_THREE)
def test_the_expected_is_near_the_top(text: str, knowledge: Knowledge) -> None:
    assert AMONG_THREE[text] in [hit.row.id for hit in knowledge.search(text, limit=3)]


def test_every_option_system_and_topic_is_found_by_its_name(knowledge: Knowledge) -> None:
    missed = []
    for row in knowledge.catalogue.rows:
        if row.kind in ("option", "system", "feature", "term"):
            found = [hit.row.id for hit in knowledge.search(row.title, limit=3)]
            if row.id not in found:
                missed.append((row.title, found))
    assert not missed


def test_every_entry_is_found_by_its_id(knowledge: Knowledge) -> None:
    missed = [
        row.id
        for row in knowledge.catalogue.rows
        if row.id not in [hit.row.id for hit in knowledge.search(row.id, (row.kind,), 3)]
    ]
    assert not missed


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("TFLite", ['alias "tflite"']),
        ("servng", ['name "serving" ~ "servng"']),
        ("tensor board", ['name "tensorboard" ~ "tensor board"']),
        ("memory management", ['title "memory"', 'title "management"']),
    ],
)
def test_a_result_says_why_it_matched(text: str, why: list[str], knowledge: Knowledge) -> None:
    said = [str(match) for match in knowledge.search(text)[0].matched]
    assert said[: len(why)] == why
