"""The inventory of this machine as rows, in the words in which the command line tells it.

What is not there gets no row, or the calmest one: most machines have no graphics card.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from advisor.reports.cards import MOST_CARDS, card_rows, headline, tpu_words
from advisor.reports.machine import machine_rows
from advisor.reports.readings import words_of
from probes.frameworks.cards import rows

from ..pages.pieces import Rows
from ..widgets.rows import MUTED, Row, row
from ..wording import LONGEST, brief

if TYPE_CHECKING:
    from probes.evidence import Reading

CARD, NO_CARD = "graphics card", "none found"
LABEL = 15
"""Columns of the longest name of a fact; the inventory also stands in a narrow column."""


def inventory_rows(hardware: Mapping[str, Reading], variables: Mapping[str, str]) -> Rows:
    """Return the inventory; `variables` are those that hide or choose devices."""
    facts = [*machine_rows(hardware), *_accelerators(hardware)]
    facts += [("variable", f"{name}={value!r}") for name, value in variables.items()]
    return [_fact(label, words) for label, words in facts]


def _fact(label: str, words: str) -> tuple[None, Row]:
    important = label == CARD and words != NO_CARD
    said = (brief(words, LONGEST), "bold" if important else "")
    return None, row((f"{brief(label):<{LABEL}}  ", MUTED), said)


def _accelerators(hardware: Mapping[str, Reading]) -> Iterator[tuple[str, str]]:
    reading = hardware.get("gpus")
    if reading is not None and not reading.available:
        yield CARD, NO_CARD if reading.status == "absent" else words_of("gpus", reading)
    elif reading is not None:
        cards = rows(reading)
        for card in cards[:MOST_CARDS]:
            yield CARD, headline(card)
            yield from card_rows(card)
        if len(cards) > MOST_CARDS:
            yield CARD, f"and {len(cards) - MOST_CARDS} more"
    tpu = hardware.get("tpu")
    if tpu is not None and tpu.status != "absent":
        yield "TPU", tpu_words(tpu)
