"""The advice as rows of a page: verdict, stack, reasons, what would change it, what it rests on.

A row's id says what Enter does there: `reason:3`, `entry:onnx`, `flip:0`, `ask:goal`,
`change:goal`, `probe`.
"""

from __future__ import annotations

from collections import Counter

from advisor.documents.advice import Advice, Reason, WhyNot
from advisor.explain.reasons import strongest
from advisor.explain.words import answer_words, percent
from knowledge.base import Knowledge

from .migration_rows import migration_rows
from .session import FOUND, state_of_source
from .widgets.rows import MUTED, Part, Row, row
from .wording import NO_FRAMEWORK, NOT_NEEDED, STATES, STRENGTH, clean, read_words

Rows = list[tuple[str | None, Row]]

BETWEEN = {"either": "either", "none": "neither", "pytorch": "PyTorch", "tensorflow": "TensorFlow"}


def advice_rows(advice: Advice, knowledge: Knowledge) -> Rows:
    """Return the whole page."""
    return [
        *_verdict(advice),
        *_instead(advice, knowledge),
        *_warnings(advice),
        *_stack(advice, knowledge),
        *_reasons(advice, knowledge),
        *migration_rows(advice, knowledge),
        *_changes(advice),
        *_house_rules(advice),
        *_known(advice),
        *_why_not(advice, knowledge),
        *_questions(advice, knowledge),
        *_facts(advice, knowledge),
        *_foot(advice),
    ]


def heading(text: str) -> Rows:
    """Return a heading with a line above it."""
    return [(None, row("", "")), (None, row("", (clean(text), "bold $text-accent")))]


def _verdict(advice: Advice) -> Rows:
    verdict = advice.verdict
    meaning = (NO_FRAMEWORK if verdict.choice == "none" else STRENGTH)[verdict.strength]
    if verdict.strength == "none" and advice.instead:
        meaning = NOT_NEEDED
    rows: Rows = [
        (None, row("", (clean(verdict.summary), "bold"))),
        (None, row("", "Strength: ", (verdict.strength, "bold"), f", {meaning}.")),
    ]
    between = advice.between_pytorch_and_tensorflow
    if verdict.choice not in ("pytorch", "tensorflow", "none"):
        said = BETWEEN[between.choice]
        rows.append((None, row("", f"Between PyTorch and TensorFlow alone: {said}.")))
    if verdict.depends_on:
        rows.append((f"ask:{verdict.depends_on}", row("? ", "Answer the question it hangs on")))
    return rows


def _instead(advice: Advice, knowledge: Knowledge) -> Rows:
    if not advice.instead:
        return []
    rows = heading("What serves instead")
    for part in advice.instead:
        system = knowledge.systems.get(part.system)
        what = f": {clean(system.what)}" if system else ""
        name = clean(knowledge.name_of(part.system))
        rows.append((f"entry:{part.system}", row("• ", (name, "bold"), what)))
    for why in dict.fromkeys(part.why for part in advice.instead):
        rows.append((None, row("  ", (clean(why), MUTED))))
    return rows


def _warnings(advice: Advice) -> Rows:
    lines = [clean(text) for text in advice.warnings]
    lines += [f"Not used: {clean(i.said)} ({clean(i.why)})" for i in advice.ignored]
    if not lines:
        return []
    return [
        *heading("Please note"),
        *((None, row(("! ", "$text-warning"), line)) for line in lines),
    ]


def _stack(advice: Advice, knowledge: Knowledge) -> Rows:
    if not advice.stack:
        return []
    names = {part.system: clean(knowledge.name_of(part.system)) for part in advice.stack}
    roles = max(len(part.role) for part in advice.stack) + 2
    wide = max(len(name) for name in names.values()) + 2
    rows = heading("Stack")
    for part in advice.stack:
        role = f"{part.role.replace('-', ' '):<{roles}}"
        name = f"{names[part.system]:<{wide}}"
        lead: list[Part] = [(role, MUTED), (name, "bold")]
        rows.append((f"entry:{part.system}", row(lead, clean(part.why))))
    return rows


def _reasons(advice: Advice, knowledge: Knowledge) -> Rows:
    if not advice.reasons:
        return []
    ours = clean(knowledge.options[advice.reasons[0].option].name)
    theirs = clean(knowledge.options[advice.reasons[0].against].name)
    rows: Rows = []
    forward, backward = strongest(advice.reasons)
    for title, chosen, sign, style in (
        (f"For {ours} over {theirs}", forward, "+ ", "$text-success"),
        (f"Against {ours}, for {theirs}", backward, "− ", "$text-warning"),
    ):
        if chosen:
            rows += heading(title)
            for reason in chosen:
                place = advice.reasons.index(reason)
                lead: Part = (sign, style)
                rows.append((f"reason:{place}", row(lead, clean(reason.text), _known_by(reason))))
    return rows


def points_of(push: float) -> str:
    """Return a push in points."""
    return f"{100 * abs(push):.1f}".rstrip("0").rstrip(".")


