"""The list of records that differ says which they are, and in what."""

from __future__ import annotations

from bridge_gui.desktop.panel_compare import COLUMNS, ComparedModel
from bridge_gui.sync.panels import Compared, PanelKind, PanelSpec, Sided


def test_a_record_that_differs_is_told_with_its_number_and_the_fields(desk):
    fields = (
        Sided(key="number", label="debtor number", left="", right="20002"),
        Sided(key="terms", label="payment terms", left="", right="8D"),
    )
    spec = PanelSpec(key="compare", title="Compare", kind=PanelKind.COMPARE, left="CRM", right="Books")
    model = ComparedModel(desk, "cafe", spec, COLUMNS)
    model.rows = [Compared(id="1", title="Eksempel Byg ApS", hint="20002", fields=fields)]
    cells = [model.cell(0, column).text for column in range(2)]
    assert cells == ["Eksempel Byg ApS  20002", "Debtor number, payment terms"]
