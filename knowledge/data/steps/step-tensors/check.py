"""Self-check of the exercise about tensors."""

import torch


def check(solution):
    x = torch.tensor([[1.0, 5.0], [2.0, 5.5], [6.0, -1.0]])
    wanted = (x - x.mean(0)) / (x - x.mean(0)).pow(2).mean(0).sqrt()
    found = solution.standardise(x)
    close = found.shape == wanted.shape and torch.allclose(found, wanted, atol=1e-5)
    unbiased = (x - x.mean(0)) / x.std(0)
    if not close and found.shape == wanted.shape and torch.allclose(found, unbiased, atol=1e-5):
        yield False, "standardise divides by n − 1; TensorFlow divides by n (gotcha-std-correction)"
    else:
        yield close, "standardise gives columns with mean 0 and standard deviation 1"
    scores = torch.tensor([[1.0, 9.0, 3.0], [2.0, 0.0, 3.0]])
    found = solution.winners(scores)
    same = found.shape == (3,) and found.tolist() == [1, 0, 0]
    yield same, "winners gives one row number per column, the first one where there is a tie"
    found = solution.beside(x, torch.zeros(3, 1))
    yield (
        found.shape == (3, 3),
        f"beside makes 3 × 3 of 3 × 2 and 3 × 1 (yours: {list(found.shape)})",
    )
