"""Like machines come together, each counts once, and the odd ones are named."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest

from advisor.documents.fleet import Fleet
from advisor.fleet.machine import Machine, machine
from advisor.fleet.merge import merge
from probes.document import ProbeDocument
from probes.evidence import failed, found

from .making import CREATED, GIB, card, framework, invisible, probe


def read(document: ProbeDocument, file: str = "x.json") -> Machine:
    return machine(file, document, msgspec.json.encode(document))


def fleet(documents: Sequence[ProbeDocument], **more: Any) -> Fleet:
    machines = [read(document, f"{number}.json") for number, document in enumerate(documents)]
    return merge(machines, created=CREATED, **more)


def nodes(count: int, **changes: Any) -> list[ProbeDocument]:
    return [probe(f"node{number}", **changes) for number in range(1, count + 1)]


def named(result: Fleet) -> set[tuple[str, str]]:
    return {(outlier.host, outlier.figure) for outlier in result.outliers}


def test_like_machines_form_one_group_that_says_what_they_are() -> None:
    result = fleet(nodes(12))
    (group,) = result.groups
    assert group.machines[:3] == ("node1", "node2", "node3") and group.machines[-1] == "node12"
    assert (group.cpu_model, group.physical_cores) == ("AMD EPYC 7763", 64)
    assert group.gpus == {"NVIDIA A100-SXM4-80GB": 8}
    assert group.driver_major == "550"
    assert group.frameworks == {"pytorch": "2.13.0+cu126"}
    assert result.states == {"ok": 12, "degraded": 0, "failed": 0}
    assert not result.outliers and not result.warnings


DIFFERENCES: list[dict[str, Any]] = [
    {"hardware": {"cpu-model": "Intel Xeon 8480"}},
    {"hardware": {"cpu-physical-cores": 32}},
    {"cards": 7},
    {"hardware": {"gpus": [card(n, "x", "NVIDIA H100") for n in range(8)]}},
    {"driver": "535.1"},
    {"frameworks": {"pytorch": framework("2.12.0+cu126")}},
]


@pytest.mark.parametrize("change", DIFFERENCES, ids=range(len(DIFFERENCES)))
def test_another_processor_card_driver_or_version_is_another_group(change: dict[str, Any]) -> None:
    result = fleet([*nodes(3), probe("odd", **change)])
    assert [group.machines for group in result.groups] == [("node1", "node2", "node3"), ("odd",)]


def test_a_patch_of_the_driver_makes_no_group_of_its_own() -> None:
    assert len(fleet([*nodes(3), probe("odd", driver="550.90.7")]).groups) == 1


def test_a_slow_machine_is_named_with_its_figure() -> None:
    generator = random.Random(7)
    documents = [probe(f"node{n}", milliseconds=generator.gauss(10, 0.1)) for n in range(20)]
    result = fleet([*documents, probe("slow", milliseconds=14)])
    assert named(result) == {("slow", "matmul-512: pytorch/eager")}
    (outlier,) = result.outliers
    assert outlier.score is not None and outlier.score > 3.5
    assert outlier.value == "14 ms" and outlier.alike == 21
    (spread,) = [f for f in result.groups[0].figures if f.unit == "seconds" and "mat" in f.figure]
    assert spread.median == pytest.approx(0.010, rel=0.02) and spread.mad > 0


def test_lost_memory_and_lost_threads_are_named() -> None:
    lost = probe("lost", hardware={"memory-total-bytes": 480 * GIB, "cpu-usable-threads": 8})
    result = fleet([*nodes(8), lost])
    assert named(result) == {("lost", "memory-total-bytes"), ("lost", "cpu-usable-threads")}
    assert {outlier.value for outlier in result.outliers} == {"480 GiB", "8"}


def test_four_are_too_few_to_compare_and_that_is_said() -> None:
    result = fleet([*nodes(3), probe("lost", hardware={"memory-total-bytes": GIB})])
    assert not result.outliers
    assert not result.groups[0].compared
    assert "fewer than 5" in result.warnings[0]


def test_another_driver_another_version_and_another_verdict_are_named() -> None:
    result = fleet(
        [
            *nodes(10),
            probe("driver", driver="535.1"),
            probe("version", frameworks={"pytorch": framework("2.12.0+cu126")}),
            probe("verdict", frameworks={"pytorch": invisible()}),
        ]
    )
    assert named(result) == {
        ("driver", "nvidia-driver"),
        ("version", "pytorch: version"),
        ("verdict", "pytorch: verdict on cuda"),
    }
    verdict = next(outlier for outlier in result.outliers if outlier.host == "verdict")
    assert (verdict.value, verdict.expected, verdict.score) == ("invisible", "usable", None)


@pytest.mark.parametrize(
    ("change", "figure", "value"),
    [
        ({"pcie": {"width": 8, "width_max": 16}}, "gpus: PCIe width", "×8"),
        ({"ecc": "off"}, "gpus: ecc", "off and on"),
        ({"throttling": ["sw-thermal"]}, "gpus: throttling", "sw-thermal"),
        ({"power_limit_watts": 250.0}, "gpus: lowest power limit in watts", "250"),
    ],
)
def test_one_odd_card_among_eight_is_named(change: dict[str, Any], figure: str, value: str) -> None:
    def machine_of(host: str, odd: dict[str, Any]) -> ProbeDocument:
        usual = {"ecc": "on", "throttling": [], "power_limit_watts": 400.0, "pcie": {"width": 16}}
        cards = [card(n, host) | usual for n in range(8)]
        cards[5] |= odd
        return probe(host, hardware={"gpus": cards})

    result = fleet([*(machine_of(f"node{n}", {}) for n in range(8)), machine_of("odd", change)])
    assert [(o.host, o.figure, o.value) for o in result.outliers] == [("odd", figure, value)]


def test_machines_with_other_cards_are_no_outliers_of_each_other() -> None:
    small = [probe(f"small{n}", cards=1, driver="570.1") for n in range(2)]
    assert not fleet([*nodes(10), *small]).outliers


def test_a_machine_whose_cards_cannot_be_looked_at_is_not_one_without_cards() -> None:
    error = failed("NVML", "not loaded", "DRIVER_NOT_LOADED")
    result = fleet([*nodes(2), probe("odd", hardware={"gpus": error, "nvidia-driver": error})])
    odd = result.groups[1]
    assert odd.machines == ("odd",) and not odd.gpus_known and odd.driver_major is None
    assert result.states == {"ok": 2, "degraded": 1, "failed": 0}


def test_the_newest_probe_of_a_host_counts() -> None:
    old = probe("node1", created="2026-11-19T09:00:00Z", frameworks={"pytorch": invisible()})
    for order in ([*nodes(2), old], [old, *nodes(2)]):
        result = fleet(order)
        assert [m.host for m in result.machines] == ["node1", "node2"]
        assert result.states["degraded"] == 0
        (gone,) = result.superseded
        assert (gone.host, gone.created) == ("node1", "2026-11-19T09:00:00Z")
        assert "newer" in gone.why


def test_times_are_compared_as_times_whatever_their_zone() -> None:
    east = probe("node1", created="2026-11-20T10:30:00+02:00", driver="1.0")
    result = fleet([east, probe("node1", created="2026-11-20T09:00:00Z")])
    assert result.machines[0].created == "2026-11-20T09:00:00Z"


def test_the_same_file_twice_counts_once() -> None:
    document = probe(None, hardware={"gpus": []})
    result = merge([read(document, "a.json"), read(document, "b.json")], created=CREATED)
    assert len(result.machines) == 1
    assert result.superseded[0].why == "the same probe again"


def test_two_hosts_probed_in_the_same_second_both_count() -> None:
    alike = probe(None, hardware={"gpus": []})
    files = ["run/probe-node1.json", "run/probe-node2.json"]
    result = merge([read(alike, file) for file in files], created=CREATED)
    assert [m.host for m in result.machines] == ["node1", "node2"]


def test_the_same_cards_are_the_same_machine_under_another_name() -> None:
    cards = [card(n, "one") for n in range(8)]
    before = probe("old-name", hardware={"gpus": cards}, created="2026-11-18T09:00:00Z")
    result = fleet([before, probe("new-name", hardware={"gpus": cards})])
    assert [m.host for m in result.machines] == ["new-name"]
    assert result.superseded[0].host == "old-name"


def test_redacted_cards_do_not_make_one_machine_of_two() -> None:
    cards = [card() | {"uuid": "<identifier>"}]
    documents = [probe(None, hardware={"gpus": cards, "swap-bytes": n}) for n in (1, 2)]
    assert len(fleet(documents).machines) == 2


def test_files_without_a_host_are_machines_of_their_own() -> None:
    one, other = (probe(None, hardware={"gpus": [], "swap-bytes": n}) for n in (1, 2))
    result = merge([read(one, "a/probe.json"), read(other, "b/probe.json")], created=CREATED)
    assert [m.host for m in result.machines] == ["a/probe", "b/probe"]


def test_the_order_of_files_does_not_matter() -> None:
    documents = [
        *nodes(7),
        probe("lost", hardware={"memory-total-bytes": GIB}),
        probe("odd", driver="535.1"),
    ]
    machines = [read(document, f"{document.hardware['host-name']}") for document in documents]
    first = merge(machines, created=CREATED)
    for seed in range(5):
        random.Random(seed).shuffle(machines)
        again = merge(machines, created=CREATED)
        assert (again.machines, again.groups) == (first.machines, first.groups)
        assert set(again.outliers) == set(first.outliers)


def test_assumed_facts_mark_the_machine() -> None:
    assumed = found(24 * GIB, "assumed")
    result = fleet([probe("plan", hardware={"memory-total-bytes": assumed}), probe("real")])
    assert [m.simulated for m in result.machines] == [True, False]
    assert any("plan" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    "value",
    [True, "many", [1], {"a": 1}, -5, 10**400, 1e308, None],
    ids=["bool", "text", "list", "mapping", "negative", "huge", "float", "null"],
)
def test_odd_values_in_a_document_break_nothing(value: Any) -> None:
    names = ("memory-total-bytes", "cpu-usable-threads", "cpu-physical-cores", "gpus")
    facts = dict.fromkeys(names, value)
    cards = {"gpus": [{"name": value, "memory_total_bytes": value, "uuid": value}, value]}
    result = fleet([*nodes(6), probe("a", hardware=facts), probe("b", hardware=facts | cards)])
    assert {m.host for m in result.machines} >= {"a", "b"}


@pytest.mark.parametrize("name", ["<name>", "localhost", " ", "(none)"])
def test_a_name_that_names_nobody_does_not_make_two_machines_one(name: str) -> None:
    documents = [probe(name, cards=0, milliseconds=float(n)) for n in (1, 2)]
    machines = [machine(f"{n}.json", one, bytes([n])) for n, one in enumerate(documents)]
    assert [one.host for one in merge(machines, created=CREATED).machines] == ["0", "1"]
