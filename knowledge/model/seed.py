"""The documents the knowledge base starts from: an index of every place that makes a statement."""

from __future__ import annotations

from .common import Entry, Id, Part


class Section(Part, frozen=True):
    """A section of a seed and its items: table cells, bullets, figures, snippets, sentences.

    Items are short names of our own (not the text), unique within the section.
    """

    id: Id
    title: str
    items: tuple[Id, ...]


class Seed(Entry, frozen=True):
    """One document, with everything in it that a claim has to account for."""

    title: str
    file: str
    about: str
    sections: tuple[Section, ...]
