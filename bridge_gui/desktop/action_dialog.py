"""An order's dialog: asked, seen before it goes, given once, told back."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from bridge_gui.desktop.action_controls import Box
from bridge_gui.desktop.action_form import FormView
from bridge_gui.desktop.action_seen import SeenView, notes_of
from bridge_gui.desktop.asking import Asker, Question
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure, Result
from bridge_gui.desktop.widgets import button, column, frame, label, letter, row
from bridge_gui.desktop.wizard_style import Note, clear, seen, sheet
from bridge_gui.sync.actions import Checked, Form, How, Told, Wanted, shared_form

if TYPE_CHECKING:
    from bridge_gui.sync.actions import ActionSpec
    from bridge_gui.web.waiting import Cancel

NAMED = 5
LINED, ASKED, HIGHEST, AROUND = 1240, 720, 860, 300
LOOKS = {How.DONE: "good", How.WAITING: "quiet", How.ASKED: "amber", How.REFUSED: "red"}


class ActionDialog(QDialog):
    """One action on one record, or on several; `subjects` with the title each is shown by."""

    told = Signal(object)

    def __init__(
        self,
        desk: Desk,
        name: str,
        spec: ActionSpec,
        subjects: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        text = desk.words.text
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text(spec.title).rstrip(". \u2026").replace("&", ""))
        self.setStyleSheet(sheet(desk.theme.tokens))
        self._desk, self._name, self.spec, self._subjects = desk, name, spec, list(subjects)
        self._request = uuid.uuid4().hex
        self._forms: dict[str, Form] = {}
        self._checked: dict[str, Checked] = {}
        self._refused: dict[str, Told] = {}
        self._given = False
        self.form: FormView | None = None
        self._asker = Asker(desk, f"{name} action", self)
        self._giver = Asker(desk, f"{name} order", self)
        self._title = self._titled(subjects)
        self.heading = label(self._title, "heading", wrap=True)
        self.words = label("", "muted", wrap=True)
        self._middle = QVBoxLayout()
        self._middle.setSpacing(16)
        self.seen = SeenView(desk)
        self.note = Note(desk, "red")
        self.warning = Note(desk, "amber")
        self.outcome: dict[How, Note] = {how: Note(desk, look) for how, look in LOOKS.items()}
        self.confirm = Box(desk, text("I have read this; do it"))
        self.confirm.toggled.connect(lambda _on: self._look())
        does = letter(text(spec.title))[0].removesuffix("...").strip()
        self.go_button = button(f"&{does}", self.go, look="primary")
        self.close_button = button(text("Cancel"), self.reject)
        self.state = label("", "muted")
        self.wanted = QSize(560, 280)
        self._lay_out()
        self._open()

    def _titled(self, subjects: Mapping[str, str]) -> str:
        """What is done, and with which records."""
        named, over = ", ".join(list(subjects.values())[:NAMED]), len(subjects) - NAMED
        more = self._desk.words.text("(and {count} more)", count=over) if over > 0 else ""
        return f"{self.windowTitle()}: {named} {more}".strip(" :")

    def go(self) -> None:
        """Give the order; a second press is the same order."""
        if self._given or not self._may_go:
            return
        self._given = True
        self._freeze(on=True)
        wanted = [self._wanted(subject) for subject in self._forms]
        self.state.setText(self._desk.words.text("Sending ..."))
        self._look()
        self._giver.ask(
            lambda cancel: self._desk.service.act(self._name, self.spec.key, wanted, cancel, _nobody),
            self._answered,
        )

    def reject(self) -> None:
        """Close; what was given goes on."""
        self._asker.stop()
        super().reject()

    @property
    def is_settled(self) -> bool:
        """Whether it stands still: what would go is shown, or why nothing goes."""
        return not self._asker.busy and not self._giver.busy

    @property
    def _may_go(self) -> bool:
        checked = self._checked.values()
        whole = len(self._checked) == len(self._forms) > 0
        fine = whole and not any(one.problems for one in checked)
        agreed = not self._to_confirm or self.confirm.isChecked()
        return bool(fine and agreed and not self._asker.busy)

    @property
    def _to_confirm(self) -> str:
        """The sentences that have to be agreed to."""
        text = self._desk.words.text
        more = [one.confirm for one in self._checked.values() if one.confirm is not None]
        said = [self._desk.say(one.code, one.params) for one in more]
        parts = [text(self.spec.confirm), *(f"{one.sentence} {one.advice}".strip() for one in said)]
        return "\n".join(dict.fromkeys(part for part in parts if part))

    def _lay_out(self) -> None:
        body = clear(QWidget())
        inside = column(self.heading, self.words, self._middle, self.seen, gap=12)
        inside.addWidget(self.note)
        inside.addWidget(self.warning)
        inside.addWidget(self.confirm)
        for note in self.outcome.values():
            inside.addWidget(note)
        inside.addStretch(1)
        inside.setContentsMargins(24, 20, 24, 12)
        body.setLayout(inside)
        self._area = area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        feet = row(self.state, 1, self.close_button, self.go_button, gap=10)
        foot = frame("foot", feet, (24, 12, 24, 16))
        self.setLayout(column(area, foot, gap=0))
        for part in (self.note, self.warning, self.words, *self.outcome.values()):
            part.setVisible(False)
        self.confirm.setVisible(False)
        self.resize(self.wanted)

    def _open(self) -> None:
        if not self.spec.asks:
            self._forms = {subject: Form() for subject in self._subjects}
            self._check()
            return
        self.state.setText(self._desk.words.text("Reading ..."))
        service, subjects = self._desk.service, self._subjects
        self._look()

        def read(cancel: Cancel) -> dict[str, Form | Told]:
            return {one: service.begin(self._name, self.spec.key, one, cancel) for one in subjects}

        self._asker.ask(read, self._opened)

    def _opened(self, result: Result) -> None:
        self.state.setText("")
        if isinstance(result, Failure):
            self._failed(result)
            return
        for subject, found in result.value.items():
            (self._refused if isinstance(found, Told) else self._forms)[subject] = found
        for told in self._refused.values():
            self._say(How.REFUSED, told)
        if self._forms:
            self._draw(next(iter(self._forms.values())))
            self._check()
        self._look()

    def _draw(self, form: Form) -> None:
        """One record's form can be edited; of several what is asked once for all of them."""
        text, alone = self._desk.words.text, len(self._subjects) == 1
        self.heading.setText(text(form.title) if form.title and alone else self._title)
        many = text("Each is filled from its own record. What would be sent is listed below.")
        self.words.setText(text(form.text) if alone else many)
        seen(self.words, on=bool(self.words.text()))
        asked = form if alone else shared_form(list(self._forms.values()), self.spec.shared)
        if asked.fields:
            self.form = FormView(self._desk, asked, self._find)
            self.form.edited.connect(self._edited)
            self._middle.addWidget(self.form)
            self._make_room(self.form)
            first = self.form.first()
            if first is not None:
                first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_room(self, form: FormView) -> None:
        """As large as what is asked needs, and no larger than the screen."""
        wide = LINED if form.lines else ASKED
        self.wanted = QSize(wide, min(HIGHEST, max(self.height(), form.sizeHint().height() + AROUND)))
        room = self.screen().availableGeometry().adjusted(8, 32, -8, -8)
        place = QRect(QPoint(), self.wanted.boundedTo(room.size()))
        place.moveCenter(self.geometry().center())
        place.moveLeft(max(room.left(), min(place.left(), room.right() - place.width())))
        place.moveTop(max(room.top(), min(place.top(), room.bottom() - place.height())))
        self.setGeometry(place)

    def _find(self, which: str, text: str) -> Question:
        service = self._desk.service
        return lambda cancel: service.find(self._name, self.spec.key, which, text, cancel)

    def _edited(self) -> None:
        """Another answer: what was seen is no longer what would go, and a new order it is."""
        self._checked.clear()
        self._request = uuid.uuid4().hex
        self._asker.ask_later(self._question(), self._seen)
        self._look()

    def _check(self) -> None:
        self._asker.ask(self._question(), self._seen)
        self._look()

    def _question(self) -> Question:
        service, wanted = self._desk.service, [self._wanted(subject) for subject in self._forms]
        return lambda cancel: {
            one.subject: service.check(self._name, self.spec.key, one, cancel) for one in wanted
        }

    def _wanted(self, subject: str) -> Wanted:
        answers = self.form.answers() if self.form is not None else {}
        request = self._request if len(self._forms) == 1 else f"{self._request}/{subject}"
        return Wanted(
            request=request, subject=subject, form=self._forms[subject], answers=answers,
            confirmed=self.confirm.isChecked(),
        )  # fmt: skip

    def _seen(self, result: Result) -> None:
        if isinstance(result, Failure):
            self._failed(result)
            return
        self._checked = result.value
        checked = list(self._checked.values())
        alone = self.form is not None and len(self._subjects) == 1
        rest = self._in_form(checked[0]) if alone else notes_of(self._desk, checked)
        self.seen.show_all(checked)
        self.note.say("\n".join(text for tone, text in rest if tone == "red"))
        warnings = [text for tone, text in rest if tone == "amber"]
        confirm = self._to_confirm
        self.warning.say("\n".join([*warnings, *([confirm] if confirm else [])]))
        self.confirm.setVisible(bool(confirm) and not self.note.isVisible())
        self._look()

    def _in_form(self, checked: Checked) -> list[tuple[str, str]]:
        assert self.form is not None
        self.form.show_computed(checked.computed)
        return self.form.show_notices(checked.warnings, checked.problems)

    def _failed(self, failure: Failure) -> None:
        self._given = False
        self._freeze(on=False)
        said = self._desk.say(failure.code, failure.params)
        self.state.setText("")
        self.note.say(said.sentence, said.advice)
        self._look()

    def _answered(self, result: Result) -> None:
        self.state.setText("")
        if isinstance(result, Failure):
            self._failed(result)
            return
        answers: tuple[Told, ...] = result.value
        for note in self.outcome.values():
            note.say("")
        for how in How:
            self._say_all(how, [one for one in answers if one.how is how])
        if all(one.how is How.REFUSED for one in answers):
            self._request, self._given = uuid.uuid4().hex, False
            self._freeze(on=False)
        else:
            self.confirm.setVisible(False)
            self.warning.say("")
            self.close_button.setText(self._desk.words.text("Close"))
            self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._look()
        shown = next((note for note in self.outcome.values() if note.isVisible()), None)
        if shown is not None:
            QTimer.singleShot(0, shown, lambda: self._area.ensureWidgetVisible(shown))
        self.told.emit(answers)

    def _say_all(self, how: How, answers: Sequence[Told]) -> None:
        if not answers:
            return
        words = self._desk.words
        if how is How.DONE:
            numbers = ", ".join(one.number for one in answers if one.number)
            self.outcome[how].say(
                words.text("Done: {numbers}", numbers=numbers) if numbers else words.text("Done")
            )
            return
        self._say(how, answers[0], len(answers))

    def _say(self, how: How, told: Told, count: int = 1) -> None:
        said = self._desk.say(told.code, told.params)
        more = self._desk.words.text("(and {count} more)", count=count - 1) if count > 1 else ""
        self.outcome[how].say(f"{said.sentence} {more}".strip(), said.advice)

    def _freeze(self, *, on: bool) -> None:
        """While an order is under way nothing about it can be changed."""
        self.confirm.setEnabled(not on)
        if self.form is not None:
            self.form.setEnabled(not on)

    def _look(self) -> None:
        self.go_button.setEnabled(self._may_go and not self._given)
        missing = self.form.missing() if self.form is not None and not self._given else []
        still = self._desk.words.text("Still to be filled in: {names}", names=", ".join(missing))
        self.go_button.setToolTip(still if missing else "")


def _nobody(event: object) -> None:
    """Progress is not shown: an order is short."""
    del event
