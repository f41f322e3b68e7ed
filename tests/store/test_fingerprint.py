"""The mark of a machine changes with what decides about speed, and with nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from probes.evidence import Reading, absent, found, unknown
from probes.store.fingerprint import fingerprint, machine_facts, memory_class
from tests.store.making import hardware

CARD = {"name": "Card", "memory_total_bytes": 80 * 2**30, "uuid": "GPU-1", "temperature": 40}


def mark(**changes: Reading) -> str:
    return fingerprint(machine_facts(hardware(**changes)))


@pytest.mark.parametrize(
    "change",
    [
        {"memory_available_bytes": found(1, "x")},
        {"memory_total_bytes": found(25_100_000_000, "x")},
        {"host_name": found("another", "x")},
        {"memory_limit_bytes": absent("cgroup", "none")},
        {"cpu_model": found("Made-up CPU", "another source", "a remark")},
    ],
)
def test_it_stays_the_same(change: dict[str, Reading]) -> None:
    assert mark(**change) == mark()


@pytest.mark.parametrize(
    "change",
    [
        {"cpu_model": found("Another CPU", "x")},
        {"cpu_usable_threads": found(1, "x")},
        {"cpu_physical_cores": found(4, "x")},
        {"memory_total_bytes": found(50_000_000_000, "x")},
        {"memory_limit_bytes": found(8 * 2**30, "cgroup")},
        {"operating_system": found("windows", "x")},
        {"wsl": found("2", "x")},
        {"gpus": found([CARD], "NVML")},
        {"gpus": unknown("NVML", "timed out")},
        {"nvidia_driver": found("580.1", "NVML")},
        {"cpu_flags": found(["avx2"], "x")},
        {"tpu": found({"generation": "v5e", "chips": 4}, "x")},
    ],
)
def test_it_changes(change: dict[str, Reading]) -> None:
    assert mark(**change) != mark()


def test_cards_count_by_what_they_are_not_by_who_they_are() -> None:
    def cards(*changes: dict[str, Any]) -> str:
        return mark(gpus=found([CARD | change for change in changes], "NVML"))

    assert cards({}, {"uuid": "GPU-2"}) == cards({"uuid": "GPU-3"}, {"temperature": 90})
    assert cards({}) != cards({}, {})
    sliced = {"mig": "on", "mig_instances": [{"name": "1g.10gb"}]}
    assert cards({}) != cards(sliced)


def test_a_document_that_tells_nothing_is_of_no_machine() -> None:
    assert fingerprint(machine_facts({})) == ""
    assert mark(cpu_model=unknown("x", "y")) != ""


@pytest.mark.parametrize(
    "gibibytes", [0.5, 1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 80, 96, 141, 1024]
)
def test_what_a_system_keeps_for_itself_changes_no_class(gibibytes: float) -> None:
    size = gibibytes * 2**30
    assert memory_class(size * 0.97) == memory_class(size * 0.99) == memory_class(size)
    assert memory_class(size) != memory_class(2 * size)


@pytest.mark.parametrize("value", [None, True, "much", -1, 0, float("inf"), float("nan")])
def test_a_size_that_is_none_is_not_known(value: object) -> None:
    assert memory_class(value) == "unknown"
