"""A page of the wizard shows the questions that are asked as the others are answered now."""

from __future__ import annotations

from bridge_gui.app import registry
from bridge_gui.desktop.wizard_page import PageView
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.house import House
from bridge_gui.sync.wizard import WizardFlow
from tests.bridges.salescloud_payday.sandbox import CLOCK
from tests.sync.test_wizard import Noted

CLASSIC = "twentyfoursevenoffice.classic"
ONLY_THEN = [f"twentyfoursevenoffice.soap_{key}" for key in ("application", "user", "password")]


def test_what_another_answer_makes_needless_is_not_seen(desk, qtbot, tmp_path):
    house = House(DataFolder(tmp_path / "data"), registry(), lambda _folder: Noted(), CLOCK)
    flow = WizardFlow(house, "sharefox_twentyfourseven")
    flow.at = [page.key for page in flow.pages].index("twentyfoursevenoffice")
    view = PageView(desk, flow)
    qtbot.addWidget(view)

    def shown():
        return [place for place in ONLY_THEN if view.fields[place].isVisibleTo(view)]

    assert view.fields[CLASSIC].isVisibleTo(view)
    assert shown() == []
    view.fields[CLASSIC].control.buttons["on"].click()
    assert shown() == ONLY_THEN
    view.fields[CLASSIC].control.buttons["off"].click()
    assert shown() == []
    house.close()
