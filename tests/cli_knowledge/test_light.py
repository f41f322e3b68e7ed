"""Quick commands load nothing heavy, and of the knowledge only what they show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"textual", "rich", "numpy", "yaml", "psutil", "pynvml", "torch", "tensorflow", "jax"}
CODE = """
import io, json, sys
from advisor.cli import main
sys.stdout = io.StringIO()
assert main(sys.argv[1:]) == 0
sys.stdout = sys.__stdout__
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", CODE, *arguments],
        capture_output=True,
        text=True,
        env=dict(os.environ),
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


@pytest.fixture
def warm() -> None:
    modules_after("kb", "stats")


@pytest.mark.parametrize(
    ("arguments", "needless"),
    [
        (("search", "mixed", "precision"), {"rapidfuzz", "knowledge.model.claim"}),
        (("search", "pytroch", "serving", "--json"), {"knowledge.model.claim"}),
        (("show", "torchserve"), {"rapidfuzz", "knowledge.model.claim"}),
        (("show", "topic-memory-management"), {"rapidfuzz", "knowledge.model.rule"}),
        (("compare",), {"rapidfuzz", "knowledge.model.rule"}),
        (("claims",), {"rapidfuzz", "knowledge.model.rule"}),
        (("kb", "paths"), {"rapidfuzz", "knowledge.model.claim"}),
    ],
)
def test_a_quick_command_loads_only_what_it_shows(
    warm: None, arguments: tuple[str, ...], needless: set[str]
) -> None:
    loaded = modules_after(*arguments)
    assert not {name.split(".")[0] for name in loaded} & HEAVY
    unwanted = {*needless, "knowledge.search.build"}
    assert loaded.isdisjoint(unwanted), loaded & unwanted


def test_typing_extensions_can_still_be_imported() -> None:
    code = "from advisor.cli import main; main(['schema']); import typing_extensions"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
