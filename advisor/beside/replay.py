"""Saved advice, and what would be answered to the same today."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from advisor.documents.advice import Advice, Reason
from advisor.documents.replay import Moved, Replay
from advisor.engine.decide import decide
from advisor.engine.measured import CannotUse, Evidence, Measurement
from advisor.engine.tables import Tables
from advisor.errors import InputError
from advisor.explain.reasons import reasons_for
from knowledge.text import printable

from .standing import choice_words, standing_of

LARGEST = 20_000_000
MATERIAL = 0.0005
MOST_MOVED = 12


def read_advice(name: str) -> Advice:
    """Return saved advice; InputError says what is wrong with the file."""
    from knowledge.errors import KnowledgeError
    from knowledge.loading.strict_yaml import read_text

    try:
        text = read_text(Path(name), largest=LARGEST)
        return msgspec.json.decode(text, type=Advice)
    except KnowledgeError as error:
        raise InputError(str(error)) from None
    except (msgspec.DecodeError, RecursionError) as error:
        words = printable(str(error)).replace("`", "'")
        raise InputError(f"{name}: is no document of `fw-advisor advise --json`: {words}") from None


def evidence_of(saved: Advice) -> list[Evidence]:
    """Return the measurements and verdicts on devices that the saved advice used."""
    verdicts = {one.option: one for one in saved.cannot_use}  # one stands for each of its rules
    found: list[Evidence] = [
        CannotUse(**{name: getattr(one, name) for name in CannotUse.__struct_fields__})
        for one in verdicts.values()
    ]
    for m in saved.measured:
        if m.device in ("cpu", "gpu") and 0 < m.low <= m.ratio <= m.high:
            fields = {name: getattr(m, name) for name in Measurement.__struct_fields__}
            found.append(msgspec.convert(fields, Measurement))
    return found


def replay(
    tables: Tables,
    name: str,
    saved: Advice,
    today: Advice,
    measurements: Sequence[Evidence] = (),
) -> Replay:
    """Return how today's advice differs from the saved one, and by which terms."""
    knowledge = tables.knowledge
    option, against = _pair(tables, saved)
    now = _reasons(tables, today, option, against, measurements)
    moved = _moved(saved.reasons, now)
    counted = any(move.basis == "code" for move in saved.migration)
    identical = _core(saved, counted) == _core(today, counted)
    same = saved.knowledge.hash == today.knowledge.hash
    changed = saved.verdict.choice != today.verdict.choice
    then, current = (choice_words(a.verdict.choice, knowledge, a.ranking) for a in (saved, today))
    day = saved.created[:10]
    if identical:
        summary = f"The same as on {day}: {current}."
    elif changed:
        summary = (
            f"On {day} the answer was {then} ({saved.verdict.strength}); today it is {current}."
        )
    elif saved.verdict.strength != today.verdict.strength:
        summary = (
            f"{current} as on {day}; then {saved.verdict.strength}, today {today.verdict.strength}."
        )
    else:
        what = "some terms have moved" if moved else "something beside its terms differs"
        summary = f"{current} as on {day}, {today.verdict.strength}; {what}."
    return Replay(
        name=printable(name),
        created=saved.created,
        tool_version=saved.tool_version,
        data_version=saved.knowledge.data_version,
        then=standing_of(saved),
        identical=identical,
        same_knowledge=same,
        choice_changed=changed,
        option=option,
        against=against,
        moved=tuple(moved[:MOST_MOVED]),
        summary=summary,
    )


def _pair(tables: Tables, saved: Advice) -> tuple[str, str]:
    """Return the options whose margin the saved reasons explain, if both still exist."""
    if saved.reasons:
        pair = (saved.reasons[0].option, saved.reasons[0].against)
        if all(name in tables.options for name in pair):
            return pair
    return "", ""


def _reasons(
    tables: Tables,
    today: Advice,
    option: str,
    against: str,
    measurements: Sequence[Evidence],
) -> Sequence[Reason]:
    """Return today's terms of the margin that the saved reasons explain."""
    if not option:
        return ()
    if today.reasons and (today.reasons[0].option, today.reasons[0].against) == (option, against):
        return today.reasons
    answers = {fact.id: fact.value for fact in today.facts}
    decision = decide(tables, answers, measurements, seed=today.knowledge.seed)
    ahead, behind = (tables.options.index(name) for name in (option, against))
    return reasons_for(tables, decision, ahead, behind)


def _moved(then: Sequence[Reason], now: Sequence[Reason]) -> list[Moved]:
    before = {(r.rule, r.criterion): r for r in then}
    after = {(r.rule, r.criterion): r for r in now}
    found = []
    for key in dict.fromkeys((*before, *after)):
        old = before[key].push if key in before else 0.0
        new = after[key].push if key in after else 0.0
        if abs(new - old) >= MATERIAL:
            text = (after.get(key) or before[key]).text
            found.append(Moved(key[0], old, new, printable(text)))
    return sorted(found, key=lambda m: -abs(m.now - m.then))


def _core(advice: Advice, counted: bool) -> bytes:
    """Return what has to be the same: all but the time, the version and what stands beside.

    `counted`: the saved advice counted code, which is not at hand again; what it said of a move
    is not compared then.
    """
    plain = msgspec.structs.replace(
        advice, created="", tool_version="", replayed=None, compared=None, toward=None
    )
    return msgspec.json.encode(msgspec.structs.replace(plain, migration=()) if counted else plain)
