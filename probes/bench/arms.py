"""The arms: one framework in one way of running. What each means stands in the backends."""

from __future__ import annotations

# In the order in which they are shown. The part before the slash is the framework.
ARMS = (
    "pytorch/eager",
    "pytorch/compile",
    "tensorflow/eager",
    "tensorflow/function",
    "tensorflow/function-xla",
    "jax/jit",
    "keras/torch",
    "keras/tensorflow",
    "keras/jax",
)
# Without being asked for, the two frameworks are measured, each as it runs and as it compiles.
USUAL_ARMS = {
    "quick": ("pytorch/eager", "pytorch/compile", "tensorflow/function", "tensorflow/function-xla"),
    "standard": ARMS[:5],
    "thorough": ARMS,
}
# These compile at their first call, so their warm-up is longer.
COMPILED_ARMS = tuple(arm for arm in ARMS if not arm.endswith("/eager"))
KERAS_HOSTS = {"torch": "pytorch", "tensorflow": "tensorflow", "jax": "jax"}
COPY_SUFFIX = "#copy"


def framework_of(arm: str) -> str:
    """Return ``pytorch`` for ``pytorch/eager``."""
    return arm.partition("/")[0]


def host_of(arm: str) -> str:
    """Return whose interpreter an arm runs in: Keras lives where its backend does."""
    framework, _, mode = arm.removesuffix(COPY_SUFFIX).partition("/")
    return KERAS_HOSTS[mode] if framework == "keras" else framework


def mode_of(arm: str) -> str:
    """Return ``eager`` for ``pytorch/eager`` and for its copy."""
    return arm.partition("/")[2].removesuffix(COPY_SUFFIX)
