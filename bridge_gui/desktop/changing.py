"""A tab that changes a bridge: opens its set-up in a job, draws it, and keeps what was changed in a job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Failure, Result
from bridge_gui.desktop.widgets import SETTLED_MS, button, column, frame, label, row
from bridge_gui.desktop.wizard_style import Note, clear, seen, sheet

if TYPE_CHECKING:
    from bridge_gui.sync.change import ChangeFlow, Effect
    from bridge_gui.sync.wizard import Trouble, Work

PAGE_WIDTH = 760
MARGINS = (0, 12, 0, 0)


class Changing(QWidget):
    """What the tabs *Mappings* and *Settings* share; nothing is read before one is looked at."""

    kept = Signal()
    mappings = False

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        text = desk.words.text
        self._desk, self._name = desk, name
        self.flow: ChangeFlow | None = None
        self._asked = False
        self.body: QWidget | None = None
        self.error = Note(desk, "red")
        self.told = Note(desk, "good")
        self.words = label("", "muted")
        self.bar = _waiting_bar(text("Progress"))
        self.effect = label("", wrap=True)
        self.again_button = button(text("Load again"), self.load_again)
        self.discard_button = button(text("Undo changes"), self.discard)
        self.save_button = button(
            text("Save"), self.save, look="primary", hint=text("Keep what was changed, Ctrl+S")
        )
        self.save_button.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
        self.stop_button = button(text("Stop"), self.stop, name=text("Stop loading or saving"))
        self._inside = QVBoxLayout()
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(16)
        self._counting = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._counting.timeout.connect(self._count)
        self._arrange()
        for told in (desk.theme.changed, desk.work_changed):
            told.connect(self._show)
        desk.theme.changed.connect(self._recolour)
        self._recolour()
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Open the set-up when it is first looked at."""
        super().showEvent(event)
        if not self._asked:
            self.open()

    @property
    def is_read(self) -> bool:
        """Whether everything is there to be looked at."""
        return self.flow is not None and self.flow.busy is None and self.body is not None

    @property
    def is_settled(self) -> bool:
        """Whether it stands still: everything is there, or why it is not."""
        return self._asked and not self._desk.runner.busy(self._key)

    @property
    def has_changes(self) -> bool:
        """Whether something was changed and not kept."""
        return self.flow is not None and self.flow.changed and self.flow.dirty

    def open(self) -> None:
        """Read the set-up as it is kept; what was changed and not kept is gone."""
        self._asked = True
        self._put(None)
        self.flow = None
        self._tell_effect("")
        service, name, mappings = self._desk.service, self._name, self.mappings

        def read() -> ChangeFlow:
            from bridge_gui.sync.change import ChangeFlow
            from bridge_gui.sync.house import House

            assert isinstance(service, House)
            return ChangeFlow(service, name, mappings=mappings)

        self._desk.runner.start(self._key, lambda _cancel, _tell: read(), done=self._opened)
        self._show()

    def refresh(self) -> None:
        """A sync has ended: what is counted may be another."""
        if self.flow is not None:
            self._counting.start()

    def discard(self) -> None:
        """Go back to what is kept."""
        self.told.say("")
        self.open()

    def load_again(self) -> None:
        """Ask the vendors for their lists again; what was chosen stays."""
        if self.flow is None:
            self.open()
        elif self.flow.busy is None:
            self._begin(self.flow.load_again())

    def save(self) -> None:
        """Keep what was changed, after both sides were checked."""
        flow = self.flow
        if flow is None or flow.busy:
            return
        if flow.valid:
            self.told.say("")
            self._begin(flow.finish())
        else:
            self.show_problems()

    def stop(self) -> None:
        """Stop what is at work."""
        self._desk.runner.cancel(self._key)

    # What a tab adds.

    def build(self, flow: ChangeFlow) -> QWidget:
        """What is between the head and the foot."""
        raise NotImplementedError

    def show_problems(self) -> None:
        """Say what is wrong, where it is."""

    def before(self) -> QWidget | None:
        """What stands above everything, if anything."""
        return None

    def after(self) -> QWidget | None:
        """What stands below everything, if anything."""
        return None

    # Work.

    @property
    def _key(self) -> str:
        return f"(change {self._name} {type(self).__name__})"

    def _opened(self, result: Result) -> None:
        if isinstance(result, Failure):
            self._fail(result)
            return
        self.flow = result.value
        assert self.flow is not None
        self._begin(self.flow.load_again())

    def _begin(self, work: Work | None) -> None:
        if work is not None:
            self._desk.runner.start(self._key, work.run, done=lambda result: self._ended(work, result))
        self._show()

    def _ended(self, work: Work, result: Result) -> None:
        flow = self.flow
        if flow is None or work is not flow.busy:
            return
        if isinstance(result, Failure):
            flow.fail(work, result.code, result.params)
        else:
            flow.take(work, result.value)
        if work.what == "lists":
            self._put(self.build(flow))
        if flow.finished is not None:
            self._saved()
        self._show()
        self._counting.start()

    def _saved(self) -> None:
        text = self._desk.words.text
        self.told.say(text("Saved."), text("The next sync goes by it."))
        self.kept.emit()
        self._desk.refresh()
        self.open()

    # Drawing.

    def edited(self) -> None:
        """Something was changed on the page."""
        self.told.say("")
        self._show()
        self._counting.start()

    def _count(self) -> None:
        flow = self.flow
        if flow is None:
            return
        if not flow.replans:
            self._tell_effect(self._kept_words(flow))
            return
        self._desk.reader.ask(self._key, flow.effect(), self._counted)

    def _kept_words(self, flow: ChangeFlow) -> str:
        plain = self._desk.words.text("Nothing is sent again because of this change.")
        return plain if flow.changed and flow.dirty else ""

    def _counted(self, result: Result) -> None:
        if isinstance(result, Done) and self.flow is not None and self.flow.replans:
            self._tell_effect(effect_words(self._desk, result.value))

    def _tell_effect(self, words: str) -> None:
        self.effect.setText(words)
        seen(self.effect, on=bool(words))

    def _fail(self, failure: Failure) -> None:
        said = self._desk.say(failure.code, failure.params)
        self.error.say(said.sentence, said.advice)
        self._show()

    def _trouble(self, trouble: Trouble | None) -> None:
        said = self._desk.say(trouble.code, dict(trouble.params)) if trouble is not None else None
        self.error.say(said.sentence if said else "", said.advice if said else "")

    def _show(self) -> None:
        flow = self.flow
        own = self._desk.runner.busy(self._key)
        syncs = bool(self._desk.doing(self._name))
        if flow is not None:
            self._trouble(flow.error)
        elif own:
            self._trouble(None)
        ready = flow is not None and not own and self.body is not None
        self.save_button.setEnabled(ready and flow is not None and flow.changed and not syncs)
        self.discard_button.setEnabled(ready and flow is not None and flow.changed)
        self.again_button.setEnabled(not own)
        for part in (self.bar, self.stop_button):
            seen(part, on=own)
        self.words.setText(self._doing(own=own, syncs=syncs))
        if self.body is not None:
            self.body.setEnabled(not own)

    def _doing(self, *, own: bool, syncs: bool) -> str:
        text, work = self._desk.words.text, self.flow.busy if self.flow is not None else None
        if not own:
            return text("Can be saved when the sync has ended") if syncs else ""
        if work is None:
            return text("Opening ...")
        if work.what == "lists":
            return text("Loading the lists of both systems")
        if work.what == "sign_in":
            return text("Waiting for the answer of the page in your browser")
        return text("Checking both sides, then keeping it")

    def _put(self, body: QWidget | None) -> None:
        if self.body is not None:
            self._inside.removeWidget(self.body)
            self.body.hide()
            self.body.deleteLater()
        self.body = body
        if body is not None:
            self._inside.insertWidget(self._above, body)

    def _arrange(self) -> None:
        for part in (self.error, self.told, self.before()):
            if part is not None:
                self._inside.addWidget(part)
        self._above = self._inside.count()
        last = self.after()
        if last is not None:
            self._inside.addWidget(last)
        self._inside.addStretch(1)
        page = clear(QWidget())
        page.setMaximumWidth(PAGE_WIDTH)
        page.setLayout(self._inside)
        inner = clear(QWidget())
        sides = row(page, 1, gap=0)
        sides.setStretchFactor(page, 20)
        sides.setContentsMargins(0, 2, 12, 12)
        inner.setLayout(sides)
        area = QScrollArea()
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area = area
        whole = column(area, self._foot(), gap=0)
        whole.setStretchFactor(area, 1)
        self.setLayout(whole)

    def _foot(self) -> QFrame:
        buttons = row(
            self.again_button, self.bar, self.words, 1, self.stop_button, self.discard_button,
            self.save_button, gap=10,
        )  # fmt: skip
        result = frame("foot", column(self.effect, buttons, gap=8), MARGINS)
        self.effect.hide()
        result.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return result

    def _recolour(self) -> None:
        self.setStyleSheet(sheet(self._desk.theme.tokens))


def effect_words(desk: Desk, effect: Effect) -> str:
    """What the next sync looks at again, in a sentence; what is in the books stays."""
    words, number = desk.words, desk.formats.number
    if not effect.total:
        return words.text("Nothing waits for this change. It counts for what is sold from now on.")
    held, unsent, skipped = effect.held, effect.unsent, effect.skipped
    parts = [
        words.many("{shown} that waits for you", "{shown} that wait for you", held, shown=number(held)),
        words.many("{shown} not sent yet", "{shown} not sent yet", unsent, shown=number(unsent)),
        words.many("{shown} left out", "{shown} left out", skipped, shown=number(skipped)),
    ]
    listed = ", ".join(part for part, count in zip(parts, (held, unsent, skipped), strict=True) if count)
    return words.text(
        "If you save this, the next sync looks at these again: {listed}. What is in the books stays.",
        listed=listed,
    )


def _waiting_bar(name: str) -> QProgressBar:
    result = QProgressBar()
    result.setTextVisible(False)
    result.setRange(0, 0)
    result.setFixedWidth(120)
    result.setAccessibleName(name)
    return result


def small(text: str) -> QLabel:
    """A line of explanation."""
    return label(text, "small", wrap=True)
