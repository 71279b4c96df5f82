"""What a person decides: pairs at the bulk start, sides field by field; and whether both sides tie out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from bridge_gui.sync.actions import How, Told, Wanted, lines_text
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import Certainty, Query
from bridge_gui.web.waiting import never
from tests.bridges.webcrm_uniconta.office import NAME, Office, office


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Set up as a careful bookkeeper does: nothing new before the pairs are seen to."""
    with office(tmp_path_factory.mktemp("pairs")) as one:
        one.seller("edit_organisation", id=2, OrganisationCity="Valby", OrganisationTelephone="+45 44444444")
        one.books("edit_debtor", number="20001", City="Hellerup", Phone="+45 55555555")
        one.set_up(pairs_first="yes", join="ask")
        one.rest(2)
        yield one


def order(one: Office, action: str, subject: str, **answers: str) -> Told:
    form = one.house.begin(NAME, action, subject, never())
    wanted = Wanted(request=f"{action}1", subject=subject, form=form, answers=answers, confirmed=True)  # type: ignore[arg-type]
    (told,) = one.house.act(NAME, action, [wanted], never(), nobody)
    return told


def debtors(one: Office) -> dict[str, dict[str, Any]]:
    return {row["Account"]: row for row in one.table("uniconta", "DebtorClient")}


def test_the_bulk_start_is_confirmed_then_compared_and_nothing_is_twice(start: Office) -> None:
    assert sorted(debtors(start)) == ["10001", "20001"], "nothing new before the pairs are seen to"
    assert "debtor.may_be_there" in start.waiting().values()
    rows = start.house.panel_rows(NAME, "pairs", Query(), never()).rows
    (pair,) = rows
    assert (pair.id, pair.right_id, pair.certainty, pair.why) == (  # type: ignore[union-attr]
        "org-2", "debtor-20001", Certainty.SURE, "pair.same_cvr",
    )  # fmt: skip
    found = start.house.panel_search(NAME, "pairs", "kendt", never())
    assert [one.key for one in found] == ["debtor-10001"]
    pairs = lines_text([{"left": "org-2", "right": "debtor-20001"}])
    assert order(start, "join_pairs", "pairs", pairs=pairs).how is How.DONE
    assert debtors(start)["20001"]["xWebcrmId"] == "org-2"
    assert start.house.panel_rows(NAME, "pairs", Query(), never()).rows == ()

    # What differs between the two that were joined is a question, answered field by field.
    start.pass_time(minutes=6)
    start.rest(1)
    rows = start.house.panel_rows(NAME, "compare", Query(), never()).rows
    (row,) = [one for one in rows if one.id == "org-2"]
    fields = {one.key: (one.left, one.right) for one in row.fields}  # type: ignore[union-attr]
    assert fields["city"] == ("Valby", "Hellerup")
    assert "pair.both_changed" in start.waiting().values()
    taken = {key: "left" if key == "city" else "right" for key in fields}
    sides = lines_text([{"field": key, "side": side} for key, side in taken.items()])
    assert order(start, "keep_sides", "org-2", sides=sides, shown=row.shown).how is How.DONE  # type: ignore[union-attr]
    start.rest(2)
    rows = start.house.panel_rows(NAME, "compare", Query(), never()).rows
    assert [one.id for one in rows if one.id == "org-2"] == []
    assert "pair.both_changed" not in start.waiting().values()
    org = next(row for row in start.table("webcrm", "Organisation") if row["OrganisationId"] == 2)
    there = debtors(start)["20001"]
    assert there["City"] == org["OrganisationCity"] == "Valby"
    assert there["Phone"] == org["OrganisationTelephone"] == "+45 55555555"


@pytest.mark.parametrize("filters", ["refused", "ignored"])
def test_without_its_field_at_uniconta_nothing_is_made_twice(tmp_path: Any, filters: str) -> None:
    with office(tmp_path, uniconta={"unknown_filter": filters, "unknown_fields": "drop"}) as one:
        one.set_up(way_people="off", way_staff="off", items="no", orders="no", join="ask")
        one.books("remove_user_field", table="Debtor", name="xWebcrmId")
        for _ in range(3):
            run = one.house.sync(NAME, never(), nobody)
            assert (run.outcome.value, run.code) == ("failed", "fields.missing")
            one.pass_time(minutes=6)
        assert len(debtors(one)) == 2


def test_orders_tie_out_before_and_after_they_are_invoiced(tmp_path: Any) -> None:
    with office(tmp_path) as one:
        one.set_up(way_people="off", way_staff="off")
        one.rest(2)
        tied = one.house.tie_out(NAME, None, None, never())
        sums = [(row.sales, row.books) for row in tied.rows if row.key == "Orders DKK"]
        assert [sales for sales, _ in sums] == [Decimal("14374.10")]
        assert tied.open == (), "a person's own order is told as that"
        one.books("edit_order", number=101, DeleteOrder=True)
        one.books("invoice_order", number=101)
        one.rest(2)
        assert "101" not in {str(row["OrderNumber"]) for row in one.table("uniconta", "DebtorOrderClient")}
        tied = one.house.tie_out(NAME, None, None, never())
        assert [(row.sales, row.books) for row in tied.rows if row.key == "Orders DKK"] == sums
        assert tied.open == ()
