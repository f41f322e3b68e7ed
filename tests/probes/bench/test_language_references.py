"""The NumPy references of the language workloads against plain formulations: text by text, token by
token, without caches, padding or batches; gradients against differences.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.special import erf, log_softmax, softmax

from probes.bench.equality import relative_l2
from probes.bench.workloads import decode, train_step, variable_length
from tests.probes.bench.plans import BUCKETED, DECODE, PADDED

TRAIN_SIZES = {"batch": 2, "length": 5, "width": 8, "heads": 2, "vocabulary": 11}


def in_float64(weights: dict[str, Any]) -> dict[str, Any]:
    return {name: array.astype(np.float64) for name, array in weights.items()}


def plain_norm(v: Any, w: dict[str, Any], name: str) -> Any:
    centred = v - np.mean(v)
    unit = centred / np.sqrt(np.mean(centred**2) + 1e-5)
    return unit * w[name] if name in w else unit * w[f"{name}_scale"] + w[f"{name}_shift"]


def plain_block(x: Any, w: dict[str, Any], before: str, heads: int, causal: bool) -> Any:
    """One text, token by token; attention as a weighted mean over the tokens that are seen."""
    length, width = x.shape
    depth = width // heads
    h = np.stack([plain_norm(row, w, f"{before}norm_1") for row in x])
    q, k, v = (h @ w[before + name] for name in ("query", "key", "value"))
    out = np.empty_like(x)
    for t in range(length):
        seen = t + 1 if causal else length
        merged = np.empty(width)
        for head in range(heads):
            part = slice(head * depth, (head + 1) * depth)
            shares = softmax(k[:seen, part] @ q[t, part] / np.sqrt(depth))
            merged[part] = shares @ v[:seen, part]
        y = x[t] + merged @ w[f"{before}project"] + w.get(f"{before}project_bias", 0.0)
        u = plain_norm(y, w, f"{before}norm_2") @ w[f"{before}up"] + w.get(f"{before}up_bias", 0.0)
        u = 0.5 * u * (1.0 + erf(u / np.sqrt(2.0)))
        out[t] = y + u @ w[f"{before}down"] + w.get(f"{before}down_bias", 0.0)
    return out


def plain_language_model(tokens: Any, w: dict[str, Any], heads: int, blocks: int, head: Any) -> Any:
    """Return the logits at every token of one text."""
    x = np.stack([w["embedding"][token] + w["positions"][t] for t, token in enumerate(tokens)])
    for n in range(blocks):
        x = plain_block(x, w, f"{n}_", heads, causal=True)
    return np.stack([plain_norm(row, w, "norm") @ head for row in x])


@pytest.fixture(scope="module")
def training() -> tuple[Any, dict[str, Any]]:
    (ring,), weights = train_step.arrays(TRAIN_SIZES, np.random.default_rng(0))
    return ring, weights


def test_the_loss_is_the_surprise_at_every_next_token(training: Any) -> None:
    ring, weights = training
    w = in_float64(weights)
    surprises = [
        -log_softmax(logits)[token]
        for text in ring[0]
        for logits, token in zip(
            plain_language_model(text[:-1], w, TRAIN_SIZES["heads"], 2, w["embedding"].T),
            text[1:],
            strict=True,
        )
    ]
    loss, _ = train_step.loss_and_gradients(w, TRAIN_SIZES, ring[0])
    assert loss == pytest.approx(np.mean(surprises), rel=1e-13)


def test_every_gradient_agrees_with_central_differences(training: Any) -> None:
    ring, weights = training
    w = in_float64(weights)
    _, gradients = train_step.loss_and_gradients(w, TRAIN_SIZES, ring[0])
    generator = np.random.default_rng(1)
    assert set(gradients) == set(w)

    def loss_at(name: str, moved: Any) -> float:
        return float(train_step.loss_and_gradients(w | {name: moved}, TRAIN_SIZES, ring[0])[0])

    for name, array in w.items():
        # Three directions that touch every element: none can be wrong unseen.
        for _ in range(3):
            direction = generator.standard_normal(array.shape)
            step = 1e-5 * direction
            difference = loss_at(name, array + step) - loss_at(name, array - step)
            expected = float((gradients[name] * direction).sum())
            assert difference / 2e-5 == pytest.approx(expected, rel=1e-6, abs=1e-8), name


def test_adam_is_the_weighted_mean_of_all_gradients_so_far(training: Any) -> None:
    """The moments as sums over the past (Kingma and Ba, 2015), the decay beside them (AdamW)."""
    ring, weights = training
    ((losses, moved, *first),) = train_step.references(weights, TRAIN_SIZES, ring)
    w, past, found = in_float64(weights), [], []
    for step in range(train_step.STEPS):
        loss, gradients = train_step.loss_and_gradients(w, TRAIN_SIZES, ring[step % 4])
        found.append(loss)
        past.append(gradients)
        ages = range(step, -1, -1)

        def mean_of(name: str, beta: float, power: int, past: Any = past, ages: Any = ages) -> Any:
            shares = np.array([beta**age for age in ages])
            terms = [g[name] ** power for g in past]
            return sum(s * t for s, t in zip(shares / shares.sum(), terms, strict=True))

        w = {
            name: array * (1.0 - 1e-3 * 0.1)
            - 1e-3 * mean_of(name, 0.9, 1) / (np.sqrt(mean_of(name, 0.999, 2)) + 1e-8)
            for name, array in w.items()
        }
    start = in_float64(weights)
    names = sorted(weights)
    expected = np.concatenate([(w[name] - start[name]).ravel() for name in names])
    assert relative_l2(losses, np.array(found)) < 1e-12
    assert relative_l2(moved, expected) < 1e-9
    assert all(np.array_equal(one, past[0][name]) for name, one in zip(names, first, strict=True))


def test_decoding_without_a_cache_writes_the_same_tokens() -> None:
    sizes = dict(DECODE.sizes)
    (prompts,), weights = decode.arrays(sizes, np.random.default_rng(0))
    w = in_float64(weights)
    for prompt, (tokens, logits) in zip(
        prompts, decode.references(weights, sizes, prompts), strict=True
    ):
        text = list(prompt)
        for token in tokens:
            every = plain_language_model(text, w, sizes["heads"], sizes["blocks"], w["head"])
            assert token == every[-1].argmax()
            text.append(token)
        assert relative_l2(logits, every[-1:]) < 1e-13


@pytest.mark.parametrize("seed", range(2))
def test_prompts_leave_no_doubt_and_lead_to_texts_worth_comparing(seed: int) -> None:
    """A model that repeats one token would hide a wrong cache; two near-equal ones rounding."""
    sizes = decode.CASES["256x2"]
    (prompts,), weights = decode.arrays(sizes, np.random.default_rng(seed))
    tokens, _, margins = decode.generate(weights, sizes, prompts)
    assert prompts.shape == (4, sizes["prompt"])
    assert tokens.shape == (4, 32)
    assert all(margins >= decode.LEAST_MARGIN)
    assert all(len(set(text)) >= 16 for text in tokens)


def test_a_token_takes_all_weights_and_what_was_seen() -> None:
    sizes = {"width": 2, "heads": 1, "blocks": 3, "vocabulary": 5, "prompt": 4, "tokens": 2}
    weights = 3 * 12 * 4 + 5 * 2
    seen = (4 + 5) * 3 * 2 * 2  # tokens × blocks × keys and values × width
    assert decode.traffic(sizes) * 1e9 == pytest.approx(4 * (2 * weights + seen))


@pytest.mark.parametrize("case", [PADDED, BUCKETED], ids=["padded", "bucketed"])
def test_padding_changes_nothing(case: Any) -> None:
    """Each sentence by itself, at its own length."""
    sizes = dict(case.sizes)
    (ring, lengths), weights = variable_length.arrays(sizes, np.random.default_rng(0))
    w = in_float64(weights)
    for tokens, batch_lengths in zip(ring, lengths, strict=True):
        result = variable_length.reference(weights, sizes, tokens, batch_lengths)
        for row, text, length in zip(result, tokens, batch_lengths, strict=True):
            x = w["embedding"][text[:length]] + w["positions"][:length]
            expected = plain_block(x, w, "", sizes["heads"], causal=False)
            assert relative_l2(row[:length], expected) < 1e-13
            assert not row[length:].any()
            assert not text[length:].any()


def test_buckets_hold_the_same_sentences_in_four_shapes_with_less_padding() -> None:
    padded, bucketed = (
        variable_length.batches(variable_length.CASES[name]) for name in ("padded", "bucketed")
    )

    def every(found: Any) -> list[int]:
        return sorted(n for group, _ in found for n in group)

    assert every(padded) == every(bucketed)
    assert len({shape for _, shape in padded}) == 1
    assert len({shape for _, shape in bucketed}) == 4
    assert all(max(group) <= shape for group, shape in [*padded, *bucketed])
    assert sum(shape for _, shape in bucketed) < 0.6 * sum(shape for _, shape in padded)
    sizes = variable_length.CASES["bucketed"]
    assert 4 * variable_length.work(sizes) == sum(every(bucketed))
