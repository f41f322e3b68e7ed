"""What every full screen has: a title, help for where one is, and a way back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

if TYPE_CHECKING:
    from ..app import AdvisorApp
    from ..session import Session

Answered = TypeVar("Answered")


class WithSession:
    """A screen's way to the application and the sitting."""

    @property
    def advisor(self) -> AdvisorApp:
        """The application."""
        from ..app import AdvisorApp

        app = cast(Any, self).app
        assert isinstance(app, AdvisorApp)
        return app

    @property
    def session(self) -> Session:
        """The sitting."""
        return self.advisor.session


class AdvisorScreen(WithSession, Screen[None]):
    """A full screen. `HELP` is what `?` shows, in plain sentences."""

    HELP: ClassVar[str] = ""
    NAME: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False, id="screen.leave"),
    ]

    def action_leave(self) -> None:
        """Step back; nothing is lost."""
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()


class Dialog(WithSession, ModalScreen[Answered]):
    """A small screen over another; Esc closes it and changes nothing."""

    CSS_PATH = "dialog.tcss"
    HELP: ClassVar[str] = ""
    NAME: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", key_display="Esc", id="dialog.leave"),
    ]

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
