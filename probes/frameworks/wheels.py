"""Which frameworks an interpreter has installed, without importing any of them.

Runs both in our process and, as a child, under another interpreter: standard library only. The
wheel alone already decides much: a CPU-only build can never see a card, whatever the driver.
"""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

# The first distribution found names the framework's version.
DISTRIBUTIONS = {
    "pytorch": ("torch",),
    "tensorflow": (
        "tensorflow",
        "tensorflow-cpu",
        "tensorflow-intel",
        "tensorflow-macos",
        "tensorflow-rocm",
        "tf-nightly",
        "tf-nightly-cpu",
    ),
    "jax": ("jax",),
}
# Companions that decide which devices can be used.
_COMPANIONS = re.compile(
    r"^(nvidia-(cuda-runtime|cublas|cudnn|cuda-nvcc)(-cu\d+)?|jaxlib|jax-(cuda|rocm).*|jax-metal"
    r"|libtpu|torch-xla|triton|pytorch-triton.*|intel-extension-for-.*|tensorflow-metal|keras|numpy)$"
)
_CUDA_RUNTIME = re.compile(r"^nvidia-cuda-runtime(?:-cu(\d+))?$")


def main(job: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> None:
    """Report the wheels of the interpreter that runs this."""
    emit(installed_wheels())


def installed_wheels() -> dict[str, Any]:
    """Return ``{python, implementation, frameworks: {id: wheel}, packages: {name: version}}``."""
    packages: dict[str, str] = {}
    wanted = {name for names in DISTRIBUTIONS.values() for name in names}
    found: dict[str, metadata.Distribution] = {}
    for distribution in metadata.distributions():
        name = _normal(distribution)
        if name in wanted and name not in found:
            found[name] = distribution
        if (name in wanted or _COMPANIONS.match(name)) and name not in packages:
            packages[name] = distribution.version
    frameworks = {}
    for framework, names in DISTRIBUTIONS.items():
        for name in names:
            if name in found:
                frameworks[framework] = _wheel(framework, name, found[name], packages)
                break
    return {
        "python": platform.python_version(),
        "implementation": sys.implementation.name,
        "frameworks": frameworks,
        "packages": dict(sorted(packages.items())),
    }


def _normal(distribution: metadata.Distribution) -> str:
    # A damaged installation can have metadata without a name; it is then nobody's.
    name = distribution.metadata["Name"] or ""
    return re.sub(r"[-_.]+", "-", name).lower()


def _wheel(
    framework: str, name: str, distribution: metadata.Distribution, packages: dict[str, str]
) -> dict[str, Any]:
    build = {"pytorch": _torch_build, "tensorflow": _tensorflow_build, "jax": _jax_build}[framework]
    return {
        "distribution": name,
        "version": distribution.version,
        "build": build(name, distribution, packages),
    }


def _torch_build(name: str, distribution: metadata.Distribution, packages: dict[str, str]) -> str:
    """Return cpu, cuNNN, rocmN.N or xpu: from the version, else from the text of version.py."""
    _, _, local = distribution.version.partition("+")
    if local:
        return local.split(".")[0] if local.startswith(("cu", "cpu")) else local
    try:
        text = Path(str(distribution.locate_file("torch/version.py"))).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return "default"
    for key, prefix in (("cuda", "cu"), ("hip", "rocm"), ("xpu", "xpu")):
        match = re.search(rf"^{key}\b[^=]*=\s*'([^']+)'", text, re.MULTILINE)
        if match:
            return prefix + (match[1].replace(".", "") if key == "cuda" else match[1])
    return "cpu"


def _tensorflow_build(
    name: str, distribution: metadata.Distribution, packages: dict[str, str]
) -> str:
    if name in ("tensorflow-cpu", "tf-nightly-cpu", "tensorflow-intel"):
        return "cpu"
    if name == "tensorflow-rocm":
        return "rocm"
    if "tensorflow-metal" in packages:
        return "metal"
    major = cuda_major(packages)
    return f"cu{major}" if major else "default"


def _jax_build(name: str, distribution: metadata.Distribution, packages: dict[str, str]) -> str:
    for package in packages:
        match = re.match(r"^jax-(cuda\d+|rocm\d+)-(plugin|pjrt)$", package)
        if match:
            return match[1].replace("cuda", "cu")
    if "libtpu" in packages:
        return "tpu"
    return "metal" if "jax-metal" in packages else "cpu"


def cuda_major(packages: dict[str, str]) -> int | None:
    """Return the major version of the CUDA runtime among the packages, if there is one."""
    for package, version in packages.items():
        match = _CUDA_RUNTIME.match(package)
        if match:
            major = match[1] or version.partition(".")[0]
            return int(major) if major.isdecimal() else None
    return None
