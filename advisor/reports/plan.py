"""Which builds would work on a machine, and why the others would not, as part of a page."""

from __future__ import annotations

from collections.abc import Iterable

from probes.frameworks.plan import Planned

from .page import Line, bullet, title


def plan_page(plan: Iterable[Planned], width: int) -> list[Line]:
    """Return the lines of a plan: first what works, with its command."""
    plan = tuple(plan)
    lines: list[Line] = ["", title("What could be installed here")]
    for planned in plan:
        if planned.answer == "no":
            continue
        jit = f" ({planned.why})" if planned.why else ""
        lines += bullet(f"{_subject(planned)}{jit}", width, "+")
        lines += bullet(planned.command, width, "→", indent=4)
    lines += ["", title("What could not")]
    for planned in plan:
        if planned.answer == "no":
            lines += bullet(f"{_subject(planned)}: {planned.why}.", width, "−")
    return lines


def _subject(planned: Planned) -> str:
    return f"{planned.title}, on {planned.card}" if planned.card else planned.title
