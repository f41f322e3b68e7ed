"""The claims ledger as a page: by topic, verdict first; contradictions side by side."""

from __future__ import annotations

from itertools import groupby, zip_longest

from advisor.documents.claims import ClaimItem, Claims, Tested

from .escaping import escape
from .page import Line, cells, title, wrap

GAP = "  "
NARROWEST_COLUMN = 22


def claims_page(document: Claims, width: int) -> list[Line]:
    """Return the lines of the page."""
    lines: list[Line] = []
    for topic, items in groupby(document.claims, lambda item: item.topic):
        group = list(items)
        lines += [title(f"{topic} ({len(group)})")]
        for item in group:
            lines += [*_claim(item, width), ""]
    return [*lines, (("faint", _foot(document)[:width]),)]


def _foot(document: Claims) -> str:
    counts = [f"{number} {verdict}" for verdict, number in document.verdicts.items() if number]
    total = len(document.claims)
    return f"{total} claim{'' if total == 1 else 's'}" + (f": {', '.join(counts)}" * bool(counts))


def _claim(item: ClaimItem, width: int) -> list[Line]:
    lines: list[Line] = [
        (("strong", line),) for line in wrap(f"{item.verdict}: {item.claim}", width, rest=GAP)
    ]
    lines += wrap(f"Why: {item.reason}", width, first=GAP, rest=GAP)
    lines += wrap(f"Today: {item.today}", width, first=GAP, rest=GAP)
    return lines + [(("faint", line),) for line in wrap(facts_of(item), width, first=GAP, rest=GAP)]


def facts_of(item: ClaimItem) -> str:
    """Return id, age, evidence and how to test a claim, in one sentence."""
    parts = [item.id, item.as_of + (", due for review" if item.due else "")]
    if item.seeds:
        parts.append(f"said in {_counted(len(item.seeds), 'place')}")
    parts.append(_counted(len(item.sources), "source"))
    if item.contradicts:
        parts.append(f"opposite of {', '.join(item.contradicts)}")
    if item.tested_by:
        parts.append(
            tested_words(item.tested) if item.tested else f"test it: workload {item.tested_by}"
        )
    return " · ".join(parts)


def tested_words(tested: Tested) -> str:
    """Return the last local result."""
    return (
        f"measured here {tested.measured_on[:10]}: {tested.workload} on {tested.device}, "
        f"PyTorch ÷ TensorFlow {tested.ratio:.2f} ({tested.low:.2f} to {tested.high:.2f}), "
        f"PyTorch {tested.verdict}"
    )


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def contradictions_page(document: Claims, width: int) -> list[Line]:
    """Return pairs of claims that say the opposite, side by side."""
    by_id = {item.id: item for item in document.claims}
    wide = (width - 2 * len(GAP)) // 2
    lines: list[Line] = []
    for first, second in document.contradictions:
        pair = [by_id[first], by_id[second]]
        if wide < NARROWEST_COLUMN:
            for item in pair:
                lines += _claim(item, width)
        else:
            columns = [_column(item, wide) for item in pair]
            lines += [
                "".join(GAP + text + " " * (wide - cells(text)) for text in texts).rstrip()
                for texts in zip_longest(*columns, fillvalue="")
            ]
        lines.append("")
    number = len(document.contradictions)
    return [*lines, (("faint", _counted(number, "contradiction")),)]


def _column(item: ClaimItem, wide: int) -> list[str]:
    return [
        *wrap(f"{item.verdict}: {item.claim}", wide),
        *wrap(f"Today: {item.today}", wide),
        *wrap(f"[{item.id}]", wide),
    ]


def claims_markdown(document: Claims, *, contradictions: bool = False) -> str:
    """Return the ledger as Markdown tables."""
    by_id = {item.id: item for item in document.claims}
    if contradictions:
        lines = ["# Claims that contradict each other", "", "| one | the other |", "|---|---|"]
        for pair in document.contradictions:
            said = (f"{by_id[one].verdict}: {by_id[one].claim}" for one in pair)
            lines.append(f"| {' | '.join(map(escape, said))} |")
        return "\n".join(lines) + "\n"
    lines = ["# Claims", "", _foot(document), ""]
    for topic, items in groupby(document.claims, lambda item: item.topic):
        lines += [f"## {escape(topic)}", ""]
        lines += ["| claim | verdict | why | today | as of |", "|---|---|---|---|---|"]
        for item in items:
            cells_of = (item.claim, item.verdict, item.reason, item.today, item.as_of)
            lines.append(f"| {' | '.join(map(escape, cells_of))} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
