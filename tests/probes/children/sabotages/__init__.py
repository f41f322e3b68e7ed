"""Mistakes that people make when they port a model, one module per workload, and how to make them.

A module has ``SABOTAGES``: name → function of the workload's module and the framework, which
returns a context in which the mistake is in place. ``nothing`` leaves the workload as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

Sabotage = Callable[[Any, str], Any]


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


def with_weights(workload: Any, framework: str, change: Callable[[Any], dict[str, Any]]) -> Any:
    build = getattr(workload, framework)
    return replaced(workload, framework, lambda weights, sizes: build(change(weights), sizes))
