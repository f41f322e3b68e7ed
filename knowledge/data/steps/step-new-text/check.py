"""Self-check of the exercise about text."""

import numpy as np


def draw(numbers, count):
    texts, labels = [], []
    for index in range(count):
        label = index % 2
        words = numbers.integers(11, 30, numbers.integers(1, 9))
        signs = numbers.integers(1, 6, 2) + 5 * label  # words 1–5 speak for 0, 6–10 for 1
        text = np.concatenate([words, signs])
        numbers.shuffle(text)
        texts.append(text.tolist())
        labels.append(label)
    return texts, labels


def check(solution):
    numbers = np.random.default_rng(0)
    score = solution.train(*draw(numbers, 200))
    texts, labels = draw(numbers, 100)
    found = np.asarray(score(texts)).reshape(-1)
    yield found.shape == (100,), "score gives one number per text"
    order = np.argsort(found)
    right = float((np.array(labels)[order[50:]] == 1).mean())
    yield (
        right >= 0.9,
        f"of the 50 highest scores at least 90 % belong to label 1 (yours: {right:.0%})",
    )
    alone = float(np.asarray(score([texts[0]])).reshape(-1)[0])
    longer = float(np.asarray(score([texts[0], [12] * 40])).reshape(-1)[0])
    same = abs(alone - longer) < 1e-3
    yield same, "a text has the same score beside a longer one (padding is left out of the mean)"
