"""A file that is shown to others names neither the machine nor its user, and still replays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import convert, structs, to_builtins
from msgspec.json import encode

from probes.doctor.diagnose import diagnose
from probes.doctor.record import Record
from probes.doctor.redact import redact
from probes.document import ProbeDocument
from probes.evidence import found
from probes.redaction import redacted
from probes.run import assemble_document

from .recorded import names, recorded

SECRETS = (
    "/home/ada/env/bin/python",
    "/Users/ada/env",
    "C:\\Users\\ada\\env",
    "C:\\Users\\Ada Lovelace\\env\\python.exe",
    "GPU-f15ae561-21b1-6003-c768-861fc285203b",
    "MIG-feee0c61-26ec-5616-bb59-b6d777cc4f34",
    "MIG-GPU-feee0c61-26ec-5616-bb59-b6d777cc4f34/7/0",
    "gpu-F15AE561-21B1-6003-C768-861FC285203B, and cut short: GPU-f15ae561",
    "uuid 0xf15ae56121b16003c768861fc285203b",
    "error on host lovelace: failed",
    "error on Lovelace.cluster.example: failed",
    "02:42:ac:11:00:02 or 02-42-ac-11-00-02",
    "Serial Number: 1562420001234 / serial=1562420001234",
    "grpc://10.20.30.40:8470",
)
LEFT = (
    *("ada", "lovelace", "f15ae561", "feee0c61", "02:42:ac", "02-42-ac", "1562420001234"),
    *("10.20.30.40", "secret-job", "7d3c1b0a9f8e", "7D3C1B0A9F8E", "secret_train", "babbage"),
)


def full(record: Record) -> Record:
    """The record with identifiers in every place that holds some."""
    gpus = to_builtins(record.hardware["gpus"].value)
    gpus[0] |= {
        "uuid": "7d3c1b0a9f8e",
        "serial": "1562420001234",
        "mig_instances": [{"name": "1g.10gb", "uuid": SECRETS[5]}],
        "processes": [{"pid": 4242, "name": "secret_train", "user": "babbage"}],
    }
    kernel = [{"address": "0000:01:00.0", "name": "NVIDIA", "uuid": SECRETS[4]}]
    tpu = {"generation": "v5e", "processes": [{"pid": 77, "name": "secret_train"}]}
    variables = {"CUDA_VISIBLE_DEVICES": SECRETS[5], "TPU_WORKER_HOSTNAMES": "10.20.30.40"}
    variables |= {"TPU_NAME": "secret-job", "TPU_VISIBLE_CHIPS": "0,1"}
    hardware = {
        **record.hardware,
        "gpus": structs.replace(record.hardware["gpus"], value=gpus),
        "host-name": found("lovelace.cluster.example", "/proc/sys/kernel/hostname"),
        "nvidia-kernel-cards": found(kernel, "/proc/driver/nvidia/gpus"),
        "environment-variables": found(variables, "environment"),
        "secret": found(list(SECRETS), "/home/ada/x", "secret_train (PID 4242) of lovelace"),
        "secret-tpu": found(tpu, "bus"),
    }
    return structs.replace(record, hardware=hardware, environment=variables)


def test_names_homes_and_identifiers_are_taken_out_everywhere() -> None:
    record = full(recorded("nvidia-both-usable").record)
    written = encode(record).decode()
    assert all(word in written for word in LEFT if word not in ("7D3C1B0A9F8E",))
    clean = redact(record)
    assert clean.redacted
    rest = encode(clean).decode().lower().replace("adapt", "")
    assert not [word for word in LEFT if word.lower() in rest]
    assert clean.environment["TPU_VISIBLE_CHIPS"] == "0,1"
    gpus = clean.hardware["gpus"].value
    assert isinstance(gpus, list) and gpus[0]["processes"][0]["pid"] == 4242


@pytest.mark.parametrize("name", names())
def test_a_redacted_record_is_judged_like_the_original(name: str) -> None:
    record = recorded(name).record
    assert verdicts(redact(record, ("box", "ada"))) == verdicts(record)


def test_a_record_full_of_identifiers_is_judged_like_the_original() -> None:
    record = full(recorded("nvidia-memory-taken").record)
    assert verdicts(redact(record)) == verdicts(record)
    texts = [
        reason.text
        for one in diagnose(redact(record)).frameworks.values()
        for reason in one.reasons
    ]
    assert any("<process> (PID 4242)" in text for text in texts)


@pytest.mark.parametrize("name", names())
def test_a_host_or_user_may_be_called_like_anything_in_the_record(name: str) -> None:
    record = recorded(name).record
    wanted = verdicts(record)
    for word in sorted(set(words(to_builtins(record)))):
        assert verdicts(redact(record, (word,))) == wanted, word


def test_a_probe_loses_the_same_as_a_record_and_keeps_its_verdicts() -> None:
    record = full(recorded("nvidia-memory-taken").record)
    frameworks = diagnose(record).frameworks
    document = assemble_document(record.hardware, frameworks)
    cleaned = convert(redacted(to_builtins(document), ("box",)), ProbeDocument)
    rest = encode(cleaned).decode().lower().replace("adapt", "")
    assert not [word for word in LEFT if word.lower() in rest]
    codes = [fault.code for fault in document.faults]
    assert codes and [fault.code for fault in cleaned.faults] == codes
    assert cleaned.state == document.state


def test_redacting_twice_changes_nothing() -> None:
    once = redact(full(recorded("nvidia-both-usable").record))
    assert redact(once) == once


def test_a_short_or_empty_name_does_not_eat_the_text() -> None:
    record = recorded("nvidia-unknown").record
    assert redact(record, ("", "a")).hardware == record.hardware


def test_an_account_that_every_image_has_does_not_mar_the_texts() -> None:
    record = recorded("recorded-container-without-card").record
    version = {"operating-system-version": found("Ubuntu 24.04", "/etc/os-release")}
    clean = redact(structs.replace(record, hardware=version), ("ubuntu",))
    assert clean.hardware["operating-system-version"].value == "Ubuntu 24.04"


def verdicts(record: Record) -> list[Any]:
    return [
        (
            *(name, one.installed, one.version, one.build),
            [reason.code for reason in one.reasons],
            [(device.kind, device.verdict, device.compiled) for device in one.devices],
        )
        for name, one in diagnose(record).frameworks.items()
    ]


def words(value: Any) -> Iterator[str]:
    """Yield every word that a machine could be called."""
    if isinstance(value, str) and len(value) < 60:
        yield from value.split()[:3]
    elif isinstance(value, list):
        for item in value:
            yield from words(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from words(item)
