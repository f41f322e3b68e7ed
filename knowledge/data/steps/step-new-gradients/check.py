"""Self-check of the exercise about gradients."""

import numpy as np


def check(solution):
    def slope(x, y):
        return 2 * (x - 1) + y, 20 * (y + 2) + x

    found = [float(part) for part in solution.gradient(3.0, 1.0)]
    yield np.allclose(found, slope(3.0, 1.0)), f"the gradient at (3, 1) is (5, 63) (yours: {found})"

    def heights(added):
        x, y, rows, total = 3.0, 1.0, [], np.zeros(2)
        for _ in range(15):
            rows.append((x - 1) ** 2 + 10 * (y + 2) ** 2 + x * y)
            total = np.array(slope(x, y)) + added * total
            x, y = x - 0.03 * total[0], y - 0.03 * total[1]
        return rows

    found = [float(height) for height in solution.walk(3.0, 1.0, 0.03, 15)]
    yield len(found) == 15, "walk gives one height per step"
    wanted = heights(0)
    if len(found) == 15 and np.allclose(found, heights(1), rtol=1e-3):
        yield False, "gradients add up from step to step; empty them (PyTorch's .grad)"
    elif len(found) == 15 and np.allclose(found[:-1], wanted[1:], rtol=1e-3, atol=1e-3):
        yield False, "the heights are those after the steps; the first one is that of the start"
    else:
        yield np.allclose(found, wanted, rtol=1e-3, atol=1e-3), "the heights are those of the walk"
    yield found[-1] < found[0], "the last place is lower than the first"
