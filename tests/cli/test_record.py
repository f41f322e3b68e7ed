"""The decision record shows hostile text as text: no table breaks, no HTML gets in."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from advisor.documents.advice import Advice
from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.facts.fact import Fact, Ignored
from advisor.reports.html import decision_page
from advisor.reports.markdown import decision_record, escape
from advisor.reports.text import advice_page
from knowledge.base import Knowledge
from tests.knowledge.small_base import SMALL, loaded, write

HOSTILE = "a | b\n| c `d` <script>alert(1)</script> <b>*x*</b> ![i](j) [k](l) &lt; # h\n- m\\"


class Tags(HTMLParser):
    """Collects the elements of a page and the attributes that name an address."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)


def tags(page: str) -> Tags:
    parser = Tags()
    parser.feed(page)
    return parser


def advice_of(knowledge: Knowledge) -> Advice:
    facts = [
        Fact("goal", "research", "text", HOSTILE),
        Fact("targets", ("phone", "server"), "file", HOSTILE),
    ]
    ignored = [Ignored(HOSTILE, HOSTILE)]
    made = advise(
        Tables(knowledge),
        facts,
        created="2026-11-20T10:00:00Z",
        ignored=ignored,
        warnings=[HOSTILE],
        samples=60,
    )
    measured = msgspec.convert(
        {
            **dict.fromkeys(("rule", "device", "verdict"), "x"),
            **dict.fromkeys(("pytorch_arm", "tensorflow_arm", "workload", "measured_on"), HOSTILE),
            "ratio": 1.0,
            "low": 0.5,
            "high": 2.0,
            "origin": HOSTILE,
        },
        type=type_of_measured(),
    )
    return msgspec.structs.replace(made, measured=(measured,))


def type_of_measured() -> type:
    from advisor.documents.advice import Measured

    return Measured


TEXTS = re.compile(r"\b(name|title|what|text|why|ask|label): [^,{}\n]+")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The small base with an overlay in which every text is hostile."""
    folder = tmp_path_factory.mktemp("overlays") / "<b>|`house"
    quoted = '"' + HOSTILE.replace("\\", "\\\\").replace("\n", "\\n") + '"'
    for path in sorted(SMALL.rglob("*.yaml")):
        text = path.read_text()
        text = TEXTS.sub(lambda found: f"{found.group(1)}: {quoted}", text)
        text = text.replace("https://example.org/notes", "https://x/><script>alert(1)</script>|`")
        write(folder, str(path.relative_to(SMALL)), text)
    return loaded(SMALL, folder)


ALLOWED = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "a"}
ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td", "code", "pre", "strong"}
ALLOWED |= {"svg", "desc", "text", "rect", "polyline", "circle"}  # charts of what was measured


def test_the_record_of_hostile_texts_holds_no_element_of_theirs(house: Knowledge) -> None:
    advice = advice_of(house)
    page = decision_page(advice, house)
    found = tags(page)
    assert found.found <= ALLOWED
    assert all(address.startswith(("https://x/%3E", "pkg:")) for address in found.addresses)
    assert "<script" not in page
    # Also where HTML is allowed in Markdown, as in many places that show such files.
    loose = MarkdownIt("gfm-like", {"linkify": False}).render(decision_record(advice, house))
    assert tags(loose).found <= ALLOWED


def test_hostile_texts_break_no_table(house: Knowledge) -> None:
    record = decision_record(advice_of(house), house)
    tokens = MarkdownIt("commonmark").enable("table").parse(record)
    widths: list[int] = []
    tables = 0
    for token in tokens:
        if token.type == "table_open":
            tables += 1
            widths = []
        elif token.type == "tr_open":
            widths.append(0)
        elif token.type in ("th_open", "td_open"):
            widths[-1] += 1
        elif token.type == "table_close":
            assert len(set(widths)) == 1
    assert tables == 4
    headings = [line for line in record.splitlines() if line.startswith("#")]
    assert all(re.fullmatch(r"# Framework decision|## [A-Z][a-z ]+", line) for line in headings)


def test_the_text_page_holds_hostile_texts_without_harm(house: Knowledge) -> None:
    from advisor.reports.page import cells, plain

    for width in (40, 79, 100):
        for line in advice_page(advice_of(house), house, width):
            assert "\n" not in plain(line)
            assert cells(plain(line)) <= width


def test_the_command_of_a_record_is_one_line_of_shell(house: Knowledge) -> None:
    import shlex

    record = decision_record(advice_of(house), house)
    block = record.split("```sh\n")[1].split("\n```")[0]
    assert "\n" not in block
    assert shlex.split(block)[:4] == ["fw-advisor", "advise", "--knowledge", "<b>|`house"]


@given(st.text(st.sampled_from("ab1.)-+=*_`<>|#[]()!\\&;~\n\t \u202e\x1b{}:/\"'"), max_size=30))
def test_an_escaped_text_is_one_plain_paragraph(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(f"- x {escaped} y")
    assert tags(rendered).found == {"ul", "li"}
    in_table = MarkdownIt("commonmark").enable("table").parse(f"|a|b|\n|-|-|\n|{escaped}|c|\n")
    assert sum(token.type == "td_open" for token in in_table) == 2
    alone = MarkdownIt("commonmark").parse(f"- {escaped}")
    assert [t.type for t in alone if t.type.endswith("_open")] in (
        ["bullet_list_open", "list_item_open", "paragraph_open"],
        ["bullet_list_open", "list_item_open"],
    )


def test_records_are_the_same_every_time(tmp_path: Path) -> None:
    knowledge = loaded(SMALL)
    first, second = (decision_record(advice_of(knowledge), knowledge) for _ in range(2))
    assert first == second