def _known_by(reason: Reason) -> Part:
    house = f", house rule of {clean(reason.house)}" if reason.house else ""
    return (f" [{points_of(reason.push)} points; {reason.basis} {reason.as_of}{house}]", MUTED)


def _changes(advice: Advice) -> Rows:
    rows = heading("What would change this")
    if not advice.flips:
        said = "No single change of an answer that was given, of a weight or of a measurement."
        rows.append((None, row("  ", (said, MUTED))))
    for place, flip in enumerate(advice.flips[:5]):
        asked = "weight" not in flip.change and "measurement" not in flip.change
        rows.append((f"flip:{place}" if asked else None, row("~ ", clean(flip.text))))
    return [
        *rows,
        ("toward", row("→ ", "What would make it another option?", (" m", MUTED))),
        ("beside", row("→ ", "Put other answers beside these.", (" v", MUTED))),
    ]


def _house_rules(advice: Advice) -> Rows:
    if not advice.house_rules:
        return []
    rows = heading("House rules that took part")
    for rule in advice.house_rules:
        lead: list[Part] = [(f"{clean(rule.house)}, {rule.kind}  ", MUTED)]
        rows.append((f"entry:{rule.rule}", row(lead, clean(rule.text))))
    return rows


def _known(advice: Advice) -> Rows:
    rows = heading("Measured here, and only read")
    for m in advice.measured:
        text = (
            f"{m.workload} on {m.device}: PyTorch took {m.ratio:.2f} times as long as TensorFlow, "
            f"95 % interval {m.low:.2f} to {m.high:.2f}: {m.verdict} "
            f"({m.pytorch_arm} against {m.tensorflow_arm}, {m.measured_on[:10]})"
        )
        rows.append((None, row("✓ ", clean(text))))
    basis = Counter(reason.basis for reason in advice.reasons if reason.basis != "measured")
    read = ", ".join(f"{number} {name}" for name, number in basis.most_common())
    if not advice.measured:
        said = "Nothing measured on this machine; Enter measures both frameworks."
        rows.append(("probe", row("· ", said)))
    if read:
        rows.append((None, row("· ", f"Reasons that were only read or judged: {read}.")))
    return rows


def _why_not(advice: Advice, knowledge: Knowledge) -> Rows:
    """Return a row for each option, or for all that the same words speak of."""
    found: dict[tuple[str, str], list[WhyNot]] = {}
    feasible = {place.option: place.feasible for place in advice.ranking}
    for other in advice.why_not:
        sure = "is" if feasible[other.option] == "no" else "is probably"
        out = f" {sure} ruled out:" if other.ruled_out_by else ":"
        # Without words nothing speaks against it but an open answer.
        if other.text:
            found.setdefault((out, other.text), []).append(other)
    if not found:
        return []
    rows = heading("Why no framework" if advice.verdict.choice == "none" else "Why not the others")
    for (out, text), others in found.items():
        names = [clean(knowledge.options[other.option].name) for other in others]
        first = others[0]
        target = next(iter(first.ruled_out_by), None)
        if target is None and first.reasons:
            target = first.reasons[0].rule
        name = f"{', '.join(names)}{out.replace('is', 'are', 1) if len(names) > 1 else out}"
        body = row("× ", (name, "bold"), f" {clean(text)}")
        rows.append((f"entry:{target or first.option}", body))
    return rows


def _questions(advice: Advice, knowledge: Knowledge) -> Rows:
    if not advice.next_questions:
        return []
    rows = heading("Worth answering next")
    for item in advice.next_questions[:3]:
        ask = clean(knowledge.questions[item.question].ask)
        rows.append((f"ask:{item.question}", row("? ", ask, (f" It {clean(item.why)}.", MUTED))))
    return rows


def _facts(advice: Advice, knowledge: Knowledge) -> Rows:
    if not advice.facts:
        return []
    rows = heading("Based on your answers")
    for fact in advice.facts:
        question = knowledge.questions[fact.id]
        mark = STATES[state_of_source(fact)][0]
        said = clean(answer_words(question, fact.value))
        origin = f"  found by the {fact.source}" if fact.source in FOUND else ""
        if fact.source == "text":
            origin = f"  {read_words(fact)}"
        body = (f"{clean(question.title)}: ", said, (origin, MUTED))
        rows.append((f"change:{fact.id}", row(f"{mark} ", *body)))
    return rows


def _foot(advice: Advice) -> Rows:
    open_parts = advice.uncertainty
    causes = f"answers {percent(open_parts.answers)}, knowledge {percent(open_parts.knowledge)}, "
    causes += f"priorities {percent(open_parts.priorities)}"
    overlays = advice.knowledge.overlays
    house = f", with {', '.join(map(clean, overlays))}" if overlays else ""
    text = (
        f"What is uncertain comes from: {causes}. Knowledge of {advice.knowledge.as_of}{house}; "
        f"sample of {advice.knowledge.samples}."
    )
    return [(None, row("", "")), (None, row("", (text, MUTED)))]
