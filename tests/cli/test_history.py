"""`probe history` and `probe bench --vs` as scripts use them: real processes and exit codes."""

from __future__ import annotations

from pathlib import Path

import jsonschema

from advisor.documents.schemas import schema
from probes.store import open_store
from tests.store.making import measured

from .program import Program


def test_an_empty_history_is_a_document(program: Program) -> None:
    home = str(program.folder.parent / "home")
    done = program("probe", "history", "--json", FW_ADVISOR_HOME=home)
    assert (done.code, done.document["runs"]) == (0, [])
    jsonschema.validate(done.document, schema("history"))
    assert program("probe", "history", FW_ADVISOR_HOME=home).out == "No run is kept yet.\n"


def test_what_is_hostile_or_missing_is_one_line_and_exit_code_2(program: Program) -> None:
    home = str(program.folder.parent / "home")
    program.write("hostile.fwbundle", b"PK\x05\x06" + b"\xff" * 18)
    for words, said in (
        (("history", "--import", "hostile.fwbundle"), "hostile.fwbundle: "),
        (("history", "--import", "nowhere"), "nowhere: no such file"),
        (("history", "--export", "out"), "nothing to export"),
        (("history", "last"), "0 runs of this machine kept"),
        (("history", "--delete", "r1"), "no such run"),
        (("bench", "--vs", "r1"), "no such run (none is kept yet)"),
        (("history", "--quick"), "`probe history` measures nothing"),
        (("hardware", "--vs", "last"), "--vs goes with `probe bench` only"),
        (("hardware", "last"), "only `probe history` takes a run"),
    ):
        assert said in program.refused("probe", *words, FW_ADVISOR_HOME=home), words


def test_a_run_of_another_machine_is_evidence_with_a_warning(program: Program) -> None:
    home = program.folder.parent / "home"
    run = open_store(data_below(home) / "runs.sqlite3").keep(measured())
    done = program("advise", "--evidence", "last", "--json", FW_ADVISOR_HOME=str(home))
    assert done.code == 0, done.err
    (warning,) = [one for one in done.document["warnings"] if one.startswith(run)]
    assert "does not speak of this machine as it is now: the machine changed" in warning
    claims = program("probe", "claims", FW_ADVISOR_HOME=str(home))
    assert f"({run} does not speak of this machine as it is now" in claims.err


def data_below(home: Path) -> Path:
    found = home / "data"
    found.mkdir(parents=True)
    return found
