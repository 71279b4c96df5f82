"""Signing in at a vendor's own page: whose page it is, the wait, pasting the answer, and which company."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import button, column, copy, label, relook, row
from bridge_gui.desktop.wizard_controls import SearchChoice
from bridge_gui.desktop.wizard_style import Note, boxed, clear, seen, selectable

if TYPE_CHECKING:
    from bridge_gui.sync.wizard import WizardFlow


class SignInBox(QWidget):
    """Draws one sign-in as the flow has it; pressing *Sign in* only says that it is wanted."""

    wanted = Signal(str)
    stopped = Signal()
    open_again = Signal()
    edited = Signal()

    def __init__(self, desk: Desk, flow: WizardFlow, place: str) -> None:
        super().__init__()
        clear(self)
        text = desk.words.text
        self._desk, self._flow, self.place = desk, flow, place
        self.vendor = flow.vendor(place.partition(".")[0]).title
        self.host = label("", "muted", wrap=True)
        self.done = Note(desk, "good")
        self.press = button(text("S&ign in"), lambda: self.wanted.emit(place), look="primary")
        self.company = SearchChoice(desk, text("Company"), text("Choose the company"))
        self.company.picked.connect(self._chose)
        self.waiting = self._made_waiting()
        head = label(text("Company"), "strong")
        head.setBuddy(self.company)
        self.choice = boxed(head, self.company, gap=4)
        self._redirects = self._made_redirects()
        begin = row(self.press, 1)
        parts: list[QWidget | QBoxLayout | int] = [
            self.host,
            self.done,
            begin,
            self.waiting,
            self.choice,
            self._redirects,
        ]
        self.setLayout(column(*parts, gap=10))
        self.refresh()

    @property
    def target(self) -> QWidget:
        """What takes the focus."""
        return self.pasted if self._is_waiting else self.press

    def refresh(self) -> None:
        """Show how it stands now."""
        text, flow = self._desk.words.text, self._flow
        host = flow.host(self.place)
        told = text("Your browser opens {vendor}'s own page at {host}.", vendor=self.vendor, host=host)
        self.host.setText(told)
        signed = flow.is_signed_in(self.place)
        kept = flow.recalled(self.place)
        said = text("You are signed in; the sign-in is kept in this computer's keychain.")
        self.done.say(
            (said if kept else text("You are signed in.")) if signed and not self._is_waiting else ""
        )
        self.press.setText(text("Sign in again") if signed else text("Sign in"))
        self.press.setAccessibleName(self.press.text())
        relook(self.press, "look", "plain" if signed else "primary")
        seen(self.press, on=not self._is_waiting)
        seen(self.waiting, on=self._is_waiting)
        self._say_waiting()
        self._offer_companies()

    def pasted_now(self) -> None:
        """Take what was pasted, or say what is wrong with it."""
        if not self.pasted.text().strip():
            return
        wrong = self._flow.paste(self.pasted.text())
        said = self._desk.say(wrong.code, dict(wrong.params)) if wrong is not None else None
        self._wrong.setText(f"{said.sentence} {said.advice}".strip() if said else "")
        seen(self._wrong, on=said is not None)
        self.pasted.setAccessibleDescription(self._wrong.text())
        if said is None:
            self.pasted.clear()

    @property
    def _is_waiting(self) -> bool:
        busy = self._flow.busy
        return busy is not None and busy.what == "sign_in"

    def _made_waiting(self) -> QWidget:
        text = self._desk.words.text
        self._told = label("", wrap=True)
        self.pasted = QLineEdit()
        self.pasted.setAccessibleName(text("Address of the last page"))
        self.pasted.setPlaceholderText("http://localhost/...?code=...")
        self.pasted.returnPressed.connect(self.pasted_now)
        self.use = button(text("&Use this address"), self.pasted_now)
        self._wrong = label("", wrap=True)
        relook(self._wrong, "tone", "red")
        seen(self._wrong, on=False)
        self.stop = button(text("Cancel the sign-in"), self.stopped.emit)
        self.again = button(text("Open the page again"), self.open_again.emit)
        self.copied = button(text("Copy the page's address"), self._copy_address)
        hint = text("Nothing happens here? Copy the address of the browser's last page, and paste it below.")
        pasting = clear(QWidget())
        pasting.setLayout(row(self.pasted, self.use, gap=8))
        pressing = clear(QWidget())
        pressing.setLayout(row(self.again, self.copied, self.stop, 1, gap=8))
        return boxed(self._told, pressing, label(hint, "small", wrap=True), pasting, self._wrong)

    def _made_redirects(self) -> QWidget:
        """The addresses that the app at the vendor has to know, ready to copy."""
        text = self._desk.words.text
        told = text("Redirect addresses that your app at {vendor} has to know:", vendor=self.vendor)
        lines: list[QWidget | int] = [label(told, "small", wrap=True)]
        for address in self._flow.redirects(self.place):
            shown = selectable(address, wrap=False)
            press = button(text("Copy"), partial(copy, address), name=text("Copy {address}", address=address))
            line = clear(QWidget())
            line.setLayout(row(shown, 1, press, gap=8))
            lines.append(line)
        return boxed(*lines, gap=6)

    def _say_waiting(self) -> None:
        text, flow = self._desk.words.text, self._flow
        told = text("Waiting for the answer from {host} ...", host=flow.host(self.place))
        if flow.no_port is not None:
            said = self._desk.say(flow.no_port.code, dict(flow.no_port.params))
            told = f"{said.sentence} {said.advice}"
        self._told.setText(told)

    def _offer_companies(self) -> None:
        found = self._flow.companies(self.place)
        seen(self.choice, on=len(found) > 1 and not self._is_waiting)
        place = self._flow.company_place(self.place)
        if place and found:
            chosen = self._flow.setup.answers.plain.get(place, "")
            self.company.offer([(one.name, one.id) for one in found], chosen)

    def _chose(self, company: str) -> None:
        self._flow.answer(self._flow.company_place(self.place), company)
        self.edited.emit()

    def _copy_address(self) -> None:
        if self._flow.signing is not None:
            copy(self._flow.signing.address)
