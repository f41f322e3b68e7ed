"""What the knowledge commands print, as golden texts at a fixed clock."""

from __future__ import annotations

import pytest

from advisor.reports.page import cells
from knowledge.base import Knowledge

from .conftest import Run, is_golden

COMMANDS = {
    "search": ("search", "servng", "of", "models"),
    "search-nothing": ("search", "zzzzzzzz"),
    "show-system": ("show", "old-server"),
    "show-option": ("show", "pytorch"),
    "show-feature": ("show", "topic-memory"),
    "show-claim": ("show", "tf-takes-less"),
    "show-rule": ("show", "research-favours-pytorch"),
    "show-veto": ("show", "amd-has-no-tensorflow"),
    "show-question": ("show", "goal"),
    "show-figure": ("show", "figure-matmul"),
    "show-case": ("show", "case-phone"),
    "show-adopter": ("show", "adopter-example"),
    "show-source": ("show", "relayed-source"),
    "compare": ("compare",),
    "compare-three": ("compare", "tensorflow", "keras", "pytorch", "--topic", "performance"),
    "claims": ("claims",),
    "claims-contradictions": ("claims", "--contradictions"),
    "stats": ("kb", "stats"),
    "stale": ("kb", "stale"),
}
MARKDOWN = {
    "show-feature": ("show", "topic-memory"),
    "compare": ("compare", "pytorch", "tensorflow"),
    "claims": ("claims", "--topic", "memory"),
    "claims-contradictions": ("claims", "--contradictions"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_page_is_as_agreed_and_fits_its_width(
    name: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(*COMMANDS[name])
    assert (code, err) == (0, "")
    assert max(cells(line) for line in out.splitlines()) <= 80
    is_golden(out, f"{name}.txt")
    for width in (45, 60, 100, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        code, out, err = run(*COMMANDS[name])
        assert (code, err) == (0, "")
        assert max(cells(line) for line in out.splitlines()) <= width


@pytest.mark.parametrize("name", MARKDOWN)
def test_the_markdown_is_as_agreed(name: str, run: Run) -> None:
    code, out, err = run(*MARKDOWN[name], "--format", "markdown")
    assert (code, err) == (0, "")
    is_golden(out, f"{name}.md")


def test_every_entry_of_every_kind_has_a_page(small: Knowledge, run: Run) -> None:
    for row in small.catalogue.rows:
        for form in ("text", "markdown"):
            code, out, err = run("show", row.id, "--format", form)
            assert (code, err) == (0, ""), row
            assert row.id in out.replace("\\", "") and "None" not in out, row
