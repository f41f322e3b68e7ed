"""Child: hears what a framework says about a piece of code being out of date."""

from __future__ import annotations

import contextlib
import logging
import re
import warnings
from collections.abc import Callable, Iterator

from probes.verify.words import tidy

_OLD = (DeprecationWarning, FutureWarning, PendingDeprecationWarning)


@contextlib.contextmanager
def deprecations(path: str, names: list[str]) -> Iterator[list[str]]:
    """Collect what is said to be deprecated, by warnings or by TensorFlow's own log.

    Only what is said to the code in the file ``path`` or about its symbols: what a library says of
    its own insides is not about the entry.
    """
    said: list[str] = []

    def concerns(words: str, place: str = "") -> bool:
        mentioned = any(re.search(rf"\b{re.escape(name)}\b", words) for name in names)
        return place == path or path in words or mentioned

    def keep(words: str) -> None:
        said.append(tidy(words.replace(f"{path}:", "line ")))

    handler = _Listener(lambda words: keep(words) if concerns(words) else None)
    loggers = [logging.getLogger(name) for name in ("tensorflow", "absl")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.WARNING)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield said
        for warning in caught:
            words = str(warning.message)
            old = issubclass(warning.category, _OLD) or "deprecated" in words
            if old and concerns(words, warning.filename):
                keep(words)
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)


class _Listener(logging.Handler):
    """Keeps log records about deprecation."""

    def __init__(self, keep: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._keep = keep

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        words = record.getMessage()
        if "deprecat" in words or "will be removed" in words:
            self._keep(" ".join(words.split()))
