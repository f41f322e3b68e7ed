"""Self-check of doubling."""


def check(solution):
    yield solution.twice(2) == 4, "twice of 2 is 4"
    yield solution.twice(3) == 6, "twice of 3 is 6"
