"""Lines that can be edited: a row of controls for each; figures are worked out by the bridge."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from bridge_gui.desktop.action_controls import Control, Find, Left, control_for
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import button, column, label, relook, row
from bridge_gui.desktop.wizard_style import clear, seen

if TYPE_CHECKING:
    from bridge_gui.sync.specs import Field, Option

CROSS = "\u00d7"
STRETCH = {"text": 3, "choice": 3, "date": 2, "number": 1, "flag": 0}
NARROWEST = {"text": 130, "choice": 130, "date": 110, "number": 72, "flag": 40}
LETTERS = 8
WIDEST = 240
AROUND = {"choice": 62, "text": 30}
"""What stands beside a text: the control's edges, and a list's arrow."""


class Lines(QWidget):
    """The rows of a LINES answer. Ctrl+Return adds one, Ctrl+Delete takes the one in hand away."""

    edited = Signal()
    field_left = Signal()

    def __init__(
        self, desk: Desk, asked: Field, rows: list[dict[str, str]], options: Mapping[str, tuple[Option, ...]],
        find: Find,
    ) -> None:  # fmt: skip
        super().__init__()
        clear(self)
        self._desk, self.asked, self._options, self._find = desk, asked, options, find
        self.rows: list[dict[str, Control]] = []
        self._kept: list[dict[str, str]] = []
        self._left: list[set[str]] = []
        self._wrong: list[QLabel] = []
        self._removers: list[QPushButton] = []
        self._holder = clear(QWidget())
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self.add_button = button(desk.words.text("Add line"), self.add, look="plain")
        self.add_button.setToolTip(desk.words.text("Add a line (Ctrl+Return)"))
        self.setLayout(column(self._holder, row(self.add_button, 1), gap=6))
        for keys, act in (("Ctrl+Return", self.add), ("Ctrl+Delete", self._remove_here)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._left = [set() for _row in rows]
        self._lay_out(rows)

    def left(self) -> list[str]:
        """The places that were left, as notices name them."""
        return [f"{self.asked.key}.{at}.{key}" for at, keys in enumerate(self._left) for key in keys]

    def _leave(self, number: int, key: str) -> None:
        if number < len(self._left):
            self._left[number].add(key)
            self.field_left.emit()

    def value(self) -> list[dict[str, str]]:
        """The rows as they are kept; what no column shows stays with its row."""
        return [
            kept | {key: one.value() for key, one in controls.items() if not one.fixed}
            for kept, controls in zip(self._kept, self.rows, strict=True)
        ]

    def add(self) -> None:
        """One more line, ready to be typed into."""
        self._left.append(set())
        self._lay_out([*self.value(), {}])
        first = next(one for one in self.rows[-1].values() if not one.fixed)
        first.target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def remove(self, at: int) -> None:
        """Take a line away."""
        rows = self.value()
        del rows[at], self._left[at]
        self._lay_out(rows)
        if self.rows:
            beside = self.rows[min(at, len(self.rows) - 1)]
            next(iter(beside.values())).target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def show_computed(self, computed: Mapping[str, str]) -> None:
        """Show what the bridge has worked out, by place."""
        for number, controls in enumerate(self.rows):
            for key, control in controls.items():
                place = f"{self.asked.key}.{number}.{key}"
                if control.fixed and (place in computed or not self._kept[number].get(key)):
                    control.show_value(computed.get(place, ""))

    def show_notices(self, words: Mapping[str, tuple[str, str]]) -> None:
        """Say below each line what is to be said of it; (tone, text) by place."""
        for number, controls in enumerate(self.rows):
            told = []
            for key, control in controls.items():
                tone, text = words.get(f"{self.asked.key}.{number}.{key}", ("", ""))
                relook(control.target, "wrong", "yes" if tone == "red" else "no")
                control.target.setToolTip(text or shown_text(control))
                told += [(tone, text)] if text and tone == "red" else []
            self._wrong[number].setText(" ".join(text for _tone, text in told))
            seen(self._wrong[number], on=bool(told))

    def _remove_here(self) -> None:
        for at, controls in enumerate(self.rows):
            if any(control.target.hasFocus() for control in controls.values()):
                self.remove(at)
                return

    def _lay_out(self, rows: list[dict[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.rows, self._kept, self._wrong, self._removers = [], [], [], []
        for at, asked in enumerate(self.asked.columns):
            head = label(self._desk.words.text(asked.label), "column")
            head.setAlignment(_side(asked))
            self._grid.addWidget(head, 0, at)
            self._grid.setColumnStretch(at, STRETCH.get(asked.kind.value, 1))
            self._grid.setColumnMinimumWidth(at, NARROWEST.get(asked.kind.value, 60))
        for number, values in enumerate(rows):
            self._add_row(number, values)

    def _make_room(self, place: int, asked: Field, control: Control) -> None:
        """A column is as wide as what stands in it, within reason; the pointer tells all of it."""
        text, around = shown_text(control), AROUND.get(asked.kind.value)
        control.target.setToolTip(text)
        if around is None:
            return
        wanted = control.target.fontMetrics().horizontalAdvance(text) + (0 if control.fixed else around)
        if wanted > self._grid.columnMinimumWidth(place):
            self._grid.setColumnMinimumWidth(place, min(WIDEST, wanted))

    def _add_row(self, number: int, values: dict[str, str]) -> None:
        at, controls = 1 + 2 * number, {}
        for place, asked in enumerate(self.asked.columns):
            known = self._options.get(asked.search or asked.options, ())
            value = values.get(asked.key, asked.default or "")
            control = control_for(self._desk, asked, value, known, self._find, self.edited.emit)
            name = self._desk.words.text(
                "{label}, line {number}", label=control.target.accessibleName(), number=number + 1
            )
            control.target.setAccessibleName(name)
            _narrow(control)
            Left(control.target, partial(self._leave, number, asked.key))
            self._grid.addWidget(control.widget, at, place)
            self._make_room(place, asked, control)
            controls[asked.key] = control
        said = self._desk.words.text("Remove line {number}", number=number + 1)
        remover = button(CROSS, partial(self.remove, number), look="plain", name=said)
        remover.setToolTip(f"{said} (Ctrl+Delete)")
        self._grid.addWidget(remover, at, len(self.asked.columns))
        wrong = label("", wrap=True)
        relook(wrong, "tone", "red")
        self._grid.addWidget(wrong, at + 1, 0, 1, len(self.asked.columns))
        wrong.setVisible(False)
        self.rows.append(controls)
        self._kept.append(dict(values))
        self._wrong.append(wrong)
        self._removers.append(remover)


def shown_text(control: Control) -> str:
    """What a control says, all of it; it may be cut on the screen."""
    target = control.target
    if isinstance(target, QComboBox):
        return target.currentText()
    return target.text() if isinstance(target, QLineEdit | QLabel) else ""


def _side(asked: Field) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if asked.kind.value == "number" else Qt.AlignmentFlag.AlignLeft


def _narrow(control: Control) -> None:
    """Let a control be as narrow as its column, and show how its text begins."""
    target = control.target
    if isinstance(target, QComboBox):
        target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        target.setMinimumContentsLength(LETTERS)
    line = target.lineEdit() if isinstance(target, QComboBox) else target
    if isinstance(line, QLineEdit):
        line.setCursorPosition(0)
