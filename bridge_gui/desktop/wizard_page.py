"""One page of the wizard, drawn from what its bridge declares."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bridge_gui.desktop import signs
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import button, column, copy, frame, label, row
from bridge_gui.desktop.wizard_columns import Columns
from bridge_gui.desktop.wizard_fields import EndpointBox, FieldBox
from bridge_gui.desktop.wizard_pairs import Pairs
from bridge_gui.desktop.wizard_preview import FirstDocuments
from bridge_gui.desktop.wizard_signin import SignInBox
from bridge_gui.desktop.wizard_style import Note, boxed, clear, seen, selectable

if TYPE_CHECKING:
    from bridge_gui.sync.wizard import WizardFlow

PAGE_WIDTH = 720
PREVIEW_WIDTH = 1000
CARDS_AT_ONCE = 3


class PageView(QScrollArea):
    """The page in front: what to do, where to click, what to fill in, and what is wrong."""

    edited = Signal()
    again = Signal()
    in_memory = Signal()
    visit = Signal(str)
    sign_in = Signal(str)
    stop_sign_in = Signal()
    open_sign_in = Signal()

    def __init__(self, desk: Desk, flow: WizardFlow) -> None:
        super().__init__()
        self._desk, self._flow, self.page = desk, flow, flow.page
        self.fields: dict[str, FieldBox] = {}
        self.endpoint: EndpointBox | None = None
        self.pairs: Pairs | None = None
        self.columns: Columns | None = None
        self.advanced: QPushButton | None = None
        self.error = Note(desk, "red")
        self.error.hide()
        self.again_button = button(desk.words.text("&Load again"), self.again.emit)
        self.memory_button = button(desk.words.text("&Keep until I close Bridge"), self.in_memory.emit)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(16)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._fill()
        self._frame()
        self.show_error()
        self.edited.connect(self.refresh_sign_in)
        self.edited.connect(self.refresh_asked)
        self.refresh_asked()

    def first(self) -> QWidget | None:
        """Where the cursor belongs: the first field that is wrong or empty, else the first."""
        problems = self._flow.problems()
        for place, box in self.fields.items():
            if place in problems:
                return box.target
        if self.columns is not None and self.columns.changed is not None:
            return self.columns.changed
        if self.pairs is not None:
            return next(iter(self.pairs.choices.values()), None)
        asked = self._flow.places()
        return next((box.target for place, box in self.fields.items() if place in asked), None)

    def show_problems(self) -> None:
        """Say under each field what is wrong, and go to the first."""
        problems = self._flow.problems()
        for place, box in self.fields.items():
            box.show_trouble(problems.get(place))
        if self.endpoint is not None:
            self.endpoint.show_trouble(problems.get(self.endpoint.place))
        hidden = [place for place in problems if self._is_advanced(place)]
        if hidden and self.advanced is not None:
            self.advanced.setChecked(True)
        target = self.first() if problems else None
        if self.endpoint is not None and self.endpoint.place in hidden:
            target = self.endpoint.other
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self) -> None:
        """Say above the page why it could not be left, with what helps."""
        error = self._flow.error
        said = self._desk.say(error.code, dict(error.params)) if error is not None else None
        self.error.say(said.sentence if said else "", said.advice if said else "")
        unsafe = error is not None and error.code.startswith("keychain.") and self._flow.is_last
        seen(self.memory_button, on=unsafe)
        if error is not None:
            self.ensureVisible(0, 0)

    def refresh_sign_in(self) -> None:
        """Show how a sign-in stands now."""
        for box in self.fields.values():
            if isinstance(box.control, SignInBox):
                box.control.refresh()

    def refresh_asked(self) -> None:
        """Show the questions that are asked as the others are answered now."""
        asked = self._flow.places()
        for place, box in self.fields.items():
            seen(box, on=place in asked)

    def _frame(self) -> None:
        page = clear(QWidget())
        wide = self.page.key == "preview"
        page.setMaximumWidth(PREVIEW_WIDTH if wide else PAGE_WIDTH)
        page.setLayout(self._inside)
        inner = clear(QWidget())
        sides = row(page, gap=0) if wide else row(page, 1, gap=0)
        sides.setStretchFactor(page, 20)
        sides.setContentsMargins(40, 28, 40, 24)
        inner.setLayout(sides)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self._desk.words.text(self.page.title))

    def _fill(self) -> None:
        text, page = self._desk.words.text, self.page
        number, count = self._flow.at + 1, len(self._flow.pages)
        step = label(text("Step {number} of {count}", number=number, count=count), "small")
        head = column(step, label(text(page.title), "title"), gap=2)
        self._add(head)
        self._add(label(text(page.text), wrap=True))
        self._add(self.error)
        self._add(row(self.memory_button, 1))
        self._where_to_click()
        if page.important:
            self._add(Note(self._desk, "amber", text(page.important), large=True))
        self._letter()
        if page.warning:
            self._add(Note(self._desk, "amber", text(page.warning)))
        self._questions()
        if page.aside:
            self._add(
                boxed(label(text(page.aside_title), "strong"), label(text(page.aside), wrap=True), gap=4)
            )
        if page.key == "preview":
            self._add(FirstDocuments(self._desk, self._flow, self.again.emit), 1)
        else:
            self._inside.addStretch(1)

    def _add(self, part: QWidget | QBoxLayout, stretch: int = 0) -> None:
        if isinstance(part, QWidget):
            self._inside.addWidget(part, stretch)
        else:
            self._inside.addLayout(part, stretch)

    def _where_to_click(self) -> None:
        text, page = self._desk.words.text, self.page
        vendor = self._flow.vendor(page.opens) if page.opens else None
        has_site = vendor is not None and vendor.site.startswith("https://")
        opens: list[QWidget] = []
        if has_site and vendor is not None:
            name = text("Open {vendor} in the browser", vendor=vendor.title)
            caption = text("&Open {vendor}", vendor=vendor.title)
            opens = [button(caption, lambda: self.visit.emit(vendor.site), name=name, hint=name)]
        if page.menu:
            trail = selectable("  ›  ".join(page.menu))  # noqa: RUF001 - the sign of menus
            trail.setProperty("look", "strong")
            trail.setAccessibleName(text("Menu: {path}", path=", ".join(page.menu)))
            inside = row(trail, *opens, gap=12)
            inside.setStretchFactor(trail, 1)
            self._add(frame("code", inside, (14, 8, 8, 8)))
        elif opens and not page.fields[0].startswith("mappings."):
            self._add(row(*opens, 1))

    def _letter(self) -> None:
        text, page = self._desk.words.text, self.page
        if not page.copy:
            return
        words = text(page.copy)
        press = button(text("&Copy the letter"), lambda: copy(words))
        head: list[QWidget | int] = [1, press]
        if page.send_to:
            address = button(text("Copy the &address"), lambda: copy(page.send_to))
            to = [label(text("To"), "muted"), selectable(page.send_to, wrap=False)]
            head = [*to, 1, address, press]
        line = clear(QWidget())
        line.setLayout(row(*head, gap=8))
        self._add(boxed(line, selectable(words), gap=12))

    def _questions(self) -> None:
        page, flow = self.page, self._flow
        late = [place for place in page.fields if self._is_advanced(place)]
        for place in page.fields:
            asked = flow.asked(place)
            if (asked.kind.value == "mapping" or asked.options) and not flow.lists:
                continue
            if asked.kind.value == "mapping":
                self._mapping(place)
            elif asked.kind.value == "columns":
                self._columns()
            elif place not in late:
                self._add(self._field(place))
        if self._lists_missing():
            self._loading()
        self._more(late)
        vendor = page.check
        if vendor and (company := flow.company(vendor)):
            told = self._desk.words.text("Signed in to {company}.", company=company)
            self._add(Note(self._desk, "good", told))

    def _lists_missing(self) -> bool:
        return not self._flow.lists and any(
            self._flow.asked(place).options or self._flow.asked(place).kind.value == "mapping"
            for place in self.page.fields
        )

    def _loading(self) -> None:
        text = self._desk.words.text
        waits = label(
            text("The lists come from the vendors; that can take some seconds."), "muted", wrap=True
        )
        seen(self.again_button, on=not self._flow.busy)
        self._add(boxed(waits, _left(self.again_button)))

    def _mapping(self, place: str) -> None:
        self.pairs = Pairs(self._desk, self._flow, place)
        self.pairs.edited.connect(self.edited)
        self._add(self.pairs)
        self.again_button.setEnabled(not self._flow.busy)
        vendor = self._flow.vendor(self.page.opens) if self.page.opens else None
        buttons: list[QWidget] = [self.again_button]
        if vendor is not None and vendor.site.startswith("https://"):
            text = self._desk.words.text
            name = text("Open {vendor} in the browser", vendor=vendor.title)
            caption = text("&Open {vendor}", vendor=vendor.title)
            buttons.append(button(caption, lambda: self.visit.emit(vendor.site), name=name, hint=name))
        self._add(row(*buttons, 1))

    def _columns(self) -> None:
        self.columns = Columns(self._desk, self._flow)
        self.columns.edited.connect(self.edited)
        self.columns.again.connect(self.again)
        self._add(self.columns)

    def _more(self, late: list[str]) -> None:
        text, parts = self._desk.words.text, list[QWidget]()
        if self.page.check:
            self.endpoint = EndpointBox(self._desk, self._flow, self.page.check)
            self.endpoint.edited.connect(self.edited)
            self._add(self.endpoint)
            parts.append(self.endpoint.more)
        parts += [self._field(place) for place in late]
        if not parts:
            return
        body = boxed(*parts, gap=16)
        self.advanced = button(text("Ad&vanced"), _nothing, look="plain")
        self.advanced.setCheckable(True)
        self.advanced.setIcon(signs.icon(signs.DOWN, self._desk.theme.tokens.accent))
        opened = self.endpoint is not None and self.endpoint.is_custom
        self.advanced.setChecked(opened)
        self._add(row(self.advanced, 1))
        self._add(body)
        seen(body, on=opened)
        self.advanced.toggled.connect(body.setVisible)

    def _field(self, place: str) -> FieldBox:
        box = FieldBox(self._desk, self._flow, place, folded=self._folded)
        box.edited.connect(self.edited)
        self.fields[place] = box
        if isinstance(box.control, SignInBox):
            box.control.wanted.connect(self.sign_in)
            box.control.stopped.connect(self.stop_sign_in)
            box.control.open_again.connect(self.open_sign_in)
        return box

    @cached_property
    def _folded(self) -> bool:
        """Whether there are so many questions of a few answers that cards would fill several screens."""
        asked = (self._flow.asked(place) for place in self.page.fields)
        return sum(one.kind.value == "choice" and bool(one.choices) for one in asked) > CARDS_AT_ONCE

    def _is_advanced(self, place: str) -> bool:
        return place.endswith(".endpoint") or self._flow.asked(place).advanced


def _left(part: QWidget) -> QWidget:
    result = clear(QWidget())
    result.setLayout(row(part, 1))
    return result


def _nothing() -> None:
    """What a button does that is only switched on and off."""
