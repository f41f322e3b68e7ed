"""What a builder returns where one function does not say it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Figures = Mapping[str, tuple[float, str]]
"""Value and unit (``s``, ``bytes``, ``count``) by name; less is better."""


class Program:
    """The function that is timed, and how to find out more about the same work."""

    def __init__(
        self,
        step: Callable[..., Any],
        *,
        outputs: Callable[[], list[Any]] | None = None,
        figures: Callable[[], Figures] | None = None,
    ) -> None:
        """Take the step and what goes with it.

        Args:
            step: Called with one set of inputs; what it returns is summed and fetched.
            outputs: Returns what is held against the references, one after the other; what the
                step returns for every set of inputs otherwise. Called once, right after the first
                two calls of the step.
            figures: Returns more figures of this process; called once, after the samples.
        """
        self.step = step
        self.outputs = outputs
        self.figures = figures


def as_program(built: Any) -> Program:
    """Return a builder's result as a program."""
    return built if isinstance(built, Program) else Program(built)
