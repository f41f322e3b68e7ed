"""The doctor's document of a look, with everything taken out that tells whose machine it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from advisor.cli.redacting import own_names
from advisor.diagnosing import doctor_document

from .forms import Form, json_text

if TYPE_CHECKING:
    from advisor.documents.doctor import Doctor
    from knowledge.base import Knowledge
    from probes.doctor.record import Record

WIDTH = 80


def doctor_forms(record: Record, knowledge: Knowledge) -> dict[str, Form]:
    """Return the forms of a doctor's report: to be read again elsewhere, or to be pasted."""
    return {
        "json": Form(
            "JSON",
            "everything, without your names: `fw-advisor probe doctor --replay` reads it",
            "doctor.json",
            lambda: json_text(redacted_document(record, knowledge)),
        ),
        "text": Form(
            "Text",
            "the same as a page to paste, for a colleague or an issue",
            "doctor.txt",
            lambda: _text(redacted_document(record, knowledge)),
        ),
    }


def redacted_document(record: Record, knowledge: Knowledge) -> Doctor:
    """Return what `probe doctor --redact --plan --json` writes for a record."""
    from probes.doctor.redact import redact

    return doctor_document(redact(record, own_names()), knowledge, with_plan=True)


def _text(document: Doctor) -> str:
    from advisor.reports.doctor import doctor_page
    from advisor.reports.page import plain
    from knowledge.text import printable

    return printable("\n".join(map(plain, doctor_page(document, WIDTH))) + "\n", lines=True)
