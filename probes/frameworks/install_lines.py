"""The one line that installs a framework which this machine can run.

Chosen from the operating system, the architecture and the NVIDIA driver that were found; must not
look at anything itself.
"""

from __future__ import annotations

import shlex

from msgspec import Struct

from probes.frameworks.drivers import (
    OLDEST_DRIVER,
    TENSORFLOW_CUDA_MAJOR,
    TORCH_TAGS,
    newest_cuda_for,
)


class Machine(Struct, frozen=True):
    """What an install line depends on. ``driver`` is ``None`` without an NVIDIA card."""

    system: str
    architecture: str
    driver: str | None


def install_line(framework: str, python: str, machine: Machine) -> str:
    """Return the shell line for ``framework`` under the interpreter ``python``."""
    pip = f"{shlex.quote(python)} -m pip install"
    if machine.driver is not None:
        return _with_card(framework, python, pip, machine.driver)
    if framework == "pytorch":
        # The default wheel for Linux brings gigabytes of CUDA that this machine cannot use.
        return _torch_build(python, "cpu") if machine.system == "linux" else f"{pip} torch"
    if framework == "tensorflow":
        small = machine.system == "linux" and machine.architecture == "x86_64"
        return f"{pip} {'tensorflow-cpu' if small else 'tensorflow'}"
    return f"{pip} jax"


def _torch_build(python: str, build: str) -> str:
    """Return the line for one build of torch: uv knows the index each of them lies on."""
    quoted = shlex.quote(python)
    return (
        f"{quoted} -m pip install uv && {quoted} -m uv pip install --python {quoted} "
        f"--reinstall-package torch torch --torch-backend={build}"
    )


def _with_card(framework: str, python: str, pip: str, driver: str) -> str:
    cuda = newest_cuda_for(driver) or 0
    if framework == "pytorch" and cuda in TORCH_TAGS:
        return _torch_build(python, TORCH_TAGS[cuda])
    if framework == "tensorflow" and cuda >= TENSORFLOW_CUDA_MAJOR:
        return f"{pip} 'tensorflow[and-cuda]'"
    if framework == "jax" and cuda >= min(TORCH_TAGS):
        return f"{pip} 'jax[cuda{cuda}]'"
    return f"Update the NVIDIA driver to {OLDEST_DRIVER[TENSORFLOW_CUDA_MAJOR]} or newer."
