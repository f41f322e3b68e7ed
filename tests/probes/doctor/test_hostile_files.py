"""A file of another machine with anything in it: one line that refuses it, or a harmless page."""

from __future__ import annotations

import contextlib
import copy
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.cli import main
from advisor.documents.doctor import Doctor
from advisor.reports.doctor import doctor_page
from advisor.reports.page import cells, plain
from knowledge.text import printable
from probes.doctor.diagnose import diagnose
from probes.doctor.record import Record, read_record
from probes.doctor.redact import redact
from probes.errors import ProbeError
from probes.health import health
from tests.probes.hostile import LONG, VALUES, check_texts, raw_characters

from .recorded import names, raw
from .test_properties import places

CHANGES = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), VALUES), min_size=1, max_size=6)


def changed(name: str, changes: list[tuple[float, Any]]) -> bytes:
    """Return a fixture as JSON with values at some places replaced."""
    document = copy.deepcopy(raw(name)["record"])
    ways = places(document)
    for share, value in changes:
        *steps, last = ways[int(share * len(ways))]
        holder: Any = document
        with contextlib.suppress(KeyError, IndexError, TypeError):  # replaced by an earlier change
            for step in steps:
                holder = holder[step]
            holder[last] = copy.deepcopy(value)
    document["schema"] = "fw-advisor/doctor-record"
    return json.dumps(document).encode()


def lines(record: Record, width: int) -> list[str]:
    diagnosis = diagnose(record)
    found = health(record.hardware, diagnosis.frameworks)
    document = Doctor(
        data_version="test",
        frameworks=diagnosis.frameworks,
        state=found.state,
        faults=found.faults,
        plan=tuple(diagnosis.plan),
        record=record,
        replayed=True,
    )
    return [printable(plain(line)) for line in doctor_page(document, width)]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(names()), CHANGES, st.sampled_from([40, 80, 120]))
def test_any_file_is_refused_in_one_line_or_shown_harmlessly(
    name: str, changes: list[tuple[float, Any]], width: int
) -> None:
    try:
        record = read_record(changed(name, changes), "file.json")
    except ProbeError as refused:
        assert "\n" not in str(refused) and len(str(refused)) < 1000
        assert not raw_characters(str(refused))
        return
    for report in diagnose(record).frameworks.values():
        for reason in report.reasons:
            check_texts([reason.code, reason.text, reason.fix, reason.raw])
        check_texts(device.name for device in report.devices)
    shown = lines(record, width)
    check_texts(shown)
    assert all(cells(line) <= width for line in shown)
    assert lines(redact(record, ("ada", "box")), width)


@pytest.mark.parametrize("flags", [(), ("--plan",), ("--redact",), ("--json",)])
@pytest.mark.parametrize(
    "value", ["\x1b]0;owned\x07\u202e", LONG, 10**30, -1, [[["x"]]], {"name": {"name": "\x9b"}}]
)
def test_the_command_shows_nothing_raw(
    value: Any, flags: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = raw("nvidia-memory-taken")["record"]
    facts = document["hardware"]
    facts["gpus"]["value"][0] |= {"name": value, "memory_total_bytes": value, "processes": [value]}
    facts |= {
        "cpu-model": {"value": value},
        "host-name": {"value": value},
        "tpu": {"value": {"generation": value, "chips": value, "nodes": value}},
        "battery": {"value": value},
        "memory-total-bytes": {"value": value},
    }
    file = tmp_path / "doctor.json"
    file.write_text(json.dumps(document))
    assert main(["probe", "doctor", "--quiet", "--replay", str(file), *flags]) == 0
    captured = capsys.readouterr()
    assert not raw_characters(captured.out) and not raw_characters(captured.err)
    if flags == ("--json",):
        assert msgspec.json.decode(captured.out)["schema"] == "fw-advisor/doctor"
    else:
        assert len(captured.out) < 30_000


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"[" * 100_000, b'{"schema": "fw-advisor/doctor-record"', b"1e999"]
)
def test_what_is_no_json_is_refused(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "doctor.json"
    file.write_bytes(content)
    assert main(["probe", "doctor", "--replay", str(file)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
