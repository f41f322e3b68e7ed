"""The page of the result in the terminal interface names what a move would mean."""

from __future__ import annotations

from advisor.engine.tables import Tables
from advisor.explain.advice import advise
from advisor.facts.fact import Fact
from advisor.reports.migration import shown_migration
from advisor.tui.advice_rows import advice_rows

CREATED = "2026-11-20T10:00:00Z"


def lines(tables: Tables, *facts: Fact) -> dict[str, str | None]:
    advice = advise(tables, facts, created=CREATED)
    rows = advice_rows(advice, tables.knowledge)
    return {row.plain.strip(): target for target, row in rows}


def test_code_that_would_move_is_a_section_whose_rows_open_entries(tables: Tables) -> None:
    code = Fact("existing-code", "tensorflow-1", "asked")
    advice = advise(tables, (code,), created=CREATED)
    move = shown_migration(advice.migration)
    assert move is not None
    found = lines(tables, code)
    headings = [text for text in found if text.startswith(("If you move", "What staying"))]
    assert len(headings) == 1
    first = move.redesign.items[0]
    (target,) = [target for text, target in found.items() if first.text.rstrip(".") in text]
    assert target == f"entry:{first.entries[0]}"


def test_without_code_there_is_no_section(tables: Tables) -> None:
    found = lines(tables, Fact("goal", "learn", "asked"))
    assert not any(text.startswith(("If you move", "What staying", "Nearly no")) for text in found)
