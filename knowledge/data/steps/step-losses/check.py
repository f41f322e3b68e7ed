"""Self-check of the exercise about losses."""

import torch
from torch.nn import functional as F


def check(solution):
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(2, 3, 5, generator=generator)
    labels = torch.tensor([[0, 4, 2], [1, 1, 3]])
    picked = logits.log_softmax(-1).gather(-1, labels[..., None])
    found = solution.classify(logits, labels)
    if torch.allclose(found, -logits.gather(-1, labels[..., None]).mean()):
        yield False, "classify leaves out log_softmax (nll_loss wants logarithms of probabilities)"
    else:
        yield torch.allclose(found, -picked.mean()), "classify takes classes from the last axis"
    probabilities, truth = logits[0].softmax(-1), labels[0]
    wanted = -probabilities.gather(1, truth[:, None]).log().mean()
    found = solution.from_probabilities(probabilities, truth)
    if torch.allclose(found, F.cross_entropy(probabilities, truth)):
        yield False, "from_probabilities takes a second softmax (gotcha-cross-entropy-logits)"
    else:
        yield torch.allclose(found, wanted, atol=1e-6), "from_probabilities takes no second softmax"
    target = logits[1].softmax(-1)
    terms = target * (target / probabilities).log()
    found = solution.divergence(target, probabilities)
    reverse = (probabilities * (probabilities / target).log()).sum(1).mean()
    if torch.allclose(found, terms.mean(), atol=1e-6):
        yield False, 'divergence divides by all elements; reduction="batchmean" divides by rows'
    elif torch.allclose(found, reverse, atol=1e-6):
        yield (
            False,
            "divergence has its arguments the wrong way round: kl_div(log predicted, target)",
        )
    else:
        yield (
            torch.allclose(found, terms.sum(1).mean(), atol=1e-6),
            "divergence is a mean over rows",
        )
