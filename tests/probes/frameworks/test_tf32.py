"""TF32 is found out by a product, not by the name of a card; what a framework was set to stays."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from probes.frameworks.kernels.timing import TF32_PROBE, check_tf32

ROOT = Path(__file__).resolve().parents[3]
EXACT, CUT = TF32_PROBE, 1.0
PRODUCT = """
from probes.frameworks.kernels import {module} as kernels
import {library} as library
before = {setting}
values = [kernels._wide_product(library, {place}, allow) for allow in (False, True)]
assert {setting} == before
print(values)
"""
LIBRARIES = {
    "pytorch": ("torch", "library.get_float32_matmul_precision()", "'cpu'"),
    "jax": ("jax", "library.config.jax_default_matmul_precision", "library.devices('cpu')[0]"),
    "tensorflow": (
        "tensorflow",
        "library.config.experimental.tensor_float_32_execution_enabled()",
        "'/CPU:0'",
    ),
}


def found(kind: str, by_default: float, allowed: float) -> list[str]:
    said: list[dict[str, Any]] = []
    check_tf32(said.append, kind, "a card", lambda allow: allowed if allow else by_default)
    assert all((line["kind"], line["name"]) == (kind, "a card") for line in said)
    return [line["state"] for line in said]


@pytest.mark.parametrize(
    ("by_default", "allowed", "state"),
    [(CUT, CUT, "on"), (EXACT, CUT, "off"), (EXACT, EXACT, "absent")],
)
def test_the_digits_of_the_product_tell(by_default: float, allowed: float, state: str) -> None:
    assert found("cuda", by_default, allowed) == ["started", state]


@pytest.mark.parametrize("kind", ["cpu", "mps", "tpu"])
def test_what_is_no_such_card_is_not_even_asked(kind: str) -> None:
    assert found(kind, CUT, CUT) == ["absent"]


def test_a_card_that_cannot_multiply_is_a_failure_and_not_the_end() -> None:
    def broken(allow: bool) -> float:
        raise RuntimeError("no kernel image is available")

    said: list[dict[str, Any]] = []
    check_tf32(said.append, "cuda", "a card", broken)
    assert said[-1]["state"] == "failed" and "no kernel image" in said[-1]["error"]


@pytest.mark.parametrize("module", LIBRARIES)
def test_the_real_product_is_exact_on_a_processor_and_leaves_no_setting_behind(module: str) -> None:
    library, setting, place = LIBRARIES[module]
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    code = PRODUCT.format(module=module, library=library, setting=setting, place=place)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert done.stdout.split("\n")[-2] == str([EXACT, EXACT])
