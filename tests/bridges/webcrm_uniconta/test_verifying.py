"""The wizard looks whether the fields it asks for are there, and is not left before they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bridge_gui.bridges.webcrm_uniconta.spec import SPEC
from bridge_gui.errors import SetupError
from bridge_gui.sync.wizard import WizardFlow
from tests.bridges.webcrm_uniconta.office import Office, office
from tests.office_hours import CLOCK
from tests.sync.wizarding import worked


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Both companies; nothing is ever kept of the set-ups that fail."""
    with office(tmp_path_factory.mktemp("wizard"), uniconta={"unknown_filter": "refused"}) as made:
        yield made


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ({"own_ean": "OrganisationCustom1"}, "own.twice", {"field": "Debitornr."}),
        ({"own_ean": "OrganisationExtraCustom1"}, "own.is_list", {"field": "Kundeklub", "number": "1108"}),
        ({"delivery_state": "DeliveryCustom1"}, "own.twice", {"field": "Dækningsbidrag"}),
        ({"unit_column": "2"}, "own.twice", None),
        ({"numbering_off": "no"}, "orders.numbering", {}),
        ({"order_field": "xNobody"}, "fields.missing", {"table": "Debitorordre", "field": "xNobody"}),
    ],
)
def test_a_set_up_that_could_not_work_is_not_kept(
    one: Office, settings: dict[str, str], code: str, said: dict[str, Any] | None
) -> None:
    with pytest.raises(SetupError) as told:
        one.set_up(**settings)
    assert told.value.code == code
    assert said is None or dict(told.value.params) == said
    assert one.house.bridges() == []


def answers(one: Office) -> dict[str, Any]:
    told: dict[str, Any] = dict(SPEC.demo)
    told["settings.start_date"] = (CLOCK.now().date() - timedelta(days=30)).isoformat()
    for vendor, place in one.host.vendors().items():
        told |= {f"{vendor}.{key}": value for key, value in place["credentials"].items()}
        told[f"{vendor}.endpoint"] = place["endpoint"]
    return told


def test_the_page_of_unicontas_fields_is_left_once_they_are_there(one: Office) -> None:
    one.books("remove_user_field", table="Employee", name="xWebcrmId")
    flow = WizardFlow(one.house, SPEC.key)
    assert "webcrm.name" in flow.places()
    for place, value in answers(one).items():
        flow.answer(place, value)
    while flow.page.key != "marks":
        before = flow.at
        worked(flow, flow.next())
        assert flow.at == before + 1, (flow.page.key, flow.error, flow.problems())
    worked(flow, flow.next())
    assert flow.page.key == "marks"
    assert flow.error is not None
    assert (flow.error.code, flow.error.params) == (
        "fields.missing", {"table": "Medarbejder", "field": "xWebcrmId"},
    )  # fmt: skip
    one.books("add_user_field", table="Employee", name="xWebcrmId")
    worked(flow, flow.next())
    assert (flow.page.key, flow.error) == ("needed", None)
    worked(flow, flow.back())
    assert flow.next() is None, "what was verified is not asked again while nothing was changed"
