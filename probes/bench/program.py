"""What a builder returns where one function does not say it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Figures = Mapping[str, tuple[float, str]]
"""Value and unit (``s``, ``bytes``, ``count``) by name; less is better."""
Ring = Sequence[tuple[Any, ...]]
"""The four sets of inputs, as tensors."""


class Program:
    """The function that is timed, and how to find out more about the same work."""

    def __init__(
        self,
        step: Callable[..., Any],
        *,
        outputs: Callable[[Ring], list[Any]] | None = None,
        figures: Callable[[Ring], Figures] | None = None,
        ready: bool = False,
    ) -> None:
        """Take the step and what goes with it.

        Args:
            step: Called with one set of inputs; what it returns is summed and fetched.
            outputs: Returns what is held against the references, one after the other; what the
                step returns for every set of inputs otherwise. Called once with all of these,
                right after the first calls of the step.
            figures: Returns more figures of this process; called once with the inputs, after the
                samples.
            ready: Whether it was compiled before, maybe by another process, and only loaded here:
                then the backend has compiled nothing, and that is right.
        """
        self.step = step
        self.outputs = outputs
        self.figures = figures
        self.ready = ready


def as_program(built: Any) -> Program:
    """Return a builder's result as a program."""
    return built if isinstance(built, Program) else Program(built)
