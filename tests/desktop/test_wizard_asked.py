"""A page of the wizard shows the questions that are asked as the others are answered now."""

from __future__ import annotations

from bridge_gui.app import registry
from bridge_gui.desktop.widgets import Choice
from bridge_gui.desktop.wizard_controls import Cards
from bridge_gui.desktop.wizard_page import CARDS_AT_ONCE, PageView
from bridge_gui.store.folder import DataFolder
from bridge_gui.sync.house import House
from bridge_gui.sync.wizard import WizardFlow
from tests.bridges.salescloud_payday.sandbox import CLOCK
from tests.sync.test_wizard import Noted

CLASSIC = "twentyfoursevenoffice.classic"
ONLY_THEN = [f"twentyfoursevenoffice.soap_{key}" for key in ("application", "user", "password")]


def test_many_questions_with_a_few_answers_each_are_lists_that_fit_on_one_screen(desk, qtbot, tmp_path):
    house = House(DataFolder(tmp_path / "data"), registry(), lambda _folder: Noted(), CLOCK)
    flow = WizardFlow(house, "webcrm_uniconta")
    flow.at = [page.key for page in flow.pages].index("ways")
    view = PageView(desk, flow)
    qtbot.addWidget(view)
    controls = [one.control for one in view.fields.values()]
    assert sum(isinstance(one, Choice) for one in controls) > CARDS_AT_ONCE
    assert not any(isinstance(one, Cards) for one in controls)
    house.close()


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
