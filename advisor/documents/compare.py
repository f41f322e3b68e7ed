"""`fw-advisor/compare`: topics as rows, options side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from advisor.clock import now
from knowledge.base import Knowledge
from knowledge.freshness import age_of
from knowledge.model.common import Basis
from knowledge.model.feature import Feature, Support

from .head import Document, SourceItem, source_items


class Cell(msgspec.Struct, frozen=True):
    """What is so for one option; without a statement `supported` is unknown and `text` empty."""

    option: str
    supported: Support
    text: str
    note: str
    basis: Basis | None
    as_of: str | None
    sources: tuple[str, ...]


class FeatureRow(msgspec.Struct, frozen=True):
    """One topic, with a cell per option in the order asked for."""

    id: str
    title: str
    topic: str
    asks: str
    statements: tuple[Cell, ...]
    mechanism: str
    history: str
    as_of: str
    due: bool


class Compared(msgspec.Struct, frozen=True):
    """An option that is compared."""

    id: str
    name: str


class Compare(Document, frozen=True, kw_only=True):
    """The whole document."""

    schema: Literal["fw-advisor/compare"] = "fw-advisor/compare"
    options: tuple[Compared, ...]
    topics: tuple[str, ...]
    rows: tuple[FeatureRow, ...]
    sources: tuple[SourceItem, ...]


def topics_of(knowledge: Knowledge) -> tuple[str, ...]:
    """Return the topics that features are grouped by."""
    return tuple(sorted({feature.topic for feature in knowledge.kind("feature").values()}))


def compare_document(
    knowledge: Knowledge, options: Sequence[str], topics: Sequence[str] = ()
) -> Compare:
    """Return the comparison of these options, of these topics or of all."""
    features = [
        feature
        for feature in knowledge.kind("feature").values()
        if not topics or feature.topic in topics
    ]
    features.sort(key=lambda feature: (feature.topic, feature.title))
    today = now()
    rows = tuple(_row(feature, options, today) for feature in features)
    used = [name for row in rows for cell in row.statements for name in cell.sources]
    return Compare(
        options=tuple(Compared(name, knowledge.options[name].name) for name in options),
        topics=tuple(dict.fromkeys(row.topic for row in rows)),
        rows=rows,
        sources=source_items(knowledge, used),
    )


def _row(feature: Feature, options: Sequence[str], today: str) -> FeatureRow:
    said = {str(statement.option): statement for statement in feature.statements}
    cells = []
    for option in options:
        s = said.get(option)
        cells.append(
            Cell(option, "unknown", "", "", None, None, ())
            if s is None
            else Cell(option, s.supported, s.text, s.note, s.basis, s.as_of, s.sources)
        )
    return FeatureRow(
        feature.id,
        feature.title,
        feature.topic,
        feature.asks,
        tuple(cells),
        feature.mechanism,
        feature.history,
        feature.as_of,
        age_of("feature", feature, today).due,
    )
