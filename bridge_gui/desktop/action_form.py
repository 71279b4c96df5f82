"""A form drawn from its fields: label, control, and what is to be said of the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from bridge_gui.desktop.action_controls import Control, Find, FlagControl, Left, control_for
from bridge_gui.desktop.action_lines import Lines
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import column, label, relook
from bridge_gui.desktop.wizard_style import clear, seen
from bridge_gui.sync.actions import lines_in, lines_text

if TYPE_CHECKING:
    from bridge_gui.sync.actions import Form, Notice
    from bridge_gui.sync.specs import Field

TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
WIDE = 420
EMPTY = "answers.empty"


class FormView(QWidget):
    """Questions under each other, labels at the left; lines take the whole width."""

    edited = Signal()

    def __init__(self, desk: Desk, form: Form, find: Find) -> None:
        super().__init__()
        clear(self)
        self._desk, self.form, self._find = desk, form, find
        self.controls: dict[str, Control] = {}
        self.lines: dict[str, Lines] = {}
        self._said: dict[str, QLabel] = {}
        self._left: set[str] = set()
        self._told: tuple[Sequence[Notice], Sequence[Notice]] = ((), ())
        self._rows: dict[str, list[QWidget]] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for asked in form.fields:
            self._add(grid, asked)
        self.setLayout(grid)
        self._ask_what_fits()

    def answers(self) -> dict[str, str]:
        """What is answered otherwise than the form was filled; lines that are equal stay as they came."""
        given = {key: one.value() for key, one in self.controls.items() if not one.fixed}
        for key, lines in self.lines.items():
            before = self.form.answers.get(key, "")
            now = lines.value()
            given[key] = before if lines_in(before) == now else lines_text(now)
        return {key: value for key, value in given.items() if value != self.form.answers.get(key, "")}

    def first(self) -> QWidget | None:
        """The first control that can be typed into."""
        found = [one.target for one in self.controls.values() if not one.fixed]
        return found[0] if found else None

    def show_computed(self, computed: Mapping[str, str]) -> None:
        """Show what the bridge has worked out."""
        for key, control in self.controls.items():
            if control.fixed and key in computed:
                control.show_value(computed[key])
        for lines in self.lines.values():
            lines.show_computed(computed)

    def show_notices(self, warnings: Sequence[Notice], problems: Sequence[Notice]) -> list[tuple[str, str]]:
        """Say each where it belongs; gives those that belong to no field, as (tone, text).

        That an answer is missing is said once its field was left.
        """
        self._told = (warnings, problems)
        left = {*self._left, *(place for lines in self.lines.values() for place in lines.left())}
        words: dict[str, tuple[str, str]] = {}
        rest: list[tuple[str, str]] = []
        for tone, notices in (("amber", warnings), ("red", problems)):
            for notice in notices:
                text = self._words(notice)
                if notice.at.partition(".")[0] in {**self.controls, **self.lines}:
                    if notice.code != EMPTY or notice.at in left:
                        words[notice.at] = (tone, text)
                    continue
                rest.append((tone, text))
        for key, place in self._said.items():
            self._say(key, place, *words.get(key, ("", "")))
        for lines in self.lines.values():
            lines.show_notices(words)
        return rest

    def _words(self, notice: Notice) -> str:
        if notice.code == EMPTY:
            return self._desk.words.text("Please fill this in.")
        said = self._desk.say(notice.code, notice.params)
        return f"{said.sentence} {said.advice}".strip()

    def missing(self) -> list[str]:
        """What has still to be answered, by its name."""
        empty = {notice.at.rpartition(".")[2] for notice in self._told[1] if notice.code == EMPTY}
        asked = (one for field in self.form.fields for one in (field, *field.columns))
        return [self._desk.words.text(one.label) for one in asked if one.key in empty]

    def _leave(self, key: str) -> None:
        self._left.add(key)
        self.show_notices(*self._told)

    def _say(self, key: str, place: QLabel, tone: str, text: str) -> None:
        place.setText(text)
        relook(place, "tone", tone)
        place.setVisible(bool(text))
        control = self.controls.get(key)
        if control is not None:
            relook(control.target, "wrong", "yes" if tone == "red" else "no")
            control.target.setAccessibleDescription(text)

    def _add(self, grid: QGridLayout, asked: Field) -> None:
        at, text = grid.rowCount(), self._desk.words.text
        said = self._said[asked.key] = label("", wrap=True)
        said.setVisible(False)
        name = label(text(asked.label), "muted")
        if asked.kind.value == "lines":
            rows = lines_in(self.form.answers.get(asked.key, ""))
            lines = Lines(self._desk, asked, rows, self.form.options, self._find)
            lines.edited.connect(self.edited)
            lines.field_left.connect(lambda: self.show_notices(*self._told))
            self.lines[asked.key] = lines
            self._rows[asked.key] = [name, lines]
            grid.addWidget(name, at, 0, 1, 2)
            grid.addWidget(lines, at + 1, 0, 1, 2)
            grid.addWidget(said, at + 2, 0, 1, 2)
            return
        known = self.form.options.get(asked.search or asked.options, ())
        value = self.form.answers.get(asked.key, asked.default or "")
        control = self.controls[asked.key] = control_for(
            self._desk, asked, value, known, self._find, self._changed
        )
        Left(control.target, partial(self._leave, asked.key))
        control.widget.setMaximumWidth(WIDE)
        name.setBuddy(control.target)
        shown = label("") if isinstance(control, FlagControl) else name
        under = [label(text(asked.help), "small", wrap=True)] if asked.help else []
        inside = clear(QWidget())
        inside.setLayout(column(control.widget, *under, said, gap=3))
        shown.setContentsMargins(0, 8, 0, 0)
        self._rows[asked.key] = [shown, inside]
        grid.addWidget(shown, at, 0, TOP)
        grid.addWidget(inside, at, 1)

    def _changed(self) -> None:
        self._ask_what_fits()
        self.edited.emit()

    def _ask_what_fits(self) -> None:
        """Questions that another answer makes idle are out of sight."""
        for asked in self.form.fields:
            other = self.controls.get(asked.only[0]) if asked.only else None
            fits = other is None or asked.only is None or other.value() == asked.only[1]
            for widget in self._rows[asked.key]:
                seen(widget, on=fits)
