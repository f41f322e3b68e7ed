"""A file that is shown to others names neither the machine nor its user, and still replays."""

from __future__ import annotations

from msgspec import structs
from msgspec.json import encode

from probes.doctor.diagnose import diagnose
from probes.doctor.redact import redact
from probes.evidence import found

from .recorded import recorded

SECRETS = (
    "/home/ada/env/bin/python",
    "/Users/ada/env",
    "C:\\Users\\ada\\env",
    "GPU-f15ae561-21b1-6003-c768-861fc285203b",
    "MIG-feee0c61-26ec-5616-bb59-b6d777cc4f34",
    "error on host lovelace: failed",
    "02:42:ac:11:00:02",
)


def test_names_homes_and_identifiers_are_taken_out_everywhere() -> None:
    record = recorded("nvidia-both-usable").record
    hardware = {**record.hardware, "secret": found(list(SECRETS), "/home/ada/x")}
    environment = {"CUDA_VISIBLE_DEVICES": SECRETS[4]}
    clean = redact(
        structs.replace(record, hardware=hardware, environment=environment), ("lovelace", "ada")
    )
    written = encode(clean).decode()
    assert clean.redacted
    for word in ("ada", "lovelace", "f15ae561", "feee0c61", "02:42:ac"):
        assert word not in written.replace("adapt", "")


def test_a_redacted_record_is_judged_like_the_original() -> None:
    record = recorded("nvidia-arch-dropped-torch").record
    assert encode(diagnose(redact(record, ("box",))).frameworks) == encode(
        diagnose(record).frameworks
    )


def test_a_short_or_empty_name_does_not_eat_the_text() -> None:
    record = recorded("nvidia-unknown").record
    assert redact(record, ("", "a")).hardware == record.hardware
