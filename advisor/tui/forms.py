"""Forms in which something can be written to a file: what each is for, its name, its text."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from advisor.documents.advice import Advice
from knowledge.base import Knowledge
from knowledge.text import printable


class Form(NamedTuple):
    """One form; `make` returns the text when it is to be written."""

    title: str
    what: str
    file: str
    make: Callable[[], str]


def advice_forms(advice: Advice, knowledge: Knowledge) -> dict[str, Form]:
    """Return the forms of an advice: a decision record, a web page, or the document itself."""
    return {
        "markdown": Form(
            "Markdown",
            "a decision record to put into the repository",
            "decision.md",
            partial(_markdown, advice, knowledge),
        ),
        "html": Form(
            "HTML",
            "the same as a page to send around",
            "decision.html",
            partial(_html, advice, knowledge),
        ),
        "json": Form(
            "JSON", "the whole document, for scripts", "advice.json", partial(json_text, advice)
        ),
    }


def _markdown(advice: Advice, knowledge: Knowledge) -> str:
    from advisor.reports.markdown import decision_record

    return printable(decision_record(advice, knowledge), lines=True)


def _html(advice: Advice, knowledge: Knowledge) -> str:
    from advisor.reports.html import decision_page

    return printable(decision_page(advice, knowledge), lines=True)


def json_text(document: Struct) -> str:
    """Return a document as JSON, as the command line writes it."""
    import msgspec

    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"
