"""Mistakes that people make when they port a model, one module per workload, and how to make them.

A module has ``SABOTAGES``: name → function of the workload's module and the framework, which
returns a context in which the mistake is in place. ``nothing`` leaves the workload as it is. Where
not every mistake can be made in every case, ``sabotages`` returns those of some sizes instead.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
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
    return replaced(workload, framework, lambda weights, *more: build(change(weights), *more))


def with_lines(workload: Any, framework: str, changes: dict[str, str]) -> Any:
    """Change the builder's source, in this order; each text must stand there exactly once."""
    source = inspect.getsource(getattr(workload, framework))
    for before, after in changes.items():
        assert source.count(before) == 1, (before, source.count(before))
        source = source.replace(before, after)
    names = dict(vars(workload))
    exec(source, names)
    return replaced(workload, framework, names[framework])


@contextmanager
def together(*mistakes: Any) -> Iterator[None]:
    with ExitStack() as stack:
        for mistake in mistakes:
            stack.enter_context(mistake)
        yield


def sabotages_of(case: dict[str, Any]) -> dict[str, Sabotage]:
    """Return the mistakes that can be made in a case, the untouched one first."""
    module = importlib.import_module(f"sabotages.{case['workload'].replace('-', '_')}")
    if hasattr(module, "sabotages"):
        return dict(module.sabotages(case["sizes"]))
    return dict(module.SABOTAGES)
