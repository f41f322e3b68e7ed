"""Half as much."""


def half(number: int) -> int:
    return number // 2
