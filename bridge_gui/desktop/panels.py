"""What a bridge declares besides documents, put into its page: panels as tabs, actions on documents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget, QWidget

from bridge_gui.desktop.actions import Actions, Chosen
from bridge_gui.desktop.desk import Desk
from bridge_gui.desktop.documents import Documents
from bridge_gui.desktop.jobs import Done, Result
from bridge_gui.desktop.panel_compare import PanelCompare
from bridge_gui.desktop.panel_group import PanelGroup, front
from bridge_gui.desktop.panel_pairs import PanelPairs
from bridge_gui.desktop.panel_table import PanelTable
from bridge_gui.desktop.widgets import add_tab
from bridge_gui.sync.actions import DOCUMENTS
from bridge_gui.sync.panels import PanelKind
from bridge_gui.wording.message import mark

if TYPE_CHECKING:
    from bridge_gui.sync.panels import PanelSpec
    from bridge_gui.sync.service import Offers

SEARCHED = (PanelTable, PanelPairs)
"""Panels with a search field."""
MOST = 200
"""Documents that something is done with at once; beyond that not even their rows are asked for."""
TOGETHER = {PanelKind.PAIRS: mark("Pairs"), PanelKind.COMPARE: mark("Compare")}
"""Kinds of panels that share a tab where a bridge has several, and what the tab is called."""
AnyPanel = PanelTable | PanelPairs | PanelCompare


class Offered:
    """The panels of one bridge and the bar of its Documents tab; there once the SPEC was read."""

    def __init__(self, desk: Desk, name: str, tabs: QTabWidget, documents: Documents) -> None:
        self._desk, self._name, self._tabs, self._documents = desk, name, tabs, documents
        self.panels: dict[str, AnyPanel] = {}
        self.bar: Actions | None = None
        self.is_read = False
        service = desk.service
        desk.reader.ask(f"offers {name}", lambda: service.offers(name), self._read)

    def refresh(self) -> None:
        """Read again what was read before."""
        for panel in self.panels.values():
            panel.refresh()

    def _read(self, result: Result) -> None:
        self.is_read = True
        if not isinstance(result, Done):
            return
        offers: Offers = result.value
        at = self._tabs.indexOf(self._documents) + 1
        for title, tab in self._made_tabs(offers):
            self._put(tab, title, at)
            at += 1
        own = [one for one in offers.actions if one.on == DOCUMENTS]
        if own:
            self.bar = Actions(self._desk, self._name, own)
            self.bar.serve(self._documents.table, partial(chosen_documents, self._documents))
            self.bar.done.connect(self._documents.refresh)
            self._documents.model.loaded.connect(self._look_again)
            self.bar.done.connect(self.refresh)
            layout = self._documents.layout()
            assert layout is not None
            layout.addWidget(self.bar)

    def _look_again(self) -> None:
        """What was done has changed what can be done."""
        if self.bar is not None:
            self.bar.choose(chosen_documents(self._documents))

    def show(self, key: str) -> None:
        """Bring a panel to the front."""
        panel = self.panels[key]
        for at in range(self._tabs.count()):
            tab = self._tabs.widget(at)
            if isinstance(tab, PanelGroup):
                tab.bring(panel)
            if tab is panel or front(tab) is panel:
                self._tabs.setCurrentIndex(at)

    def _made_tabs(self, offers: Offers) -> Sequence[tuple[str, QWidget]]:
        text = self._desk.words.text
        tabs: list[tuple[str, QWidget]] = []
        for kind, specs in groupby(offers.panels, key=lambda one: one.kind):
            made: list[tuple[str, QWidget]] = []
            for spec in specs:
                self.panels[spec.key] = panel = self._made(spec, offers)
                made.append((text(spec.title), panel))
            together = kind in TOGETHER and len(made) > 1
            tabs += [(text(TOGETHER[kind]), PanelGroup(self._desk, made))] if together else made
        return tabs

    def _made(self, spec: PanelSpec, offers: Offers) -> AnyPanel:
        if spec.kind is PanelKind.PAIRS:
            keeps = next((one.title for one in offers.actions if one.key == spec.keeps), "")
            return PanelPairs(self._desk, self._name, spec, keeps)
        if spec.kind is PanelKind.COMPARE:
            return PanelCompare(self._desk, self._name, spec)
        own = [one for one in offers.actions if one.on == spec.key]
        made = PanelTable(self._desk, self._name, spec, own)
        made.bar.done.connect(self._documents.refresh)
        return made

    def _put(self, panel: QWidget, title: str, at: int) -> None:
        """Add it at the end, with its letter, then move it to its place."""
        add_tab(self._tabs, panel, title)
        bar = self._tabs.tabBar()
        bar.moveTab(self._tabs.indexOf(panel), at)


def chosen_documents(documents: Documents) -> list[Chosen]:
    """The chosen documents as actions see them; none if one of them is held back or not there yet."""
    places = documents.table.chosen()
    rows = [documents.model.row(at) for at in places] if len(places) <= MOST else []
    there = [one for one in rows if one is not None and one.id > 0 and one.target_id]
    if len(there) < len(rows):
        return []
    return [Chosen(f"#{one.id}", one.kind, one.state, one.number or one.source_number) for one in there]
