"""Where a learner stands: what is done, which file holds which exercise, and the running check.

What is done lies in the file that `fw-advisor learn` uses, and is read anew for every page: both
faces may be used in turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from advisor.clock import now
from advisor.documents.learn import Learn, learn_document
from advisor.errors import InputError
from advisor.learning import How, read_progress, text_of, with_step, without
from knowledge.base import Knowledge
from knowledge.model.path import Step

NAME = "learn.json"


class Course:
    """All paths, for one sitting."""

    def __init__(self, knowledge: Knowledge, directory: Path, overlays: Sequence[str] = ()) -> None:
        """Keep what is done in `directory`."""
        self.knowledge = knowledge
        self.path = directory / NAME
        self.overlays = tuple(overlays)
        self.files: dict[str, Path] = {}

    def document(self, shown: str | None = None) -> Learn:
        """Return the paths with what is done. InputError if what is stored cannot be read."""
        return learn_document(self.knowledge, read_progress(self.path), shown)

    def mark(self, step: str, how: How) -> None:
        """Note a step as done. InputError if that cannot be kept."""
        self._store(text_of(with_step(read_progress(self.path), step, now(), how)))

    def unmark(self, step: str) -> None:
        """Note a step as not done. InputError if that cannot be kept."""
        self._store(text_of(without(read_progress(self.path), {step})))

    def is_done(self, step: str) -> bool:
        """Say whether a step is done."""
        return step in read_progress(self.path).done

    def _store(self, text: str) -> None:
        from advisor.cli.output import write_atomically

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            words = (error.strerror or "failed").lower()
            raise InputError(f"{self.path.parent}: cannot be made: {words}") from None
        write_atomically(self.path, text)

    def step(self, name: str) -> Step:
        """Return a step."""
        found: Step = self.knowledge.kind("step")[name]
        return found

    def file_of(self, step: str) -> Path:
        """Return where the exercise of a step lies, or is proposed to lie."""
        name = step.removeprefix("step-").replace("-", "_")
        return self.files.get(step) or here() / f"{name}.py"

    def take_file(self, step: str, path: Path) -> bool:
        """Use a file for a step; write the exercise there if there is none. Say if it was written.

        Raises InputError if it can be neither used nor written.
        """
        path = path if path.is_absolute() else here() / path
        if path.is_file():
            self.files[step] = path
            return False
        from advisor.cli.output import write_atomically

        write_atomically(path, self._exercise(step))
        self.files[step] = path
        return True

    def _exercise(self, step: str) -> str:
        from knowledge.executable import files_of_entry

        file = files_of_entry("step", step, self.root_of(step))["exercise"]
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            raise InputError(f"the exercise of {step} cannot be read") from None

    def root_of(self, step: str) -> Path:
        """Return the knowledge directory in which the files of a step lie."""
        from knowledge.base import BASE

        house = self.knowledge.house.get(step)
        roots = map(Path, self.overlays)
        return next((root for root in roots if house and root.resolve().name == house), BASE)


def here() -> Path:
    """Return the working directory; the home directory if that is gone."""
    try:
        return Path.cwd()
    except OSError:
        return Path.home()


def short(path: Path) -> str:
    """Return a path as one would type it here."""
    return f"./{path.relative_to(here())}" if path.is_relative_to(here()) else str(path)
