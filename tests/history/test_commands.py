"""`probe history` and `probe bench --vs`, by their entry functions: pages, documents, errors."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest
from msgspec import structs

from advisor.cli import present
from advisor.cli.history_compare import comparison, earlier_run, show_comparison
from advisor.cli.output import Output
from advisor.cli.store_access import kept_before, store_path
from advisor.documents.history import history_document
from advisor.documents.schemas import schema
from advisor.errors import InputError
from advisor.history.staleness import Present
from advisor.reports.history import history_page
from advisor.reports.page import cells, plain
from probes.document import Environment, Fault, ProbeDocument
from probes.evidence import found
from probes.store import Foreign, Store
from probes.store.fingerprint import fingerprint, machine_facts
from tests.store.making import ARMS, STEADY, framework, hardware, measured

from .conftest import Run, parsed


def foreign(store: Store, document: ProbeDocument) -> str:
    taken = store.take([Foreign(msgspec.json.encode(document), document, "lab.fwbundle r4-abc")])
    return taken.ids[0]


def test_without_a_run_the_history_is_empty_and_makes_no_file(run: Run) -> None:
    assert run().out == "No run is kept yet.\n"
    assert run("--json").document["runs"] == []
    assert not store_path().exists()


def test_the_document_fits_its_schema_and_tells_each_badge(run: Run, store: Store) -> None:
    current = store.keep(measured())
    old = store.keep(measured(created="2026-01-01T00:00:00Z"))
    imported = foreign(store, measured(tool_version="elsewhere"))
    going_on = store.begin(measured())
    document = run("--json").document
    jsonschema.validate(document, schema("history"))
    told = {one["id"]: (one["state"], one["stale"], one["reason"]) for one in document["runs"]}
    assert told == {
        current: ("finished", False, ""),
        old: ("finished", True, "323 days old"),
        imported: ("finished", None, "measured elsewhere"),
        going_on: ("running", False, ""),
    }
    assert [one["id"] for one in document["runs"]] == [going_on, imported, old, current]
    first = document["runs"][-1]
    assert first["machine"].startswith("Made-up CPU, 2 physical cores, 2 usable threads")
    assert first["workloads"] == ["matmul"] and first["quiet"] is True


def test_the_page_tells_what_is_stale_and_why(run: Run, store: Store) -> None:
    store.keep(measured(frameworks={"pytorch": framework("2.12.0")}))
    foreign(store, measured())
    words = " ".join(run().out.split())
    assert "finished, stale: PyTorch 2.12.0 → 2.13.0" in words
    assert "finished, from elsewhere: not a result of this machine" in words
    assert "source lab.fwbundle r4-abc" in words
    assert words.count("machine this one") == 1  # the imported one is not, though it is alike
    assert "quick; matmul with 2 arms; 2 threads; quiet machine" in words


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_page_fits_any_width(store: Store, width: int) -> None:
    for number in range(3):
        store.keep(measured(frameworks={"pytorch": framework("2" + ".12" * 20 * number)}))
    facts = machine_facts(hardware())
    here = Present(facts, fingerprint(facts), {})
    page = history_page(history_document(store.runs(), here, "2026-11-20"), width, "deleted")
    assert all(cells(plain(line)) <= width for line in page)


def test_one_run_is_shown_as_the_probe_showed_it(run: Run, store: Store) -> None:
    from advisor.reports.probe import probe_page

    name = store.keep(measured())
    out = run("last").out
    assert out.startswith(f"{name}  2026-11-20 10:00\n")
    assert out.endswith("\n".join(map(plain, probe_page(measured(), 80))) + "\n")
    words = " ".join(out.split())
    assert "processor Made-up CPU" in words and "Matrix product, 24 × 24 × 24" in words
    assert "pytorch/eager took 1.00 times as long as tensorflow/function" in words
    assert msgspec.json.decode(run(name, "--json").out, type=ProbeDocument) == measured()


def test_a_field_of_a_newer_version_is_printed_too(run: Run, store: Store) -> None:
    raw = msgspec.json.encode(msgspec.to_builtins(measured()) | {"from_the_future": 1})
    (name,) = store.take([Foreign(raw, measured(), "it")]).ids
    assert run(name, "--json").document["from_the_future"] == 1


def kept_on(host: str, user: str, store: Store) -> str:
    """A run that names its machine, its user, and the machine it was exported on."""
    told = Fault(where="cuda", code="X", text=f"no card of {host} answers /home/{user}/app")
    document = measured(
        hardware=hardware(host_name=found(host, "socket")),
        frameworks={"pytorch": framework("2.13.0", f"/home/{user}/venv/bin/python")},
        state="degraded",
        faults=[told],
    )
    raw = msgspec.json.encode(msgspec.to_builtins(document) | {"from_the_future": user})
    return store.take([Foreign(raw, document, f"{host}.fwbundle r4-abc")]).ids[0]


@pytest.mark.parametrize("form", [["--json"], []])
def test_a_redacted_run_names_neither_machine_nor_user(
    run: Run, store: Store, form: list[str]
) -> None:
    name = kept_on("hal9000", "lovelace", store)
    plain, redacted = run(name, *form), run(name, "--redact", *form)
    assert "hal9000" in plain.out and "lovelace" in plain.out
    assert not {"hal9000", "lovelace"} & set(re.findall(r"\w+", redacted.out))
    if form:
        assert redacted.document["redacted"] is True
        jsonschema.validate(redacted.document, schema("probe"))


def test_the_name_of_the_machine_one_sits_at_is_taken_out_of_a_run(
    run: Run, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "skynet")
    name = store.keep(measured(environment=Environment(variables={"X": "skynet"})))
    assert "skynet" in run(name, "--json").out
    assert "skynet" not in run(name, "--json", "--redact").out


def test_runs_are_deleted_all_or_none(run: Run, store: Store) -> None:
    first, second, third = (store.keep(measured()) for _ in range(3))
    with pytest.raises(InputError, match="no such run"):
        run("--delete", first, "r99")
    assert len(store.runs()) == 3
    done = run("--delete", first, second[:2], first)
    assert done.out.startswith("2 runs deleted\n")
    assert [one.id for one in store.runs()] == [third]


def test_the_file_of_a_deleted_run_is_named(run: Run) -> None:
    kept_before().mkdir(parents=True)
    (kept_before() / "20261101T000000Z.json").write_bytes(msgspec.json.encode(measured()))
    assert "1 run taken over from" in run().err
    assert "20261101T000000Z.json" in run("--delete", "last").err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["hardware", "last"], "only `probe history` takes a run"),
        (["bench", "--delete", "last"], "--delete goes with `probe history` only"),
        (["history", "last", "--import", "x"], "--import names its runs itself"),
        (["history", "--import", "x", "--delete", "last"], "--import and --delete do not go"),
        (["history", "--vs", "last"], "--vs goes with `probe bench` only"),
        (["history", "--redact"], "--redact goes with `probe history RUN` and --export only"),
        (["history", "--redact", "--import", "x"], "--redact goes with `probe history RUN`"),
        (["history", "--redact", "--delete", "last"], "--redact goes with `probe history RUN`"),
    ],
)
def test_flags_that_do_not_go_together_are_refused(words: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        parsed(words)


def test_a_store_that_cannot_be_read_is_one_line(run: Run) -> None:
    store_path().mkdir(parents=True)
    for words in ([], ["last"], ["--delete", "last"], ["--export", "x"]):
        with pytest.raises(InputError, match=r"runs\.sqlite3") as caught:
            run(*words)
        assert str(caught.value).isprintable()


@pytest.fixture
def output() -> Output:
    return Output(json=True, file=None, quiet=False, colour=False)


def test_a_new_run_is_compared_with_an_earlier_one(
    store: Store, output: Output, capsys: pytest.CaptureFixture[str]
) -> None:
    name = store.keep(measured())
    old = earlier_run("last", output)
    faster = measured({ARMS[0]: [0.8 * one for one in STEADY], ARMS[1]: STEADY})
    new = store.keep(faster)
    show_comparison(comparison(old, faster, new), output)
    document = msgspec.json.decode(capsys.readouterr().out)
    jsonschema.validate(document, schema("run-comparison"))
    assert (document["old"]["run"], document["new"]["run"]) == (name, new)
    assert document["verdicts"] == {"faster": 1, "equivalent": 1}
    output.json = False
    from_file = comparison(old, faster, "kept.json", from_file=True)
    assert from_file.new.origin == "file"
    show_comparison(from_file, output, ["The new run"])
    page = capsys.readouterr().out
    assert (
        page.startswith(f"The new run\n\nkept.json against {name}\n")
        and f"{ARMS[0]}: faster" in page
    )


def test_what_cannot_be_compared_with_is_refused_before_anything_is_measured(
    store: Store, output: Output
) -> None:
    going_on = store.begin(measured())
    bare = store.keep(structs.replace(measured(), benchmarks=type(measured().benchmarks)()))
    for name, words in (
        (going_on, "is being measured now"),
        (bare, "nothing was measured"),
        ("r77", "no such run"),
    ):
        with pytest.raises(InputError, match=words):
            earlier_run(name, output)


def test_versions_are_read_beside_the_interpreter_without_starting_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    python = tmp_path / "bin" / "python"
    packages = tmp_path / "lib" / "python3.12" / "site-packages"
    (packages / "torch-2.9.1.dist-info").mkdir(parents=True)
    (packages / "torch-2.9.1.dist-info" / "METADATA").write_text("Name: torch\nVersion: 2.9.1\n")
    python.parent.mkdir()
    python.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    python.chmod(0o755)
    assert present._version("pytorch", str(python)) == "2.9.1"
    assert present._version("tensorflow", str(python)) is None
    assert present._version("pytorch", str(tmp_path / "gone")) is None
    assert present._version("pytorch", "/home/<user>/python") == present._UNTOLD
    assert present._version("another", str(python)) == present._UNTOLD
    assert present._version("pytorch", sys.executable) != present._UNTOLD
    assert not (tmp_path / "started").exists()
