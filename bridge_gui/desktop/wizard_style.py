"""What the wizard draws beyond the window's own style sheet: notes, steps, cards to choose from."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from bridge_gui.desktop import signs
from bridge_gui.desktop.signs import Sign
from bridge_gui.desktop.states import Tone, ink
from bridge_gui.desktop.widgets import SignLabel, column, frame, label, row

if TYPE_CHECKING:
    from bridge_gui.desktop.desk import Desk
    from bridge_gui.desktop.theme import Tokens

_SHEET = Template("""
QFrame[look="amber"] { background: $amber_soft; border: 1px solid $amber_soft; border-radius: 8px; }
QFrame[look="red"] { background: $red_soft; border: 1px solid $red_soft; border-radius: 8px; }
QFrame[look="good"] { background: $accent_soft; border: 1px solid $accent_soft; border-radius: 8px; }
QFrame[look="quiet"] { background: $quiet_soft; border: 1px solid $quiet_soft; border-radius: 8px; }
QFrame[look="choice"] { background: $surface; border: 1px solid $edge; border-radius: 8px; }
QFrame[look="choice"][chosen="yes"] { background: $accent_soft; border: 1px solid $accent; }
QFrame[look="choice"]:hover { border: 1px solid $accent; }
QFrame[look="foot"] { background: transparent; border: 0; border-top: 1px solid $line; }
QLabel[look="pill"] { background: $accent; color: $on_accent; font-size: 11px; font-weight: 600;
    border-radius: 8px; padding: 1px 9px; min-height: 16px; max-height: 16px; }
QLabel[look="soft"] { background: $accent_soft; color: $accent; font-size: 11px; font-weight: 600;
    border-radius: 8px; padding: 1px 9px; min-height: 16px; max-height: 16px; }
QLabel[look="small"] { color: $muted; font-size: 12px; }
QLabel[look="column"] { color: $muted; font-size: 11px; font-weight: 600; }
QLineEdit[wrong="yes"], QComboBox[wrong="yes"] { border: 1px solid $red; }
QDateEdit, QTimeEdit, QSpinBox { background: $surface; border: 1px solid $field; border-radius: 6px;
    padding: 6px 10px; selection-background-color: $accent; selection-color: $on_accent; }
QDateEdit:focus, QTimeEdit:focus, QSpinBox:focus { border: 1px solid $accent; }
QTimeEdit::up-button, QTimeEdit::down-button, QSpinBox::up-button, QSpinBox::down-button {
    width: 0; border: 0; }
QDateEdit::drop-down { border: 0; width: 26px; }
QDateEdit::down-arrow { image: none; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: 0; padding: 0; background: transparent; }
QRadioButton { font-weight: 600; spacing: 8px; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $muted; border-radius: 8px;
    background: $surface; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; }
QRadioButton:focus, QCheckBox:focus { color: $accent; }
QPushButton[look="step"] { background: transparent; border: 1px solid transparent; border-radius: 6px;
    text-align: left; padding: 6px 8px 6px 0; }
QPushButton[look="step"]:hover { background: $hover; }
QPushButton[look="step"]:focus { border: 1px solid $accent; }
QPushButton[look="step"]:disabled { color: $muted; }
QPushButton[look="step"][here="yes"] { color: $text; font-weight: 600; }
QScrollArea, QWidget[look="clear"] { background: transparent; border: 0; }
""")

SIGNS: dict[str, tuple[Sign, Tone]] = {
    "amber": (signs.BANG, Tone.NEEDS_YOU),
    "red": (signs.CROSS, Tone.WRONG),
    "good": (signs.CHECK, Tone.GOOD),
    "quiet": (signs.RING, Tone.QUIET),
}


def sheet(tokens: Tokens) -> str:
    """The wizard's style sheet in the colours of these tokens."""
    return _SHEET.substitute(asdict(tokens))


class Note(QFrame):
    """A sentence on a coloured ground with its sign, and its advice below; `look` is a key of `SIGNS`."""

    def __init__(
        self, desk: Desk, look: str, text: str = "", advice: str = "", *, large: bool = False
    ) -> None:
        super().__init__()
        self._desk, self._look = desk, look
        self.setProperty("look", look)
        self.words = label(text, "heading" if large else "", wrap=True)
        self.advice = label(advice, wrap=True)
        self._sign = SignLabel(desk.theme)
        signed = column(self._sign, 1)
        signed.setContentsMargins(0, 2, 0, 0)
        said = column(self.words, self.advice, gap=4)
        inside = row(signed, said, gap=12)
        inside.setStretchFactor(said, 1)
        inside.setContentsMargins(14, 12, 14, 12)
        self.setLayout(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.say(text, advice)
        self._recolour()
        desk.theme.changed.connect(self._recolour)

    def say(self, text: str, advice: str = "") -> None:
        """Say something; nothing hides it."""
        self.words.setText(text)
        self.advice.setText(advice)
        seen(self.advice, on=bool(advice))
        self.setAccessibleName(f"{text} {advice}".strip())
        seen(self, on=bool(text))

    def _recolour(self) -> None:
        sign, tone = SIGNS[self._look]
        self._sign.show_sign(sign, ink(self._desk.theme.tokens, tone), tone.value)


def seen(widget: QWidget, *, on: bool) -> None:
    """Show or hide a part of a page; one that is on no page yet never becomes a window of its own."""
    if not on or widget.parent() is not None:
        widget.setVisible(on)


def clear(widget: QWidget) -> QWidget:
    """A widget that shows the ground it stands on."""
    widget.setProperty("look", "clear")
    return widget


def pill(text: str, look: str = "pill") -> QLabel:
    """A short word on a coloured ground."""
    result = label(text, look)
    result.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return result


def selectable(text: str, *, wrap: bool = True) -> QLabel:
    """A text to select with mouse and keyboard."""
    result = label(text, wrap=wrap)
    flags = Qt.TextInteractionFlag
    result.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
    return result


def boxed(*parts: QWidget | int, look: str = "card", gap: int = 10) -> QFrame:
    """Parts below each other on a framed surface."""
    return frame(look, column(*parts, gap=gap))
