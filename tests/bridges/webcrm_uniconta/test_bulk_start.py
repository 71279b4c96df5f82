"""The bulk start: items and people that are on both sides are shown, confirmed and joined before any write."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from bridge_gui.accounting.trade import PriceRow, StockItem
from bridge_gui.bridges.webcrm_uniconta.cards import Card, Content
from bridge_gui.bridges.webcrm_uniconta.pairing import paired_items, paired_people
from bridge_gui.sync.actions import How, Told, Wanted, lines_text
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import Certainty, Compared, Pair, Query
from bridge_gui.web.waiting import never
from tests.bridges.webcrm_uniconta.office import NAME, Office, office

PRICE = "QuotationLineLinkedDataItem"


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Both sides in use for years; the price list was filled by hand."""
    with office(tmp_path_factory.mktemp("bulk")) as one:
        for number, name in (("1000", "Rådgivning gl."), ("GL-77", "Skrivebord")):
            one.seller("add_price", **{f"{PRICE}Data1": number, f"{PRICE}Data2": name, f"{PRICE}Price": 1.5})
        one.set_up(pairs_first="yes", join="ask")
        one.rest(1)
        yield one


def order(one: Office, action: str, subject: str, **answers: str) -> Told:
    form = one.house.begin(NAME, action, subject, never())
    wanted = Wanted(
        request=f"{action} {subject}", subject=subject, form=form, answers=answers, confirmed=True
    )  # type: ignore[arg-type]
    (told,) = one.house.act(NAME, action, [wanted], never(), nobody)
    return told


def pairs(one: Office, panel: str) -> list[Pair]:
    found = one.house.panel_rows(NAME, panel, Query(), never()).rows
    return [row for row in found if isinstance(row, Pair)]


def compared(one: Office, panel: str) -> list[Compared]:
    found = one.house.panel_rows(NAME, panel, Query(), never()).rows
    return [row for row in found if isinstance(row, Compared)]


def prices(one: Office) -> dict[str, dict[str, Any]]:
    return {row[f"{PRICE}Data1"]: row for row in one.table("webcrm", PRICE)}


def test_items_are_joined_with_rows_that_are_there_before_the_list_is_written(start: Office) -> None:
    assert sorted(prices(start)) == ["1000", "GL-77"], "nothing is written before the pairs are seen to"
    assert start.waiting()["1000"] == "pairs.not_confirmed"
    found = {one.left_hint: (one.right_hint, one.certainty) for one in pairs(start, "item_pairs")}
    assert found == {"1000": ("1000", Certainty.SURE), "1001": ("GL-77", Certainty.NAME_ONLY)}
    (other,) = start.house.panel_search(NAME, "item_pairs", "gl-77", never())
    assert other.title == "Skrivebord"
    taken = [{"left": one.id, "right": one.right_id} for one in pairs(start, "item_pairs")]
    twice = lines_text([taken[0], {**taken[1], "right": taken[0]["right"]}])
    assert order(start, "join_items", "item_pairs", pairs=twice).code == "pairs.twice"
    assert order(start, "join_items", "item_pairs", pairs=lines_text(taken)).how is How.DONE
    assert pairs(start, "item_pairs") == []
    start.rest(1)
    rows = prices(start)
    assert sorted(rows) == ["1000", "1001"], "the others wait for the switch"
    assert (rows["1001"][f"{PRICE}Data2"], rows["1000"][f"{PRICE}Price"]) == ("Skrivebord", 950)
    assert len(start.table("webcrm", PRICE)) == 2


