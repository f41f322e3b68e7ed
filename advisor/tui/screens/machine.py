"""This machine: what each framework can use of it, how to mend what it cannot, what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Footer, OptionList

from ..machine.page import copyable, inventory_of, machine_rows, remark, state_rows
from ..pages.pieces import heading
from ..widgets.row_list import RowList, target_of
from ..widgets.title_bar import TitleBar
from .on_machine import OnMachineScreen

if TYPE_CHECKING:
    from ..look_job import Found, LookJob

WIDEST = 100
OPENED = ("words", "others", "unfit")
"""Kinds of rows with more behind them."""


class MachineScreen(OnMachineScreen):
    """Shows the look at this machine; where there is room, the inventory stands beside it."""

    NAME = "This machine"
    HELP = (
        "What each framework can really use here: each was started in a process of its own and "
        "computed something on each device. × is a device that it cannot use; below stand the "
        "reason with its code, and the one thing to do about it. c copies that fix, or the "
        "install line at the pointer; Enter on ▸ opens what stands behind it. r looks again "
        "(Esc stops that, and keeps what was found before). s writes a report without your names "
        "to a file. m measures which framework is faster here. u takes what was found into your "
        "advice, marked as found; your own answers win."
    )
    CSS_PATH = "machine.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,y", "copy", "Copy", key_display="c", id="machine.copy"),
        Binding("r", "look", "Look again", id="machine.look"),
        Binding("s", "save", "Save report", id="machine.save"),
        Binding("escape", "stop", "Stop", key_display="Esc", id="machine.stop"),
        Binding("escape", "leave", "Back", key_display="Esc", id="machine.leave"),
        Binding("b,h,left", "leave", "Back", key_display="b", show=False, id="machine.back"),
        Binding("m", "measure", "Measure which is faster", show=False, id="machine.measure"),
        Binding("u", "use", "Use in advice", show=False, id="machine.use"),
    ]

    def __init__(self) -> None:
        """Begin with everything closed that can be opened."""
        super().__init__()
        self.opened: set[str] = set()
        self.shown: Found | None = None

    @property
    def looking(self) -> LookJob:
        """The job that is shown."""
        return self.advisor.probe_job().looking

    def compose(self) -> ComposeResult:
        """Lay out the page, and the inventory beside it."""
        yield TitleBar(self.NAME)
        with Horizontal():
            yield RowList(page=True, id="page")
            yield RowList(page=True, id="inventory")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to look, unless that was done already."""
        self.query_one("#page").focus()
        self.begin()

    def draw(self) -> None:
        """Draw the job as it stands."""
        job, page = self.looking, self.query_one("#page", RowList)
        width = min(self.app.size.width - 5, WIDEST)
        self.shown = found = job.found
        if found is None:
            rows, beside = state_rows(job, width), []
        else:
            narrow = not self.has_class("-wide")
            rows = machine_rows(found, job, width, self.opened, inventory=narrow)
            beside = [*heading("In this machine")[1:], *inventory_of(found)]
        page.set_rows(rows, keep=not page.untouched)
        self.query_one("#inventory", RowList).set_rows(beside, keep=True)
        self.query_one(TitleBar).say(self.NAME, remark(job))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "copy":
            return bool(self._copyable()[0])
        if action in ("save", "measure", "use"):
            return self.looking.whole is not None
        if action == "look":
            return not self.advisor.probe_job().busy
        return self.looking.busy if action == "stop" else True

    def on_option_list_option_highlighted(self) -> None:
        """See which keys work on the row at the pointer."""
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what the row says: copy, open, go."""
        actions = {
            "look": self.action_look,
            "measure": self.action_measure,
            "use": self.action_use,
        }
        target = target_of(event.option) or ""
        if target.partition(":")[0] in OPENED:
            self.open_or_close(target)
        else:
            actions.get(target, self.action_copy)()

    def open_or_close(self, target: str) -> None:
        """Show what is behind a row, or hide it again."""
        self.opened ^= {target}
        self.draw()
        if target in self.opened:
            self.query_one("#page", RowList).show_below()

    def _copyable(self) -> tuple[str, str]:
        """Return what c copies at the pointer, and what that is called; empty if nothing."""
        target = self.query_one("#page", RowList).pointed
        return copyable(self.shown, target) if self.shown and target else ("", "")

    def action_copy(self) -> None:
        """Copy the fix or the install line at the pointer."""
        text, what = self._copyable()
        if text:
            self.advisor.copy(text, what)

    def action_look(self) -> None:
        """Look again; what was found stays until that has ended."""
        self.advisor.look_at_machine()
        self.draw()

    def action_stop(self) -> None:
        """Stop looking."""
        self.looking.cancel.set()
        self.advisor.say("Stopping; what was found by now stays.")

    def action_save(self) -> None:
        """Choose a form and a file for the report."""
        from ..doctor_report import doctor_forms
        from .export import ExportScreen

        found = self.looking.whole
        if found is not None:
            forms = doctor_forms(found.record, self.session.knowledge)
            self.app.push_screen(ExportScreen("Save what was found, without names", forms))

    def action_measure(self) -> None:
        """Go where the frameworks are measured."""
        self.advisor.show_measuring()
