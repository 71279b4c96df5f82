"""A window with a text to be read before it leaves this computer: a crash report, a support bundle, About."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import Choice, button, column, copy, label, row

SIZE = (760, 560)
Save = Callable[[Path], object]


class Reading(QDialog):
    """One or several texts under a heading; `save` offers to save what is shown, under `file`."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        advice: str,
        texts: Mapping[str, str],
        *,
        parent: QWidget | None = None,
        save: Save | None = None,
        file: str = "",
    ) -> None:
        super().__init__(parent)
        text = desk.words.text
        self._desk, self._texts, self._save, self._file = desk, dict(texts), save, file
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.which = Choice(desk.theme, text("Which part"))
        self.which.offer([(name, name) for name in self._texts])
        self.which.setVisible(len(self._texts) > 1)
        self.which.currentIndexChanged.connect(lambda _at: self._show())
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setAccessibleName(title)
        self.body.setTabChangesFocus(True)
        self.body.setFont(_fixed())
        self.told = label("", "muted", wrap=True)
        self.save_button = button(text("&Save ..."), self.ask_where, look="primary")
        self.save_button.setVisible(save is not None)
        everything = text("Copy all of it")
        self.copy_button = button(text("&Copy"), lambda: copy(self.body.toPlainText()), name=everything)
        self.close_button = button(text("Close"), self.accept)
        feet = row(self.told, 1, self.copy_button, self.save_button, self.close_button, gap=10)
        parts = (label(title, "heading"), label(advice, wrap=True), self.which, self.body, feet)
        inside = column(*parts, gap=12)
        inside.setContentsMargins(24, 20, 24, 18)
        self.setLayout(inside)
        self.resize(*SIZE)
        self._show()

    def ask_where(self) -> None:
        """Ask where to save it."""
        asked = QFileDialog(self, self.windowTitle(), self._file)
        asked.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        asked.selectFile(self._file)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.fileSelected.connect(lambda name: self.save_to(Path(name)))
        asked.open()

    def save_to(self, path: Path) -> None:
        """Save it, and say where it is, or that it could not be."""
        text = self._desk.words.text
        try:
            if self._save is not None:
                self._save(path)
        except OSError:
            self.told.setText(text("It could not be written there. Choose another folder."))
        else:
            self.told.setText(text("Saved as {file}.", file=path.name))

    def _show(self) -> None:
        self.body.setPlainText(self._texts.get(self.which.currentData() or "", ""))


def _fixed() -> QFont:
    result = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    result.setPixelSize(12)
    return result
