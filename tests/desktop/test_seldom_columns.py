"""A column that is seldom filled takes no room while it is empty, and is there with the first row that fills it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec.structs import replace as with_values

from bridge_gui.desktop.panel_table import PanelTable
from bridge_gui.sync.panels import Column
from tests.desktop.offering import COLUMNS, PANELS, Offering


class Remarking(Offering):
    """Rows with a remark where it is wanted."""

    remark = ""

    def panel_rows(self, name, panel, query, cancel):
        found = super().panel_rows(name, panel, query, cancel)
        rows = [with_values(row, values={**row.values, "remark": self.remark}) for row in found.rows]
        return with_values(found, rows=tuple(rows))


@pytest.fixture
def panel(opened, qtbot):
    service = Remarking()
    desk = opened(service)
    spec = replace(PANELS[0], columns=(*COLUMNS, Column(key="remark", title="Remark", width=16, seldom=True)))
    made = PanelTable(desk, "cafe", spec, ())
    made.resize(900, 600)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.model.read, timeout=5000)
    return made, service


def test_it_comes_and_goes_with_what_is_said_in_it(panel, qtbot):
    made, service = panel
    table, last = made.table, len(COLUMNS)
    assert table.isColumnHidden(last)
    assert sum(table.columnWidth(at) for at in range(last)) == table.viewport().width()
    for said in ("Paid too much", ""):
        service.remark = said
        made.refresh()
        qtbot.waitUntil(lambda wanted=not said: table.isColumnHidden(last) is wanted, timeout=5000)
