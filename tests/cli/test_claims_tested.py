"""`probe claims` and `--chart`: from kept or given documents to pages, documents and pictures."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from advisor.cli import main
from advisor.cli.charting import chart_page, refuse_other_files, write_charts
from advisor.cli.output import Output
from advisor.cli.testing_claims import claims, claims_of_evidence
from advisor.documents.schemas import schema
from advisor.errors import InputError
from advisor.reports.charts.of_run import charts_of
from knowledge.base import Knowledge
from probes.document import ProbeDocument
from tests.tested.making import PC, PE, TE, TF, document, workload

ARMS = {PE: 0.02, PC: 0.013, TE: 0.03, TF: 0.0131}


@pytest.fixture
def measured() -> ProbeDocument:
    return document(
        {
            "train-step-small": workload("train-step", ARMS),
            "decode-small": workload("decode", ARMS),
        }
    )


@pytest.fixture
def file(measured: ProbeDocument, tmp_path: Path) -> str:
    path = tmp_path / "probe.json"
    path.write_bytes(msgspec.json.encode(measured))
    return str(path)


def output(**fields: Any) -> Output:
    return Output(**{"json": False, "file": None, "quiet": True, "colour": False} | fields)


def asked(**fields: Any) -> argparse.Namespace:
    return argparse.Namespace(**{"evidence": [], "chart": None} | fields)


def test_the_document_fits_its_schema(
    knowledge: Knowledge, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert claims(asked(evidence=[file]), knowledge, output(json=True)) == 0
    found = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, schema("probe-claims"))
    assert found["schema"] == "fw-advisor/probe-claims"
    assert sum(found["verdicts"].values()) == len(found["claims"]) >= 73
    one = next(c for c in found["claims"] if c["id"] == "pytorch-trains-slower-than-tensorflow")
    assert [said["value"] for said in one["said"]] == [12, 10]
    assert one["verdict"] == "contradicted" and one["parts"][0]["ratio"] < 1


@pytest.mark.parametrize("width", ["60", "80", "120", "160"])
def test_the_page_fits_and_shows_both_figures(
    knowledge: Knowledge,
    file: str,
    width: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    claims(asked(evidence=[file]), knowledge, output())
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= int(width)
    words = " ".join(out.split())
    assert "PyTorch about 12 hours, TensorFlow about 10 hours; no source given there" in words
    assert "pytorch/eager took 0.67 times as long as tensorflow/eager" in words
    assert "Two charts" in words and "claimed" in words


def test_without_any_run_it_says_how_to_begin(
    knowledge: Knowledge, capsys: pytest.CaptureFixture[str]
) -> None:
    assert claims(asked(), knowledge, output()) == 0
    out = capsys.readouterr().out
    assert "Nothing was measured yet. Begin with: fw-advisor probe bench" in out


def test_charts_go_to_a_file(knowledge: Knowledge, file: str, tmp_path: Path) -> None:
    path = tmp_path / "seeds.svg"
    claims(asked(evidence=[file], chart=str(path)), knowledge, output())
    assert path.read_text().startswith("<svg ")


def test_a_run_s_charts_go_to_one_file(measured: ProbeDocument, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "run.PNG"
    write_charts(charts_of(measured), str(path), output())
    assert path.read_bytes().startswith(b"\x89PNG")
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["run.PNG"]


@pytest.mark.parametrize("name", ["chart", "chart.pdf", "chart.svg.gz", ""])
def test_another_kind_of_file_is_refused_before_anything_is_measured(name: str) -> None:
    with pytest.raises(InputError, match=r"\.svg or \.png"):
        refuse_other_files(name)


def test_without_matplotlib_a_png_is_refused_before_anything_is_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    refuse_other_files("x.svg")
    with pytest.raises(InputError, match=r"fw-advisor\[charts\]"):
        refuse_other_files("x.png")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("claims", "--arm", "pytorch/eager"), "--arm does not go with it"),
        (("claims", "--quick"), "--quick does not go with it"),
        (("claims", "--fail-if", "degraded"), "--fail-if does not go with it"),
        (("bench", "--evidence", "x.json"), "--evidence goes with `probe claims` only"),
        (("hardware", "--chart", "x.svg"), "--chart goes with"),
        (("history", "--chart", "x.svg"), "--chart goes with"),
        (("claims", "--chart", "x.pdf"), ".svg or .png"),
        (("claims", "--evidence", "nowhere.json"), "nowhere.json"),
    ],
)
def test_flags_that_do_not_go_together_are_one_line(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["probe", *words]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1


def test_the_command_reads_a_saved_probe(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "seeds.svg"
    assert main(["probe", "claims", "--evidence", file, "--json", "--chart", str(picture)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdicts"]["contradicted"] > 0 and picture.exists()


def test_nothing_to_draw_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing was measured"):
        write_charts([], str(tmp_path / "x.svg"), output())


def test_a_folder_that_is_not_there_is_one_line(measured: ProbeDocument, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for name in ("x.svg", "x.png"):
        with pytest.raises(InputError, match="cannot be written"):
            write_charts(charts_of(measured), str(tmp_path / "none" / name), output())


def test_a_terminal_without_block_characters_gets_ascii(
    measured: ProbeDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    from advisor.reports.page import plain

    monkeypatch.setenv("TERM", "dumb")
    assert all(plain(line).isascii() for line in chart_page(charts_of(measured)))


def test_the_record_draws_the_seeds_charts_and_loads_nothing(
    knowledge: Knowledge, file: str
) -> None:
    import re

    from advisor.engine.tables import Tables
    from advisor.explain.advice import advise
    from advisor.facts.evidence import collect, read_probe
    from advisor.reports.html import decision_page

    _, measurements, _ = collect([(file, read_probe(file))], "2026-11-20")
    advice = advise(Tables(knowledge), [], created="2026-11-20", measurements=measurements)
    found = claims_of_evidence([file], knowledge, output())
    page = decision_page(advice, knowledge, found)
    assert 'id="seeds-title"' in page and "no source given there" in page
    assert not re.search(r"<script|<link|@import|<image|src=", page)
    assert "<svg" not in decision_page(
        advise(Tables(knowledge), [], created="2026-11-20"), knowledge
    )
