"""Paths and files that are no code: named, never followed in circles, never run."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.cli import main

from .conftest import TF2, Advise

Tree = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("compiled_once")


def why(document: dict[str, object], part: str) -> str:
    ignored = document["ignored"]
    assert isinstance(ignored, list)
    return next(item["why"] for item in ignored if part in item["said"])


@pytest.mark.parametrize("name", ["no-such-place", "", "a\0b", "x" * 5000, "\x1b[31m"])
def test_a_path_that_is_not_there_is_one_clear_line(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("advise", "--code", name)) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "--code" in said.err
    assert "\x1b" not in said.err


def test_a_pipe_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    assert main(("advise", "--code", str(tmp_path / "pipe.py"))) == 2
    assert "neither a file nor a directory" in capsys.readouterr().err


def test_an_empty_directory_and_code_without_a_framework_are_named(
    advise: Advise, tree: Tree, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    document = advise("--code", empty)
    assert why(document, "empty") == "holds no Python file"
    assert document["facts"] == [] and document["migration"] == []
    document = advise("--code", tree(plain="import os\n"))
    assert why(document, "--code") == "none of 1 files imports a framework"


def test_broken_and_binary_files_are_named_and_the_rest_is_read(advise: Advise, tree: Tree) -> None:
    root = tree(good=TF2, broken="import tensorflow as tf\ndef (", old="import torch\nprint 'x'\n")
    (root / "binary.py").write_bytes(b"torch\x00\xff\xfe" * 10)
    (root / "book.ipynb").write_text('{"cells": [{"cell_type": "code", "source": 3}], "torch": 1}')
    (root / "list.ipynb").write_text('["torch"]')
    (root / "deep.py").write_text("import torch\nx = " + "(" * 3000 + ")" * 3000)
    document = advise("--code", root)
    assert "is no Python 3: line 2" in why(document, "broken.py")
    assert "is no Python 3" in why(document, "old.py")
    assert why(document, "binary.py")
    assert why(document, "book.ipynb") == why(document, "list.ipynb") == "is no notebook"
    assert why(document, "deep.py")
    assert document["facts"][0]["value"] == "tensorflow-2"
    assert document["migration"][0]["files"] == 1


def test_links_are_not_followed_in_circles(advise: Advise, tree: Tree) -> None:
    root = tree(one=TF2)
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "again.py").symlink_to(root / "one.py")
    (root / "dead.py").symlink_to(root / "nowhere.py")
    (root / "self.py").symlink_to(root / "self.py")
    document = advise("--code", root)
    assert document["migration"][0]["files"] == 1
    assert document["ignored"] == []


def test_other_peoples_code_is_left_out(advise: Advise, tree: Tree) -> None:
    root = tree(one=TF2)
    for folder in ("node_modules", ".venv", "mine/lib/site-packages", "own"):
        (root / folder).mkdir(parents=True)
        (root / folder / "two.py").write_text("import torch\ntorch.relu(1)\n")
    (root / "own" / "pyvenv.cfg").write_text("")
    assert "also pytorch" not in advise("--code", root)["facts"][0]["said"]


def test_many_broken_files_are_counted_not_listed(advise: Advise, tree: Tree) -> None:
    root = tree(**{f"f{n}": "import torch\nprint 'x'\n" for n in range(30)})
    document = advise("--code", root)
    assert len(document["ignored"]) == 12
    assert why(document, "20 more files") == "cannot be read as code"


def test_the_code_is_never_run(advise: Advise, tree: Tree, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    text = f"import torch, pathlib\npathlib.Path({str(marker)!r}).touch()\ntorch.relu(1)\n"
    advise("--code", tree(one=text))
    assert not marker.exists()
