"""Which framework, and which of its eras, code is written in: two facts with what they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from advisor.facts.fact import Fact
from knowledge.search.symbols import side_of

from .code import JAX, Code, FileUses

TF1_TOPIC = "tensorflow-1"
TF1_PREFIXES = ("tf.compat.v1.", "tf.contrib.")
TF1_SHARE = 0.25
"""So many of the TensorFlow files with a sign of TensorFlow 1 make it TensorFlow 1: even there,
most names of a file still exist in TensorFlow 2, so that a majority would hide it."""

BESIDE_KERAS = ("tf.data.", "tf.config.", "tf.random.set_seed", "tf.__", "tf.version.", "tf.io.")
"""What Keras code may use of TensorFlow on any backend, or can do without at once."""

WORDS = {
    "pytorch": "torch",
    "keras": "keras",
    "tensorflow-2": "tensorflow",
    "tensorflow-1": "tensorflow",
    "jax": "jax",
}


class FileEra(NamedTuple):
    """Families a file imports, and its signs of TensorFlow 1 and of TensorFlow operations."""

    families: frozenset[str]
    signs: tuple[str, ...]
    operations: int
    keras: int


def code_facts(code: Code) -> Iterator[Fact]:
    """Yield what the code is written in and how large it is; nothing without a framework in it."""
    if not code.files:
        return
    eras = [_era(code, file) for file in code.files]
    counts = Counter(family for era in eras for family in era.families)
    # Of two families with as many files, the one that is used more often.
    uses = Counter(_family(symbol) for file in code.files for symbol in file.symbols)
    major = max(counts, key=lambda family: (counts[family], uses[family], family))
    value = _tensorflow(eras) if major == "tensorflow" else major
    said = _said(value, major, counts, eras, code)
    share = counts[major] / sum(counts.values())
    yield Fact("existing-code", value, "repository", said, round(0.6 + 0.39 * share, 2))
    lines = sum(file.lines for file in code.files)
    said = f"{lines:,} lines that are not empty, in {_files(len(code.files))} with such an import"
    yield Fact("existing-code-size", round(lines / 1000, 3), "repository", said, 0.9)


def _era(code: Code, file: FileUses) -> FileEra:
    roots = {module.partition(".")[0] for module in file.modules}
    families = {"jax" if root in JAX else _family_of_root(root) for root in roots}
    signs, operations, keras = [], 0, 0
    for symbol in file.symbols:
        if side_of(symbol) != "tensorflow":
            continue
        if _is_sign(code, symbol):
            signs.append(symbol)
        if symbol.startswith("keras."):
            keras += 1
        elif not symbol.startswith(BESIDE_KERAS):
            operations += 1
    return FileEra(frozenset(families), tuple(signs), operations, keras)


def _is_sign(code: Code, symbol: str) -> bool:
    known = code.known.get(symbol)
    if known is None:
        return symbol.startswith("tf.contrib.")
    if known.row.topic != TF1_TOPIC:
        return False
    return symbol.startswith(TF1_PREFIXES) or any(
        symbol == gone or symbol.startswith(f"{gone}.") for gone in known.row.gone
    )


def _family(symbol: str) -> str:
    return "pytorch" if side_of(symbol) == "torch" else "tensorflow"


def _family_of_root(root: str) -> str:
    torch = root.startswith("torch") or root in ("accelerate", "lightning", "pytorch_lightning")
    return "pytorch" if torch else "tensorflow"


def _tensorflow(eras: Iterable[FileEra]) -> str:
    """Return the era of the TensorFlow files together."""
    files = [era for era in eras if "tensorflow" in era.families]
    if sum(bool(era.signs) for era in files) >= TF1_SHARE * len(files):
        return "tensorflow-1"
    if any(era.keras for era in files) and not any(era.operations for era in files):
        return "keras"
    return "tensorflow-2"


def _said(value: str, major: str, counts: Counter[str], eras: list[FileEra], code: Code) -> str:
    """Return the words: which import in how many files, the tell-tale names, and the minor ones."""
    words = "tensorflow or keras" if major == "tensorflow" else WORDS[value]
    parts = [f"import {words} in {counts[major]} of {_files(code.read)} read"]
    if value == "tensorflow-1":
        signs = Counter(sign for era in eras for sign in set(era.signs))
        parts += [f"{name} in {number}" for name, number in signs.most_common(2)]
    elif value == "keras":
        parts.append("no TensorFlow operation beside it")
    for family, number in counts.most_common():
        if family != major:
            parts.append(f"also {family} in {number}")
    return "; ".join(parts)


def _files(number: int) -> str:
    return f"{number} file" if number == 1 else f"{number} files"
