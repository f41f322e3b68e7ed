"""ok, degraded or failed: from the document alone, always with the code of what is wrong."""

from __future__ import annotations

import pytest

from probes.document import Device, ProbeDocument, Reason
from probes.evidence import absent, failed, unknown
from probes.health import Health
from probes.health import health as judge
from tests.fleet.making import NOT_INSTALLED, benchmark, broken, card, framework, invisible, probe


def health(document: ProbeDocument) -> Health:
    return judge(document.hardware, document.frameworks, document.benchmarks)


def test_a_machine_that_works_is_ok_though_one_framework_is_not_installed() -> None:
    found = health(probe(frameworks={"pytorch": framework(), "jax": NOT_INSTALLED}))
    assert (found.state, found.faults) == ("ok", ())


def test_a_machine_of_which_only_the_hardware_was_looked_at_is_ok() -> None:
    assert health(probe(frameworks={})).state == "ok"


def test_what_such_a_machine_does_not_have_is_no_fault() -> None:
    nothing = absent("/sys/bus/pci/devices", "no card")
    found = health(probe(hardware={"gpus": nothing, "tpu": nothing, "nvidia-driver": nothing}))
    assert found.state == "ok"


def test_a_card_that_a_framework_cannot_use_degrades_the_machine() -> None:
    found = health(probe(frameworks={"pytorch": invisible(), "jax": NOT_INSTALLED}))
    assert (found.state, found.codes) == ("degraded", ("CPU_ONLY_WHEEL",))
    assert found.faults[0].fix == "install the other one"


def test_one_framework_of_two_that_crashes_degrades_the_machine() -> None:
    found = health(probe(frameworks={"pytorch": framework(), "tensorflow": broken()}))
    assert (found.state, found.codes) == ("degraded", ("IMPORT_CRASHED",))


def test_a_machine_on_which_nothing_can_compute_has_failed() -> None:
    found = health(probe(frameworks={"pytorch": broken(), "jax": NOT_INSTALLED}))
    assert found.state == "failed"
    assert set(found.codes) == {"IMPORT_CRASHED", "NOT_INSTALLED"}


def test_a_machine_without_any_framework_has_failed() -> None:
    found = health(probe(frameworks={"pytorch": NOT_INSTALLED, "jax": NOT_INSTALLED}))
    assert (found.state, found.codes) == ("failed", ("NOT_INSTALLED",))


def test_a_probe_that_found_out_nothing_has_failed() -> None:
    empty = ProbeDocument(tool_version="0", created="2026-11-20T09:00:00Z")
    assert (health(empty).state, health(empty).codes) == ("failed", ("UNKNOWN",))


def test_a_driver_error_degrades_the_machine_once() -> None:
    error = failed("NVML", "versions differ", "DRIVER_LIBRARY_MISMATCH")
    found = health(probe(hardware={"gpus": error, "nvidia-driver": error}))
    assert found.state == "degraded"
    assert [fault.code for fault in found.faults] == ["DRIVER_LIBRARY_MISMATCH"]


@pytest.mark.parametrize(
    ("fact", "state"), [("gpus", "degraded"), ("tpu", "degraded"), ("swap-bytes", "ok")]
)
def test_only_a_step_that_looks_for_cards_may_not_hang(fact: str, state: str) -> None:
    hung = unknown(fact, "no answer within 1.8 s")
    assert health(probe(hardware={fact: hung})).state == state


def test_a_card_that_does_not_answer_degrades_the_machine() -> None:
    cards = [card(0), card(1) | {"problem": "GPU is lost"}]
    found = health(probe(hardware={"gpus": cards}))
    assert found.state == "degraded" and "GPU is lost" in found.faults[0].text


def test_a_device_that_is_broken_without_a_reason_still_counts() -> None:
    devices = [
        Device(kind="cpu", name="cpu", verdict="usable"),
        Device(kind="cuda", name="B200", verdict="visible-but-broken"),
    ]
    found = health(probe(frameworks={"pytorch": framework(devices=devices)}))
    assert (found.state, found.codes) == ("degraded", ("UNKNOWN",))
    assert "B200" in found.faults[0].text


def test_a_wrong_result_in_a_benchmark_degrades_the_machine() -> None:
    document = probe(milliseconds=4.0)
    assert health(document).state == "ok"
    wrong = benchmark(4.0, "not-comparable", "differs from the reference by 3e-2")
    found = judge(document.hardware, document.frameworks, wrong)
    assert found.state == "degraded"
    assert "differs from the reference" in found.faults[0].text


def test_a_card_that_is_split_on_purpose_is_no_fault_while_it_works() -> None:
    split = Reason(code="MIG_PARTIAL", text="It is split.", fix="choose one")
    assert health(probe(frameworks={"pytorch": framework(reasons=[split])})).state == "ok"
    devices = invisible().devices
    unseen = framework(devices=devices, reasons=[split])
    assert health(probe(frameworks={"pytorch": unseen})).codes == ("MIG_PARTIAL",)
