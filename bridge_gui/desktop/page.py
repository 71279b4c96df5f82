"""The page of one bridge: header, progress, and its tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from bridge_gui.desktop.attention import Attention
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.documents import Documents
from bridge_gui.desktop.ending import EndingNote
from bridge_gui.desktop.health import summary
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.log import Log
from bridge_gui.desktop.mappings import Mappings
from bridge_gui.desktop.overview import Overview
from bridge_gui.desktop.panel_group import front
from bridge_gui.desktop.panels import SEARCHED, Offered
from bridge_gui.desktop.preview import PreviewWindow
from bridge_gui.desktop.settings import Settings
from bridge_gui.desktop.strip import Strip
from bridge_gui.desktop.widgets import Line, add_tab, button, column, letter, row

LISTS = {"posted": ("Posted", True), "drafts": ("Draft", False), "unpaid": ("Unpaid", False)}
"""The state that lists what a figure counts, and whether the figure is of a period."""


class BridgePage(QWidget):
    """Everything about one bridge; a tab reads nothing before it is looked at."""

    change = Signal(str)

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self._desk, self.name = desk, name
        text = desk.words.text
        self.title = Line("title")
        self.summary = Line("muted")
        shows = text("Shows what a sync would send; sends nothing")
        self.preview_button = button(text("&Preview"), self.preview, hint=shows)
        sends = text("Reads what is new and sends it, F5")
        self.sync_button = button(text("&Sync now"), self.sync, look="primary", hint=sends)
        self.change_button = button(text("Change set-&up"), lambda: self.change.emit(name))
        self.ending = EndingNote(desk)
        self.strip = Strip(desk, name)
        self.overview = Overview(desk, name)
        self.overview.wanted.connect(self.show_list)
        self.documents = Documents(desk, name)
        self.attention = Attention(desk, name)
        self.attention.wanted.connect(self.lead)
        self.mappings = Mappings(desk, name)
        self.log = Log(desk, name)
        self.settings = Settings(desk, name)
        self.tabs = self._tabbed()
        self.offered = Offered(desk, name, self.tabs, self.documents)
        heads = column(self.title, self.summary, gap=2)
        head = row(heads, self.change_button, self.preview_button, self.sync_button, gap=10)
        head.setStretchFactor(heads, 1)
        inside = column(head, self.ending, self.strip, self.tabs, gap=10)
        inside.setContentsMargins(24, 18, 24, 16)
        self.setLayout(inside)
        self._listen()
        self._loaded()

    def sync(self) -> None:
        """Begin a sync, unless the bridge is at work."""
        self._desk.sync(self.name)

    def _sync_without(self, not_now: frozenset[tuple[str, str]]) -> None:
        self._desk.sync(self.name, not_now)

    def preview(self) -> None:
        """Begin a preview, unless the bridge is at work."""
        self._desk.preview(self.name)

    def show_list(self, what: str) -> None:
        """Bring the list behind a figure of the overview to the front."""
        if what == "attention":
            self.tabs.setCurrentWidget(self.attention)
            return
        state, dated = LISTS[what]
        first, last = self.overview.period.currentData()
        self.documents.show_only(state, first if dated else None, last if dated else None)
        self.tabs.setCurrentWidget(self.documents)

    def lead(self, what: str) -> None:
        """Do what the button of something that needs attention promises."""
        if what == "sync":
            self.sync()
        else:
            self.tabs.setCurrentWidget(self.mappings if what == "mappings" else self.settings)

    def search_here(self) -> None:
        """Put the cursor in the search field of the tab in front."""
        current = front(self.tabs.currentWidget())
        if isinstance(current, (Documents, Log, Mappings, *SEARCHED)):
            current.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            current.search.selectAll()

    def turn(self, by: int) -> None:
        """Bring the next tab to the front, or the one before; after the last comes the first."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())

    def escape(self) -> None:
        """Empty the search; then close the chosen document; then the message of the last run."""
        current = front(self.tabs.currentWidget())
        if isinstance(current, (Documents, Log, Mappings, *SEARCHED)) and current.search.text():
            current.search.clear()
        elif current is self.documents and self.documents.pane.isVisible():
            self.documents.close_pane()
        elif not self._desk.doing(self.name):
            self.strip.clear()

    def _tabbed(self) -> QTabWidget:
        text = self._desk.words.text
        tabs = QTabWidget()
        for part in (tabs, tabs.tabBar()):
            part.setAccessibleName(text("Parts of this bridge"))
        add_tab(tabs, self.overview, text("O&verview"))
        add_tab(tabs, self.documents, text("&Documents"))
        add_tab(tabs, self.attention, text("&Needs attention"))
        add_tab(tabs, self.mappings, text("&Mappings"))
        add_tab(tabs, self.log, text("L&og"))
        add_tab(tabs, self.settings, text("Sett&ings"))
        return tabs

    def _listen(self) -> None:
        self._desk.bridges_changed.connect(self._loaded)
        self._desk.work_changed.connect(self._worked)
        self._desk.progressed.connect(self._progressed)
        self._desk.ended.connect(self._ended)

    def _loaded(self) -> None:
        status = self._desk.status(self.name)
        if status is None:
            return
        self.title.setText(status.title)
        self.summary.setText(summary(self._desk, status))
        self.ending.show_status(status)
        text, _keys = letter(self._desk.words.text("&Needs attention"))
        count = f"  {self._desk.formats.number(status.attention)}" if status.attention else ""
        self.tabs.setTabText(self.tabs.indexOf(self.attention), text + count)
        self._worked()

    def _worked(self) -> None:
        busy = self._desk.runner.busy(self.name)
        self.sync_button.setEnabled(not busy)
        self.preview_button.setEnabled(not busy)
        self.change_button.setEnabled(not busy)
        if busy and self._desk.progress.get(self.name) is None:
            self.strip.working(None)

    def _progressed(self, name: str) -> None:
        if name == self.name:
            self.strip.working(self._desk.progress.get(name))

    def _ended(self, name: str, what: str, result: Result) -> None:
        if name != self.name:
            return
        self.strip.ended(what, result)
        self._worked()
        for tab in (self.overview, self.documents, self.attention, self.log, self.mappings, self.settings):
            tab.refresh()
        self.offered.refresh()
        if what == "preview" and isinstance(result, Done):
            window = PreviewWindow(self._desk, result.value, self)
            window.sync_wanted.connect(self._sync_without)
            window.open()
