"""What a change of the knowledge base does to the golden scenarios."""

from __future__ import annotations

from pathlib import Path

from advisor.beside.drift import drift
from advisor.record.scenarios import scenarios
from knowledge.base import Knowledge, load

BOOK = scenarios()[:25]
HOUSE = """
- id: house-no-pytorch
  kind: veto
  when:
    - {fact: domain, any_of: [text, vision, audio, multimodal, tabular, time-series]}
  options: [pytorch]
  text: "We do not run PyTorch."
  basis: judgement
  grade: D
  because: [pytorch]
  as_of: "2026-11-20"
"""


def overlaid(folder: Path, text: str) -> Knowledge:
    (folder / "rules").mkdir(parents=True)
    (folder / "rules" / "house.yaml").write_text(text)
    return load((folder,))


def test_a_version_does_not_differ_from_itself(knowledge: Knowledge) -> None:
    found = drift(("a", knowledge), ("b", knowledge), BOOK)
    assert found.flipped == found.reworded == found.entries == ()
    assert found.old.right == found.new.right
    assert found.scenarios == len(BOOK)


def test_a_house_rule_that_rules_an_option_out_flips_and_is_named(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    house = overlaid(tmp_path / "house", HOUSE)
    found = drift(("old", knowledge), ("new", house), BOOK)
    assert found.flipped
    for flipped in found.flipped:
        assert flipped.old.choice != flipped.new.choice
        assert flipped.new.choice != "pytorch"
    assert any("house-no-pytorch" in flipped.rules for flipped in found.flipped)
    [rules] = [changed for changed in found.entries if changed.kind == "rule"]
    assert rules.added == ("house-no-pytorch",) and not rules.removed and not rules.changed
    assert found.new.right < found.old.right


def test_turning_the_versions_round_turns_every_flip_round(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    house = overlaid(tmp_path / "house", HOUSE)
    there = drift(("old", knowledge), ("new", house), BOOK)
    back = drift(("new", house), ("old", knowledge), BOOK)
    assert [f.scenario for f in there.flipped] == [f.scenario for f in back.flipped]
    for one, other in zip(there.flipped, back.flipped, strict=True):
        assert (one.old, one.new) == (other.new, other.old)