def test_people_of_joined_customers_are_joined_then_compared_field_by_field(start: Office) -> None:
    assert pairs(start, "people_pairs") == [], "their customers are not joined yet"
    ole = next(row for row in start.table("uniconta", "ContactClient") if row["Name"] == "Ole Prøve")
    customers = lines_text([{"left": "org-2", "right": "debtor-20001"}])
    assert order(start, "join_pairs", "pairs", pairs=customers).how is How.DONE
    start.pass_time(minutes=40)
    start.rest(1)
    assert not any(str(row.get("ReferenceId") or "") for row in start.table("uniconta", "ContactClient"))
    (pair,) = pairs(start, "people_pairs")
    assert (pair.left, pair.right_id, pair.why) == (
        "Ole Prøve", f"contact-{ole['PrimaryKeyId']}", "pair.same_email",
    )  # fmt: skip
    kept = lines_text([{"left": pair.id, "right": pair.right_id}])
    assert order(start, "join_people", "people_pairs", pairs=kept).how is How.DONE
    assert pairs(start, "people_pairs") == []
    start.pass_time(minutes=40)
    start.rest(1)
    start.seller(
        "edit_person", id=int(pair.id.partition("-")[2]), PersonTitle="Indkøb", PersonMobilePhone="1"
    )
    start.books("edit_contact", number=ole["PrimaryKeyId"], Title="Salg", Mobil="2")
    (row,) = compared(start, "compare_people")
    fields = {one.key: (one.left, one.right) for one in row.fields}
    assert fields == {"title": ("Indkøb", "Salg"), "mobile": ("1", "2")}
    sides = lines_text([{"field": "title", "side": "left"}, {"field": "mobile", "side": "right"}])
    assert order(start, "keep_people", row.id, sides=sides, shown=row.shown).how is How.DONE
    start.pass_time(minutes=40)
    start.rest(1)
    assert compared(start, "compare_people") == []
    there = next(one for one in start.table("uniconta", "ContactClient") if one["Name"] == "Ole Prøve")
    person = next(one for one in start.table("webcrm", "Person") if one["PersonLastName"] == "Prøve")
    assert (there["Title"], there["Mobil"]) == (person["PersonTitle"], person["PersonMobilePhone"])
    assert (there["Title"], there["Mobil"]) == ("Indkøb", "2")


RULES: Any = type("R", (), {"item_column": 1, "name_column": 2})()


def item(number: str, name: str) -> StockItem:
    return StockItem(number=number, name=name, price=Decimal(1))


def row(key: str, number: str, name: str) -> PriceRow:
    return PriceRow(id=key, columns={1: number, 2: name})


def test_where_several_rows_have_a_number_none_is_proposed() -> None:
    (one,) = paired_items([item("A1", "Bolt")], [row("1", "a1", "x"), row("2", "A1", "y")], RULES)
    assert (one.right_id, one.certainty) == ("", Certainty.NONE)


def test_a_row_that_is_another_items_by_number_is_not_proposed_by_name() -> None:
    found = paired_items([item("A1", "Bolt"), item("A2", "Bolt")], [row("1", "A2", "Bolt")], RULES)
    assert [(one.left_hint, one.right_id) for one in found] == [("A2", "price-1")]


def person(email: str, name: str, at: str) -> Card:
    extra = {"other": at, "at": f"org-{at}", "active": "yes"}
    return Card(id="person-1", content=Content(values={"email": email}, extra=extra), party=name)


def contact(email: str, name: str, at: str) -> Card:
    extra = {"at": at, "other": f"org-{at}", "reference": ""}
    return Card(
        id="contact-1", content=Content(values={"email": email}, extra=extra), number=name, party=name
    )


@pytest.mark.parametrize(
    ("there", "why"),
    [
        (contact("A@b.example", "X", "7"), "pair.same_email"),
        (contact("other@b.example", "Bo  Ny", "7"), "pair.same_name"),
        (contact("a@b.example", "Bo Ny", "8"), None),
    ],
)
def test_people_are_proposed_by_address_then_by_name_at_the_same_customer_only(
    there: Card, why: str | None
) -> None:
    found = paired_people([person("a@b.example", "Bo Ny", "7")], [there])
    assert [one.why for one in found] == ([why] if why else [])
