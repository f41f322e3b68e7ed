"""Text lines → ids → padded batches, as users of each framework write it.

PyTorch: a ``Dataset``, a ``collate_fn`` and a ``DataLoader``; its workers are processes that stay.
TensorFlow: ``tf.data`` with a lookup table, ``padded_batch`` and ``prefetch``; its workers are
threads. Both hold the lines in memory, lower the case, split at white space, look words up and pad
to the longest line of the batch; no batch is left out. One call is one pass over all lines.

``workers`` is 0 (nobody works ahead), 1 (one works ahead of the reader by two batches) or -1: as
many as there are threads. The peak of memory is that of the reading process, without PyTorch's
workers.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from probes.bench.program import Figures, Program

TITLE = "Text lines to padded batches"
METRIC = "samples/s"
TOLERANCE = 0.0
MODES = {"pytorch": ("eager",), "tensorflow": ("eager",)}
CALL_SECONDS = 0.3

PADDING, UNKNOWN, FIRST = 0, 1, 2
_AHEAD = 2
_ALPHABET = b"abcdefghijklmnopqrstuvwxyz"

# The last batch is not full: whoever drops it is found out.
CASES = {
    "in-line": {"lines": 2000, "batch": 32, "words": 30, "vocabulary": 4000, "workers": 0},
    "one-worker": {"lines": 2000, "batch": 32, "words": 30, "vocabulary": 4000, "workers": 1},
    "parallel": {"lines": 2000, "batch": 32, "words": 30, "vocabulary": 4000, "workers": -1},
}
EFFORTS = {
    "quick": ("one-worker",),
    "standard": ("one-worker", "parallel"),
    "thorough": ("in-line", "one-worker", "parallel"),
}


def describe(sizes: dict[str, int]) -> str:
    """Return the sizes in words."""
    who = {0: "nobody works ahead", 1: "one worker"}.get(sizes["workers"], "a worker per thread")
    what = f"{sizes['lines']} lines of up to {sizes['words']} words"
    return f"{what}, batches of {sizes['batch']}, {who}"


def work(sizes: dict[str, int]) -> float:
    """Return the samples of one call."""
    return float(sizes["lines"])


def arrays(sizes: dict[str, int], generator: Any) -> tuple[list[Any], dict[str, Any]]:
    """Return the number of the pass, with the ring of four in front; text and words as bytes.

    Words are as frequent as in language (the n-th about 1/n times), some with a capital, some not
    among the known ones; lines differ in length, and the space between words does too.
    """
    import numpy as np

    drawn: dict[bytes, None] = {}
    while len(drawn) < sizes["vocabulary"] * 5 // 4:
        letters = generator.integers(0, len(_ALPHABET), int(generator.integers(2, 9)))
        drawn[bytes(_ALPHABET[letter] for letter in letters)] = None
    words, lines = list(drawn), []
    for number, length in enumerate(generator.integers(2, sizes["words"] + 1, sizes["lines"])):
        places = len(words) ** generator.random(length)
        chosen = [words[int(place) - 1] for place in places]
        chosen[0] = chosen[0].capitalize()
        lines.append((b" " if number % 5 else b"  ").join(chosen))
    known = generator.permutation(len(words))[: sizes["vocabulary"]]
    weights = {
        "text": np.frombuffer(b"\n".join(lines), dtype="uint8"),
        "words": np.frombuffer(b"\n".join(words[place] for place in known), dtype="uint8"),
    }
    return [np.arange(4).reshape(4, 1)], weights


def references(weights: dict[str, Any], sizes: dict[str, int], epochs: Any) -> list[Any]:
    """Return all batches of one pass, with NumPy."""
    import numpy as np

    ids = {word: number for number, word in enumerate(_lines(weights["words"]), FIRST)}
    rows = [[ids.get(word, UNKNOWN) for word in tokens(line)] for line in _lines(weights["text"])]
    batches = []
    for start in range(0, len(rows), sizes["batch"]):
        some = rows[start : start + sizes["batch"]]
        batch: Any = np.full((len(some), max(map(len, some))), PADDING, dtype="int64")
        for place, row in enumerate(some):
            batch[place, : len(row)] = row
        batches.append(batch)
    return [batches]


def tokens(line: str) -> list[str]:
    """Return the words of a line, in lower case."""
    return line.lower().split()


def pytorch(weights: dict[str, Any], sizes: dict[str, int]) -> Program:
    """Return one pass of a ``DataLoader``."""
    import torch
    from torch.nn.utils.rnn import pad_sequence
    from torch.utils.data import DataLoader, Dataset

    lines, words = _lines(weights["text"].cpu().numpy()), _lines(weights["words"].cpu().numpy())
    workers = sizes["workers"] if sizes["workers"] >= 0 else torch.get_num_threads()

    class Lines(Dataset[Any]):  # type: ignore[misc]  # torch is not there when types are checked
        """Lines as ids."""

        def __init__(self) -> None:
            self.ids = {word: number for number, word in enumerate(words, FIRST)}

        def __len__(self) -> int:
            return len(lines)

        def __getitem__(self, place: int) -> Any:
            known = self.ids
            return torch.tensor([known.get(word, UNKNOWN) for word in tokens(lines[place])])

    def collate(rows: list[Any]) -> Any:
        return pad_sequence(rows, batch_first=True, padding_value=PADDING)

    def load() -> Any:
        # Workers are forked, as by default where this runs, and each computes with one thread.
        return DataLoader(
            Lines(),
            batch_size=sizes["batch"],
            collate_fn=collate,
            num_workers=workers,
            multiprocessing_context="fork" if workers else None,
            persistent_workers=workers > 0,
            prefetch_factor=_AHEAD if workers else None,
        )

    return _program(load)


def tensorflow(weights: dict[str, Any], sizes: dict[str, int]) -> Program:
    """Return one pass of a ``tf.data.Dataset``."""
    import os

    import tensorflow as tf

    lines, words = _lines(weights["text"].numpy()), _lines(weights["words"].numpy())
    threads = tf.config.threading.get_intra_op_parallelism_threads()  # 0: as many as it likes
    workers = sizes["workers"] if sizes["workers"] >= 0 else threads or os.cpu_count() or 1

    def load() -> Any:
        with tf.device("/CPU:0"):
            numbers = tf.range(FIRST, FIRST + len(words), dtype=tf.int64)
            table = tf.lookup.StaticHashTable(
                tf.lookup.KeyValueTensorInitializer(words, numbers), UNKNOWN
            )

            def tokenise(line: Any) -> Any:
                return table.lookup(tf.strings.split(tf.strings.lower(line)))

            dataset = tf.data.Dataset.from_tensor_slices(lines)
            dataset = dataset.map(tokenise, num_parallel_calls=workers if workers > 1 else None)
            dataset = dataset.padded_batch(
                sizes["batch"], padding_values=tf.constant(PADDING, tf.int64)
            )
            if workers:
                dataset = dataset.prefetch(_AHEAD * workers)
            options = tf.data.Options()
            options.threading.private_threadpool_size = max(1, workers)
            return dataset.with_options(options)

    return _program(load)


def _lines(text: Any) -> list[str]:
    return str(text.tobytes(), "ascii").split("\n")


def _program(load: Callable[[], Any]) -> Program:
    """Return the pass, its batches, and how long the first batch of a new pipeline takes."""
    pipeline = load()

    def step(epoch: Any) -> Any:
        last = None
        for batch in pipeline:
            last = batch
        return last

    def outputs(ring: Any) -> list[Any]:
        return [list(pipeline)]

    def figures(ring: Any) -> Figures:
        started = time.perf_counter()
        next(iter(load()))
        return {"start-up": (time.perf_counter() - started, "s")}

    return Program(step, outputs=outputs, figures=figures)
