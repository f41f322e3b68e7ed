"""Methods of values whose type a tree does not tell: what each may be, by the rest of its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from advisor.documents.api_file import NO_TENSOR
from knowledge.search.symbols import Symbols, side_of

HOLDERS = {
    "torch": ("torch.Tensor.", "torch.nn.Module."),
    "tensorflow": ("tf.Tensor.", "keras.Model.", "tf.data.Dataset.", "tf.Session."),
}
"""Classes whose methods count, by side; the first class that has a name wins."""

PIPELINES = ("tf.data.", "tensorflow_datasets.")
"""Only beside one of these is `map` taken for that of a data pipeline."""

Methods = Mapping[str, Mapping[str, str]]


def known_methods(symbols: Symbols) -> Methods:
    """Return side → name of a method → its symbol; ordinary values' own methods are left out."""
    found: dict[str, dict[str, str]] = {side: {} for side in HOLDERS}
    for side, holders in HOLDERS.items():
        for holder in holders:
            for name in symbols.names:
                last = name.removeprefix(holder)
                if last != name and "." not in last and last not in NO_TENSOR:
                    found[side].setdefault(last, name)
    return found


def perhaps(names: Iterable[str], symbols: Iterable[str], known: Methods) -> Iterator[str]:
    """Yield the symbols that methods may be in a file which uses these symbols."""
    symbols = list(symbols)
    sides = {side_of(symbol) for symbol in symbols}
    pipelines = any(symbol.startswith(PIPELINES) for symbol in symbols)
    for name in names:
        for side in sides:
            symbol = known[side].get(name, "")
            if symbol and (pipelines or not symbol.startswith("tf.data.")):
                yield symbol
                break
