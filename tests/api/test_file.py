"""`api --file`: every use in a file, by its syntax tree; the file is never run."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from advisor.cli import main
from advisor.documents.api_file import api_file_document, method_names, starred_names
from advisor.documents.schemas import schema
from advisor.source.uses import Uses, read_uses
from knowledge.base import Knowledge

SOURCE = '''\
import os
import numpy as np
import tensorflow as tf
import tensorflow.compat.v1 as tf1
import tensorflow.keras.layers as L
from tensorflow import keras as K
from tensorflow.keras.layers import Dense as Full, Conv2D
import torch.nn.functional as F
from torch import nn

"""tf.nn.relu in a text is no use"""


class Net(nn.Module):
    act = F.softmax

    def forward(self, x):
        import torch
        y = torch.cat([x, x.view(3)], dim=1)
        return self.act(y).split(",")


layers = tf.keras.layers
a = layers.Dense(3)
b = L.Dense(3)
c = K.layers.Dense(3)
d = Full(3)
e = tf1.placeholder(tf.float32)
f = np.mean([1])
g = tf.made_up_name(1)
h = tf.keras.layers.Dense.from_config({})
i = tf.nn.softmax(x).numpy()
'''


def uses_of(path: Path, text: str, knowledge: Knowledge) -> Uses:
    path.write_text(text)
    symbols = knowledge.symbols
    return read_uses(path, method_names(symbols), starred_names(symbols))


def test_names_are_followed_to_what_they_stand_for(tmp_path: Path, knowledge: Knowledge) -> None:
    uses = uses_of(tmp_path / "code.py", SOURCE, knowledge)
    found = {(use.line, use.symbol) for use in uses.uses}
    lines = {text: n for n, text in enumerate(SOURCE.splitlines(), 1)}

    def at(text: str) -> int:
        return next(n for line, n in lines.items() if text in line)

    assert (at("class Net"), "torch.nn.Module") in found
    assert (at("torch.cat"), "torch.cat") in found
    for text in ("a = ", "b = L", "c = K", "d = Full"):
        symbols = {s for line, s in found if line == at(text)}
        assert (
            symbols
            <= {
                "tensorflow.keras.layers.Dense",
            }
            and symbols
        ), text
    assert (at("e = "), "tensorflow.compat.v1.placeholder") in found
    assert (at("e = "), "tensorflow.float32") in found
    assert not any("numpy" in symbol or "relu" in symbol for _, symbol in found)
    assert [method.name for method in uses.methods if method.name == "split"] == []


def test_the_document_has_its_denominator(
    tmp_path: Path, knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.py"
    path.write_text(SOURCE)
    assert main(["api", "--file", str(path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    jsonschema.validate(document, schema("api-file"))
    assert document["known"] + document["unknown"] == len(document["uses"])
    assert sum(document["by_status"].values()) == len(document["uses"])
    assert "tf.made_up_name" in {item["symbol"] for item in document["unknown_symbols"]}
    by_written = {use["written"]: use for use in document["uses"]}
    assert by_written["tf.keras.layers.Dense.from_config"]["symbol"] == "keras.layers.Dense"
    assert by_written["layers.Dense"]["equivalent"].startswith("torch.nn.")
    assert main(["api", "--file", str(path)]) == 0
    assert "Read, not run." in capsys.readouterr().out


def test_one_side_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "code.py"
    path.write_text(SOURCE)
    assert main(["api", "--file", str(path), "--from", "torch", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert {use["framework"] for use in document["uses"]} == {"pytorch"}


def test_star_imports_are_flagged_and_their_names_resolved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "code.py"
    path.write_text("from tensorflow.keras.layers import *\nx = Dense(3)\ny = Mine(3)\n")
    assert main(["api", "--file", str(path), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["stars"] == [{"line": 1, "module": "tensorflow.keras.layers"}]
    assert [use["symbol"] for use in document["uses"]] == ["keras.layers.Dense"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("import tensorflow as tf\nprint 'x'\n", ":2: is no Python 3"),
        ("def f(:\n", ":1: is no Python 3"),
        ("x = " + "(" * 5000, "no Python 3"),
        ("a\x00b", ""),
    ],
)
def test_what_is_no_python_3_is_one_line(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.py"
    path.write_text(text)
    assert main(["api", "--file", str(path)]) == 2
    said = capsys.readouterr().err
    assert words in said and said.count("\n") == 1


def test_nothing_of_the_file_is_run(tmp_path: Path) -> None:
    path = tmp_path / "code.py"
    path.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nimport torch\n")
    assert main(["api", "--file", str(path)]) == 0
    assert not (tmp_path / "ran").exists()


def test_every_use_in_two_thousand_lines_is_found(tmp_path: Path, knowledge: Knowledge) -> None:
    names = knowledge.symbols.names
    lines = ["import tensorflow as tf", "import keras", "import torch"]
    roots = ("tf.", "keras.", "torch.")
    usable = [n for n in names if n.startswith(roots) and n.split(".")[-1].isidentifier()]
    while len(lines) < 2000:
        name = usable[len(lines) * 7 % len(usable)]
        lines.append(f"v{len(lines)} = {name}(x, axis=1) + x.view({len(lines)}).other(3)")
    text = "\n".join(lines)
    uses = uses_of(tmp_path / "code.py", text, knowledge)
    document = api_file_document(knowledge, "code.py", uses)
    assert document.known == len(document.uses) == 1997
    assert document.unknown == 0
