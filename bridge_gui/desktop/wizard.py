"""The wizard: any bridge set up, or changed, one page after another, with nothing kept until the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMessageBox, QProgressBar, QPushButton, QVBoxLayout, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure, Result
from bridge_gui.desktop.start import Kind
from bridge_gui.desktop.widgets import NATIVE, button, frame, label, letter, row
from bridge_gui.desktop.wizard_ends import DoneView, KindView, OpeningView
from bridge_gui.desktop.wizard_page import PageView
from bridge_gui.desktop.wizard_rail import Rail
from bridge_gui.desktop.wizard_style import sheet
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.wizard import WizardFlow, Work

Begin = Callable[[Any, str, str], "WizardFlow"]
Visit = Callable[[str], object]
OPENING = "(wizard opens)"
USABLE = ("lists", "columns", "sign_in", "preview")
DOING = {
    "check": mark("Signing in to {vendor}"),
    "lists": mark("Loading the lists of {sales} and {books}"),
    "sign_in": mark("Waiting for {vendor}"),
    "columns": mark("Reading the file"),
    "verify": mark("Looking at {sales} and {books}"),
    "preview": mark("Reading sales from {sales}"),
}
KEEPING = mark("Checking both sides once more, then keeping it")
"""While these are at work the page can still be used."""


def visit(address: str) -> None:
    """Open a page in the user's browser; https only."""
    if address.startswith("https://"):
        QDesktopServices.openUrl(QUrl(address))


