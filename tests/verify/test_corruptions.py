"""What is wrong is caught, whatever it is; what is right holds. Both frameworks really run."""

from __future__ import annotations

import pytest

from probes.verify.rows import Result, Row, Verified
from probes.verify.run import verify

from .material import CORRUPT, GOOD

OLD = Row(
    id="old",
    code={},
    old={"tensorflow": "tf.placeholder(tf.float32)", "torch": "torch.qr(torch.eye(2))"},
    alive={"tensorflow": "gone", "torch": "alive"},
)


@pytest.fixture(scope="module")
def run() -> Verified:
    return verify([*GOOD.values(), *(row for row, _ in CORRUPT), OLD])


@pytest.fixture(scope="module")
def results(run: Verified) -> dict[str, Result]:
    return {result.id: result for result in run.results}


@pytest.mark.parametrize("name", GOOD)
def test_a_row_that_holds_is_said_to_hold(name: str, results: dict[str, Result]) -> None:
    assert results[name].problems == []


def test_every_row_has_a_name_of_its_own() -> None:
    names = [*GOOD, *(row.id for row, _ in CORRUPT)]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("row", "code"), CORRUPT, ids=[row.id for row, _ in CORRUPT])
def test_a_corrupted_row_is_caught_and_its_fault_is_named(
    row: Row, code: str, results: dict[str, Result]
) -> None:
    assert code in {problem.code for problem in results[row.id].problems}


def test_errors_have_numbers(results: dict[str, Result]) -> None:
    assert 0 < (results["softmax"].max_error or 0) < 1e-6
    wrong = results["leaky 'y = F.leaky_relu(x)'"]
    assert wrong.max_error is not None and 0.1 < wrong.max_error < 1
    assert "0.38" in wrong.problems[0].text


def test_a_naive_code_that_differs_in_shape_discriminates(results: dict[str, Result]) -> None:
    assert results["split"].naive_note.startswith("outputs: ")


def test_what_an_exception_said_and_where_is_kept(results: dict[str, Result]) -> None:
    (problem,) = results["softmax 'y = torch.softmax(x, axes=-1)'"].problems
    assert "TypeError" in problem.text
    assert "in `y = torch.softmax(x, axes=-1)`" in problem.text


def test_being_alive_is_found_by_calling(results: dict[str, Result]) -> None:
    """torch.qr is an attribute that exists, and warns or raises when it is called."""
    assert results["old"].liveness["tensorflow"] == "gone"
    assert results["old"].liveness["torch"] in ("warns", "raises")
    assert [problem.code for problem in results["old"].problems] == ["liveness"]


def test_versions_and_batches_are_reported(run: Verified) -> None:
    assert {"numpy", "torch", "tensorflow", "keras", "tf-keras"} == set(run.versions)
    assert {batch.side for batch in run.batches} == {"tensorflow", "torch"}
    assert all(batch.ending == "finished" for batch in run.batches)
