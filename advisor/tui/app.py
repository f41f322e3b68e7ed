"""The application: owns the sitting, opens screens on first use, keeps trouble off the screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.worker import Worker, WorkerState

from knowledge.text import printable

from .kept_results import KeptResultsApp
from .preferences import save_theme, saved_theme
from .session import Session
from .trail import Place, Trail
from .wording import clean

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.screen import Screen

WIDE, TALL = 100, 24
LEAST = (60, 20)
"""Columns and rows below which nothing useful can be shown."""

BACKGROUND = {"check": "self-check", "store": "reading of what is kept"}
"""What work in the background is called, by its group."""


def palette_entries() -> type[Provider]:
    """Return what the command palette searches; imported when it is opened."""
    from .palette import Entries

    return Entries


class AdvisorApp(KeptResultsApp):
    """fw-advisor in the terminal."""

    TITLE = "fw-advisor"
    NOTIFICATION_TIMEOUT = 3.0
    # Textual loads no stylesheet of its own for the first screen.
    CSS_PATH: ClassVar[Any] = ["app.tcss", "screens/interview.tcss"]
    COMMANDS: ClassVar[set[Any]] = {palette_entries}
    # Declared as instance variables by Textual, so not as ClassVar here.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (TALL, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "help", "Help", key_display="?", id="app.help"),
        Binding("q,ctrl+q", "quit", "Quit", show=False, id="app.quit"),
        Binding("t", "switch_theme", "Dark or light", show=False, id="app.theme"),
        Binding("slash", "search", "Search", key_display="/", show=False, id="app.search"),
        Binding("C", "compare", "Compare options", show=False, id="app.compare"),
        Binding("L", "claims", "Claims ledger", show=False, id="app.claims"),
        Binding("A", "api", "API equivalents", show=False, id="app.api"),
        Binding("P", "learn", "Learning paths", show=False, id="app.learn"),
        Binding("p", "probe", "Look at this machine", show=False, id="app.probe"),
        Binding("M", "measuring", "Measure which is faster here", show=False, id="app.measure"),
        Binding("H", "history", "Measurements kept", show=False, id="app.history"),
        Binding("T", "claims_tested", "Claims tested here", show=False, id="app.tested"),
        Binding("ctrl+p", "command_palette", "Find", show=False, priority=True, id="app.find"),
    ]

    def __init__(self, session: Session) -> None:
        """Show this sitting."""
        super().__init__()
        self.session = session
        self.covered = False
        kept = saved_theme(session.directory, self.available_themes)
        if kept is not None:
            self.theme = kept
        elif os.environ.get("COLORFGBG", "").endswith((";7", ";15")):
            # Some terminals say what their background is; 7 and 15 are light.
            self.theme = "textual-light"

    def get_default_screen(self) -> Screen[Any]:
        """Open on the first question."""
        from .screens.interview import InterviewScreen

        return InterviewScreen()

    def on_mount(self) -> None:
        """Offer to go on where the last sitting ended."""
        if self.session.kept:
            self.call_after_refresh(self._offer_to_resume)

    def _offer_to_resume(self) -> None:
        from .screens.resume import ResumeScreen

        self.push_screen(ResumeScreen(), self._resume)

    def _resume(self, wanted: bool | None) -> None:
        from .screens.interview import InterviewScreen

        if wanted is False:
            self.session.start_over()
        else:
            self.session.resume()
        first = self.screen_stack[0]
        if not isinstance(first, InterviewScreen):
            return
        if self.session.facts:
            first.begin()
        else:
            first.tell()

    def on_resize(self, event: events.Resize) -> None:
        """Cover everything while the terminal is too small, and come back when it is not."""
        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small and not self.covered:
            from .screens.too_small import TooSmallScreen

            self.push_screen(TooSmallScreen())
        elif self.covered and not small:
            self.pop_screen()
        self.covered = small

    def action_help(self) -> None:
        """Explain the screen one is on."""
        from .screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_switch_theme(self) -> None:
        """Change between dark and light."""
        self.choose_theme("textual-light" if self.current_theme.dark else "textual-dark")

    def choose_theme(self, name: str) -> None:
        """Change the colours, and keep the choice for the next start."""
        self.theme = name
        save_theme(self.session.directory, name)

    def action_search(self) -> None:
        """Search everything."""
        self.visit(Place("search"))

    def action_compare(self) -> None:
        """Show options side by side."""
        self.visit(Place("compare"))

    def action_claims(self) -> None:
        """Show the claims ledger."""
        self.visit(Place("claims"))

    def action_api(self) -> None:
        """Find the equivalent of a symbol in the other framework."""
        self.visit(Place("api"))

    def action_learn(self) -> None:
        """Show the learning paths."""
        self.visit(Place("learn"))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so if work in the background broke; everything else goes on."""
        if event.state == WorkerState.ERROR:
            what = BACKGROUND.get(event.worker.group, "probe")
            self.say(f"The {what} broke off: {event.worker.error}", wrong=True)

    async def action_quit(self) -> None:
        """Leave; a measurement or a check is stopped, answers are kept already."""
        self.stop_probing()
        if self.check_job is not None:
            self.check_job.cancel.set()
        self.exit()

    def open_entry(self, target: str) -> None:
        """Show an entry of the knowledge base."""
        self.visit(Place("entry", target))

    def visit(self, place: Place) -> None:
        """Show a page of the knowledge base: the next one of a trail, or the first of a new one."""
        from .screens.browse import BrowseScreen, screen_for

        if isinstance(self.screen, BrowseScreen):
            self.screen.visit(place)
        else:
            self.push_screen(screen_for(place, Trail()))

    def _fatal_error(self) -> None:
        """Leave with one message instead of a traceback; that is kept in a file."""
        import traceback

        path = self.session.directory / "problem.txt"
        where = f"details in {path}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(traceback.format_exc(), encoding="utf-8")
        except OSError:
            where = f"{path} could not be written"
        text = f"fw-advisor: a mistake of this program ended it; answers are kept ({where})"
        self._exit_renderables.append(Text(printable(text)))
        self._close_messages_no_wait()

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Say something in passing; nothing in it is read as markup."""
        self.notify(clean(text), severity="error" if wrong else "information", markup=False)

    def copy(self, text: str, what: str) -> None:
        """Hand text to the terminal's clipboard."""
        self.copy_to_clipboard(text)
        self.say(f"Copied {what} (if this terminal lets programs copy).")
