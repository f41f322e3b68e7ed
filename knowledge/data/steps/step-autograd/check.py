"""Self-check of the exercise about gradients."""

import torch


def check(solution):
    x = torch.tensor([1.0, -2.0, 3.0])
    kept = x.clone()
    found = solution.slope(x)
    yield torch.allclose(found, 3 * x**2), "slope gives 3x²"
    again = solution.slope(x)
    if torch.allclose(again, 6 * x**2):
        yield False, "slope called twice adds up: .grad was not emptied between the calls"
    else:
        yield torch.allclose(again, 3 * x**2), "slope gives the same when it is called again"
    found = solution.curvature(x)
    if torch.allclose(found, 3 * x**2):
        yield False, "curvature gives the first derivative; take the gradient of the gradient"
    else:
        yield torch.allclose(found, 6 * x), "curvature gives 6x (create_graph=True keeps the graph)"
    a, b = torch.tensor([1.0, 2.0]), torch.tensor([3.0, -4.0])
    found = solution.half_fixed(a, b)
    if torch.allclose(found, 2 * a * b):
        yield False, "half_fixed lets the gradient through the part that should be detached"
    else:
        yield torch.allclose(found, a * b), "half_fixed treats b · a as a constant"
    yield torch.equal(x, kept) and not x.requires_grad, "the tensors given are left as they were"
