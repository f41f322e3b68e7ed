"""`advise --plain`: numbered prompts on stderr, answers on stdin, the advice on stdout."""

from __future__ import annotations

import pytest

from .program import Done, Program


def talk(program: Program, *typed: str, flags: tuple[str, ...] = ("--all",)) -> Done:
    return program(
        "advise", "--plain", "--json", *flags, typed="".join(line + "\n" for line in typed)
    )


def facts(done: Done) -> dict[str, object]:
    return {fact["id"]: fact["value"] for fact in done.document["facts"]}


def test_numbers_words_and_several_answers_are_understood(program: Program) -> None:
    done = talk(program, "1", "phone, 1", "7", "yes", "cuda", "2,1")
    assert done.code == 0
    assert facts(done) == {
        "goal": "research",
        "targets": ["server", "phone"],
        "model-size": 7,
        "offline": True,
        "training-hardware": "nvidia-gpu",
        "priorities": ["reach", "speed"],
    }
    assert {fact["source"] for fact in done.document["facts"]} == {"asked"}
    assert done.err.rstrip().endswith("Nothing that is still open is likely to change the answer.")


def test_enter_is_dont_know_and_dash_is_does_not_apply(program: Program) -> None:
    done = talk(program, "", "-", "", "")
    assert facts(done) == {
        "goal": "dont-know",
        "targets": "does-not-apply",
        "model-size": "dont-know",
        "offline": "dont-know",
    }


def test_a_question_is_not_asked_again_after_dont_know(program: Program) -> None:
    done = talk(program, *[""] * 30, flags=())
    asked = [line for line in done.err.splitlines() if line.endswith("questions can still matter)")]
    assert len(asked) == len(set(asked)) == len(facts(done))


def test_back_asks_the_question_before_and_shows_its_answer(program: Program) -> None:
    done = talk(program, "1", "b", "2", "b", "b", "b", "3", "q")
    assert facts(done) == {"goal": "run-only"}
    assert "(now: Research)" in done.err
    assert "(now: A product)" in done.err
    assert "There is no question before this one." in done.err


def test_back_and_on_keeps_the_answers_after_it(program: Program) -> None:
    done = talk(program, "1", "2", "b", "b", "2", "q")
    assert facts(done) == {"goal": "product", "targets": ["phone"]}


def test_a_question_mark_explains_and_asks_again(program: Program) -> None:
    done = talk(program, "?", "1", "q")
    assert "Why we ask: Research and products need different things." in done.err
    assert "How to find out: Ask who pays." in done.err
    assert facts(done) == {"goal": "research"}


@pytest.mark.parametrize("ending", [("q",), ()])
def test_enough_shows_the_answer(program: Program, ending: tuple[str, ...]) -> None:
    done = talk(program, "1", *ending)
    assert done.code == 0
    assert facts(done) == {"goal": "research"}


NONSENSE = ["4", "0", "-1", "1,2", ",", "resarch", "9" * 6000, "\x1b[2J", "²", "x" * 9999, "true"]


@pytest.mark.parametrize("typed", NONSENSE)
def test_nonsense_is_named_and_asked_again(program: Program, typed: str) -> None:
    done = talk(program, typed, "1", "q")
    assert done.code == 0
    assert facts(done) == {"goal": "research"}
    assert done.err.count("Not understood: goal: ") == 1
    assert "\x1b" not in done.err


def test_bytes_that_are_no_text_are_nonsense_too(program: Program) -> None:
    for environment in ({}, {"PYTHONIOENCODING": "utf-8:strict"}, {"LC_ALL": "C"}):
        done = program(
            "advise", "--plain", "--json", "--all", typed=b"\xff\xfe\n1\nq\n", **environment
        )
        assert facts(done) == {"goal": "research"}


def test_nonsense_for_a_number_and_a_flag(program: Program) -> None:
    done = talk(program, "1", "none", "many", "-5", "1e99", "7", "maybe", "no", "q")
    assert done.err.count("Not understood: model-size: ") == 3
    assert done.err.count("Not understood: offline: ") == 1
    assert facts(done) == {"goal": "research", "targets": [], "model-size": 7, "offline": False}


def test_what_is_known_already_is_not_asked(program: Program) -> None:
    done = talk(program, "q", flags=("--all", "--set", "goal=research"))
    assert "What is the project for?" not in done.err
    assert facts(done) == {"goal": "research"}


def test_a_question_that_does_not_apply_is_left_out(program: Program) -> None:
    done = talk(program, "3", "1", "1", "no", "1")
    assert "What will the model be trained on?" not in done.err
    assert "training-hardware" not in facts(done)


def test_prompts_go_to_stderr_and_the_page_to_stdout(program: Program) -> None:
    done = program("advise", "--plain", typed="q\n")
    assert "Type a number or a word" in done.err
    assert "Type a number" not in done.out
    assert done.out.startswith(("PyTorch", "Keras", "TensorFlow"))
