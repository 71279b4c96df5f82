"""The strip under a bridge's header: progress while a job works, afterwards how it ended."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from bridge_gui.desktop import signs
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.health import progress_line, result_line
from bridge_gui.desktop.jobs import Failure, Result
from bridge_gui.desktop.signs import Sign
from bridge_gui.desktop.states import Tone, ink
from bridge_gui.desktop.widgets import Line, SignLabel, button, label, row
from bridge_gui.store.rows import RunRow
from bridge_gui.sync.events import Progress

HEIGHT = 36
STEPS = 1000


class Strip(QFrame):
    """Progress in words with a bar and *Stop*; stays with the result until it is closed."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        text = desk.words.text
        self._desk, self._name = desk, name
        self._shown: tuple[Sign, Tone, str] | None = None
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(text("Progress"))
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.words = label(look="muted")
        self.words.setMinimumWidth(0)
        self.sign = SignLabel(desk.theme)
        self.result = Line()
        self.stop = button(text("S&top"), self._stop)
        self.close_button = button(text("Close"), self.clear, name=text("Close this message"))
        self.setProperty("look", "strip")
        inside = row(self.bar, self.words, self.stop, self.sign, self.result, self.close_button, gap=12)
        inside.setStretchFactor(self.result, 1)
        self.setLayout(inside)
        self.setFixedHeight(HEIGHT)
        desk.theme.changed.connect(self._recolour)
        self.clear()

    def working(self, progress: Progress | None) -> None:
        """Show how far the job is."""
        if self._desk.runner.waits(self._name):
            line = self._desk.words.text("Waits for another bridge to end")
        else:
            line = progress_line(self._desk, progress)
        known = progress is not None and progress.total > 0
        self.bar.setRange(0, STEPS if known else 0)
        if known and progress is not None:
            self.bar.setValue(min(STEPS, progress.done * STEPS // progress.total))
        self.words.setText(line)
        self._show(self.bar, self.words, self.stop)

    def ended(self, what: str, result: Result) -> None:
        """Show how a job ended."""
        self.stop.setEnabled(True)
        if isinstance(result, Failure):
            said = self._desk.say(result.code, result.params)
            quiet = result.code == "cancelled"
            sign, tone = (signs.DASH, Tone.QUIET) if quiet else (signs.CROSS, Tone.WRONG)
            self._say(sign, tone, f"{said.sentence} {said.advice}".strip())
        elif what == "sync" and isinstance(result.value, RunRow):
            self._say(*result_line(self._desk, result.value))
        else:
            self.clear()

    def clear(self) -> None:
        """Show nothing and take no room."""
        self._shown = None
        self.hide()

    def _say(self, sign: Sign, tone: Tone, line: str) -> None:
        self._shown = (sign, tone, line)
        self.result.setText(line)
        self._recolour()
        self._show(self.sign, self.result, self.close_button)

    def _show(self, *parts: QWidget) -> None:
        everything = (self.bar, self.words, self.stop, self.sign, self.result, self.close_button)
        for part in everything:
            part.setVisible(part in parts)
        self.show()

    def _recolour(self) -> None:
        if self._shown is not None:
            sign, tone, _line = self._shown
            self.sign.show_sign(sign, ink(self._desk.theme.tokens, tone), tone.value)

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.words.setText(self._desk.words.text("Stopping after the document at hand"))
        self._desk.stop(self._name)
