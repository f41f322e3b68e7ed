"""Planning another machine: facts are replaced, said to be assumed, and refused when unclear."""

from __future__ import annotations

import pytest

from probes.doctor.assume import assume, parse_assumptions, size
from probes.doctor.chips import find_chip
from probes.doctor.diagnose import Diagnosis, diagnose
from probes.errors import ProbeError
from probes.frameworks.builds import published

from .recorded import recorded

CHIPS = published().chips


def planned(*facts: str) -> Diagnosis:
    record = recorded("recorded-container-without-card").record
    return diagnose(assume(record, parse_assumptions(facts), CHIPS))


def first(diagnosis: Diagnosis, framework: str, device: str) -> str:
    return next(
        one.command
        for one in diagnosis.plan
        if one.framework == framework and one.device == device and one.answer != "no"
    )


def test_the_same_driver_runs_tensorflow_and_not_the_default_torch() -> None:
    diagnosis = planned("gpu=RTX 4090", "driver=550")
    assert first(diagnosis, "pytorch", "cuda") == (
        "uv pip install torch==2.14.1 --torch-backend=cu126"
    )
    assert first(diagnosis, "tensorflow", "cuda") == "pip install 'tensorflow[and-cuda]==2.21.0'"
    refused = [one.why for one in diagnosis.plan if one.build == "torch-2-15-cu132"]
    assert refused == ["driver 550 is older than 580"]


@pytest.mark.parametrize(
    ("facts", "framework", "device", "part"),
    [
        (("gpu=RTX 5090", "driver=580"), "pytorch", "cuda", "cu132"),
        (("gpu=RTX 5090", "driver=570"), "pytorch", "cuda", "torch==2.11.0 --torch-backend=cu128"),
        (("gpu=V100", "driver=580"), "pytorch", "cuda", "torch==2.14.1 --torch-backend=cu126"),
        (("gpu=MI300X",), "pytorch", "rocm", "rocm7.2"),
        (("gpu=Arc B580",), "pytorch", "xpu", "xpu"),
        (("gpu=Apple M3", "platform=macos"), "tensorflow", "mps", "tensorflow-metal"),
        (("gpu=TPU v5e",), "jax", "tpu", "jax[tpu]"),
        (("python=3.15",), "pytorch", "cpu", "torch==2.15.0"),
    ],
)
def test_every_kind_of_machine_gets_its_line(
    facts: tuple[str, ...], framework: str, device: str, part: str
) -> None:
    assert part in first(planned(*facts), framework, device)


def test_tensorflow_is_not_planned_for_a_card_on_which_it_fails() -> None:
    answers = planned("gpu=RTX 5090", "driver=580").plan
    cards = [one for one in answers if one.framework == "tensorflow" and one.device == "cuda"]
    assert cards and all(one.answer == "no" for one in cards)


def test_windows_offers_torch_a_card_and_tensorflow_none_but_of_2_10() -> None:
    answers = planned("gpu=RTX 4090", "platform=windows", "python=3.12").plan
    works = {one.framework for one in answers if one.device == "cuda" and one.answer != "no"}
    assert works == {"pytorch"}


def test_assumed_facts_say_so_in_the_record() -> None:
    record = recorded("recorded-container-without-card").record
    facts = parse_assumptions(["gpu=H100", "gpu-memory=80GB", "memory=1TB", "driver=580"])
    assumed = assume(record, facts, CHIPS)
    assert assumed.assumed == facts
    for name in ("gpus", "memory-total-bytes", "nvidia-driver"):
        assert assumed.hardware[name].source == "assumed"
    assert assumed.hardware["memory-total-bytes"].value == 1 << 40
    assert diagnose(assumed).machine.cards[0].memory_total_bytes == 80 << 30


def test_a_card_can_be_assumed_away() -> None:
    record = recorded("nvidia-both-usable").record
    assert diagnose(assume(record, {"gpu": "none"}, CHIPS)).machine.cards == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("gpu", "FACT=VALUE"),
        ("gpu=", "FACT=VALUE"),
        ("colour=red", "expected one of gpu"),
        ("gpu=GTX 9999", "nearest"),
        ("memory=much", "such as 24GB"),
        ("driver=new", "such as 550.54"),
        ("python=three", "such as 3.12"),
        ("platform=amiga", "linux-x86_64"),
        ("gpu-memory=24GB", "no card here"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_what_can(text: str, words: str) -> None:
    with pytest.raises(ProbeError, match=words):
        planned(text)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("rtx 4090", "RTX 4090"),
        ("NVIDIA GeForce RTX 5070 Ti", "RTX 5070 Ti"),
        ("NVIDIA H100 80GB HBM3", "H100"),
        ("Tesla T4", "T4"),
        ("A100", "A100"),
    ],
)
def test_a_card_is_known_by_the_names_people_use(wanted: str, name: str) -> None:
    assert find_chip(wanted, CHIPS)[1] == name


def test_sizes_are_read_as_people_mean_them() -> None:
    assert size("memory", "24GB") == size("memory", "24 GiB") == 24 << 30
    assert size("memory", "1.5tb") == 3 << 39
