"""Entries age by area, on the day the clock says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from knowledge.base import Knowledge
from knowledge.freshness import age_of, ago, day

from .conftest import Run


def due(run: Run) -> dict[str, Any]:
    _, out, _ = run("kb", "stale", "--json")
    return {entry["id"]: entry for entry in json.loads(out)["entries"]}


def test_hardware_is_due_after_90_days_and_the_ecosystem_after_180(run: Run) -> None:
    found = due(run)
    assert set(found) == {"old-server", "topic-serving", "old-server-serves-pytorch"}
    assert found["old-server"]["overdue"] == found["old-server"]["days"] - 90
    assert found["topic-serving"]["overdue"] == found["topic-serving"]["days"] - 180


def test_later_everything_but_records_is_due(
    run: Run, small: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1858240800")  # two years on
    found = due(run)
    aging = {row.id for row in small.catalogue.rows if row.kind not in ("seed", "source")}
    assert set(found) == aging


def test_a_page_says_that_it_is_old(run: Run) -> None:
    assert "checked 6 months ago, due for review" in run("show", "old-server")[1]
    assert "checked today" in run("show", "term-eager")[1]


def test_the_last_day_is_still_in_time(small: Knowledge) -> None:
    entry = small.systems["old-server"]
    assert not age_of("system", entry, "2026-08-30").due
    assert age_of("system", entry, "2026-08-31").due
    assert age_of("system", entry, "2020-01-01").days == 0


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2026", "2026-01-01"),
        ("2026-03", "2026-03-01"),
        ("2026-02-30", "2026-02-01"),
        ("2026-11-20T10:00:00Z", "2026-11-20"),
    ],
)
def test_incomplete_days_count_from_their_beginning(text: str, first: str) -> None:
    assert day(text).isoformat() == first


def test_ages_in_words() -> None:
    said = [ago(days) for days in (0, 1, 59, 60, 365)]
    assert said == ["today", "1 day ago", "59 days ago", "2 months ago", "12 months ago"]
