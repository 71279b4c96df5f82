"""The window: the bridges at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMainWindow, QStackedWidget, QWidget

from bridge_gui.desktop.desk import Desk, Messages, Open
from bridge_gui.desktop.helping import Help
from bridge_gui.desktop.jobs import Failure
from bridge_gui.desktop.late import LateBanner
from bridge_gui.desktop.sidebar import Sidebar
from bridge_gui.desktop.start import AddPage, Kind, StartPage, Waiting
from bridge_gui.desktop.widgets import column, frame, label, row

if TYPE_CHECKING:
    from bridge_gui.desktop.autostart import Autostart
    from bridge_gui.desktop.page import BridgePage
    from bridge_gui.desktop.wizard import Begin, Wizard

SIZE = (1240, 800)
SMALLEST = (860, 540)


@dataclass(frozen=True, kw_only=True)
class Doors:
    """What the window may open: the house, the demo's house, and what can be added.

    `home` is the folder where the window keeps what it remembers; without one it lives for this start only.
    """

    house: Open
    messages: Messages = tuple
    demo: bool = False
    demo_house: Open | None = None
    kinds: Sequence[Kind] = field(default=())
    command: str = "bridge-gui"
    wizard: Begin | None = None
    home: Path | None = None
    autostart: Callable[[], Autostart] | None = None


class Window(QMainWindow):
    """One window for all bridges; pages are made when their bridge is first chosen."""

    def __init__(self, desk: Desk, doors: Doors) -> None:
        super().__init__()
        self.desk, self._doors = desk, doors
        self.pages: dict[str, BridgePage] = {}
        self.wizard: Wizard | None = None
        self._fresh = ("", False)
        self.ended_well = True
        self.hides: Callable[[], bool] = lambda: False
        self.before_leaving: Callable[[], object] = lambda: None
        self.first_choice = ("", "")
        self._leaving = False
        self.banner = LateBanner(desk)
        self.sidebar = Sidebar(desk)
        self.help = Help(self)
        self.waiting = Waiting(desk, self.open_house)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.waiting)
        self.ribbon = self._ribbon()
        self._arrange()
        self._listen()
        self._shortcuts()

    def open_house(self) -> None:
        """Open the house in a job; the window is there already."""
        self._show_waiting(demo=self._doors.demo)
        self.desk.open(self._doors.house, self._doors.messages, demo=self._doors.demo)

    def open_demo(self) -> None:
        """Open the demo companies in this window."""
        if self._doors.demo_house is not None:
            self._show_waiting(demo=True)
            self.desk.open(self._doors.demo_house, self._doors.messages, demo=True)

    @cached_property
    def start(self) -> StartPage:
        """The page of who has no bridge yet."""
        can_demo = self._doors.demo_house is not None
        page = StartPage(self.desk, can_demo=can_demo, home=self._doors.home)
        page.add.connect(self.show_add)
        page.demo.connect(self.open_demo)
        page.help.connect(lambda: self.help.popup(page.help_button))
        self.stack.addWidget(page)
        return page

    @cached_property
    def add_page(self) -> AddPage:
        """How a bridge is added."""
        page = AddPage(self.desk, self._doors.kinds, self._doors.command)
        page.back.connect(self._back)
        self.stack.addWidget(page)
        return page

    @property
    def page(self) -> BridgePage | None:
        """The page of the chosen bridge, if it is in front."""
        current = self.stack.currentWidget()
        return next((page for page in self.pages.values() if page is current), None)

    def choose(self, name: str) -> None:
        """Show a bridge's page."""
        from bridge_gui.desktop.page import BridgePage

        if name not in self.pages:
            self.pages[name] = BridgePage(self.desk, name)
            self.pages[name].change.connect(self.show_wizard)
            self.pages[name].change_button.setVisible(self._doors.wizard is not None)
            self.stack.addWidget(self.pages[name])
        self.stack.setCurrentWidget(self.pages[name])
        self.sidebar.choose(name)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Stop what is at work, wait up to five seconds, leave; or only hide, where Bridge stays around."""
        if not self._leaving and self.hides():
            event.ignore()
            return
        self._leaving = True
        self.before_leaving()
        self.setEnabled(False)
        if self.desk.runner.running():
            self.setWindowTitle(self.desk.words.text("Bridge: stopping ..."))
        self.ended_well = self.desk.close()
        event.accept()

    def leave(self) -> None:
        """Close for good, whatever closing does otherwise."""
        self._leaving = True
        self.close()

    @property
    def _adding(self) -> bool:
        added = "add_page" in self.__dict__ and self.stack.currentWidget() is self.add_page
        return added or self.wizard is not None

    def _arrange(self) -> None:
        text = self.desk.words.text
        side = row(self.sidebar, self.stack, gap=0)
        side.setStretchFactor(self.stack, 1)
        whole = QWidget()
        inside = column(self.ribbon, self.banner, side, gap=0)
        inside.setStretchFactor(side, 1)
        whole.setLayout(inside)
        self.setCentralWidget(whole)
        self.setWindowTitle(text("Bridge"))
        self.setMinimumSize(*SMALLEST)
        self.resize(*SIZE)
        self.sidebar.setVisible(False)
        self.sidebar.list.setFocus()

    def _ribbon(self) -> QFrame:
        text = self.desk.words.text
        told = text("The companies here are made up. Nothing leaves this computer.")
        inside = row(label(text("Demo"), "pill"), label(told), 1, gap=12)
        result = frame("ribbon", inside, (16, 5, 16, 5))
        result.setAccessibleName(text("Demo"))
        result.setVisible(self._doors.demo)
        return result

    def _listen(self) -> None:
        self.desk.opened.connect(self._opened)
        self.desk.failed.connect(self._failed)
        self.desk.bridges_changed.connect(self._loaded)
        self.sidebar.chosen.connect(self.choose)
        self.sidebar.add.connect(self.show_add)
        self.sidebar.help.connect(lambda: self.help.popup(self.sidebar.help_button))

    def _shortcuts(self) -> None:
        def on(keys: str | QKeySequence.StandardKey, do: Callable[[], object]) -> None:
            QShortcut(QKeySequence(keys), self).activated.connect(lambda: do())  # noqa: PLW0108

        def on_page(keys: str | QKeySequence.StandardKey, do: Callable[[BridgePage], None]) -> None:
            on(keys, lambda: do(self.page) if self.page else None)

        on_page("F5", lambda page: page.sync())
        on_page("Ctrl+P", lambda page: page.preview())
        on_page(QKeySequence.StandardKey.Find, lambda page: page.search_here())
        for keys, by in (("Ctrl+Tab", 1), ("Ctrl+PgDown", 1), ("Ctrl+Shift+Tab", -1), ("Ctrl+PgUp", -1)):
            on_page(keys, lambda page, by=by: page.turn(by))  # type: ignore[misc]
        on("Shift+F5", self.desk.sync_all)
        on("Esc", self._escape)
        on("F1", self._show_help)
        on(QKeySequence.StandardKey.New, self.show_add)
        on(QKeySequence.StandardKey.Quit, self.leave)

    def _show_help(self) -> None:
        on_start = "start" in self.__dict__ and self.stack.currentWidget() is self.start
        beside = self.start.help_button if on_start else self.sidebar.help_button
        if beside.isVisible():
            self.help.popup(beside)

    def _show_waiting(self, *, demo: bool) -> None:
        self.waiting.wait(demo=demo)
        self.stack.setCurrentWidget(self.waiting)

    def _opened(self) -> None:
        self.ribbon.setVisible(self.desk.demo)

    def _failed(self, failure: Failure) -> None:
        self.waiting.fail(failure)
        self.stack.setCurrentWidget(self.waiting)

    def _loaded(self) -> None:
        bridges = self.desk.bridges
        self.sidebar.setVisible(bool(bridges) and self.wizard is None)
        names = {bridge.row.name for bridge in bridges}
        for name in [name for name in self.pages if name not in names]:
            self.stack.removeWidget(self.pages[name])
            self.pages.pop(name).deleteLater()
        if not self._adding and (self.page is None or not bridges):
            self._home()
        self._welcome()

    def _home(self) -> None:
        known, tab = self.first_choice
        self.first_choice = ("", "")
        if self.desk.bridges:
            self.choose(known if self.desk.status(known) is not None else self.sidebar.model.first())
            if self.page is not None and tab.isdigit():
                self.page.tabs.setCurrentIndex(int(tab))
        else:
            self.stack.setCurrentWidget(self.start)

    def show_add(self) -> None:
        """Add a bridge."""
        if self.desk.is_open and self._doors.wizard is not None:
            self.show_wizard()
        elif self.desk.is_open:
            self.show_file()

    def show_file(self) -> None:
        """Show how a bridge is added from a file."""
        self._end_wizard()
        self.sidebar.list.clearSelection()
        self.stack.setCurrentWidget(self.add_page)

    def show_wizard(self, change: str = "") -> None:
        """Open the wizard, for a new bridge or to change the set-up of one; it has the window for itself."""
        if self.wizard is not None or self._doors.wizard is None:
            return
        from bridge_gui.desktop.wizard import Wizard

        self.wizard = Wizard(self.desk, self._doors.kinds, self._doors.wizard)
        self.wizard.left.connect(self._leave_wizard)
        self.wizard.file_wanted.connect(self.show_file)
        self.wizard.made.connect(self._made)
        self.stack.addWidget(self.wizard)
        self.stack.setCurrentWidget(self.wizard)
        self.sidebar.hide()
        self.wizard.start(change)

    def _end_wizard(self) -> None:
        if self.wizard is not None:
            self.stack.removeWidget(self.wizard)
            self.wizard.deleteLater()
            self.wizard = None
            self.sidebar.setVisible(bool(self.desk.bridges))

    def _leave_wizard(self) -> None:
        self._end_wizard()
        if self.page is None:
            self._home()

    def _made(self, name: str, sync: bool) -> None:
        self._end_wizard()
        self._fresh = (name, sync)
        self.desk.refresh()

    def _welcome(self) -> None:
        """A bridge just set up comes to the front, and is synced if that was wanted."""
        name, sync = self._fresh
        if name and self.desk.status(name) is not None:
            self._fresh = ("", False)
            self.choose(name)
            if sync:
                self.desk.sync(name)

    def _escape(self) -> None:
        if self.wizard is not None:
            self.wizard.cancel()
        elif self.page is not None:
            self.page.escape()
        else:
            self._back()

    def _back(self) -> None:
        if self._adding:
            name = self.sidebar.list.currentIndex().data(Qt.ItemDataRole.UserRole)
            self.choose(name) if name else self._home()
