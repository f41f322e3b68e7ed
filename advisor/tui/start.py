"""Starts the terminal interface; Textual is imported here and not before."""

from __future__ import annotations

import gc
from pathlib import Path

from advisor.cli.exit_codes import DONE
from advisor.cli.knowledge_base import say_why_it_takes
from advisor.cli.places import cache_directory, state_directory
from knowledge.base import load

from .session import Session


def start(*, overlays: tuple[str, ...] = ()) -> int:
    """Run the interface until the person leaves; return the exit code.

    Raises KnowledgeError, before anything is drawn, if the knowledge base is not valid.
    """
    knowledge = load(
        tuple(map(Path, overlays)), cache=cache_directory(), on_compile=say_why_it_takes
    )
    session = Session(knowledge, state_directory(), overlays=overlays)
    gc.disable()
    from .app import AdvisorApp

    app = AdvisorApp(session)
    # What was imported stays until the end: the collector need not look at it again.
    gc.freeze()
    gc.enable()
    app.run()
    return app.return_code or DONE
