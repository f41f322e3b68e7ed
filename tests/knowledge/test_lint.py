"""Every code of the checks, set off by one small change, at the line where the change stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.lint.run import Finding, lint

from .small_base import SMALL, copied, write

ROOT = Path(__file__).resolve().parents[2]

Change = tuple[str, str, str]
"""File, what stands there, and what stands there instead; "" for the end of the file."""

FEATURE = """\
- id: new-feature
  title: New
  topic: ease
  asks: Is it new?
  mechanism: It was not there before.
  as_of: "2026-11-20"
  statements:
    - {option: pytorch, text: It is., basis: documented, as_of: "2026-11-20", sources: [nothing]}
"""
SEED = """\
- id: new-seed
  title: A document
  file: seed.md
  about: Claims.
  as_of: "2026-11-20"
  sections:
    - {id: first, title: First, items: [one]}
"""
SOURCE = """\
- id: third-source
  title: Unused
  url: https://example.org/unused
  kind: documentation
  says: Nothing.
  accessed: "2026-11-20"
  as_of: "2026-11-20"
"""
NARROWER = """\
- id: nothing-on-phones-for-finished-models
  kind: veto
  when:  # narrower
    - {fact: targets, includes: phone}
    - {fact: goal, is: run-only}
    - {fact: offline, is: true}
  options: [pytorch]
  text: A runtime is enough.
  basis: judgement
  grade: D
  because: [small-runtime]
  as_of: "2026-11-20"
"""
OPPOSITE = """\
- id: research-favours-keras
  kind: value
  when:
    - {fact: goal, is: research}
  criterion: reach
  effects:
    keras: [0.01, 0.02, 0.03]
  text: It is short to write.
  basis: judgement
  grade: D
  because: [pytorch]
  as_of: "2026-11-20"
"""
CLAIM = """\
- id: new-claim
  claim: It is faster.
  topic: speed
  verdict: depends
  reason: It depends.
  today: Measure it.
  tested_by: matmul
  test:  # of one arm with itself
    compare: [{a: pytorch/eager, b: pytorch/eager, says: a-less}]
    shows: Whether it is.
  sources: [first-source]
  as_of: "2026-11-20"
