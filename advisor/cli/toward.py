"""`advise --toward OPTION`: what would have to be different for it to come first."""

from __future__ import annotations

import msgspec

from advisor.beside.toward import toward_part
from advisor.cli.given import Given
from advisor.documents.advice import Advice
from advisor.engine.tables import Tables
from advisor.errors import InputError
from knowledge.errors import nearest, shortened


def pointed(tables: Tables, option: str, advice: Advice, found: Given) -> Advice:
    """Return the advice with what would put `option` first; InputError if there is none such."""
    part = toward_part(tables, _named(tables, option), advice, found.measurements)
    return msgspec.structs.replace(advice, toward=part)


def _named(tables: Tables, text: str) -> str:
    """Return the option a person means, by id or name."""
    names = {option: option for option in tables.options}
    names |= {tables.knowledge.options[o].name.lower(): o for o in tables.options}
    word = text.strip().lower()
    if word in names:
        return names[word]
    near = nearest(word, tables.options)
    hint = f"; did you mean {near!r}?" if near else ""
    raise InputError(
        f"--toward: unknown option {shortened(text)!r} (one of {', '.join(tables.options)}){hint}"
    )
