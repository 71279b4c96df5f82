"""Two sides to be matched: what is proposed and how sure that is, another one by search, or none for now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from bridge_gui.desktop.action_controls import Box, SearchControl
from bridge_gui.desktop.asking import Asker, Question
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.jobs import Failure, Result
from bridge_gui.desktop.panel_keep import Keeper
from bridge_gui.desktop.widgets import Empty, SearchBox, button, column, frame, label, row
from bridge_gui.desktop.wizard_style import clear, pill, seen, sheet
from bridge_gui.sync.actions import lines_text
from bridge_gui.sync.panels import LEFT, NAME, PAIRS_KEPT, RIGHT, Certainty, Pair, Query
from bridge_gui.sync.specs import Field, FieldKind, Option
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.panels import PanelSpec
    from bridge_gui.web.waiting import Cancel

SHOWN = 40
SLICE = 500
WHY_WIDE = 150
WORDS = {
    Certainty.SURE: (mark("Sure"), "soft"),
    Certainty.LIKELY: (mark("Likely"), "soft"),
    Certainty.NAME_ONLY: (mark("Name only"), "doubt"),
    Certainty.NONE: ("", ""),
}


class PanelPairs(QWidget):
    """One PAIRS panel as a tab; what is sure is taken unless the user says otherwise, the rest is not."""

    def __init__(self, desk: Desk, name: str, spec: PanelSpec, keeps: str = "") -> None:
        super().__init__()
        text = desk.words.text
        self._desk, self._name, self.spec = desk, name, spec
        self._recolour()
        desk.theme.changed.connect(self._recolour)
        self.pairs: list[Pair] = []
        self.right: dict[str, str] = {}
        self.taken: set[str] = set()
        self._controls: list[SearchControl] = []  # Qt's signals alone do not keep them
        self._first = 0
        self._touched = False
        self.is_read = False
        self._asker = Asker(desk, f"{name} pairs {spec.key}", self)
        self.keeper = Keeper(desk, name, spec, self)
        self.search = SearchBox(desk.theme, text(spec.search or "Search by name"), self._searched)
        self.count = label("", "muted")
        told = text(keeps).replace("&", "")
        self.keep_button = button(
            f"&{told}" if told else text("&Keep the chosen pairs"), self.keep, look="primary"
        )
        self.back_button = button(text("Previous"), partial(self._turn, -SHOWN))
        self.on_button = button(text("Next"), partial(self._turn, SHOWN))
        self.empty = Empty()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        feet = row(self.count, 1, self.back_button, self.on_button, self.keep_button, gap=10)
        about = label(text(spec.text), "muted", wrap=True)
        notes = (self.keeper.good, self.keeper.bad)
        parts = [*([about] if spec.text else []), self.search, *notes, self._area, self.empty]
        body = column(*parts, gap=12)
        body.addLayout(feet)
        self.setLayout(body)
        for part in (*notes, self.empty):
            part.setVisible(False)
        self.keeper.kept.connect(self._ask)

    def showEvent(self, event: object) -> None:  # noqa: N802
        """Read when it is first looked at."""
        super().showEvent(event)  # type: ignore[arg-type]
        if not self.is_read and not self._asker.busy:
            self._ask()

    def refresh(self) -> None:
        """Read again, now or when it is looked at next; choices that are not kept yet are not thrown away."""
        if self._touched and self.pairs:
            return
        self.is_read = False
        if self.isVisible():
            self._ask()

    def keep(self) -> None:
        """Keep every pair that is chosen."""
        chosen = self.chosen()
        if chosen:
            self.keeper.keep(self.spec.key, {PAIRS_KEPT: lines_text(chosen)})

    def chosen(self) -> list[dict[str, str]]:
        """The pairs that are to be kept."""
        return [
            {LEFT: one.id, RIGHT: self.right[one.id], NAME: one.left}
            for one in self.pairs
            if one.id in self.taken and self.right.get(one.id)
        ]

    def _ask(self) -> None:
        service, name, panel = self._desk.service, self._name, self.spec.key
        self.count.setText(self._desk.words.text("Reading ..."))

        def read(cancel: Cancel) -> list[Pair]:
            found: list[Pair] = []
            while True:
                query = Query(offset=len(found), limit=SLICE)
                part = service.panel_rows(name, panel, query, cancel)
                found += [one for one in part.rows if isinstance(one, Pair)]
                beyond = part.total is not None and len(found) < part.total
                if not part.rows or not (part.more or beyond):
                    return found

        self._asker.ask(read, self._arrived)

    def _arrived(self, result: Result) -> None:
        if isinstance(result, Failure):
            said = self._desk.say(result.code, result.params)
            self.keeper.bad.say(said.sentence, said.advice)
            self.count.setText("")
            return
        self.is_read, self._touched = True, False
        self.pairs = result.value
        self.right = {one.id: one.right_id for one in self.pairs}
        self.taken = {one.id for one in self.pairs if one.certainty is Certainty.SURE and one.right_id}
        self._first = 0
        self._draw()

    def _searched(self, _text: str) -> None:
        self._first = 0
        self._draw()

    def _turn(self, by: int) -> None:
        self._first += by
        self._draw()

    @property
    def _listed(self) -> list[Pair]:
        wanted = self.search.text().strip().casefold()
        return [one for one in self.pairs if wanted in f"{one.left} {one.left_hint} {one.right}".casefold()]

    def _draw(self) -> None:
        listed = self._listed
        inside, boxed = clear(QWidget()), column()
        boxed.addLayout(self._boxed(listed[self._first : self._first + SHOWN]))
        inside.setLayout(column(frame("card", boxed), 1))
        self._area.setWidget(inside)
        self._area.setVisible(bool(listed))
        text = self._desk.words.text
        if self.pairs:
            self.empty.say(text("Nothing fits this search"), text("Esc empties the search."))
        else:
            self.empty.say(text("Nothing to match"), text(self.spec.empty) if self.spec.empty else "")
        self.empty.setVisible(self.is_read and not listed)
        self.back_button.setEnabled(self._first > 0)
        self.on_button.setEnabled(self._first + SHOWN < len(listed))
        for turner in (self.back_button, self.on_button):
            seen(turner, on=len(listed) > SHOWN)
        self._tell()

    def _boxed(self, listed: list[Pair]) -> QGridLayout:
        self._controls.clear()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 3)
        grid.setColumnMinimumWidth(2, WHY_WIDE)
        grid.setColumnStretch(3, 4)
        for at, title in ((1, self.spec.left), (3, self.spec.right)):
            grid.addWidget(label(self._desk.words.text(title), "column"), 0, at)
        for at, pair in enumerate(listed, 1):
            self._row(grid, at, pair)
        return grid

    def _row(self, grid: QGridLayout, at: int, pair: Pair) -> None:
        text = self._desk.words.text
        take = Box(self._desk)
        take.setAccessibleName(text("Keep the pair of {name}", name=pair.left))
        take.setChecked(pair.id in self.taken)
        take.setEnabled(bool(self.right.get(pair.id)))
        asked = Field(
            key=pair.id, kind=FieldKind.CHOICE, label=text("Counterpart of {name}", name=pair.left),
            search=self.spec.key, required=False,
        )  # fmt: skip
        known = (Option(key=pair.right_id, title=pair.right, hint=pair.right_hint),) if pair.right_id else ()
        chosen = self.right.get(pair.id, "")
        control = SearchControl(
            self._desk, asked, known, chosen, self._find, lambda: self._chose(pair, control, take)
        )
        self._controls.append(control)
        control.target.setAccessibleName(asked.label)
        control.line.setPlaceholderText(text("None yet: type to search"))
        take.toggled.connect(lambda on: self._took(pair, on=on))
        grid.addWidget(take, at, 0)
        grid.addWidget(_two(pair.left, pair.left_hint), at, 1)
        grid.addWidget(self._certainty(pair), at, 2)
        grid.addWidget(control.widget, at, 3)

    def _certainty(self, pair: Pair) -> QWidget:
        """How sure a proposal is, and why, in sight: that is what one decides by."""
        word, look = WORDS[pair.certainty]
        parts: list[QWidget] = [pill(self._desk.words.text(word), look)] if word else []
        if pair.why:
            said = self._desk.say(pair.why).sentence
            parts.append(label(said.rstrip("."), "small", wrap=True))
            parts[0].setAccessibleDescription(said)
        result = clear(QWidget())
        result.setLayout(column(*parts, gap=2))
        return result

    def _find(self, _which: str, text: str) -> Question:
        service, name, panel = self._desk.service, self._name, self.spec.key
        return lambda cancel: service.panel_search(name, panel, text, cancel)

    def _chose(self, pair: Pair, control: SearchControl, take: QCheckBox) -> None:
        self._touched = True
        self.right[pair.id] = control.value()
        take.setEnabled(bool(control.value()))
        take.setChecked(bool(control.value()))
        self.keeper.renew()
        self._tell()

    def _took(self, pair: Pair, *, on: bool) -> None:
        self._touched = True
        (self.taken.add if on else self.taken.discard)(pair.id)
        self.keeper.renew()
        self._tell()

    def _tell(self) -> None:
        count, formats = len(self.chosen()), self._desk.formats
        of = {"count": formats.number(count), "all": formats.number(len(self.pairs))}
        self.count.setText(self._desk.words.text("{count} of {all} are chosen", **of) if self.pairs else "")
        self.keep_button.setEnabled(count > 0)

    def _recolour(self) -> None:
        tokens = self._desk.theme.tokens
        doubt = f'QLabel[look="doubt"] {{ background: {tokens.amber_soft}; color: {tokens.amber};'
        rest = " font-size: 11px; font-weight: 600; border-radius: 8px; padding: 1px 9px;"
        rest += " min-height: 16px; max-height: 16px; }"
        self.setStyleSheet(sheet(tokens) + doubt + rest)


def _two(name: str, hint: str) -> QLabel:
    result = label(f"{name}\n{hint}" if hint else name, wrap=True)
    result.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return result
