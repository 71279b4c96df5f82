"""Settings: everything the wizard asked, changeable, and how a bridge is taken down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QSizePolicy, QWidget

from bridge_gui.desktop import signs
from bridge_gui.desktop.changing import Changing, small
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure, Result
from bridge_gui.desktop.notices_box import NoticesBox, understands_notices
from bridge_gui.desktop.widgets import button, column, label, row
from bridge_gui.desktop.wizard import visit
from bridge_gui.desktop.wizard_fields import EndpointBox, FieldBox
from bridge_gui.desktop.wizard_signin import SignInBox
from bridge_gui.desktop.wizard_style import Note, boxed, clear, seen

if TYPE_CHECKING:
    from bridge_gui.sync.change import ChangeFlow, Group


class Settings(Changing):
    """The questions of the wizard on one page, and *Disconnect* at its end."""

    def __init__(self, desk: Desk, name: str) -> None:
        text = desk.words.text
        self.fields: dict[str, FieldBox] = {}
        self.endpoints: dict[str, EndpointBox] = {}
        self._groups: list[tuple[Group, QWidget]] = []
        self._late: list[tuple[QPushButton, tuple[str, ...]]] = []
        self.disconnect_button = button(text("Disconnect this bridge ..."), self.ask_disconnect)
        self.question: QMessageBox | None = None
        self.notices: NoticesBox | None = None
        super().__init__(desk, name)

    def build(self, flow: ChangeFlow) -> QWidget:
        """The questions under the headings of the wizard."""
        self.fields, self.endpoints, self._groups, self._late = {}, {}, [], []
        for group in flow.groups:
            self._groups.append((group, self._group(flow, group)))
        result = clear(QWidget())
        result.setLayout(column(*self._twins(flow), *(box for _group, box in self._groups), 1, gap=16))
        self._ask_what_counts()
        return result

    def show_problems(self) -> None:
        """Say under each field what is wrong, and go to the first."""
        flow = self.flow
        problems = flow.problems() if flow is not None else {}
        for place, box in self.fields.items():
            box.show_trouble(problems.get(place))
        for end in self.endpoints.values():
            end.show_trouble(problems.get(end.place))
        for press, places in self._late:
            if any(place in problems for place in places):
                press.setChecked(True)
        first = next((box.target for place, box in self.fields.items() if place in problems), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(first)

    def edited(self) -> None:
        """Another answer may ask other questions."""
        self._ask_what_counts()
        super().edited()

    def sign_in(self, place: str) -> None:
        """Open the vendor's own page and wait for its answer."""
        work = self.flow.sign_in(place, self._desk.words.text) if self.flow is not None else None
        if work is None:
            self.show_problems()
            return
        self._begin(work)
        self.open_sign_in()

    def open_sign_in(self) -> None:
        """Open the page of the sign-in that is waited for."""
        if self.flow is not None and self.flow.signing is not None:
            visit(self.flow.signing.address)

    def _show(self) -> None:
        """As every tab; a sign-in that is waited for can be pasted and ended."""
        super()._show()
        if self.body is None or self.flow is None:
            return
        if self.flow.busy is not None and self.flow.busy.what == "sign_in":
            self.body.setEnabled(True)
        for box in self.fields.values():
            if isinstance(box.control, SignInBox):
                box.control.refresh()

    def after(self) -> QWidget:
        """Change notices, where there are any, and how the bridge is taken down."""
        text = self._desk.words.text
        ending = boxed(
            label(text("Disconnect"), "heading"),
            small(_removed(self._desk)),
            _left(self.disconnect_button),
        )
        if not understands_notices(self._desk, self._name):
            return ending
        self.notices = NoticesBox(self._desk, self._name)
        result = clear(QWidget())
        result.setLayout(column(self.notices, ending, gap=16))
        return result

    def ask_disconnect(self) -> None:
        """Say what is removed and what stays, and ask."""
        text, status = self._desk.words.text, self._desk.status(self._name)
        asked = QMessageBox(self)
        title = status.title if status is not None else self._name
        asked.setWindowTitle(text("Disconnect"))
        asked.setText(text("Disconnect {name}?", name=f"{title} ({self._name})"))
        asked.setInformativeText(_removed(self._desk))
        keep = asked.addButton(text("Keep it"), QMessageBox.ButtonRole.RejectRole)
        go = asked.addButton(text("Disconnect"), QMessageBox.ButtonRole.DestructiveRole)
        asked.setDefaultButton(keep)
        asked.setEscapeButton(keep)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        go.clicked.connect(self.disconnect_bridge)
        self.question = asked
        asked.open()

    def disconnect_bridge(self) -> None:
        """Remove the bridge and its secrets, in a job of the bridge's own."""
        service, name = self._desk.service, self._name

        def remove() -> None:
            from bridge_gui.sync.house import House

            assert isinstance(service, House)
            service.disconnect(name)

        self._desk.runner.start(name, lambda _cancel, _tell: remove(), done=self._disconnected)

    def _disconnected(self, result: Result) -> None:
        if isinstance(result, Failure):
            self._fail(result)
        else:
            self._desk.refresh()

    def _twins(self, flow: ChangeFlow) -> list[QWidget]:
        names = ", ".join(flow.twins())
        said = self._desk.say("bridge.twin", {"names": names})
        return [Note(self._desk, "amber", said.sentence, said.advice)] if names else []

    def _group(self, flow: ChangeFlow, group: Group) -> QWidget:
        text = self._desk.words.text
        parts: list[QWidget] = [label(text(group.title), "heading")]
        company = self._company(flow, group.check)
        if company:
            parts.append(small(company))
        known = [place for place in group.places if flow.lists is not None or not flow.asked(place).options]
        late = [place for place in known if flow.asked(place).advanced]
        parts += [self._field(flow, place) for place in known if place not in late]
        if len(known) < len(group.places):
            parts.append(small(text("More is asked here once the lists are loaded.")))
        more: list[QWidget] = [self._field(flow, place) for place in late]
        end = self._endpoint(flow, group.check) if group.check else None
        if end is not None:
            parts.append(end)
            more.insert(0, end.more)
        opened = end is not None and end.is_custom
        hidden = (*late, f"{group.check}.endpoint")
        result = boxed(*parts, *self._advanced(more, hidden, opened=opened), 1, gap=14)
        result.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return result

    def _advanced(self, parts: list[QWidget], places: tuple[str, ...], *, opened: bool) -> list[QWidget]:
        """What most people never need, out of sight until it is asked for."""
        if not parts:
            return []
        body = clear(QWidget())
        body.setLayout(column(*parts, gap=14))
        press = button(self._desk.words.text("Advanced"), lambda: None, look="plain")
        press.setCheckable(True)
        press.setIcon(signs.icon(signs.DOWN, self._desk.theme.tokens.accent))
        press.setChecked(opened)
        press.toggled.connect(body.setVisible)
        body.setVisible(opened)
        self._late.append((press, places))
        return [_left(press), body]

    def _endpoint(self, flow: ChangeFlow, vendor: str) -> EndpointBox:
        end = EndpointBox(self._desk, flow, vendor)
        end.edited.connect(self.edited)
        self.endpoints[vendor] = end
        return end

    def _company(self, flow: ChangeFlow, vendor: str) -> str:
        before = flow.setup.before
        rows = (before.sales, before.books) if before is not None and vendor else ()
        name = next((one.company for one in rows if one.vendor == vendor), "")
        return self._desk.words.text("Signed in to {company}", company=name) if name else ""

    def _field(self, flow: ChangeFlow, place: str) -> FieldBox:
        box = FieldBox(self._desk, flow, place)
        box.edited.connect(self.edited)
        self.fields[place] = box
        if isinstance(box.control, SignInBox):
            box.control.wanted.connect(self.sign_in)
            box.control.stopped.connect(self.stop)
            box.control.open_again.connect(self.open_sign_in)
        return box

    def _ask_what_counts(self) -> None:
        """Show what is asked as the others are answered."""
        flow = self.flow
        if flow is None:
            return
        for place, box in self.fields.items():
            seen(box, on=flow.setup.form.asks(place))
        for group, part in self._groups:
            seen(part, on=flow.is_shown(group))


def _removed(desk: Desk) -> str:
    return desk.words.text(
        "Removed are its settings, its mappings, the list of its documents, its log, and its secrets in the "
        "keychain. What it booked stays in the books. Set up anew with an earlier start date, it looks for "
        "what it booked before it books anything."
    )


def _left(part: QWidget) -> QWidget:
    result = clear(QWidget())
    result.setLayout(row(part, 1))
    return result
