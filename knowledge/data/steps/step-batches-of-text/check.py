"""Self-check of the exercise about batches of text."""

import torch


def check(solution):
    ids, mask = solution.collate([[4, 0, 7], [5], [1, 2]])
    if list(ids.shape) == [3, 3] and ids[1].tolist() == [0, 0, 5]:
        yield False, "collate pads on the left, as keras.utils.pad_sequences does unless told"
    else:
        yield ids.tolist() == [[4, 0, 7], [5, 0, 0], [1, 2, 0]], "collate pads on the right with 0"
    wanted = torch.tensor([[True, True, True], [True, False, False], [True, True, False]])
    if mask.dtype == torch.bool and torch.equal(mask, ids != 0):
        yield False, "the mask is taken from the ids; the word with id 0 in row 1 is lost"
    else:
        yield mask.dtype == torch.bool and torch.equal(mask, wanted), "the mask is True for words"
    generator = torch.Generator().manual_seed(0)
    embedded = torch.randn(3, 3, 2, generator=generator)
    found = solution.average(embedded, wanted)
    means = torch.stack([embedded[0].mean(0), embedded[1, 0], embedded[2, :2].mean(0)])
    if torch.allclose(found, (embedded * wanted[:, :, None]).mean(1)):
        yield False, "average divides by the padded length"
    else:
        yield torch.allclose(found, means, atol=1e-6), "average divides by the number of words"
    empty = solution.average(embedded[:1], torch.zeros(1, 3, dtype=torch.bool))
    yield bool((empty == 0).all()), "average gives 0 for a row without words (not NaN)"
    query = torch.randn(3, 2, generator=generator)
    found = solution.attend(query, embedded, wanted)
    scores = (embedded * query[:, None]).sum(-1)
    zeroed = (scores * wanted).softmax(-1)
    if torch.allclose(found, zeroed):
        yield False, "attend sets scores to 0, which softmax turns into a share; use -inf"
    else:
        good = scores.masked_fill(~wanted, float("-inf")).softmax(-1)
        yield torch.allclose(found, good, atol=1e-6), "attend gives no share to padding"
