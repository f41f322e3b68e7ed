"""Several stored documents: the newest speaks, and no other machine speaks for this one."""

from __future__ import annotations

from msgspec import structs

from advisor.tested.runs import runs_of
from knowledge.base import Knowledge

from .claims import against, compares, result
from .making import PE, TE, document, workload

LESS, MORE = {PE: 0.02, TE: 0.04}, {PE: 0.04, TE: 0.02}


def run(arms, name="train-step", **fields):  # type: ignore[no-untyped-def]
    return document({f"{name}-small": workload(name, arms)}, **fields)


def judged(*documents):  # type: ignore[no-untyped-def]
    test = compares(against(workloads=("train-step", "decode")))
    return result(test, *runs_of(documents).documents)


def test_the_newest_measurement_of_a_workload_counts() -> None:
    old, new = run(LESS, created="2026-11-01T00:00:00Z"), run(MORE, created="2026-11-19T00:00:00Z")
    found = judged(old, new)
    assert found.parts[0].verdict == "contradicted"
    assert found.parts[0].measured_on == "2026-11-19T00:00:00Z"


def test_workloads_of_several_runs_stand_together() -> None:
    found = judged(
        run(LESS, created="2026-11-01T00:00:00Z"),
        run(LESS, "decode", created="2026-11-19T00:00:00Z"),
    )
    assert found.verdict == "borne-out"
    assert {part.measured_on[:10] for part in found.parts} == {"2026-11-01", "2026-11-19"}


def test_other_machines_settings_and_versions_are_left_out_and_named() -> None:
    here = run(LESS, created="2026-11-20T12:00:00Z")
    others = [
        run(MORE, processor="Other\x1b[2J Processor"),
        run(MORE, threads=8),
        run(MORE, versions={"torch": "2.9.0", "tensorflow": "2.21.0"}),
    ]
    runs = runs_of([*others, here])
    assert runs.documents == (here,)
    assert len(runs.left_out) == 3
    words = " ".join(runs.left_out)
    assert "8 threads" in words and "other versions of torch" in words and "\x1b" not in words


def test_a_document_without_measurements_says_nothing() -> None:
    here = run(LESS, created="2026-11-01T00:00:00Z")
    empty = structs.replace(document({}), created="2026-11-20T00:00:00Z")
    assert runs_of([empty, here]).documents == (here,)
    assert runs_of([empty]).conditions is None


def test_a_document_gets_the_claims_on_which_it_bears(knowledge: Knowledge) -> None:
    import jsonschema
    import msgspec

    from advisor.cli.testing_claims import with_claims
    from probes.document import ProbeDocument

    filled = with_claims(run(LESS), knowledge)
    verdicts = {one.id: one.verdict for one in filled.claims}
    assert verdicts["tensorflow-is-more-accurate-at-early-epochs"] == "contradicted"
    assert not {"not-measured", "not-testable"} & set(verdicts.values())
    raw = msgspec.json.encode(filled)
    jsonschema.validate(msgspec.json.decode(raw), msgspec.json.schema(ProbeDocument))
    assert msgspec.json.decode(raw, type=ProbeDocument) == filled
    assert with_claims(document({}), knowledge).claims == []
