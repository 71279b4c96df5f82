"""Keeping what was chosen in a panel of two sides: through the bridge's own action, once, and told back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from bridge_gui.desktop.asking import Asker
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure, Result
from bridge_gui.desktop.wizard_style import Note
from bridge_gui.sync.actions import How, Told, Wanted
from bridge_gui.wording.render import Said

if TYPE_CHECKING:
    from bridge_gui.sync.panels import PanelSpec
    from bridge_gui.web.waiting import Cancel


class Keeper(QObject):
    """Gives the order of a panel's `keeps` and says in the notes how it ended."""

    kept = Signal()

    def __init__(self, desk: Desk, name: str, spec: PanelSpec, owner: QObject) -> None:
        super().__init__(owner)
        self._desk, self._name, self._spec = desk, name, spec
        self._asker = Asker(desk, f"{name} keep {spec.key}", self)
        self._request = uuid.uuid4().hex
        self.good, self.bad = Note(desk, "good"), Note(desk, "red")

    @property
    def busy(self) -> bool:
        """Whether an order is under way."""
        return self._asker.busy

    def renew(self) -> None:
        """Something else was chosen: what is kept next is another order."""
        if not self.busy:
            self._request = uuid.uuid4().hex
            self.good.say("")
            self.bad.say("")

    def keep(self, subject: str, answers: dict[str, str]) -> None:
        """Keep these; pressed twice it is one."""
        if self.busy:
            return
        self._asker.ask(self._order(subject, answers), self._answered)

    def _order(self, subject: str, answers: dict[str, str]) -> Callable[[Cancel], Told]:
        service, name, action, request = self._desk.service, self._name, self._spec.keeps, self._request

        def order(cancel: Cancel) -> Told:
            form = service.begin(name, action, subject, cancel)
            if isinstance(form, Told):
                return form
            wanted = Wanted(request=request, subject=subject, form=form, answers=answers, confirmed=True)
            return service.act(name, action, [wanted], cancel, lambda _event: None)[0]

        return order

    def _answered(self, result: Result) -> None:
        if isinstance(result, Failure):
            said = self._desk.say(result.code, result.params)
            self.bad.say(said.sentence, said.advice)
            return
        told: Told = result.value
        self._request = uuid.uuid4().hex
        if told.how is How.REFUSED:
            said = self._desk.say(told.code, told.params)
            self.bad.say(said.sentence, said.advice)
            return
        self.bad.say("")
        words = self._desk.say(told.code, told.params) if told.code else Said(self._desk.words.text("Done"))
        self.good.say(words.sentence, words.advice)
        self.kept.emit()
        self._desk.refresh()
