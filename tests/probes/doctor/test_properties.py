"""Whatever stands in a file: one error that names it, or a page with nothing raw in it."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from msgspec.json import encode

from advisor.documents.doctor import Doctor
from advisor.reports.doctor import doctor_page
from advisor.reports.page import plain
from knowledge.text import has_control_characters, printable
from probes.doctor.diagnose import diagnose
from probes.doctor.record import Record, read_record
from probes.errors import ProbeError

from .recorded import names, raw, recorded

STRANGE: list[Any] = [
    None,
    "",
    -1,
    10**25,
    1e308,
    True,
    [],
    {},
    "\x1b[2J\u202e\x07",
    "x" * 5000,
    [[]],
    {"name": {}},
    "{framework}",
]


def page(record: Record) -> list[str]:
    diagnosis = diagnose(record)
    document = Doctor(
        data_version="test",
        frameworks=diagnosis.frameworks,
        plan=tuple(diagnosis.plan),
        record=record,
        replayed=True,
    )
    return [plain(line) for line in doctor_page(document, 80)]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value inside ``value``."""
    items: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        items = list(value.items())
    elif isinstance(value, list):
        items = list(enumerate(value))
    found = [path] if path else []
    for key, item in items:
        found += places(item, (*path, key))
    return found


def mutate(document: dict[str, Any], generator: random.Random) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    for _ in range(generator.randint(1, 4)):
        ways = places(changed)
        way = generator.choice(ways)
        holder: Any = changed
        for step in way[:-1]:
            holder = holder[step]
        if generator.random() < 0.3:
            del holder[way[-1]]
        else:
            holder[way[-1]] = copy.deepcopy(generator.choice(STRANGE))
    return changed


@pytest.mark.parametrize("name", names())
def test_a_damaged_file_is_judged_or_refused_in_one_line(name: str) -> None:
    generator = random.Random(name)
    judged = 0
    for _ in range(30):
        damaged = mutate(raw(name)["record"], generator)
        damaged["schema"] = "fw-advisor/doctor-record"
        try:
            record = read_record(encode(damaged), "file.json")
        except ProbeError as error:
            assert "\n" not in str(error)
            continue
        judged += 1
        assert page(record)
    assert judged, "every mutation was refused: nothing was tested"


@pytest.mark.parametrize("name", names())
def test_verdicts_and_reasons_carry_no_control_characters(name: str) -> None:
    for report in diagnose(recorded(name).record).frameworks.values():
        for reason in report.reasons:
            for text in (reason.code, reason.text, reason.fix, reason.raw):
                assert not has_control_characters(text)
        for device in report.devices:
            assert not has_control_characters(device.name)


def test_the_page_says_nothing_raw_of_a_hostile_machine() -> None:
    lines = page(recorded("hostile-words").record)
    written = "\n".join(printable(line) for line in lines)
    assert "CARD" in written
    assert "\x1b" not in written and "\x07" not in written and "\u202e" not in written


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"schema": "x"}', b"\xff\xfe"])
def test_what_is_no_record_is_refused(content: bytes) -> None:
    with pytest.raises(ProbeError) as refused:
        read_record(content, "file.json")
    assert str(refused.value).startswith("file.json: ")


def test_a_record_replays_to_the_same_verdicts_after_a_round_trip() -> None:
    record = recorded("nvidia-driver-too-old").record
    again = read_record(encode(record), "file.json")
    assert encode(diagnose(again)) == encode(diagnose(record))
