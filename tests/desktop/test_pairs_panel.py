"""A Pairs panel: read anew after a sync, the reason of a proposal in sight, and a button that says what it does."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit

from bridge_gui.desktop.panel_pairs import PanelPairs
from bridge_gui.sync.panels import PAIRS_KEPT, Rows
from bridge_gui.wording.message import Message
from tests.desktop.offering import PANELS, Offering, pairs

MATCH = next(spec for spec in PANELS if spec.key == "match")


class Growing(Offering):
    """Has as many pairs as it is told to have."""

    there = 0

    def panel_rows(self, name, panel, query, cancel):
        self.asked.append(("rows", panel, query.text, query.filters, query.offset))
        return Rows(rows=pairs()[: self.there], total=self.there)


@pytest.fixture
def service():
    return Growing()


@pytest.fixture
def panel(opened, service, qtbot):
    made = PanelPairs(opened(service), "cafe", MATCH, "&Bring in")
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitUntil(lambda: made.is_read)
    return made


def test_what_has_come_with_a_sync_is_shown_though_it_was_read_before(panel, service, qtbot):
    assert panel.empty.isVisible()
    service.there = 4
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.pairs) == 4)
    assert not panel.empty.isVisible()
    assert panel.keep_button.text() == "Bring in"


def test_a_panel_behind_another_tab_is_read_when_it_is_looked_at_next(panel, service, qtbot):
    service.there = 2
    panel.hide()
    before = len(service.asked)
    panel.refresh()
    assert len(service.asked) == before
    panel.show()
    qtbot.waitUntil(lambda: len(panel.pairs) == 2)


def test_a_choice_that_is_not_kept_yet_outlives_a_sync(panel, service, qtbot):
    service.there = 4
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.pairs) == 4)
    box = next(one for one in panel.findChildren(QCheckBox) if "Example Bakery" in one.accessibleName())
    box.click()
    chosen, asked = panel.chosen(), len(service.asked)
    panel.refresh()
    qtbot.wait(50)
    assert (panel.chosen(), len(service.asked)) == (chosen, asked)
    assert {one["left"] for one in chosen} == {"L1", "L2"}
    panel.keep()
    qtbot.waitUntil(lambda: panel.keeper.good.words.text() == "Done")
    assert PAIRS_KEPT in service.orders[0][3]
    qtbot.waitUntil(lambda: len(service.asked) > asked)


def test_a_search_that_fits_nothing_does_not_say_that_nothing_is_left(panel, service, qtbot):
    service.there = 4
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.pairs) == 4)
    panel.search.setText("zzz")
    qtbot.waitUntil(panel.empty.isVisible)
    said = [one.text() for one in panel.empty.findChildren(QLabel)]
    assert "Nothing fits this search" in said
    assert "Nothing to match" not in said


def test_why_a_pair_is_proposed_stands_beside_it_and_a_long_name_can_be_read(panel, service, qtbot):
    panel._desk._wording = panel._desk._wording.__class__(
        [Message(code="pair.number", sentence="The same company number.")]
    )
    service.there = 4
    panel.refresh()
    qtbot.waitUntil(lambda: len(panel.pairs) == 4)
    assert "The same company number" in [one.text() for one in panel.findChildren(QLabel)]
    lines = {one.accessibleName(): one for one in panel.findChildren(QLineEdit)}
    assert lines["Counterpart of Muster GmbH"].toolTip() == "Muster Handels GmbH"
