"""Every name in an entry must exist, and every condition must fit the question it tests.

These problems stop loading: an engine that met them would have to guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..errors import FileProblem, nearest
from ..model.build import Build
from ..model.condition import Atom, test_of
from ..model.move import EFFORTS, Move
from ..model.question import Question
from ..model.rule import MeasureRule, UnusableRule, ValueRule, VetoRule, WeightRule
from .reading_patterns import check_reading
from .tree import Located, Tree

Report = Callable[[str, str, str, Iterable[str]], None]

EVIDENCE = ("because", "sources", "successors", "instead", "related", "about", "contradicts")

NAMING = (
    "because",
    "instead",
    "successors",
    "contradicts",
    "about",
    "related",
    "gotchas",
    "reading",
)
"""Fields that name entries of any kind."""

RESERVED = frozenset({"dont-know", "does-not-apply", "unknown", "null"})
"""What a person types to say that there is no answer; no choice may be called so."""

TESTS_OF_KIND = {
    "one": ("is", "is_not", "any_of"),
    "several": ("includes", "excludes"),
    "flag": ("is", "is_not"),
    "number": ("at_least", "below"),
    "ranking": ("includes", "excludes", "first"),
}


def check_references(tree: Tree) -> list[FileProblem]:
    """Return every name that leads nowhere and every condition that cannot be tested.

    The base may still name evidence and systems that an overlay withdrew; the overlay may not.
    """
    problems: list[FileProblem] = []
    ids = {located.entry.id for located in tree.all()}
    for located in tree.all():

        def report(
            key: str, message: str, word: str = "", valid: Iterable[str] = (), at: Located = located
        ) -> None:
            if word in tree.withdrawn and not at.origin and key.endswith((*EVIDENCE, "system")):
                return
            problems.append(
                FileProblem(
                    file=at.file,
                    line=at.line_of(key),
                    key=f"{at.entry.id}.{key}",
                    message=message,
                    nearest=nearest(word, valid) if word else "",
                    code="KB202" if key.endswith(EVIDENCE) else "KB201",
                )
            )

        _check_entry(tree, located, ids, report)
    return problems


def _check_entry(tree: Tree, located: Located, ids: set[str], report: Report) -> None:
    entry = located.entry
    for source in entry.sources:
        if source not in tree.entries["source"]:
            report("sources", f"unknown source {source!r}", source, tree.entries["source"])
    for field in NAMING:
        names = getattr(entry, field, ())
        for name in names if isinstance(names, tuple) else ():
            if name not in ids:
                report(field, f"unknown id {name!r}", name, ids)
    for field in ("when", "applies"):
        for index, atom in enumerate(getattr(entry, field, ())):
            _check_atom(tree, atom, f"{field}[{index}]", report)
    check = _BY_KIND.get(located.kind)
    if check:
        check(tree, entry, ids, report)


def _check_atom(tree: Tree, atom: Atom, key: str, report: Report) -> None:
    questions = tree.entries["question"]
    if atom.fact not in questions:
        report(f"{key}.fact", f"unknown question {atom.fact!r}", atom.fact, questions)
        return
    question: Question = questions[atom.fact].entry
    given = list(_given_tests(atom))
    if len(given) != 1:
        report(
            key,
            "makes " + (f"{len(given)} tests" if given else "no test") + "; one is allowed",
            "",
            (),
        )
        return
    name, operand = test_of(atom)
    allowed = TESTS_OF_KIND[question.kind]
    if name not in allowed:
        report(key, f"{name!r} does not suit {atom.fact!r} ({', '.join(allowed)})", name, allowed)
    elif question.kind == "flag" and not isinstance(operand, bool):
        report(f"{key}.{name}", f"{operand!r} is not true or false", "", ())
    elif question.kind in ("one", "several", "ranking"):
        valid = [choice.id for choice in question.choices]
        for word in operand if isinstance(operand, tuple) else (operand,):
            if word not in valid:
                report(f"{key}.{name}", f"{word!r} is no answer to {atom.fact!r}", str(word), valid)


def _given_tests(atom: Atom) -> Iterable[str]:
    from ..model.condition import TESTS

    return (n for n in TESTS if getattr(atom, "is_" if n == "is" else n) is not None)


def _check_rule(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    criteria, options = tree.entries["criterion"], tree.entries["option"]
    named: dict[str, Iterable[str]] = {}
    if len(entry.when) > 3:  # type: ignore[attr-defined]
        report("when", f"has {len(entry.when)} conditions; at most 3", "", ())  # type: ignore[attr-defined]
    if isinstance(entry, (ValueRule, MeasureRule, UnusableRule)):
        named["criterion"] = (entry.criterion,)
    if isinstance(entry, WeightRule):
        named["points"] = entry.points
    if isinstance(entry, MeasureRule) and not 0 < entry.share <= 1:
        report("share", f"{entry.share:g} is not between 0 and 1", "", ())
    if isinstance(entry, VetoRule) and entry.workaround:
        named["workaround.penalties"] = entry.workaround.penalties
    for key, names in named.items():
        for name in names:
            if name not in criteria:
                where = key if key == "criterion" else f"{key}.{name}"
                report(where, f"unknown criterion {name!r}", name, criteria)
    for key in ("effects", "options"):
        for name in getattr(entry, key, ()):
            if name not in options:
                report(f"{key}.{name}", f"unknown option {name!r}", name, options)


def _check_criterion(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    points = entry.points  # type: ignore[attr-defined]
    if points <= 0:
        report("points", f"{points:g} is not above 0", "", ())


def _check_option(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    criteria = tree.entries["criterion"]
    base = entry.base  # type: ignore[attr-defined]
    for name, value in base.items():
        if name not in criteria:
            report("base", f"unknown criterion {name!r}", name, criteria)
        if not 0 <= value.value <= 1:
            report(f"base.{name}.value", f"{value.value} is not between 0 and 1", "", ())
        for because in value.because:
            if because not in ids:
                report(f"base.{name}.because", f"unknown id {because!r}", because, ids)
    for name in criteria:
        if name not in base:
            report("base", f"has no value for {name!r}", "", ())


def _check_pick(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    systems, options = tree.entries["system"], tree.entries["option"]
    for name in entry.options:  # type: ignore[attr-defined]
        if name not in options:
            report("options", f"unknown option {name!r}", name, options)
    if entry.system not in systems:  # type: ignore[attr-defined]
        report("system", f"unknown system {entry.system!r}", entry.system, systems)  # type: ignore[attr-defined]


def _check_given(tree: Tree, question: Question, report: Report) -> None:
    names = {choice.id for choice in question.choices}
    for index, given in enumerate(question.given):
        key = f"given[{index}].priors"
        for atom_index, atom in enumerate(given.when):
            _check_atom(tree, atom, f"given[{index}].when[{atom_index}]", report)
        if question.kind not in ("one", "several"):
            report(key, f"does not suit a {question.kind} question", "", ())
        for name, share in given.priors.items():
            if name not in names:
                report(key, f"{name!r} is no answer to {question.id!r}", name, names)
            # A share of nothing would read a missing answer as "no".
            if not 0 < share < 1:
                report(f"{key}.{name}", f"{share:g} is not above 0 and below 1", "", ())
        if question.kind == "one" and set(given.priors) != names:
            report(key, "must name every choice: " + ", ".join(sorted(names)), "", ())


def _check_question(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    assert isinstance(entry, Question)
    _check_given(tree, entry, report)
    if entry.kind in ("one", "several", "ranking") and len(entry.choices) < 2:
        report("choices", "needs at least two choices", "", ())
    if entry.kind == "number":
        _check_bands(entry, report)
    if entry.kind == "ranking" and not 1 <= entry.most <= len(entry.choices):
        report("most", f"{entry.most} is not between 1 and the number of choices", "", ())
    if not 0 <= entry.prior <= 1:
        report("prior", f"{entry.prior:g} is not between 0 and 1", "", ())
    if entry.asking_cost <= 0:
        report("asking_cost", f"{entry.asking_cost:g} is not above 0", "", ())
    for index, choice in enumerate(entry.choices):
        if any(choice.id == other.id for other in entry.choices[:index]):
            report(f"choices[{index}].id", f"names a choice twice: {choice.id!r}", "", ())
        if not 0 <= choice.prior <= 1:
            words = f"{choice.prior:g} is not between 0 and 1"
            report(f"choices[{index}].prior", words, "", ())
        if choice.id in RESERVED or (choice.id == "none" and entry.kind != "one"):
            report(f"choices[{index}].id", f"{choice.id!r} has a meaning of its own", "", ())


def _check_bands(question: Question, report: Report) -> None:
    """Bands follow one another from 0 and their shares are shares, or no cell has a length."""
    if not question.bands or question.bands[-1].below is not None:
        report("bands", "needs bands, the last one without `below`", "", ())
    start = 0.0
    for index, band in enumerate(question.bands):
        if not 0 <= band.share <= 1:
            report(f"bands[{index}].share", f"{band.share:g} is not between 0 and 1", "", ())
        if index < len(question.bands) - 1:
            if band.below is None or band.below <= start:
                report(f"bands[{index}]", f"does not end above {start:g}", "", ())
                return
            start = band.below


def _check_feature(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    for index, statement in enumerate(entry.statements):  # type: ignore[attr-defined]
        for source in statement.sources:
            if source not in tree.entries["source"]:
                report(
                    f"statements[{index}].sources",
                    f"unknown source {source!r}",
                    source,
                    tree.entries["source"],
                )


def _check_claim(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    seeds = tree.entries["seed"]
    for index, place in enumerate(entry.places):  # type: ignore[attr-defined]
        if place.seed not in seeds:
            report(f"places[{index}].seed", f"unknown seed {place.seed!r}", place.seed, seeds)
            continue
        sections = {section.id: section for section in seeds[place.seed].entry.sections}
        if place.section not in sections:
            words = f"unknown section {place.section!r} of {place.seed}"
            report(f"places[{index}].section", words, place.section, sections)
        elif place.item not in sections[place.section].items:
            words = f"unknown item {place.item!r} of {place.seed}/{place.section}"
            items = sections[place.section].items
            report(f"places[{index}].item", words, place.item, items)
    test = entry.test  # type: ignore[attr-defined]
    figures = tree.entries["figure"]
    if test is not None and test.figure is not None and test.figure not in figures:
        report("test.figure", f"unknown figure {test.figure!r}", test.figure, figures)


def _check_step(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    if entry.path not in tree.entries["path"]:  # type: ignore[attr-defined]
        report("path", f"unknown path {entry.path!r}", entry.path, tree.entries["path"])  # type: ignore[attr-defined]


def _check_api(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    for name in entry.gotchas:  # type: ignore[attr-defined]
        if name in ids and name not in tree.entries["gotcha"]:
            report("gotchas", f"{name!r} is no gotcha", name, tree.entries["gotcha"])


def _check_move(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    assert isinstance(entry, Move)
    code = tree.entries["question"].get("existing-code")
    valid = [choice.id for choice in code.entry.choices] if code else []
    for name in entry.from_:
        if name not in valid:
            report("from", f"{name!r} is no answer to 'existing-code'", name, valid)
    if entry.option not in tree.entries["option"]:
        report("option", f"unknown option {entry.option!r}", entry.option, tree.entries["option"])
    for other in tree.entries["move"].values():
        both = set(entry.from_) & set(other.entry.from_)
        if both and other.entry.id < entry.id and other.entry.option == entry.option:
            report("from", f"{other.entry.id!r} has {sorted(both)[0]!r}, too", "", ())
    classes: dict[str, str] = {}
    for effort in EFFORTS:
        for index, item in enumerate(getattr(entry, effort)):
            key = f"{effort}[{index}]"
            if not item.because:
                report(f"{key}.because", "names no entry", "", ())
            for name in item.because:
                if name not in ids:
                    report(f"{key}.because", f"unknown id {name!r}", name, ids)
                elif name in tree.entries["api"] and classes.setdefault(name, effort) != effort:
                    report(f"{key}.because", f"{name!r} is {classes[name]} already", "", ())
            for number, atom in enumerate(item.when):
                _check_atom(tree, atom, f"{key}.when[{number}]", report)


def _check_use_case(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    for name in entry.matters:  # type: ignore[attr-defined]
        if name not in tree.entries["criterion"]:
            report("matters", f"unknown criterion {name!r}", name, tree.entries["criterion"])
    for option, parts in entry.stacks.items():  # type: ignore[attr-defined]
        for index, part in enumerate(parts):
            if part.system not in tree.entries["system"]:
                report(
                    f"stacks.{option}[{index}].system",
                    f"unknown system {part.system!r}",
                    part.system,
                    tree.entries["system"],
                )


def _check_build(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    """A build that says nothing of its card, or whose command is none, cannot be planned with."""
    assert isinstance(entry, Build)
    if not entry.install.startswith(("{pip} ", "{uv} ", "docker ")):
        report("install", "begins with neither {pip}, {uv} nor a program", "", ())
    if not any(entry.release.startswith(version) for version in entry.versions):
        report("release", f"{entry.release!r} belongs to none of the versions", "", ())
    if entry.device == "cuda" and entry.driver is None:
        report("driver", "is missing: a build for NVIDIA cards needs one", "", ())
    for index, broken in enumerate(entry.broken):
        for name in broken.because:
            if name not in tree.entries["source"]:
                key = f"broken[{index}].because"
                report(key, f"unknown source {name!r}", name, tree.entries["source"])


def _check_phrase(tree: Tree, entry: object, ids: set[str], report: Report) -> None:
    for name in entry.includes:  # type: ignore[attr-defined]
        if name not in tree.entries["phrase"]:
            report("includes", f"unknown group of words {name!r}", name, tree.entries["phrase"])


_BY_KIND = {
    "phrase": _check_phrase,
    "reading": check_reading,
    "rule": _check_rule,
    "option": _check_option,
    "criterion": _check_criterion,
    "pick": _check_pick,
    "question": _check_question,
    "feature": _check_feature,
    "claim": _check_claim,
    "use-case": _check_use_case,
    "step": _check_step,
    "api": _check_api,
    "move": _check_move,
    "build": _check_build,
}
