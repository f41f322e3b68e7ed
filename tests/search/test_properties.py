"""Whatever is typed, the same comes out again; names are found with a slip, a space or an s."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from knowledge.base import Knowledge, load
from knowledge.model.kinds import KINDS
from knowledge.search.words import WORD, camel_parts, stem, whole, words
from tests.knowledge.small_base import SMALL, copied

SMALL_BASE = load(base=SMALL)
often = settings(deadline=None, max_examples=150)
ROWS = st.sampled_from(SMALL_BASE.catalogue.rows)
NAMES = st.sampled_from(["pytorch", "tensorflow", "small-runtime", "research-favours-pytorch"])


def ids(text: str, *kinds: str, limit: int = 20) -> list[str]:
    return [hit.row.id for hit in SMALL_BASE.search(text, kinds, limit)]


@often
@given(text=st.text(max_size=80), kinds=st.lists(st.sampled_from(list(KINDS)), max_size=2))
@example(text="\x1b[31mred", kinds=[])
@example(text="x" * 10_000, kinds=[])
@example(text="tensorflow " * 900, kinds=[])
@example(text="مذكرة 🙂 ‮ pytorch", kinds=[])
@example(text="\udc80\ud800", kinds=[])
def test_a_search_ends_in_the_same_ordered_results(text: str, kinds: list[str]) -> None:
    hits = SMALL_BASE.search(text, kinds, 5)
    assert hits == SMALL_BASE.search(text, kinds, 5)
    assert len(hits) <= 5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 and hit.matched for hit in hits)
    assert all(hit.row.kind in kinds for hit in hits if kinds)
    assert all(str(match).isprintable() for hit in hits for match in hit.matched)
    assert len({(hit.row.kind, hit.row.id) for hit in hits}) == len(hits)


@often
@given(text=st.text(max_size=40), limit=st.integers(1, 10))
def test_a_lower_limit_gives_the_beginning_of_the_same_list(text: str, limit: int) -> None:
    assert SMALL_BASE.search(text, (), limit) == SMALL_BASE.search(text, (), 10)[:limit]


@often
@given(name=NAMES, data=st.data())
def test_one_slip_in_a_long_word_does_not_hide_it(name: str, data: st.DataObject) -> None:
    word = max(words(name), key=len)
    place = data.draw(st.integers(1, len(word) - 2))
    kind = data.draw(st.sampled_from(["swap", "leave out", "double", "other"]))
    rest = word[place + 1 :]
    typed = {
        "swap": word[:place] + rest[:1] + word[place] + rest[1:],
        "leave out": word[:place] + rest,
        "double": word[: place + 1] + word[place] + rest,
        "other": word[:place] + "q" + rest,
    }[kind]
    assert name in ids(typed) or any(word in words(hit) for hit in ids(typed))


@often
@given(row=ROWS, data=st.data())
def test_a_name_is_found_while_it_is_typed(row: object, data: st.DataObject) -> None:
    name = row.id  # type: ignore[attr-defined]
    length = data.draw(st.integers(4, len(name))) if len(name) > 4 else len(name)
    assert name in ids(name[:length], row.kind)  # type: ignore[attr-defined]


@often
@given(row=ROWS)
def test_a_name_is_found_with_spaces_without_and_in_capitals(row: object) -> None:
    name, kind = row.id, row.kind  # type: ignore[attr-defined]
    assume("-" in name)
    for typed in (name.replace("-", " "), name.upper(), name.title().replace("-", "")):
        assert name in ids(typed, kind, limit=5), typed


@pytest.mark.parametrize(
    "family",
    [
        ("model", "models"),
        ("library", "libraries"),
        ("serve", "serving", "served", "server", "servers"),
        ("train", "training", "trained", "trainer"),
        ("debug", "debugging", "debugger"),
        ("quantization", "quantisation"),
        ("batch", "batches"),
    ],
)
def test_forms_of_a_word_share_a_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


def test_names_that_look_like_plurals_stay_whole() -> None:
    for name in ("keras", "jax", "pandas", "macos", "axis"):
        assert stem(name) == name


def test_names_are_the_same_with_and_without_spaces() -> None:
    assert whole(["tf", "lite"]) == whole(["tflite"]) == whole(["tf", "lites"])
    assert camel_parts("TensorBoard on TFLite") == ["tensor", "board", "lite"]
    assert words("Größe, Café-Müller") == ["grosse", "cafe", "muller"]


@often
@given(text=st.text(max_size=60))
def test_words_are_small_short_and_found_again(text: str) -> None:
    found = words(text)
    assert all(len(word) <= 40 and WORD.fullmatch(word) for word in found)
    assert words(" ".join(found)) == found


def test_an_added_entry_is_found_at_the_next_start(tmp_path: Path) -> None:
    base = copied(tmp_path)
    before = load(cache=tmp_path / "cache", base=base)
    assert not before.search("zebrafish")
    path = base / "systems" / "systems.yaml"
    path.write_text(path.read_text().replace("name: Small runtime", "name: Zebrafish runtime"))
    after: Knowledge = load(cache=tmp_path / "cache", base=base)
    assert after.search("zebrafish")[0].row.id == "small-runtime"
