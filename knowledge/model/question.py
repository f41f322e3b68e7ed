"""What can be asked, and what each answer means."""

from __future__ import annotations

from typing import Literal

from .common import Entry, Id, Part
from .condition import Atom

QuestionKind = Literal["one", "several", "flag", "number", "ranking"]
Effort = Literal["free", "costly", "fixed"]
Group = Literal["project", "model", "deployment", "machine", "team", "priorities"]


class Choice(Part, frozen=True):
    """One possible answer; `prior` is its share among users as long as we know nothing."""

    id: Id
    label: str
    prior: float
    means: str = ""
    aliases: tuple[str, ...] = ()


class Band(Part, frozen=True):
    """A stretch of a number's range and the share of users in it; `below` None means no end."""

    share: float
    below: float | None = None
    label: str = ""


class Given(Part, frozen=True):
    """Other shares of the answers among users for whom all of `when` is known to hold.

    `priors` names every choice of a one-of question, or any choices of a several-of question.
    """

    when: tuple[Atom, ...]
    priors: dict[Id, float]


class Question(Entry, frozen=True):
    """One fact we may ask for.

    `choices` belong to one, several and ranking; `bands`, `unit` to number; `most` to ranking.
    `change` says how hard the fact is to change: flips never propose a fixed one.
    `applies`: asked only when all of these hold; else the fact does not apply.
    `opens`: a conversation starts with it, whatever it can change.
    `given`: the first one whose conditions hold replaces the shares while this is open.
    """

    group: Group
    order: int
    kind: QuestionKind
    title: str
    ask: str
    why: str
    find_out: str
    change: Effort = "costly"
    asking_cost: float = 1.0
    choices: tuple[Choice, ...] = ()
    bands: tuple[Band, ...] = ()
    prior: float = 0.5
    unit: str = ""
    most: int = 3
    applies: tuple[Atom, ...] = ()
    filled_by: str | None = None
    opens: bool = False
    given: tuple[Given, ...] = ()
