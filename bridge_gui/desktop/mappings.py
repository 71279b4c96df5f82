"""Mappings: what one side lists, each with its counterpart at the other; what has none comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from bridge_gui.desktop.changing import Changing, small
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.widgets import SearchBox, column, label
from bridge_gui.desktop.wizard_pairs import Pairs
from bridge_gui.desktop.wizard_style import boxed, clear

if TYPE_CHECKING:
    from bridge_gui.sync.change import ChangeFlow


class Mappings(Changing):
    """One table for each mapping of the bridge."""

    mappings = True

    def __init__(self, desk: Desk, name: str) -> None:
        self.pairs: dict[str, Pairs] = {}
        self.search = SearchBox(desk.theme, desk.words.text("Search by name"), self._searched)
        super().__init__(desk, name)

    def before(self) -> QWidget:
        """Where one searches."""
        return self.search

    def build(self, flow: ChangeFlow) -> QWidget:
        """The tables under their names."""
        text = self._desk.words.text
        self.pairs = {}
        parts: list[QWidget] = []
        for place in flow.places():
            if flow.lists is None:
                continue
            pairs = Pairs(self._desk, flow, place)
            pairs.edited.connect(self.edited)
            self.pairs[place] = pairs
            parts += [_headed(text(pairs.asked.label), text(pairs.asked.help), pairs)]
        self.search.setVisible(bool(self.pairs))
        if not self.pairs:
            parts = [self._nothing(flow)]
        result = clear(QWidget())
        result.setLayout(column(*parts, gap=16))
        self._searched(self.search.text())
        return result

    def _nothing(self, flow: ChangeFlow) -> QWidget:
        text = self._desk.words.text
        if not flow.places():
            return boxed(
                label(text("Nothing has to be mapped here"), "heading"),
                small(text("This bridge finds the counterpart of everything by itself.")),
            )
        return boxed(
            label(text("The lists are not there"), "heading"),
            small(text("They come from both systems. Load them again.")),
        )

    def _searched(self, typed: str) -> None:
        for pairs in self.pairs.values():
            pairs.show_only(typed)


def _headed(title: str, advice: str, pairs: Pairs) -> QWidget:
    result = clear(QWidget())
    parts = [label(title, "strong"), *([small(advice)] if advice else []), pairs]
    result.setLayout(column(*parts, gap=6))
    return result
