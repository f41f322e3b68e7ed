"""Several stored documents: the newest speaks, and no other machine speaks for this one."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import msgspec
import pytest
from msgspec import structs

from advisor.cli.output import Output
from advisor.cli.store_access import store_path
from advisor.cli.testing_claims import given, kept, with_claims
from advisor.tested.runs import runs_of
from knowledge.base import Knowledge
from probes.document import ProbeDocument
from probes.store import open_store

from .claims import against, compares, result
from .making import PE, TE, document, workload

QUIET = Output(json=False, file=None, quiet=True, colour=False)
LESS, MORE = {PE: 0.02, TE: 0.04}, {PE: 0.04, TE: 0.02}
EARLY, LATE = "2026-11-01T00:00:00Z", "2026-11-19T00:00:00Z"


def run(arms, name="train-step", **fields):  # type: ignore[no-untyped-def]
    return document({f"{name}-small": workload(name, arms)}, **fields)


def judged(*documents):  # type: ignore[no-untyped-def]
    test = compares(against(workloads=("train-step", "decode")))
    return result(test, *runs_of(documents).documents)


def test_of_several_runs_of_a_workload_the_first_counts_whatever_its_date() -> None:
    found = judged(run(MORE, created=EARLY), run(LESS, created=LATE))
    assert found.parts[0].verdict == "contradicted"
    assert found.parts[0].measured_on == EARLY


def test_after_the_clock_was_set_back_the_later_run_still_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("probes.run.look_at_hardware", dict)
    store = open_store(store_path())
    first = store.keep(run(MORE, created=LATE))
    second = store.keep(run(LESS, created=EARLY))
    assert store.newest_measured(2) == [second, first]
    for documents in (kept(QUIET), given([first, second], QUIET), given([second, first], QUIET)):
        assert [one.created for one in documents] == [EARLY, LATE]
        assert judged(*documents).parts[0].verdict == "borne-out"


def test_of_files_the_one_with_the_latest_date_counts(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(msgspec.json.encode(run(LESS, created=EARLY)))
    new.write_bytes(msgspec.json.encode(run(MORE, created=LATE)))
    for order in ((old, new), (new, old)):
        documents = given([str(path) for path in order], QUIET)
        assert judged(*documents).parts[0].verdict == "contradicted"


def test_workloads_of_several_runs_stand_together() -> None:
    found = judged(run(LESS, "decode", created=LATE), run(LESS, created=EARLY))
    assert found.verdict == "borne-out"
    assert {part.measured_on[:10] for part in found.parts} == {"2026-11-01", "2026-11-19"}


def test_other_machines_settings_and_versions_are_left_out_and_named() -> None:
    here = run(LESS, created="2026-11-20T12:00:00Z")
    others = [
        run(MORE, processor="Other\x1b[2J Processor"),
        run(MORE, threads=8),
        run(MORE, versions={"torch": "2.9.0", "tensorflow": "2.21.0"}),
    ]
    runs = runs_of([here, *others])
    assert runs.documents == (here,)
    assert len(runs.left_out) == 3
    words = " ".join(runs.left_out)
    assert "8 threads" in words and "other versions of torch" in words and "\x1b" not in words


def test_a_document_without_measurements_says_nothing() -> None:
    here = run(LESS, created=EARLY)
    empty = structs.replace(document({}), created=LATE)
    assert runs_of([empty, here]).documents == (here,)
    assert runs_of([empty]).conditions is None


def test_a_document_gets_the_claims_on_which_it_bears(knowledge: Knowledge) -> None:
    filled = with_claims(run(LESS), knowledge)
    verdicts = {one.id: one.verdict for one in filled.claims}
    assert verdicts["tensorflow-is-more-accurate-at-early-epochs"] == "contradicted"
    assert not {"not-measured", "not-testable"} & set(verdicts.values())
    raw = msgspec.json.encode(filled)
    jsonschema.validate(msgspec.json.decode(raw), msgspec.json.schema(ProbeDocument))
    assert msgspec.json.decode(raw, type=ProbeDocument) == filled
    assert with_claims(document({}), knowledge).claims == []


def test_frameworks_as_they_come_test_no_claim() -> None:
    whole = run(LESS)
    plan = structs.replace(whole.benchmarks.plan, profile="default")
    as_it_comes = structs.replace(whole, benchmarks=structs.replace(whole.benchmarks, plan=plan))
    found = runs_of([as_it_comes, run(MORE)])
    assert len(found.documents) == 1
    assert found.left_out == ("2026-11-20: each framework as it came (profile default)",)
    assert runs_of([as_it_comes]).documents == ()
