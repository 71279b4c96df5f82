"""The last page: what the first sync would send, from where to where, and when it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QSplitter, QWidget

from bridge_gui.desktop.attention import AttentionModel
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.preview import cost_line, headline
from bridge_gui.desktop.preview_detail import Detail
from bridge_gui.desktop.preview_model import TAX, PreviewModel
from bridge_gui.desktop.tables import Table
from bridge_gui.desktop.widgets import button, column, label, row
from bridge_gui.desktop.wizard_style import Note, boxed, clear

if TYPE_CHECKING:
    from bridge_gui.sync.service import Preview
    from bridge_gui.sync.wizard import WizardFlow

LOWEST = 260
SIZES = [660, 290]


class FirstDocuments(QWidget):
    """The documents with their lines, how many are held back, and what the run costs."""

    def __init__(self, desk: Desk, flow: WizardFlow, again: Callable[[], Any]) -> None:
        super().__init__()
        clear(self)
        self._desk, self._flow = desk, flow
        self.table: Table | None = None
        parts: list[QWidget] = [*self._twins(), self._companies()]
        if flow.preview is not None:
            parts += self._shown(flow.preview)
        else:
            parts.append(self._waiting(again))
        inside = column(*parts, gap=14)
        if flow.preview is None or not flow.preview.documents:
            inside.addStretch(1)
        self.setLayout(inside)

    def _twins(self) -> list[QWidget]:
        """A warning if another bridge joins these two companies."""
        names = ", ".join(self._flow.twins())
        said = self._desk.say("bridge.twin", {"names": names})
        return [Note(self._desk, "amber", said.sentence, said.advice)] if names else []

    def _companies(self) -> QWidget:
        text, flow = self._desk.words.text, self._flow
        sides = []
        for key in (flow.spec.sales, flow.spec.books):
            title, company = flow.vendor(key).title, flow.company(key)
            sides.append(f"{title} ({company})" if company else title)
        since = self._desk.formats.long_day(flow.setup.start())
        line = text("{sales} to {books}, from {day} on", sales=sides[0], books=sides[1], day=since)
        return label(line, "strong", wrap=True)

    def _waiting(self, again: Callable[[], Any]) -> QWidget:
        text = self._desk.words.text
        if self._flow.busy:
            return boxed(label(text("The sales since the start date are being read."), "muted", wrap=True))
        press = button(text("&Try again"), again)
        told = label(text("There is no preview yet. You can finish without it."), "muted", wrap=True)
        line = clear(QWidget())
        line.setLayout(row(press, 1))
        return boxed(told, line)

    def _shown(self, preview: Preview) -> list[QWidget]:
        desk = self._desk
        parts: list[QWidget] = []
        if preview.documents:
            head = label(headline(desk, preview), "heading")
            parts += [head, self._split(preview)]
        else:
            told = desk.words.text("Nothing to send yet: no sale was closed since the start date.")
            parts.append(Note(desk, "quiet", told))
        if preview.held:
            parts.append(self._held(preview))
        parts.append(label(cost_line(desk, preview), "small", wrap=True))
        return parts

    def _held(self, preview: Preview) -> QWidget:
        desk = self._desk
        count = len(preview.held)
        told = desk.words.many(
            "{shown} record would wait for you.", "{shown} records would wait for you.", count,
            shown=desk.formats.number(count),
        )  # fmt: skip
        model = AttentionModel(desk, self)
        model.load(preview.held)
        first = "\n".join(model.cell(at, 0).text for at in range(min(count, 2)))
        return Note(desk, "amber", told, first)

    def _split(self, preview: Preview) -> QWidget:
        desk = self._desk
        model = PreviewModel(desk, preview.documents, self)
        name = desk.words.text("Documents of the first sync")
        table = self.table = Table(desk.theme, name, model)
        table.widths(11, 9, 8, 0, 9, 13, whole=(0, 4, 5))
        table.leave_out(TAX)
        table.fit()
        detail = Detail(desk)

        def chosen() -> None:
            if rows := table.chosen():
                detail.show_document(preview.documents[rows[0]])

        table.selectionModel().selectionChanged.connect(chosen)
        table.selectRow(0)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(12)
        split.addWidget(table)
        split.addWidget(detail)
        split.setStretchFactor(0, 1)
        split.setSizes(SIZES)
        split.setChildrenCollapsible(False)
        split.setMinimumHeight(LOWEST)
        split.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        return split
