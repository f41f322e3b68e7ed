"""The arms: one framework in one way of running. What each means stands in the backends."""

from __future__ import annotations

# In the order in which they are shown. The part before the slash is the framework.
ARMS = (
    "pytorch/eager",
    "pytorch/compile",
    "tensorflow/eager",
    "tensorflow/function",
    "tensorflow/function-xla",
)
# These compile at their first call, so their warm-up is longer.
COMPILED_ARMS = ("pytorch/compile", "tensorflow/function", "tensorflow/function-xla")
COPY_SUFFIX = "#copy"


def framework_of(arm: str) -> str:
    """Return ``pytorch`` for ``pytorch/eager``."""
    return arm.partition("/")[0]


def mode_of(arm: str) -> str:
    """Return ``eager`` for ``pytorch/eager`` and for its copy."""
    return arm.partition("/")[2].removesuffix(COPY_SUFFIX)