"""
RULES, PICKS, SYSTEMS = "rules/rules.yaml", "picks/picks.yaml", "systems/systems.yaml"
QUESTIONS, SOURCES, PYTORCH = (
    "questions/questions.yaml",
    "sources/sources.yaml",
    "options/pytorch.yaml",
)

CASES: list[tuple[str, Change, str]] = [
    # code, change, and the text of the line that the finding names
    ("KB101", (SOURCES, "Release notes", "Release \x00notes"), "\x00"),
    ("KB102", (SOURCES, "Release notes", "Release: notes"), "Release: notes"),
    ("KB103", (SOURCES, "Release notes", "&a Release notes"), "&a"),
    ("KB104", (SOURCES, "title: Release notes", "[title]: Release notes"), "[title]"),
    ("KB105", (SOURCES, "  title: Release notes", "  title: R\n  title: S"), "title: S"),
    ("KB106", ("rule/rules.yaml", "", "- id: x\n"), ""),
    ("KB107", (PYTORCH, "id: pytorch", "id: torch"), "id: torch"),
    ("KB108", (SOURCES, "id: second-source", "id: first-source"), "id: first"),
    ("KB110", (SOURCES, "https://example.org/notes", "example.org"), "url: example.org"),
    ("KB111", (SOURCES, "  title: Release notes", "  title: R\n  subtitle: S"), "subtitle"),
    ("KB112", (SOURCES, "  title: Release notes\n", ""), "id: first-source"),
    ("KB113", (SOURCES, "kind: release-notes", "kind: release-note"), "kind: release-note"),
    ("KB114", (SOURCES, 'published: "2026-03"', "published: 2026-03"), "published"),
    ("KB201", (RULES, "fact: model-size", "fact: model-sice"), "model-sice"),
    ("KB202", (PICKS, "because: [pytorch]", "because: [pytroch]"), "pytroch"),
    ("KB203", (SYSTEMS, "  sources: [second-source]\n", ""), "id: small-runtime"),
    (
        "KB204",
        (RULES, "  grade: C\n  because: [pytorch]", "  grade: C\n  because: []  # here"),
        "# here",
    ),
    ("KB205", (SOURCES, "example.org/notes", "pypi" + ".org/project/x"), "url: https"),
    ("KB206", (SOURCES, "", SOURCE), "id: third-source"),
    ("KB207", (SOURCES, 'published: "2026-03"', 'published: "2026-12-24"'), "2026-12-24"),
    ("KB208", (SOURCES, "says: It runs", "quote: " + "word " * 26 + "\n  says: It"), "quote"),
    ("KB301", (RULES, "  when:\n    - {fact: goal, is: research}\n", "  when: []\n"), "when: []"),
    (
        "KB302",
        (
            RULES,
            "when:\n    - {fact: goal, is: research}",
            "when:  # x\n    - {fact: goal, is: research}\n    - {fact: goal, is: product}",
        ),
        "# x",
    ),
    ("KB303", (RULES, "", ""), "when:  # twice"),
    ("KB304", (RULES, "[0.05, 0.1, 0.2]", "[0.3, 0.1, 0.2]"), "[0.3, 0.1"),
    ("KB305", (RULES, "[-0.1, -0.05, 0]", "[-0.1, 0, 0]"), "[-0.1, 0, 0]"),
    ("KB306", (RULES, "Sharding ships with it.", "Sharding " * 40), "Sharding Sharding"),
    ("KB307", (RULES, "at_least: 10", "at_least: 9"), "at_least: 9"),
    ("KB308", (RULES, "", NARROWER), "# narrower"),
    ("KB309", (RULES, "", OPPOSITE), "keras: [0.01"),
    ("KB310", (PYTORCH, "value: 0.55", "value: 0.75"), "value: 0.75"),
    ("KB311", (RULES, "reach: -2", "reach: -12"), ""),
    ("KB320", (QUESTIONS, "aliases: [paper]", "aliases: [Run-only]"), "id: run-only"),
    ("KB401", (SYSTEMS, "", ""), "system: small-runtime"),
    ("KB402", (SYSTEMS, "roles: [serving]", "roles: [data]"), ""),
    ("KB403", (SYSTEMS, "", ""), "instead: [small-runtime]"),
    ("KB501", (SYSTEMS, "Runs exported models.", "The best runtime."), "The best"),
    ("KB601", ("seeds/seeds.yaml", "", SEED), "items: [one]"),
    ("KB602", ("claims/claims.yaml", "", CLAIM), "# of one arm"),
]
WITHOUT_A_BASE = {
    "KB100": "the code of what is no entry: a missing overlay, a file of answers",
    "KB109": "withdrawals stand in overlays only; see the tests of overlays",
    "KB115": "the same",
}


def changed(base: Path, change: Change) -> None:
    name, old, new = change
    path = base / name
    text = path.read_text() if path.exists() else ""
    if old:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    else:
        text += new
    write(base, name, text)


def findings(base: Path) -> list[Finding]:
    return lint(base=base)


def line_of(base: Path, finding: Finding) -> str:
    assert finding.line is not None
    return (base.parent.parent / finding.file).read_text().splitlines()[finding.line - 1]


def test_a_clean_base_has_no_findings() -> None:
    assert findings(SMALL) == []


def prepared(base: Path, code: str) -> None:
    """Make the changes that need more than one place."""
    if code == "KB303":
        text = (base / RULES).read_text()
        rule = text[: text.index("- id: phones")].replace("research-favours", "again-favours")
        write(base, "rules/twice.yaml", rule.replace("when:", "when:  # twice"))
        for name in ("pytorch", "keras"):
            path = base / "options" / f"{name}.yaml"
            path.write_text(path.read_text().replace("reach: {value: 0.5", "reach: {value: 0.4"))
    if code == "KB401":
        changed(
            base,
            (
                SYSTEMS,
                'status: active\n  status_basis: documented\n  as_of: "2026-11-19"',
                'status: maintenance\n  status_basis: documented\n  as_of: "2026-11-19"',
            ),
        )
    if code == "KB403":
        changed(
            base,
            (
                SYSTEMS,
                'status: active\n  status_basis: documented\n  as_of: "2026-11-19"',
                'status: ended\n  status_basis: documented\n  as_of: "2026-11-19"',
            ),
        )
        changed(base, (PICKS, "  why: Serves", "  although: because we say so\n  why: Serves"))


@pytest.mark.parametrize(("code", "change", "words"), CASES, ids=[case[0] for case in CASES])
def test_a_check_finds_exactly_what_was_changed(
    tmp_path: Path, code: str, change: Change, words: str
) -> None:
    base = copied(tmp_path)
    changed(base, change)
    prepared(base, code)
    found = findings(base)
    assert [finding.code for finding in found if finding.level == "error"] == (
        [] if code in ("KB206", "KB307", "KB402") else [code]
    )
    mine = next(finding for finding in found if finding.code == code)
    assert mine.file.startswith("base/data/")
    if code == "KB106":
        assert mine.nearest == "rules"
    elif words:
        assert words in line_of(base, mine)


def test_every_code_has_a_case_here_or_in_the_tests_of_executable_entries() -> None:
    source = "".join(path.read_text() for path in (ROOT / "knowledge").rglob("*.py"))
    codes = {code for code in re.findall(r'"(KB\d{3})"', source) if not code.startswith("KB7")}
    assert codes - WITHOUT_A_BASE.keys() == {case[0] for case in CASES}


def test_warnings_do_not_make_a_base_invalid(tmp_path: Path) -> None:
    base = copied(tmp_path)
    changed(base, (SOURCES, "", SOURCE))
    assert [finding.level for finding in findings(base)] == ["warning"]


def test_a_statement_without_its_source_is_found(tmp_path: Path) -> None:
    base = copied(tmp_path)
    write(base, "features/features.yaml", FEATURE)
    assert [finding.code for finding in findings(base)] == ["KB202"]
    write(base, "features/features.yaml", FEATURE.replace("nothing", "first-source"))
    assert findings(base) == []


@pytest.mark.parametrize(
    "when",
    [
        "[{fact: goal, is: research}, {fact: goal, is_not: research}]",
        "[{fact: goal, any_of: [research, product]}, {fact: goal, is: run-only}]",
        "[{fact: goal, any_of: []}]",
        "[{fact: offline, is: true}, {fact: offline, is: false}]",
        "[{fact: targets, includes: phone}, {fact: targets, excludes: phone}]",
        "[{fact: model-size, below: 1}, {fact: model-size, at_least: 1}]",
        "[{fact: model-size, below: 0}]",
        "[{fact: priorities, first: speed}, {fact: priorities, first: reach}]",
        "[{fact: priorities, first: speed}, {fact: priorities, excludes: speed}]",
    ],
)
def test_conditions_that_exclude_each_other_are_found(tmp_path: Path, when: str) -> None:
    base = copied(tmp_path)
    changed(base, (RULES, "\n    - {fact: goal, is: research}", f" {when}"))
    assert "KB302" in {finding.code for finding in findings(base)}


@pytest.mark.parametrize(
    "when",
    [
        "[{fact: goal, is: research}, {fact: goal, is_not: product}]",
        "[{fact: targets, includes: phone}, {fact: targets, excludes: server}]",
        "[{fact: model-size, at_least: 1}, {fact: model-size, below: 10}]",
        "[{fact: priorities, first: speed}, {fact: priorities, includes: reach}]",
        "[{fact: priorities, excludes: speed}, {fact: priorities, excludes: reach}]",
    ],
)
def test_conditions_that_can_hold_together_are_left_alone(tmp_path: Path, when: str) -> None:
    base = copied(tmp_path)
    changed(base, (RULES, "\n    - {fact: goal, is: research}", f" {when}"))
    assert "KB302" not in {finding.code for finding in findings(base)}


def test_a_base_that_cannot_be_read_is_reported_without_the_checks_that_need_it(
    tmp_path: Path,
) -> None:
    base = copied(tmp_path)
    changed(base, (RULES, "fact: model-size", "fact: model-sice"))
    changed(base, (SYSTEMS, "Runs exported models.", "The best runtime."))
    assert [finding.code for finding in findings(base)] == ["KB201"]


def test_findings_of_an_overlay_name_its_files(tmp_path: Path) -> None:
    write(tmp_path, "house/sources/s.yaml", SOURCE.replace("Nothing.", "The best there is."))
    found = lint((tmp_path / "house",), SMALL)
    assert {(finding.file, finding.code) for finding in found} == {
        ("house/sources/s.yaml", "KB206"),
        ("house/sources/s.yaml", "KB501"),
    }
