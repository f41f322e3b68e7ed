"""The kinds of entry: one row says type and folder, and everything else follows from it.

A new kind is one file of types and one row here.
"""

from __future__ import annotations

from typing import Any

from .adopter import Adopter
from .claim import Claim
from .criterion import Criterion
from .feature import Feature
from .figure import Figure
from .option import Option
from .pick import Pick
from .question import Question
from .rule import MeasureRule, ValueRule, VetoRule, WeightRule
from .seed import Seed
from .source import Source
from .system import System
from .term import Term
from .use_case import UseCase

RULE_TYPES: dict[str, type] = {
    "veto": VetoRule,
    "value": ValueRule,
    "weight": WeightRule,
    "measure": MeasureRule,
}

KINDS: dict[str, Any] = {
    "option": Option,
    "criterion": Criterion,
    "question": Question,
    "rule": RULE_TYPES,
    "pick": Pick,
    "system": System,
    "feature": Feature,
    "claim": Claim,
    "use-case": UseCase,
    "adopter": Adopter,
    "figure": Figure,
    "term": Term,
    "seed": Seed,
    "source": Source,
}
"""Kind → type; for a kind with variants, a mapping from the value of its `kind` key to the type."""

FOLDERS: dict[str, str] = {
    "option": "options",
    "criterion": "criteria",
    "question": "questions",
    "rule": "rules",
    "pick": "picks",
    "system": "systems",
    "feature": "features",
    "claim": "claims",
    "use-case": "use-cases",
    "adopter": "adopters",
    "figure": "figures",
    "term": "terms",
    "seed": "seeds",
    "source": "sources",
}
