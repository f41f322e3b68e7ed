"""What a file of knowledge may not hold, and that the error says where it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.loading.strict_yaml import DEEPEST, LARGEST_FILE, Node, parse, read_text

from .small_base import one_line


def refused(text: str) -> str:
    with pytest.raises(KnowledgeError) as caught:
        parse(text, "file.yaml")
    assert one_line(str(caught.value))
    assert len(str(caught.value)) < 700
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "a: stands twice (first in line 1)"),
        ("a: {b: 1, b: 2}\n", 1, "b: stands twice"),
        ("a: &x 1\nb: 2\n", 1, "anchors and aliases"),
        ("a: 1\nb: *x\n", 2, "anchors and aliases"),
        ("a: 1\nb: !!python/object:os.system x\n", 2, "tag"),
        ("a: !x 1\n", 1, "tag"),
        ("a: ! 1\n", 1, "tag"),
        ("!!map\na: 1\n", 1, "tag"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("", 1, "is empty"),
        ("# nothing but a comment\n", 1, "is empty"),
        ("---\n", 1, "is empty"),
        ("a:\n\tb: 1\n", 2, "broken YAML"),
        ("a: [1, 2\n", 1, "broken YAML"),
        ("a: 'open\n", 1, "broken YAML"),
        ("a: b: c\n", 1, "broken YAML"),
        ("? [a, b]\n: 1\n", 1, "a key must be a single word"),
        ("<<: {a: 1}\na: &b 1\n", 2, "anchors"),
        ("a: 1\nb: \x07\n", 2, "U+0007"),
        ("a: 1\nb: x\x1b[31mred\n", 2, "U+001B"),
        ("a: 1\nb: x\x9bm\n", 2, "U+009B"),
        ("a: 1\n# \u202etrojan source\n", 2, "U+202E"),
        ("a: 1\n\u2066b: 2\n", 2, "U+2066"),
        ("a: 1\u2028b: 2\n", 1, "U+2028"),
        ("a: 1\x85b: 2\n", 1, "U+0085"),
        ("a: 1\nb: \ufeff2\n", 2, "U+FEFF"),
        ("a: \ud800\n", 1, "U+D800"),
        ("[" * 10_000, 1, "nested too deeply"),
        ("{a: " * 10_000, 1, "nested too deeply"),
        ("\n".join(" " * i + "-" for i in range(DEEPEST + 9)), DEEPEST + 2, "nested too deeply"),
    ],
)
def test_what_is_left_out_of_yaml_is_refused_with_its_line(
    text: str, line: int, words: str
) -> None:
    message = refused(text)
    assert message.startswith(f"file.yaml:{line}: ")
    assert words in message


def test_a_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    assert "anchors and aliases" in refused(bomb)


def test_more_values_than_any_file_needs_are_refused() -> None:
    assert "too many values" in refused("[" + "1," * 900_000 + "1]")


def test_plain_values_stay_as_they_are_written() -> None:
    document = parse("a: no\nb: 2.10\nc: 2026-11-20\nd: '1'\ne: 0x10\nf: 1_000\n", "file.yaml")
    assert isinstance(document.value, dict)
    values = {key: (node.value, node.quoted) for key, (_, node) in document.value.items()}
    assert values == {
        "a": ("no", False),
        "b": ("2.10", False),
        "c": ("2026-11-20", False),
        "d": ("1", True),
        "e": ("0x10", False),
        "f": ("1_000", False),
    }


def test_lines_are_counted_the_same_with_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb:\r\n  - x\r\n  - y\r\n")
    document = parse(read_text(path), "file.yaml")
    assert isinstance(document.value, dict)
    assert list(document.value) == ["a", "b"]
    line, items = document.value["b"]
    assert line == 2
    assert [(item.value, item.line) for item in items.value if isinstance(item, Node)] == [
        ("x", 3),
        ("y", 4),
    ]


def unreadable(path: Path) -> str:
    with pytest.raises(KnowledgeError) as caught:
        read_text(path, name="label")
    assert one_line(str(caught.value))
    return str(caught.value)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"a: 1\nb: \xff\n", "label:2: is not text (expected UTF-8)"),
        (b"a: 1\nb: \x00\n", "label:2: is not text"),
        (b"\xfe\xff\x00a", "label:1: is not text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "label:1: is not text"),
        (b"x" * (LARGEST_FILE + 1), "label: has 2,000,001 bytes (expected at most 2,000,000)"),
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(raw)
    assert unreadable(path).startswith(words)


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert unreadable(tmp_path / "pipe.yaml") == "label: is not a regular file (expected a file)"
    assert unreadable(tmp_path) == "label: is a directory (expected a file)"
    assert unreadable(tmp_path / "none") == "label: no such file or directory"
    assert unreadable(tmp_path / ("x" * 999)) == "label: file name too long"
    assert unreadable(tmp_path / "a\0b") == "label: is no name of a file"
    (tmp_path / "ring").symlink_to(tmp_path / "ring")
    assert "symbolic links" in unreadable(tmp_path / "ring")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a: 1\n")
    path.chmod(0)
    assert unreadable(path) == "label: permission denied"
