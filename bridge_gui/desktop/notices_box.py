"""The switch for change notices in Settings, and the addresses to enter at the vendors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QSizePolicy, QWidget

from bridge_gui.desktop.changing import small
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Done, Failure, Result
from bridge_gui.desktop.widgets import button, column, copy, label, row
from bridge_gui.desktop.wizard_style import Note, clear, seen

if TYPE_CHECKING:
    from bridge_gui.sync.house import House
    from bridge_gui.sync.notices_kept import Address

AGE_MS = 5000


class NoticesBox(QFrame):
    """Off until it is switched on; the addresses hold a secret and are shown only when asked for."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._desk, self._name = desk, name
        self._read = False
        text = desk.words.text
        self.switch = QCheckBox(text("Listen for change notices"))
        self.switch.clicked.connect(self._switched)
        self.state = label("", "muted", wrap=True)
        self.trouble = Note(desk, "amber")
        self.show_button = button(text("Show the addresses"), self.show_addresses)
        self.new_button = button(text("New addresses"), lambda: self._start(_switch_on, anew=True))
        self._list = clear(QWidget())
        self._inside = column(gap=8)
        self._list.setLayout(self._inside)
        self.age = label("", "muted")
        parts = (self.switch, self.state, self.trouble, row(self.show_button, self.new_button, 1), self._list)
        head = row(label(text("Live"), "heading"), 1, self.age)
        inside = column(head, small(_what(desk)), *parts, gap=10)
        inside.setContentsMargins(16, 16, 16, 16)
        self.setLayout(inside)
        desk.hearing.changed.connect(self._show)
        desk.bridges_changed.connect(self._tell_age)
        self._ages = QTimer(self, interval=AGE_MS)
        self._ages.timeout.connect(self._tell_age)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Read how it stands when it is first looked at."""
        super().showEvent(event)
        self._tell_age()
        self._ages.start()
        if not self._read:
            self._read = True
            house, name = house_of(self._desk), self._name
            self._desk.reader.ask(f"notices {name}", lambda: _is_on(house, name), self._known)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nobody sees the age grow."""
        super().hideEvent(event)
        self._ages.stop()

    def show_addresses(self) -> None:
        """Fetch the addresses from the keychain."""
        self._start(_addresses)

    def _switched(self, on: bool) -> None:
        self._start(_switch_on if on else _switch_off)

    def _start(self, work: Callable[..., Sequence[Address]], **how: bool) -> None:
        house, name = house_of(self._desk), self._name

        def ended(result: Result) -> None:
            self._ended(result, quiet=work is _addresses)

        self.setEnabled(False)
        started = self._desk.runner.start(
            f"(notices {name})", lambda _cancel, _tell: tuple(work(house, name, **how)), done=ended
        )
        self.setEnabled(not started)

    def _ended(self, result: Result, *, quiet: bool) -> None:
        self.setEnabled(True)
        self._put(result.value if isinstance(result, Done) else ())
        if isinstance(result, Failure):
            self._say(result)
            self.switch.setChecked(quiet and self.switch.isChecked())
        elif not quiet:
            self.switch.setChecked(bool(result.value))
            self._desk.hearing.begin()
        if not isinstance(result, Failure):
            self._show()

    def _known(self, result: Result) -> None:
        if isinstance(result, Done):
            self.switch.setChecked(result.value)
            self._show()

    def _show(self) -> None:
        text, hearing, on = self._desk.words.text, self._desk.hearing, self.switch.isChecked()
        listens = hearing.heard is not None and self._name in hearing.heard.names
        self.state.setText(text("Listening at port {port}.", port=hearing.port) if on and listens else "")
        seen(self.state, on=on and listens)
        if on and hearing.failures:
            self._say(hearing.failures[0])
        else:
            self.trouble.say("")
        for part in (self.show_button, self.new_button, self._list):
            seen(part, on=on)

    def _tell_age(self) -> None:
        status = self._desk.status(self._name)
        self.age.setText(age_words(self._desk, status.synced_at) if status is not None else "")

    def _say(self, failed: Failure) -> None:
        said = self._desk.say(failed.code, failed.params)
        self.trouble.say(said.sentence, said.advice)

    def _put(self, found: Sequence[Address]) -> None:
        while (item := self._inside.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.deleteLater()
        for address in found:
            self._inside.addWidget(self._shown(address))

    def _shown(self, address: Address) -> QWidget:
        text, local = self._desk.words.text, address.local
        title = text(address.spec.title)
        press = button(text("Copy"), lambda: copy(local), name=text("Copy the address: {title}", title=title))
        result = clear(QWidget())
        told = clear(QWidget())
        told.setLayout(column(label(title, "strong"), small(text(address.spec.help)), gap=2))
        told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line = row(told, press, gap=16)
        line.setStretchFactor(told, 1)
        result.setLayout(line)
        return result


def age_words(desk: Desk, at: datetime | None) -> str:
    """How long ago both sides were looked at last."""
    text = desk.words.text
    if at is None:
        return ""
    seconds = int((desk.now() - at).total_seconds())
    if 0 <= seconds < 120:
        return text("Last look {seconds} s ago", seconds=seconds)
    if 0 <= seconds < 7200:
        return text("Last look {minutes} min ago", minutes=seconds // 60)
    return text("Last look {when}", when=desk.formats.when(at, desk.now()))


def house_of(desk: Desk) -> House | None:
    """The real house behind the desk, None over a stand-in."""
    from bridge_gui.sync.house import House

    return desk.service if isinstance(desk.service, House) else None


def understands_notices(desk: Desk, name: str) -> bool:
    """Whether vendors can tell this bridge of changes; not in the demo, where nobody would."""
    status = desk.status(name)
    house = house_of(desk) if desk.is_open and not desk.demo else None
    return house is not None and status is not None and bool(house.registry.bridge(status.row.kind).notices)


def _what(desk: Desk) -> str:
    return desk.words.text(
        "The vendors can tell Bridge of a change at once. This needs a relay of your own that passes their "
        "notices on to this computer. A notice only has Bridge look early; without it the schedule counts."
    )


def _is_on(house: House | None, name: str) -> bool:
    from bridge_gui.sync.notices_kept import is_on

    return house is not None and is_on(house, house.bridge(name))


def _addresses(house: House, name: str) -> Sequence[Address]:
    from bridge_gui.sync.notices_kept import addresses

    return addresses(house, name)


def _switch_on(house: House, name: str, *, anew: bool = False) -> Sequence[Address]:
    from bridge_gui.sync.notices_kept import switch_on

    return switch_on(house, name, anew=anew)


def _switch_off(house: House, name: str) -> Sequence[Address]:
    from bridge_gui.sync.notices_kept import switch_off

    switch_off(house, name)
    return ()
