"""Programs, children and saved probes may say anything: nothing raw gets out, nothing breaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.fleet.loading import load
from advisor.fleet.merge import merge
from advisor.reports.fleet import fleet_page
from advisor.reports.page import cells, plain
from advisor.reports.probe import probe_page
from advisor.reports.state import state_page
from knowledge.text import printable
from probes.document import ProbeDocument
from probes.evidence import Reading
from probes.frameworks.builds import published
from probes.frameworks.case import Case
from probes.frameworks.interpret import interpret
from probes.frameworks.machine import Machine
from probes.machine.nvidia_smi import COLUMNS, _interpret
from probes.machine.programs import ProgramAnswer
from probes.machine.sanitise import sanitise
from probes.processes import ChildResult
from tests.fleet.making import CREATED
from tests.probes.hostile import LONG, STRINGS, VALUES, check_texts
from tests.probes.machine.test_untrusted import check_harmless

CELLS = st.lists(STRINGS | st.sampled_from(["[N/A]", "-5", "9" * 30, '"', "8.9"]), max_size=13)


@settings(max_examples=80, deadline=None)
@given(st.lists(CELLS, max_size=4), st.sampled_from(COLUMNS), st.sampled_from([0, 9, None]))
def test_nvidia_smi_may_print_anything(
    rows: list[list[str]], columns: tuple[str, ...], status: int | None
) -> None:
    text = "\n".join(", ".join(row) for row in rows)
    facts = _interpret(ProgramAnswer(text, text, status), columns, 1.0)
    check_harmless({name: sanitise(name, reading) for name, reading in facts.items()})


@pytest.mark.parametrize("memory", ["-1", "9" * 30, "1e308", "\x1b[31m"])
def test_nvidia_smi_with_an_impossible_memory_names_a_card_without_one(memory: str) -> None:
    row = dict.fromkeys(COLUMNS[0], "")
    row |= {"name": "RTX 4090", "driver_version": "550.54", "memory.total": memory}
    answer = ProgramAnswer(", ".join(row.values()), "", 0)
    cards = _interpret(answer, COLUMNS[0], 1.0)["gpus"].value
    assert isinstance(cards, list) and cards[0]["name"] == "RTX 4090"
    assert cards[0]["memory_total_bytes"] is None


STAGES = st.sampled_from(
    ["imported", "facts", "devices", "kernel", "compiled", "dtype", "tf32", "stopped", "done"]
)
FIELDS = st.sampled_from(
    ["seconds", "version", "build", "devices", "kind", "name", "state", "error", "dtype"]
)
LINES = st.lists(
    st.builds(
        lambda stage, more: {**more, "stage": stage},
        STAGES | VALUES,
        st.dictionaries(FIELDS, VALUES | st.sampled_from(["cpu", "cuda", "ok", "failed"])),
    ),
    max_size=8,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES, st.sampled_from(["pytorch", "tensorflow", "jax"]), STRINGS)
def test_a_framework_child_may_say_anything(
    lines: list[dict[str, Any]], framework: str, stderr: str
) -> None:
    case = Case(
        framework=framework,
        interpreter="python",
        machine=Machine(system="linux", architecture="x86_64"),
        builds=published().builds,
    )
    result = ChildResult(outcome="finished", lines=[{"stage": "imported"}, *lines], stderr=stderr)
    findings = interpret(case, result)
    assert findings.devices
    for reason in findings.reasons:
        check_texts([reason.code, reason.text, reason.fix, reason.raw])
    for device in findings.devices:
        check_texts([device.name, *device.dtypes, *device.dtypes.values()])
        assert len(device.name) < 1000
    assert len(msgspec.json.encode(findings)) < 1_000_000


READINGS = st.builds(
    Reading,
    value=VALUES,
    status=st.sampled_from(["ok", "absent", "unknown", "error"]),
    source=STRINGS,
    detail=STRINGS,
    code=st.none() | STRINGS,
)
CARD = st.dictionaries(
    st.sampled_from(
        [
            *(
                "name",
                "uuid",
                "memory_total_bytes",
                "memory_free_bytes",
                "mig",
                "mig_slices",
            ),
            *(
                "mig_instances",
                "throttling",
                "processes",
                "pcie",
                "temperature_celsius",
                "power_limit_watts",
            ),
            *(
                "ecc_uncorrected_errors",
                "problem",
                "unified_memory",
                "compute_capability",
                "gfx_target",
                "metal",
            ),
            *("driver_model",),
        ]
    ),
    VALUES,
)
FACTS = st.dictionaries(
    st.sampled_from(
        [
            *(
                "host-name",
                "operating-system",
                "cpu-model",
                "cpu-flags",
                "cpu-quota",
                "cpu-governor",
            ),
            *(
                "battery",
                "cpu-usable-threads",
                "memory-total-bytes",
                "memory-free-bytes",
                "swap-bytes",
                "scheduler-grant",
            ),
            *(
                "nvidia-driver",
                "driver",
                "tpu",
                "rocm",
                "wsl",
            ),
        ]
    ),
    READINGS,
)


def hostile(facts: dict[str, Reading], cards: list[dict[str, Any]]) -> ProbeDocument:
    return ProbeDocument(
        tool_version="0",
        created=CREATED,
        hardware={"gpus": Reading(value=cards), **facts},
        state="degraded",
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS, st.lists(CARD, max_size=3), st.sampled_from([40, 80, 120]))
def test_any_facts_make_a_page_that_fits(
    facts: dict[str, Reading], cards: list[dict[str, Any]], width: int
) -> None:
    document = hostile(facts, cards)
    shown = [*state_page(document, width), *probe_page(document, width)]
    lines = [printable(plain(line)) for line in shown]
    check_texts(lines)
    assert all(cells(line) <= width for line in lines)
    assert sum(map(len, lines)) < 60_000


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(FACTS, st.lists(CARD, max_size=3)), min_size=1, max_size=4), STRINGS)
def test_saved_probes_with_anything_in_them_are_merged_or_skipped(
    tmp_path: Path, machines: list[tuple[dict[str, Reading], list[dict[str, Any]]]], junk: str
) -> None:
    files = []
    for number, (facts, cards) in enumerate(machines):
        document = msgspec.to_builtins(hostile(facts, cards))
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(json.dumps(document))
    files.append(tmp_path / "junk.json")
    files[-1].write_text(junk, errors="replace")
    loaded = load([str(file) for file in files])
    assert len(loaded.machines) + len(loaded.skipped) == len(files)
    for skipped in loaded.skipped:
        assert "\n" not in skipped.why
    fleet = merge(loaded.machines, created=CREATED, skipped=loaded.skipped)
    lines = [printable(plain(line)) for line in fleet_page(fleet, 80)]
    check_texts(lines)
    assert all(cells(line) <= 80 for line in lines)
    assert all(len(one.host) <= 200 for one in fleet.machines)


def test_a_name_of_a_million_letters_is_shown_short() -> None:
    document = hostile({"cpu-model": Reading(value=LONG)}, [{"name": LONG, "vendor": "nvidia"}])
    lines = [plain(line) for line in probe_page(document, 80)]
    assert sum(map(len, lines)) < 3000
