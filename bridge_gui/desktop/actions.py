"""What can be done with chosen rows: buttons, a menu, and what each begins."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QTableView, QWidget
from shiboken6 import isValid

from bridge_gui.desktop.action_dialog import ActionDialog
from bridge_gui.desktop.asking import Asker
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure, Result
from bridge_gui.desktop.widgets import button, label, relook, row
from bridge_gui.desktop.wizard import visit
from bridge_gui.desktop.wizard_style import clear
from bridge_gui.sync.actions import Gives, How, Told, Wanted

if TYPE_CHECKING:
    from bridge_gui.sync.actions import ActionSpec, File

Where = Callable[[QWidget, str], str]
Visit = Callable[[str], object]
SIDE_BY_SIDE = 4
"""Buttons that always stand there; of more only those that fit what is chosen, for want of room."""


@dataclass(frozen=True)
class Chosen:
    """A chosen row as an action sees it; a panel's row has no kind. `title` is what the user knows it by."""

    subject: str
    kind: str = ""
    state: str = ""
    title: str = ""


def ask_where(parent: QWidget, name: str) -> str:
    """Where a file goes; nothing if the user thinks better of it."""
    place, _kind = QFileDialog.getSaveFileName(parent, "", name)
    return place


class Actions(QWidget):
    """A bar with a button for each action that fits what is chosen, and the same as a menu."""

    done = Signal()

    def __init__(
        self, desk: Desk, name: str, specs: Sequence[ActionSpec], *, where: Where = ask_where,
        go: Visit = visit,
    ) -> None:  # fmt: skip
        super().__init__()
        clear(self)
        self._desk, self._name, self._where, self._visit = desk, name, where, go
        self.specs = tuple(specs)
        self._chosen: list[Chosen] = []
        self._dialog: ActionDialog | None = None
        self._asker = Asker(desk, f"{name} fetch", self)
        self.buttons: dict[str, QPushButton] = {}
        for spec in self.specs:
            made = button(self._title(spec), partial(self.begin, spec))
            self.buttons[spec.key] = made
        self.told = label("", "muted")
        self.setLayout(row(*self.buttons.values(), self.told, 1, gap=8))
        self.setMinimumHeight(max(one.sizeHint().height() for one in self.buttons.values()) if specs else 0)
        self.choose([])

    def serve(self, table: QTableView, chosen: Callable[[], list[Chosen]]) -> None:
        """Follow a table's selection, and offer the menu on its rows (the menu key too)."""
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(lambda at: self._pop_up(table, at))
        table.selectionModel().selectionChanged.connect(lambda *_changed: self.choose(chosen()))

    def choose(self, chosen: list[Chosen]) -> None:
        """What is chosen now."""
        self._chosen = chosen
        self._say("")
        for spec in self.specs:
            why_not = self.why_not(spec)
            fits = bool(chosen) and not why_not
            self.buttons[spec.key].setEnabled(fits)
            self.buttons[spec.key].setToolTip(why_not)
            self.buttons[spec.key].setVisible(fits or len(self.specs) <= SIDE_BY_SIDE)
        if not chosen and len(self.specs) > SIDE_BY_SIDE:
            self._say(self._desk.words.text("Choose a row to see what can be done with it."))

    def why_not(self, spec: ActionSpec) -> str:
        """Why an action is not for what is chosen; nothing if it is."""
        if len(self._chosen) > 1 and not spec.many:
            return self._desk.words.text("Choose one row for this.")
        for one in self._chosen:
            if not spec.fits(one.kind, one.state):
                code = spec.why_not.get(one.state) or spec.why_not.get("") or "action.not_now"
                return self._desk.say(code, {"number": one.title or one.subject, "state": one.state}).sentence
        return ""

    def menu(self) -> QMenu:
        """The actions as a menu; one that does not fit is there, and says why not."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for spec in self.specs:
            why_not = self.why_not(spec)
            entry = QAction(self._title(spec), menu)
            entry.setEnabled(bool(self._chosen) and not why_not)
            entry.setToolTip(why_not)
            entry.triggered.connect(lambda _on=False, spec=spec: self.begin(spec))
            menu.addAction(entry)
        return menu

    def begin(self, spec: ActionSpec) -> QObject | None:
        """Begin an action on what is chosen."""
        if not self._chosen or self.why_not(spec) or self.is_asking:
            return None
        subjects = {one.subject: one.title or one.subject for one in self._chosen}
        if spec.gives is not Gives.STEPS:
            self._fetch(spec, next(iter(subjects)))
            return None
        dialog = ActionDialog(self._desk, self._name, spec, subjects, self.window())
        dialog.told.connect(self._answered)
        self._dialog = dialog
        dialog.open()
        return dialog

    @property
    def is_asking(self) -> bool:
        """Whether a dialog is open: a key that is heard twice opens one, and orders one thing."""
        return self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible()

    def _title(self, spec: ActionSpec) -> str:
        return self._desk.words.text(spec.title).replace("&", "")

    def _pop_up(self, table: QTableView, at: QPoint) -> None:
        if self.specs and self._chosen:
            self.menu().popup(table.viewport().mapToGlobal(at))

    def _fetch(self, spec: ActionSpec, subject: str) -> None:
        service, name = self._desk.service, self._name
        wanted = [Wanted(request=uuid.uuid4().hex, subject=subject, confirmed=True)]
        self._say(self._desk.words.text("Reading ..."))
        self._asker.ask(
            lambda cancel: service.act(name, spec.key, wanted, cancel, lambda _event: None), self._fetched
        )

    def _fetched(self, result: Result) -> None:
        if isinstance(result, Failure):
            self._say(self._desk.say(result.code, result.params).sentence, "red")
            return
        told: Told = result.value[0]
        self._say("")
        if told.how is not How.DONE:
            self._say(self._desk.say(told.code, told.params).sentence, "red")
        elif told.address:
            self._visit(told.address)
        elif told.file is not None:
            self._save(told.file)

    def _save(self, file: File) -> None:
        place = self._where(self, file.name)
        if not place:
            return
        text = self._desk.words.text
        try:
            Path(place).write_bytes(file.content)
        except OSError:
            self._say(text("{file} could not be written.", file=place), "red")
            return
        self._say(text("Saved as {file}", file=place))

    def _answered(self, answers: Sequence[Told]) -> None:
        if any(one.how is not How.REFUSED for one in answers):
            self.done.emit()
            self._desk.refresh()

    def _say(self, text: str, tone: str = "") -> None:
        self.told.setText(text)
        self.told.setToolTip(text)
        relook(self.told, "tone", tone)
