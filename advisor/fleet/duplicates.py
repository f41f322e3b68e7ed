"""One probe per machine: the newest counts, and the others are named.

Two files are the same machine if both state the same host, if they hold the same set of cards (by
their unique ids), or if they are equal byte for byte and do not state two hosts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from advisor.documents.fleet import Superseded

from .machine import Machine

Mark = tuple[str, object]


class Counted(msgspec.Struct, frozen=True):
    """The machines that count, each with a name of its own, and the probes that do not."""

    machines: tuple[Machine, ...]
    superseded: tuple[Superseded, ...]


def newest_of_each(machines: Sequence[Machine]) -> Counted:
    """Return one probe per machine, in the order of host names."""
    counted: list[Machine] = []
    superseded: list[Superseded] = []
    by_mark: dict[Mark, int] = {}
    for one in sorted(machines, key=lambda m: (m.created, m.file), reverse=True):
        known = _same(one, counted, by_mark)
        if known is None:
            known = len(counted)
            counted.append(one)
        else:
            superseded.append(_superseded(one, counted[known]))
        for mark in _marks(one):
            by_mark.setdefault(mark, known)
    ordered = sorted(counted, key=lambda m: _natural(m.host))
    return Counted(tuple(_distinct(ordered)), tuple(superseded))


def _same(one: Machine, counted: list[Machine], by_mark: dict[Mark, int]) -> int | None:
    for mark in _marks(one):
        number = by_mark.get(mark)
        if number is None:
            continue
        other = counted[number]
        two_hosts = one.known_host and other.known_host and one.host != other.host
        # Machines of one make, probed in the same second, may differ in nothing but their names.
        if mark[0] != "content" or not two_hosts:
            return number
    return None


def _marks(one: Machine) -> list[Mark]:
    """Return all by which a machine is recognised."""
    marks: list[Mark] = [("host", one.host)] if one.known_host else []
    if one.cards:
        marks.append(("cards", one.cards))
    return [*marks, ("content", one.digest)]


def _superseded(old: Machine, new: Machine) -> Superseded:
    if old.digest == new.digest:
        why = "the same probe again"
    elif old.known_host and old.host == new.host:
        why = "a newer probe of this host"
    else:
        why = "a newer probe of a machine with the same cards"
    return Superseded(old.host, old.file, old.document.created, new.file, why)


def _distinct(machines: Iterable[Machine]) -> Iterable[Machine]:
    """Give every machine a name of its own; names cut short or cleaned may have become equal."""
    used: set[str] = set()
    for one in machines:
        name, number = one.host, 1
        while name in used:
            number += 1
            name = f"{one.host} ({number})"
        used.add(name)
        yield msgspec.structs.replace(one, host=name)


def _natural(name: str) -> list[tuple[bool, int, str]]:
    """Return a key that puts node2 before node10."""
    parts: list[tuple[bool, int, str]] = []
    digits = ""
    for character in name + "\0":
        if character in "0123456789":
            digits += character
            continue
        if digits:
            parts.append((False, int(digits), ""))
            digits = ""
        parts.append((True, 0, character))
    return parts
