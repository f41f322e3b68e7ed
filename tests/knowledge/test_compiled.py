"""The compiled form is a short cut and nothing more: it is never trusted and never in the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from zlib import crc32

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import load
from knowledge.loading import compiled as form

from .small_base import SMALL, copied, loaded, write

ROOT = Path(__file__).resolve().parents[2]
VERSION = loaded(SMALL).version


def cache_file(cache: Path) -> Path:
    found = list(cache.iterdir())
    assert len(found) == 1 and found[0].suffix == ".bin", found
    return found[0]


def child(base: Path, cache: Path, *, first: str = "") -> subprocess.Popen[str]:
    """Start a process that loads a base and says its version and the modules it needed."""
    # Whoever gives up rights may not be able to import anything any more.
    needed = "import os, pwd; load(base=Path(sys.argv[1]))" if first else ""
    code = (
        f"import json, sys\nfrom pathlib import Path\nfrom knowledge.base import load\n"
        f"{needed}\n{first}\n"
        "base, cache = map(Path, sys.argv[1:])\n"
        "found = load(cache=cache, base=base)\n"
        "rules = len(found.rules)\n"
        "print(json.dumps([found.version, rules, sorted(sys.modules)]))\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(base), str(cache)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def answer(process: subprocess.Popen[str]) -> tuple[str, int, set[str]]:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0 and err == "", err
    version, rules, modules = json.loads(out)
    return version, rules, set(modules)


def test_only_a_cold_start_reads_yaml(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cold = answer(child(SMALL, cache))
    warm = answer(child(SMALL, cache))
    assert cold[:2] == warm[:2] == (VERSION, 7)
    assert "yaml" in cold[2]
    assert not {"yaml", "rapidfuzz", "knowledge.loading.validate"} & warm[2]


def test_a_warm_start_gives_the_same_entries(tmp_path: Path) -> None:
    cold = load(cache=tmp_path, base=SMALL)
    warm = load(cache=tmp_path, base=SMALL)
    for kind in ("option", "criterion", "question", "rule", "pick", "system", "source", "claim"):
        assert cold.kind(kind) == warm.kind(kind)
        assert list(cold.kind(kind)) == list(warm.kind(kind))
    assert (cold.version, cold.house, cold.overlays) == (warm.version, warm.house, warm.overlays)


def test_a_changed_file_is_noticed_even_at_the_same_length(tmp_path: Path) -> None:
    base, cache = copied(tmp_path), tmp_path / "cache"
    before = load(cache=cache, base=base)
    path = base / "systems" / "systems.yaml"
    path.write_text(path.read_text().replace('"2.10"', '"2.11"'))
    after = load(cache=cache, base=base)
    assert after.version != before.version
    assert after.systems["pytorch"].last_release.version == "2.11"  # type: ignore[union-attr]


def test_an_added_and_a_removed_file_are_noticed(tmp_path: Path) -> None:
    base, cache = copied(tmp_path), tmp_path / "cache"
    assert "added" not in load(cache=cache, base=base).sources
    text = (base / "sources" / "sources.yaml").read_text()
    one = text[: text.index("- id: second")].replace("first-source", "added")
    added = write(base, "sources/__added.yaml", one)
    assert "added" in load(cache=cache, base=base).sources
    added.write_text(one.replace("id: added", "id: again"))
    assert "again" in load(cache=cache, base=base).sources
    added.unlink()
    assert "added" not in load(cache=cache, base=base).sources


def test_the_version_follows_from_content_alone(tmp_path: Path) -> None:
    base = copied(tmp_path)
    for path in base.rglob("*.yaml"):
        os.utime(path, (1, 1))
    assert loaded(base).version == VERSION


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    cache = tmp_path_factory.mktemp("whole")
    load(cache=cache, base=SMALL)
    path = cache_file(cache)
    return path, path.read_bytes()


def check_with(whole: tuple[Path, bytes], raw: bytes) -> None:
    """Load with this as the compiled form: what comes out and what is kept must be right."""
    path, good = whole
    path.write_bytes(raw)
    found = load(cache=path.parent, base=SMALL)
    assert found.version == VERSION
    assert len(found.rules) == 7 and len(found.sources) == 2
    assert path.read_bytes() == good


LENGTHS = [0, 1, len(form.MAGIC) - 1, len(form.MAGIC), len(form.MAGIC) + 7, len(form.MAGIC) + 8]


@pytest.mark.parametrize("length", [*LENGTHS, 100, 500, -500, -2, -1])
def test_a_shortened_form_is_made_again(whole: tuple[Path, bytes], length: int) -> None:
    check_with(whole, whole[1][:length])


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_form_with_flipped_bits_is_made_again_or_unharmed(
    whole: tuple[Path, bytes], data: st.DataObject
) -> None:
    raw = bytearray(whole[1])
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    check_with(whole, bytes(raw))


@settings(deadline=None, max_examples=20)
@given(junk=st.binary(max_size=200), keep=st.booleans())
def test_foreign_content_is_replaced(whole: tuple[Path, bytes], junk: bytes, keep: bool) -> None:
    check_with(whole, (form.MAGIC if keep else b"") + junk)


def test_a_form_of_another_version_is_made_again(whole: tuple[Path, bytes]) -> None:
    check_with(whole, whole[1].replace(b"knowledge 1\n", b"knowledge 2\n", 1))


def with_header(header: object) -> bytes:
    raw = msgspec.msgpack.encode(header)
    return form.MAGIC + len(raw).to_bytes(4, "big") + crc32(raw).to_bytes(4, "big") + raw


@pytest.mark.parametrize(
    "header",
    [
        {},
        [],
        ["a", "b", "c", [], {}, {}],
        ["a", "b", "c", [], {}, {"option": [0, 10, 0]}],
        [b"\xff", "b", "c", [], {}, {}],
        "text",
    ],
)
def test_a_header_with_a_right_checksum_and_wrong_content_is_not_believed(
    whole: tuple[Path, bytes], header: object
) -> None:
    check_with(whole, with_header(header))


def test_a_header_that_is_no_text_is_not_believed(whole: tuple[Path, bytes]) -> None:
    raw = b"\x96\xa1\xff\xa1b\xa1c\x90\x80\x80"
    head = len(raw).to_bytes(4, "big") + crc32(raw).to_bytes(4, "big")
    check_with(whole, form.MAGIC + head + raw)


def test_a_form_without_all_kinds_is_not_believed(whole: tuple[Path, bytes]) -> None:
    path, good = whole
    start = len(form.MAGIC) + 8
    length = int.from_bytes(good[start - 8 : start - 4], "big")
    signature = msgspec.msgpack.decode(good[start : start + length], type=form.Header).signature
    check_with(whole, with_header([signature, "x", "2026", [], {}, {}]))
    assert form.read(path, signature) is not None
    assert form.read(path, signature + "x") is None


def test_a_directory_in_the_place_of_the_form_is_left_alone(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    load(cache=cache, base=SMALL)
    path = cache_file(cache)
    path.unlink()
    path.mkdir()
    assert load(cache=cache, base=SMALL).version == VERSION
    assert [p.name for p in cache.iterdir()] == [path.name]


def test_a_cache_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    write(tmp_path, "file", "x")
    for cache in (tmp_path / "file", tmp_path / "file" / "deeper", tmp_path / ("x" * 999)):
        version, rules, _ = answer(child(SMALL, cache))
        assert (version, rules) == (VERSION, 7)
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_cache_of_somebody_else_is_done_without() -> None:
    with tempfile.TemporaryDirectory() as folder:
        base, cache = copied(Path(folder)), Path(folder) / "cache"
        cache.mkdir(mode=0o755)
        for path in (Path(folder), *base.parent.rglob("*"), base.parent):
            path.chmod(0o755)
        become = "os.seteuid(pwd.getpwnam('nobody').pw_uid)"
        found = answer(child(base, cache, first=become))
        assert found[:2] == (VERSION, 7)
        assert list(cache.iterdir()) == []


def test_eight_first_starts_at_once_agree_and_leave_one_form(tmp_path: Path) -> None:
    processes = [child(SMALL, tmp_path / "cache") for _ in range(8)]
    assert {answer(process)[:2] for process in processes} == {(VERSION, 7)}
    good = cache_file(tmp_path / "cache").read_bytes()
    assert "yaml" not in answer(child(SMALL, tmp_path / "cache"))[2]
    assert cache_file(tmp_path / "cache").read_bytes() == good


def test_an_invalid_base_leaves_no_form_and_the_old_one_is_not_used(tmp_path: Path) -> None:
    base, cache = copied(tmp_path), tmp_path / "cache"
    load(cache=cache, base=base)
    write(base, "rules/broken.yaml", "a: [")
    with pytest.raises(Exception, match="broken YAML"):
        load(cache=cache, base=base)


def test_stray_files_do_not_disturb_a_start(tmp_path: Path) -> None:
    base, cache = copied(tmp_path), tmp_path / "cache"
    (base / "rules" / ".#rules.yaml").symlink_to("somebody@host.1234")
    (base / "rules" / "gone").symlink_to("nowhere")
    (base / "rules" / "up").symlink_to("..")
    (base / "systems" / "up").symlink_to("..")
    write(base, "rules/notes.txt", "not knowledge")
    write(base, "rules/.hidden.yaml", "broken: [")
    for _ in range(2):
        assert load(cache=cache, base=base).version == VERSION
