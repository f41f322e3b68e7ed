"""Self-check of halving."""


def check(solution):
    yield solution.half(2) == 1, "half of 2 is 1"
