"""Every vendor path and every reason code, replayed from a file: right verdict, code and fix."""

from __future__ import annotations

import re

import pytest

from probes.doctor.diagnose import diagnose
from probes.frameworks.reasons import reason_table

from .recorded import names, recorded

# Whoever has no card never reads of one; the calm machine has no reason at all.
NAMES = names()


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_machine_is_judged_as_it_should_be(name: str) -> None:
    fixture = recorded(name)
    frameworks = diagnose(fixture.record).frameworks
    for framework, expected in fixture.expected.items():
        report = frameworks[framework]
        assert [reason.code for reason in report.reasons] == expected.codes, framework
        verdicts = {device.kind: device.verdict for device in report.devices}
        assert expected.verdicts.items() <= verdicts.items(), framework
        if expected.fix:
            assert expected.fix in report.reasons[0].fix, framework


def test_there_are_enough_machines_and_all_vendors_among_them() -> None:
    assert len(NAMES) >= 40
    vendors = {
        str(card.vendor) for name in NAMES for card in diagnose(recorded(name).record).machine.cards
    }
    assert vendors >= {"nvidia", "amd", "intel", "apple", "google"}


def test_every_reason_code_has_a_machine_that_shows_it() -> None:
    shown = {
        code
        for name in NAMES
        for expected in recorded(name).expected.values()
        for code in expected.codes
    }
    assert reason_table().keys() <= shown


@pytest.mark.parametrize("name", NAMES)
def test_a_constructed_machine_says_so_and_says_where_its_words_come_from(name: str) -> None:
    record = recorded(name).record
    assert record.note
    if not record.constructed:
        return
    raw = [
        reason.raw for report in diagnose(record).frameworks.values() for reason in report.reasons
    ]
    invented = name in ("hostile-words", "nvidia-unknown", "import-timed-out")
    assert record.sources or invented or not any(raw)
    assert all(re.match(r"https://|pkg:", source) for source in record.sources)


@pytest.mark.parametrize("name", NAMES)
def test_every_reason_has_one_fix_on_one_line(name: str) -> None:
    for report in diagnose(recorded(name).record).frameworks.values():
        for reason in report.reasons:
            assert reason.fix.strip() and "\n" not in reason.fix
            assert "{" not in reason.fix.replace("{nvidia.com/gpu: 1}", "")
