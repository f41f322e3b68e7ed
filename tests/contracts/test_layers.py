"""Who may import whom, and what must not be on the path of a quick command."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("advisor", "knowledge", "probes")
HEAVY = ("textual", "rich", "numpy", "yaml", "torch", "tensorflow", "jax", "psutil", "pynvml")


def imports(package: str) -> Iterator[tuple[Path, str]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from ((path, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                yield path, node.module or ""


@pytest.mark.parametrize("package", ["knowledge", "probes"])
def test_knowledge_and_probes_import_nothing_of_ours_but_themselves(package: str) -> None:
    others = tuple(name for name in OURS if name != package)
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for path, name in imports(package)
        if name.split(".")[0] in others
    ]
    assert not wrong


def test_the_engine_reads_no_clock_and_no_file() -> None:
    banned = {"time", "datetime", "os", "pathlib", "io", "subprocess", "socket", "secrets"}
    wrong = [
        f"{path.name}: {name}"
        for path, name in imports("advisor/engine")
        if name.split(".")[0] in banned
    ]
    assert not wrong


def test_nothing_evaluates_text_or_loads_unsafely() -> None:
    wrong = []
    for package in OURS:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    called = ast.unparse(node.func)
                    if called in ("eval", "exec", "yaml.load", "pickle.load", "pickle.loads"):
                        wrong.append(f"{path.relative_to(ROOT)}:{node.lineno} {called}")
    assert not wrong


def modules_after(*arguments: str) -> set[str]:
    """Names of the modules loaded after running the command line in a child process."""
    code = (
        "import sys, json, io\n"
        "from advisor.cli import main\n"
        "sys.stdout = io.StringIO()\n"
        f"code = main({list(arguments)!r})\n"
        "sys.stdout = sys.__stdout__\n"
        "assert code == 0, code\n"
        "print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=dict(os.environ),
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--version",),
        ("advise", "--set", "goal=research", "--json"),
        ("advise", "--set", "goal=learn"),
    ],
)
def test_quick_commands_load_nothing_heavy(arguments: tuple[str, ...]) -> None:
    modules_after(*arguments)  # the first start compiles the knowledge base, and may parse YAML
    assert not modules_after(*arguments) & set(HEAVY)


def test_importing_the_command_line_loads_nothing_at_all() -> None:
    code = "import sys, advisor.cli; print(' '.join(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert not loaded & {*HEAVY, "msgspec", "argparse", "rapidfuzz"}


def test_the_controller_of_the_probes_loads_no_framework() -> None:
    code = "import sys, probes.run\nprint(' '.join(sorted({n.split('.')[0] for n in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert not set(done.stdout.split()) & {"torch", "tensorflow", "jax", "numpy", "yaml", "textual"}
