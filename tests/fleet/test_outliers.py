"""Who is far off, and who is not: the published score, its limits, and values nearly all have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from advisor.fleet.outliers import common, spread


def named(*values: float) -> dict[str, float]:
    return {f"node{number}": value for number, value in enumerate(values)}


def test_one_far_off_is_named_with_the_published_score() -> None:
    values = [10, 11, 12, 12, 13, 14, 35]
    found = spread(named(*values), band=0.05)
    assert found is not None
    mad = stats.median_abs_deviation(values)
    assert (found.median, found.mad) == (12, mad)
    assert found.far_off == {"node6": pytest.approx(0.6745 * (35 - 12) / mad)}


def test_fewer_than_five_are_not_compared() -> None:
    assert spread(named(1, 1, 1, 100), band=0) is None
    assert spread(named(1, 1, 1, 1, 100), band=0) is not None


@pytest.mark.parametrize("count", [5, 8, 200])
def test_among_equal_machines_the_one_that_lost_memory_is_named(count: int) -> None:
    found = spread(named(*[512.0] * (count - 1), 480.0), band=0.02)
    assert found is not None and found.mad == 0
    assert list(found.far_off) == [f"node{count - 1}"]


def test_a_page_of_memory_among_equal_machines_is_no_concern() -> None:
    found = spread(named(*[512e9] * 9, 512e9 - 4096), band=0.02)
    assert found is not None and not found.far_off


def test_equal_machines_have_no_outlier() -> None:
    found = spread(named(*[3.0] * 6), band=0)
    assert found is not None and not found.far_off


@given(
    st.lists(st.floats(0, 1e18), min_size=5, max_size=40),
    st.floats(1e-3, 1e3),
)
def test_the_unit_does_not_matter_and_most_are_never_outliers(
    values: list[float], factor: float
) -> None:
    one, other = spread(named(*values), 0.05), spread(named(*(v * factor for v in values)), 0.05)
    assert one is not None and other is not None
    assert len(one.far_off) * 2 < len(values)
    if min((v for v in values if v), default=1) > 1e-200:
        clear = {host for host, score in one.far_off.items() if abs(score) > 3.6}
        assert clear <= other.far_off.keys()


def test_a_value_nearly_all_have_makes_an_outlier_of_the_rest() -> None:
    values = {f"node{n}": "550" for n in range(9)} | {"odd": "535"}
    found = common(values)
    assert found is not None
    assert (found.value, found.have_it, dict(found.others)) == ("550", 9, {"odd": "535"})


def test_without_a_common_value_nobody_is_an_outlier() -> None:
    half = {f"node{n}": "550" if n % 2 else "535" for n in range(20)}
    assert common(half) is None
    assert common({f"node{n}": "550" for n in range(4)} | {"odd": "535"}) is None
    assert common({}) is None
