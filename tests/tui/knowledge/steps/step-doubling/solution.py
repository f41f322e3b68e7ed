"""Twice as much."""


def twice(number: int) -> int:
    return number + number
