"""What stands where a bridge's page would be: opening, the start page, a bridge from a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure
from bridge_gui.desktop.widgets import Choice, button, column, copy, frame, label, row

CARD_WIDTH = 340
PAGE_WIDTH = 780


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A bridge that can be added."""

    key: str
    title: str


class Waiting(QWidget):
    """Shown while the house opens, or says why it did not."""

    def __init__(self, desk: Desk, again: Callable[[], Any]) -> None:
        super().__init__()
        text = desk.words.text
        self._desk = desk
        self.line = label(text("Opening ..."), "heading")
        self.advice = label("", "muted", wrap=True)
        self.again = button(text("&Try again"), again, look="primary")
        self.line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.advice.setFixedWidth(480)
        inside = column(2, self.line, self.advice, self.again, 3, gap=12)
        inside.setAlignment(self.advice, Qt.AlignmentFlag.AlignHCenter)
        inside.setAlignment(self.again, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(inside)
        self.wait()

    def wait(self, *, demo: bool = False) -> None:
        """Say that the house opens; the demo's companies take a few seconds."""
        text = self._desk.words.text
        self.line.setText(text("Opening the demo companies ...") if demo else text("Opening ..."))
        self.advice.setText(text("Their systems are started on this computer. This takes a few seconds."))
        self.advice.setVisible(demo)
        self.again.hide()

    def fail(self, failure: Failure) -> None:
        """Say why it did not."""
        said = self._desk.say(failure.code, failure.params)
        self.line.setText(self._desk.words.text("Bridge could not open"))
        self.advice.setText(f"{said.sentence}\n{said.advice}".strip())
        self.advice.show()
        self.again.show()


class StartPage(QWidget):
    """Two choices for who has no bridge yet."""

    demo = Signal()
    add = Signal()
    help = Signal()

    def __init__(self, desk: Desk, *, can_demo: bool, home: Path | None = None) -> None:
        super().__init__()
        text = desk.words.text
        self.kept = label(_where_kept(desk, home), "muted")
        self.kept.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = label(text("Your sales, in your books"), "title")
        under = label(
            text("Bridge carries sales to the books on this computer. Nobody else sees them."), "muted"
        )
        for part in (title, under):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.demo_button = button(text("Open the &demo companies"), self.demo.emit)
        self.add_button = button(text("Add a &bridge"), self.add.emit, look="primary")
        try_it = self._card(
            text("Try the demo companies"),
            text("Five companies with a week of sales. Sync, look around, break things: none of it is real."),
            self.demo_button,
        )
        join = self._card(
            text("Join your own systems"),
            text(
                "You need a sign-in to your sales system and to your books. It takes about fifteen minutes."
            ),
            self.add_button,
        )
        try_it.setVisible(can_demo)
        cards = row(1, try_it, join, 1, gap=16)
        self.help_button = button(text("&Help"), self.help.emit, look="plain", hint=text("Help, F1"))
        self.setLayout(column(2, title, under, _gap(12), cards, _gap(12), self.kept, 3, self._foot(), gap=6))

    def _foot(self) -> QWidget:
        result = QWidget()
        inside = row(self.help_button, 1)
        inside.setContentsMargins(12, 0, 12, 12)
        result.setLayout(inside)
        return result

    def _card(self, title: str, advice: str, action: QWidget) -> QFrame:
        inside = column(label(title, "heading"), label(advice, "muted", wrap=True), 1, row(action, 1), gap=10)
        result = frame("card", inside, (20, 20, 20, 20))
        result.setFixedSize(CARD_WIDTH, 176)
        return result


def _where_kept(desk: Desk, home: Path | None) -> str:
    """Where the data and the secrets of a new user will lie."""
    if home is None:
        return ""
    return desk.words.text(
        "Your data stays in {folder}, your passwords and keys only in this computer's keychain.",
        folder=_short(home),
    )


def _short(path: Path) -> str:
    """A path as a person reads it: the own folder is ~, where that is known."""
    home = Path.home()
    return (
        str(Path("~") / path.relative_to(home))
        if path.is_relative_to(home) and os.name == "posix"
        else str(path)
    )


class AddPage(QScrollArea):
    """How a bridge is added from a file: three commands, each to be copied."""

    back = Signal()

    def __init__(self, desk: Desk, kinds: Sequence[Kind], command: str) -> None:
        super().__init__()
        text = desk.words.text
        self._command = command
        self.kinds = Choice(desk.theme, text("Which systems"))
        self.kinds.offer([(kind.title, kind.key) for kind in kinds])
        self.kinds.setVisible(len(kinds) > 1)
        self.lines: list[QLabel] = []
        self.back_button = button(text("&Back"), self.back.emit)
        head = label(text("Add a bridge from a file"), "title")
        intro = label(
            text("For offices that set up many companies alike: three commands, then come back here."),
            "muted",
        )
        inside = column(
            head, intro, row(self.kinds, 1), *self._steps(desk), row(self.back_button, 1), 1, gap=14
        )
        page = QWidget()
        page.setMaximumWidth(PAGE_WIDTH)
        page.setLayout(inside)
        inner = QWidget()
        sides = row(1, page, 1, gap=0)
        sides.setStretchFactor(page, 20)
        sides.setContentsMargins(24, 18, 24, 24)
        inner.setLayout(sides)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(text("Add a bridge"))
        self.kinds.currentIndexChanged.connect(self._filled)
        self._filled()

    def _steps(self, desk: Desk) -> list[QWidget]:
        text = desk.words.text
        return [
            self._step(
                desk,
                "1",
                text("Write the questions to a file and answer them in it"),
                text("Every question has its explanation beside it."),
            ),
            self._step(
                desk,
                "2",
                text("Close this window, then connect"),
                text("It then waits for the secrets and puts them in this computer's keychain only."),
            ),
            self._step(
                desk,
                "3",
                text("Look at what would be sent"),
                text("Or open this window again and press Preview."),
            ),
        ]

    def _step(self, desk: Desk, number: str, title: str, advice: str) -> QFrame:
        text = desk.words.text
        line = _command_label()
        self.lines.append(line)
        name = text("Copy command {number}", number=number)
        press = button(text("Copy"), lambda: copy(line.text()), name=name)
        code = row(line, press, gap=12)
        code.setStretchFactor(line, 1)
        body = column(
            label(f"{number}.  {title}", "strong"),
            label(advice, "muted", wrap=True),
            frame("code", code, (12, 6, 6, 6)),
            gap=8,
        )
        return frame("card", body)

    def _filled(self) -> None:
        kind = self.kinds.currentData() or "KIND"
        commands = (
            f"{self._command} connect {kind} --questions > {kind}.toml",
            f"{self._command} connect {kind} --answers {kind}.toml --secrets -",
            f"{self._command} sync {kind} --preview",
        )
        for line, command in zip(self.lines, commands, strict=True):
            line.setText(command)


def _command_label() -> QLabel:
    result = label()
    result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    font = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    font.setPixelSize(13)
    result.setFont(font)
    return result


def _gap(height: int) -> QVBoxLayout:
    result = QVBoxLayout()
    result.addSpacing(height)
    return result
