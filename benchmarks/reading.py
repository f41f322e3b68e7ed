"""How much of what people say is read, and how much is read wrongly, over the corpus of texts.

python benchmarks/reading.py [FILE]     FILE: one file of the corpus, with every slip
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from advisor.reading.read import read
from knowledge.base import load
from tests.reading.judging import corpus, judge


def main() -> None:
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    knowledge = load()
    tally: dict[str, Counter[str]] = {}
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    started = perf_counter()
    items = corpus()
    for item in items:
        found = read(item["text"], knowledge)
        judged = judge(item, found.facts)
        counts = tally.setdefault(item["file"], Counter())
        counts.update(
            texts=1, read=len(judged.read), missed=len(judged.missed), wrong=len(judged.wrong)
        )
        missed.update(word.partition("=")[0] for word in judged.missed)
        wrong.update(word.partition("=")[0] for word in judged.wrong)
        if only in (item["file"], "all") and (judged.missed or judged.wrong):
            said = {fact.id: fact.said for fact in found.facts}
            print(item["text"].strip())
            for word in judged.missed:
                print("    missed", word)
            for word in judged.wrong:
                print("    WRONG ", word, "|", said[word.partition("=")[0]])
    seconds = perf_counter() - started
    print(f"{'file':18}{'texts':>7}{'read':>7}{'missed':>8}{'wrong':>7}")
    total: Counter[str] = Counter()
    for name, counts in tally.items():
        total.update(counts)
        print(
            f"{name:18}{counts['texts']:7}{counts['read']:7}{counts['missed']:8}{counts['wrong']:7}"
        )
    share = total["read"] / (total["read"] + total["missed"])
    print(
        f"read {100 * share:.1f} % of {total['read'] + total['missed']} facts; "
        f"{total['wrong']} wrong; {1000 * seconds / len(items):.1f} ms a text"
    )
    print("missed:", dict(missed.most_common()))
    print("wrong: ", dict(wrong.most_common()))


if __name__ == "__main__":
    main()