class Wizard(QWidget):
    """Draws a flow, runs its work in jobs, and tells how it ended."""

    left = Signal()
    file_wanted = Signal()
    made = Signal(str, bool)

    def __init__(self, desk: Desk, kinds: Sequence[Kind], begin: Begin, *, go: Visit = visit) -> None:
        super().__init__()
        text = desk.words.text
        self.desk, self._kinds, self._begin, self._visit = desk, kinds, begin, go
        self.flow: WizardFlow | None = None
        self.view: QWidget | None = None
        self._over = False
        self._last = ""
        self._question: QMessageBox | None = None
        self.next_button = button(text("&Next"), self.next, look="primary")
        self.back_button = button(text("&Back"), self.back)
        self.cancel_button = button(text("Cancel"), self.cancel, hint=text("Leave; nothing is kept (Esc)"))
        self.stop_button = button(text("S&top"), self.stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(text("Progress"))
        self.words = label("", "muted")
        self.rail = Rail(desk)
        self.rail.chosen.connect(self.go)
        self.rail.file_button.clicked.connect(self.file_wanted)
        self._place = QVBoxLayout()
        self._arrange()
        self.setAccessibleName(text("Add a bridge"))
        desk.theme.changed.connect(self._recolour)
        self._recolour()

    # What the window does.

    def start(self, change: str = "") -> None:
        """Begin; `change` names the bridge whose set-up is changed."""
        status = self.desk.status(change) if change else None
        if status is not None:
            self._open(status.row.kind, change)
        elif len(self._kinds) == 1:
            self._open(self._kinds[0].key)
        else:
            view = KindView(self.desk, self._kinds)
            self._put(view)
            self._show_feet()
            view.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def cancel(self) -> None:
        """Stop what is at work, or leave; asks first if something was entered."""
        if self.flow is not None and self.flow.busy:
            self.stop()
        elif self.flow is not None and self.flow.finished is not None:
            self._done(sync=False)
        elif self.flow is not None and self.flow.dirty:
            self._ask()
        else:
            self.leave()

    def leave(self) -> None:
        """Leave; nothing stays behind."""
        self.stop()
        self._over = True
        self.flow = None
        self.left.emit()

    # What the buttons do.

    def next(self) -> None:
        """Go on, or say what is missing; finish on the last page."""
        if isinstance(self.view, KindView):
            self._open(self.view.chosen)
        elif isinstance(self.view, DoneView):
            self._done(sync=True)
        elif self.flow is not None and not self.flow.busy:
            self._go_on(self.flow)

    def back(self) -> None:
        """Go back; every answer stays."""
        if self.flow is not None and self.flow.finished is not None:
            self._done(sync=False)
        elif self.flow is not None and not self.flow.busy and self.flow.at:
            self._began(self.flow.back())
        elif self.flow is not None and len(self._kinds) > 1 and not self.flow.change and not self.flow.busy:
            self.flow = None
            self.start()

    def go(self, at: int) -> None:
        """Go to a step that was reached before."""
        if self.flow is not None and not self.flow.busy and at <= self.flow.furthest:
            self._began(self.flow.go(at))

    def stop(self) -> None:
        """Stop what is at work."""
        work = self.flow.busy if self.flow is not None else None
        if work is not None:
            self.stop_button.setEnabled(False)
            self.desk.runner.cancel(_key(work))

    def load_again(self) -> None:
        """Load the lists, or the preview, again."""
        if self.flow is not None and not self.flow.busy:
            flow, is_preview = self.flow, self.flow.page.key == "preview"
            again = flow.look_again if flow.columns_place() else flow.load_again
            self._began(flow.preview_again() if is_preview else again())

    def sign_in(self, place: str) -> None:
        """Open the vendor's own page and wait for its answer."""
        if self.flow is None or self.flow.busy:
            return
        work = self.flow.sign_in(place, self.desk.words.text)
        if work is not None:
            self._began(work)
            self.open_sign_in()
        elif isinstance(self.view, PageView):
            self.view.show_problems()

    def open_sign_in(self) -> None:
        """Open the page of the sign-in that is waited for; a sandbox on this computer needs none."""
        if self.flow is not None and self.flow.signing is not None:
            self._visit(self.flow.signing.address)

    def finish_in_memory(self) -> None:
        """Finish where there is no keychain: the secrets last as long as the program."""
        if self.flow is not None:
            self._began(self.flow.finish(in_memory=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter goes on, wherever the cursor is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next()
        else:
            super().keyPressEvent(event)

    def _go_on(self, flow: WizardFlow) -> None:
        if not flow.valid:
            if isinstance(self.view, PageView):
                self.view.show_problems()
            return
        self._began(flow.finish() if flow.is_last else flow.next())

    # Jobs.

    def _open(self, kind: str, change: str = "") -> None:
        self._put(OpeningView(self.desk))
        service = self.desk.service
        key = f"{OPENING} {id(self)}"
        self.desk.runner.start(
            key, lambda _cancel, _tell: self._begin(service, kind, change), done=self._opened
        )
        self._show_feet()

    def _opened(self, result: Result) -> None:
        if self._over:
            return
        if isinstance(result, Failure):
            self._put(OpeningView(self.desk, result))
            self._show_feet()
            return
        self.flow = result.value
        assert self.flow is not None
        self.rail.show_flow(self.flow)
        self._began(None)

    def _began(self, work: Work | None) -> None:
        """Show the page as it is now, and carry out what it needs."""
        if work is not None:
            self._last = work.what
            self.stop_button.setEnabled(True)
            self.desk.runner.start(_key(work), work.run, done=lambda result: self._ended(work, result))
        self._show()

    def _ended(self, work: Work, result: Result) -> None:
        if self._over or self.flow is None:
            return
        following = None
        if isinstance(result, Failure):
            self.flow.fail(work, result.code, result.params)
            self._last = work.what
        else:
            following = self.flow.take(work, result.value)
        self._began(following)

    # Drawing.

    def _show(self) -> None:
        flow = self.flow
        if flow is None:
            return
        if flow.finished is not None:
            self.desk.refresh()
            self._put(DoneView(self.desk, flow))
        elif self._fresh(flow):
            view = PageView(self.desk, flow)
            view.edited.connect(self._show_feet)
            view.again.connect(self.load_again)
            view.in_memory.connect(self.finish_in_memory)
            view.visit.connect(self._visit)
            view.sign_in.connect(self.sign_in)
            view.stop_sign_in.connect(self.stop)
            view.open_sign_in.connect(self.open_sign_in)
            self._put(view)
        elif isinstance(self.view, PageView):
            self.view.show_error()
            self.view.refresh_sign_in()
        self.rail.refresh()
        self._show_feet()
        self._focus(flow)

    def _fresh(self, flow: WizardFlow) -> bool:
        """Whether the page has to be drawn anew: another one, or its lists or preview have come."""
        view = self.view
        if not isinstance(view, PageView) or view.page is not flow.page:
            return True
        return self._last in ("lists", "columns", "preview") or not (flow.busy or flow.error)

    def _focus(self, flow: WizardFlow) -> None:
        first = self.view.first() if isinstance(self.view, PageView) and not flow.busy else None
        target = self.stop_button if flow.busy else first or self.next_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, view: QWidget) -> None:
        if self.view is not None:
            self._place.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = view
        self._place.addWidget(view)
        view.show()
        for part in view.findChildren(QPushButton):
            part.setAutoDefault(True)
        self._order(view)

    def _order(self, view: QWidget) -> None:
        """Tab goes through the page, then the buttons below it, then the steps."""
        tab, own = Qt.FocusPolicy.TabFocus, self.window()
        page = [
            part for part in view.findChildren(QWidget) if part.focusPolicy() & tab and part.window() is own
        ]
        feet = [self.cancel_button, self.stop_button, self.back_button, self.next_button]
        chain: list[QWidget] = [*page, *feet, *self.rail.steps, self.rail.file_button]
        for first, second in pairwise(chain):
            QWidget.setTabOrder(first, second)

    def _show_feet(self) -> None:
        text, flow, view = self.desk.words.text, self.flow, self.view
        busy = isinstance(view, OpeningView) and view.failure is None
        work = flow.busy if flow is not None else None
        done = isinstance(view, DoneView)
        finish = flow is not None and flow.is_last and not done
        onwards = text("&Sync now") if done else text("&Finish") if finish else text("&Next")
        _caption(self.next_button, onwards)
        self.next_button.setEnabled(not work and not isinstance(view, OpeningView))
        _caption(self.back_button, text("N&ot now") if done else text("&Back"))
        more = len(self._kinds) > 1 and flow is not None and not flow.change
        self.back_button.setEnabled(not work and flow is not None and bool(flow.at or more or done))
        self.cancel_button.setVisible(not done)
        fresh = flow is None or not (flow.at or flow.dirty or flow.change)
        self.rail.file_button.setVisible(fresh and not done)
        for part in (self.bar, self.stop_button):
            part.setVisible(work is not None)
        self.bar.setVisible(work is not None or busy)
        self.words.setText(self._doing(work) if work is not None else "")
        if isinstance(view, PageView):
            view.setEnabled(work is None or work.what in USABLE)

    def _doing(self, work: Work) -> str:
        flow = self.flow
        assert flow is not None
        sales, books = (flow.vendor(key).title for key in (flow.spec.sales, flow.spec.books))
        vendor = flow.vendor(work.vendor).title if work.vendor else ""
        return self.desk.words.text(DOING.get(work.what, KEEPING), vendor=vendor, sales=sales, books=books)

    def _arrange(self) -> None:
        feet = row(self.cancel_button, 1, self.bar, self.words, self.stop_button, gap=10)
        feet.addSpacing(8)
        feet.addWidget(self.back_button)
        feet.addWidget(self.next_button)
        foot = frame("foot", feet, (40, 12, 24, 12))
        for part in (self.next_button, self.back_button, self.cancel_button, self.stop_button):
            part.setAutoDefault(True)
        main = QVBoxLayout()
        main.setSpacing(0)
        main.addLayout(self._place, 1)
        main.addWidget(foot)
        whole = row(gap=0)
        whole.addWidget(self.rail)
        whole.addLayout(main)
        whole.setStretchFactor(main, 1)
        self.setLayout(whole)

    def _recolour(self) -> None:
        self.setStyleSheet(sheet(self.desk.theme.tokens))

    # Leaving.

    def _ask(self) -> None:
        text = self.desk.words.text
        asked = QMessageBox(self)
        asked.setWindowTitle(text("Leave the set-up?"))
        asked.setText(text("Leave the set-up?"))
        asked.setInformativeText(text("What you entered is not kept."))
        stay = asked.addButton(text("Stay here"), QMessageBox.ButtonRole.RejectRole)
        go = asked.addButton(text("Leave"), QMessageBox.ButtonRole.AcceptRole)
        asked.setDefaultButton(stay)
        asked.setEscapeButton(stay)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        go.clicked.connect(self.leave)
        self._question = asked
        asked.open()

    def _done(self, *, sync: bool) -> None:
        assert self.flow is not None
        assert self.flow.finished is not None
        name = self.flow.finished.row.name
        self._over = True
        self.flow = None
        self.made.emit(name, sync)


def _caption(part: QPushButton, text: str) -> None:
    """Another text, with the keys its marked letter stands for."""
    shown, keys = letter(text)
    if part.text() != shown:
        part.setText(shown)
        part.setShortcut(QKeySequence(keys))
        part.setAccessibleName(shown)
        part.setToolTip(f"{shown} ({part.shortcut().toString(NATIVE)})")


def _key(work: Work) -> str:
    return f"(wizard {id(work)})"
