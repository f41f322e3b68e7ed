"""Whatever stands in a document: a fleet comes of it, and a page that fits."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.documents.schemas import schema
from advisor.fleet.machine import machine
from advisor.fleet.merge import merge
from advisor.reports.fleet import fleet_page
from advisor.reports.page import cells, plain
from knowledge.text import printable
from probes.evidence import Reading

from .making import CREATED, framework, probe

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)
CARDS = st.lists(
    st.dictionaries(
        st.sampled_from(["name", "uuid", "memory_total_bytes", "pcie", "ecc", "throttling"]),
        VALUES | st.just({"width": 8}),
    ),
    max_size=3,
)
READINGS = st.builds(
    Reading,
    value=VALUES,
    status=st.sampled_from(["ok", "absent", "unknown", "error"]),
    detail=st.text(max_size=9),
)
FACTS = st.dictionaries(
    st.sampled_from(
        ["cpu-model", "cpu-physical-cores", "memory-total-bytes", "nvidia-driver", "host-name"]
    ),
    READINGS,
)
SCHEMA = schema("fleet")


@settings(max_examples=40)
@given(st.lists(st.tuples(FACTS, CARDS, st.text(max_size=9)), min_size=1, max_size=8))
def test_any_facts_make_a_fleet_and_a_page(
    machines: list[tuple[dict[str, Reading], list[Any], str]],
) -> None:
    read = []
    for number, (facts, cards, version) in enumerate(machines):
        document = probe(
            None,
            hardware={"gpus": Reading(value=cards), **facts},
            frameworks={"pytorch": framework(version)},
        )
        read.append(machine(f"{number}.json", document, bytes([number])))
    fleet = merge(read, created=CREATED)
    assert len(fleet.machines) + len(fleet.superseded) == len(read)
    grouped = [host for group in fleet.groups for host in group.machines]
    assert sorted(grouped) == sorted({one.host for one in fleet.machines})
    jsonschema.validate(json.loads(msgspec.json.encode(fleet)), SCHEMA)
    # What the writer of output puts on the screen, mark for mark, fits the width.
    assert all(cells(printable(plain(line))) <= 80 for line in fleet_page(fleet, 80))
