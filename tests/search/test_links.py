"""Links between entries: complete, in both directions, and never to nowhere."""

from __future__ import annotations

from knowledge.base import Knowledge, load
from tests.knowledge.small_base import SMALL

SMALL_BASE = load(base=SMALL)


def ends(knowledge: Knowledge, name: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    out, back = knowledge.links(name)
    return {(x.field, x.row.id) for x in out}, {(x.field, x.row.id) for x in back}


def test_a_rule_leads_to_what_it_tests_moves_and_rests_on() -> None:
    out, back = ends(SMALL_BASE, "research-favours-pytorch")
    assert out == {
        ("when", "goal"),
        ("criterion", "reach"),
        ("effects", "pytorch"),
        ("effects", "keras"),
        ("because", "pytorch"),
    }
    assert back == set()


def test_a_question_knows_the_rules_that_ask_for_it() -> None:
    _, back = ends(SMALL_BASE, "goal")
    assert ("when", "research-favours-pytorch") in back
    assert ("when", "no-framework-for-finished-models") in back


def test_a_source_knows_who_names_it() -> None:
    _, back = ends(SMALL_BASE, "second-source")
    assert back == {("sources", "small-runtime")}


def test_every_link_is_seen_from_both_ends(knowledge: Knowledge) -> None:
    forward, backward = set(), set()
    for row in knowledge.catalogue.rows:
        out, back = ends(knowledge, row.id)
        forward |= {(row.id, field, other) for field, other in out}
        backward |= {(other, field, row.id) for field, other in back}
    assert forward == backward
    assert len(forward) > len(knowledge.catalogue.rows)


def test_what_because_and_sources_name_is_linked(knowledge: Knowledge) -> None:
    for rule in knowledge.rules.values():
        out, _ = ends(knowledge, rule.id)
        assert {("because", name) for name in rule.because if knowledge.find(name)} <= out
    for system in knowledge.systems.values():
        out, _ = ends(knowledge, system.id)
        assert {("sources", name) for name in system.sources} <= out
        assert {("successors", name) for name in system.successors} <= out
