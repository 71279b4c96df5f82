"""Our client against the simulator, each written apart from the other, over HTTP."""

from __future__ import annotations

import json
import urllib.request
from datetime import UTC, datetime

import pytest

from bridge_gui.accounting.deals import DealFilter, DealState, Holder
from bridge_gui.accounting.money import total
from bridge_gui.errors import NoSuchTarget, OutcomeUnknown, Passing, SignInError, VendorChanged
from bridge_gui.sandbox.host import Host
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.pipedrive import SPEC
from bridge_gui.web.waiting import never
from tests.control import control
from tests.web.toys import Bench

EVER = datetime(2000, 1, 1, tzinfo=UTC)


class Live:
    """The simulator as it is served, and an adapter whose waits fly by."""

    def __init__(self, host: Host) -> None:
        self.address = host.addresses["pipedrive"]
        self.given = host.vendors()["pipedrive"]["credentials"]
        self.bench = Bench(self.address)

    def adapter(self, **values: str):
        given = self.given | values
        return SPEC.open(
            ConnectionContext(
                name="pipedrive", endpoint=self.address, values=given, secret=lambda key: given[key],
                store_secret=lambda key, value: None, clock=self.bench.clock, wire=self.bench.wire,
            )
        )  # fmt: skip

    def control(self, path: str, body: object = None, method: str | None = None):
        return control(self.address, path, body, method)

    def raw(self, target: str):
        """What the simulator itself says, without our client."""
        request = urllib.request.Request(
            self.address + target, headers={"x-api-token": self.given["api_token"]}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())["data"]

    def fault(self, kind: str, method: str, path: str, **more: object) -> None:
        self.control("faults", {"kind": kind, "match": {"method": method, "path_prefix": path}, **more})


@pytest.fixture(scope="module")
def host():
    with Host({"pipedrive": SPEC.simulator()}, settings={"pipedrive": {"burst_token": 10**6}}) as one:
        yield one


@pytest.fixture
def live(host):
    one = Live(host)
    yield one
    one.control("faults", method="DELETE")
    one.bench.wire.transport.close()


@pytest.fixture
def crm(live):
    return live.adapter()


@pytest.fixture
def deals(crm):
    return [deal for page in crm.deals_since(EVER, never()) for deal in page]


def test_the_company_is_named(crm):
    company = crm.company()
    assert company.id
    assert company.name


def test_a_wrong_token_is_a_matter_of_signing_in(live):
    with pytest.raises(SignInError) as caught:
        live.adapter(api_token="f" * 40).company()
    assert caught.value.code == "pipedrive.sign_in"


def test_every_deal_is_found_again_by_its_id(crm, deals):
    assert len(deals) >= 5
    assert len({one.id for one in deals}) == len(deals)
    again = crm.deals_by_id([one.id for one in deals], never())
    assert list(again) == deals
    assert crm.deals_by_id(["999999999"], never()) == ()


def test_nothing_changed_since_tomorrow(crm):
    assert [
        deal for page in crm.deals_since(datetime(2999, 1, 1, tzinfo=UTC), never()) for deal in page
    ] == []


def test_archived_and_deleted_deals_are_among_them(deals):
    assert any(one.archived for one in deals)
    assert {DealState.OPEN, DealState.WON} <= {one.state for one in deals}


def test_what_deals_are_made_of(crm, deals):
    contents = crm.contents(deals, never())
    assert set(contents) == {one.id for one in deals}
    assert any(one.lines for one in contents.values())
    for deal in deals:
        lines = contents[deal.id].lines
        assert {one.currency for one in lines} <= {deal.currency}
        assert len({one.treatment for one in lines}) <= 1
        assert deal.products in (None, len(lines))


def test_a_deal_without_discount_is_worth_its_lines(crm, deals):
    contents = crm.contents(deals, never())
    plain = [one for one in deals if contents[one.id].lines and not contents[one.id].discounts
             and not any(line.repeats for line in contents[one.id].lines)]  # fmt: skip
    assert plain
    for deal in plain:
        assert deal.value == total(line.amount for line in contents[deal.id].lines if line.counted), deal


def test_discounts_and_instalments_are_found_wherever_there_are_any(live, crm, deals):
    contents = crm.contents(deals, never())
    found = [0, 0]
    for deal in (one for one in deals if contents[one.id].lines):
        discounts = live.raw(f"/api/v2/deals/{deal.id}/discounts")
        instalments = live.raw(f"/api/v2/deals/installments?deal_ids={deal.id}")
        found = [found[0] + len(discounts), found[1] + len(instalments)]
        assert [one["amount"] for one in discounts] == [
            float(one.percent or one.amount) for one in contents[deal.id].discounts
        ], deal
        assert [one["amount"] for one in instalments] == [
            float(one.amount) for one in contents[deal.id].instalments
        ], deal
    assert min(found) > 0


def test_those_that_deals_are_for(crm, deals):
    organizations = crm.organizations({one.organization for one in deals} - {""}, never())
    persons = crm.persons({one.person for one in deals} - {""}, never())
    assert any(one.address and one.address.city for one in organizations.values())
    assert any("@" in one.email for one in persons.values())
    known = {(one.holder, one.key) for one in crm.field_names()}
    assert {(Holder.ORGANIZATION, key) for one in organizations.values() for key in one.fields} <= known
    assert {(Holder.PERSON, key) for one in persons.values() for key in one.fields} <= known
    assert any(name.custom for name in crm.field_names())
    assert any(one.fields.get("name") == one.name for one in organizations.values())


def test_the_list_for_a_person(crm, deals):
    for stage in crm.stages():
        page = crm.deal_page(DealFilter(pipeline=stage.pipeline, stage=stage.id), "", 100)
        wanted = {
            one.id for one in deals
            if one.stage == stage.id and not one.archived and one.state is not DealState.DELETED
        }  # fmt: skip
        assert {one.id for one in page.deals} == wanted
    for state in (DealState.OPEN, DealState.WON):
        page = crm.deal_page(DealFilter(state=state), "", 500)
        assert {one.state for one in page.deals} == {state}


def test_pages_join_without_gaps_and_the_newest_comes_first(crm):
    whole = crm.deal_page(DealFilter(), "", 500).deals
    found, following = [], ""
    while True:
        page = crm.deal_page(DealFilter(), following, 3)
        found += page.deals
        following = page.following
        if not following:
            break
    assert found == list(whole)
    assert [one.changed for one in found] == sorted((one.changed for one in found), reverse=True)


def test_text_is_found(crm, deals):
    deal = next(one for one in deals if one.state is DealState.WON and not one.archived)
    page = crm.deal_page(DealFilter(text=deal.title), "", 50)
    assert deal in page.deals
    assert crm.deal_page(DealFilter(text="no such words anywhere"), "", 50).deals == ()


def test_products_currencies_and_owners(crm, deals):
    assert crm.products()
    assert crm.decimals()["EUR"] == 2
    assert {one.owner for one in deals} - {""} <= set(crm.owners())


def a_deal(deals):
    return next(one.id for one in deals if one.state is DealState.OPEN and not one.archived)


def test_a_note_is_written_found_and_written_anew(crm, deals):
    deal = a_deal(deals)
    note = crm.add_note(deal, "<p>Lasku INV-7 pd-x/1/1</p>")
    assert [one for one in crm.notes_on(deal, never()) if "pd-x/1/1" in one.content] == [note]
    changed = crm.change_note(note.id, "<p>Lasku INV-7 pd-x/1/1: maksettu</p>")
    assert changed.id == note.id
    assert "maksettu" in next(one for one in crm.notes_on(deal, never()) if one.id == note.id).content
    with pytest.raises(NoSuchTarget):
        crm.change_note("99999999", "x")


def test_more_notes_than_a_page(crm, deals):
    deal = a_deal(deals)
    before = len(crm.notes_on(deal, never()))
    for number in range(105):
        crm.add_note(deal, f"<p>{number}</p>")
    notes = crm.notes_on(deal, never())
    assert len(notes) == before + 105
    assert len({one.id for one in notes}) == len(notes)


def test_a_file_is_attached_and_found(crm, deals):
    deal = a_deal(deals)
    file = crm.attach(deal, "INV-0042 ä.pdf", b"%PDF-1.7\r\n\x00\xff", "application/pdf")
    assert file in crm.files_on(deal, never())
    assert file.name == "INV-0042 ä.pdf"


def test_a_custom_field_is_set_and_nothing_else_changes(crm, deals):
    before = next(one for one in deals if one.id == a_deal(deals))
    key = next(one.key for one in crm.field_names() if one.holder is Holder.DEAL and one.custom)
    crm.set_field(before.id, key, "INV-0042 / Odottaa maksua")
    (after,) = crm.deals_by_id([before.id], never())
    assert after.fields == before.fields | {key: "INV-0042 / Odottaa maksua"}
    assert (after.value, after.title, after.stage) == (before.value, before.title, before.stage)
    assert after.changed >= before.changed


@pytest.mark.parametrize("kind", ["cut_after", "cut_middle"])
def test_a_lost_answer_leaves_one_note_that_can_be_found(live, crm, deals, kind):
    deal = a_deal(deals)
    live.fault(kind, "POST", "/api/v1/notes")
    with pytest.raises(OutcomeUnknown):
        crm.add_note(deal, f"<p>{kind} pd-y/1/1</p>")
    assert len([one for one in crm.notes_on(deal, never()) if f"{kind} pd-y/1/1" in one.content]) == 1


def test_a_lost_answer_leaves_one_file_that_can_be_found(live, crm, deals):
    deal = a_deal(deals)
    live.fault("cut_after", "POST", "/api/v1/files")
    with pytest.raises(OutcomeUnknown):
        crm.attach(deal, "lost.pdf", b"%PDF", "application/pdf")
    assert [one.name for one in crm.files_on(deal, never())].count("lost.pdf") == 1


def test_a_page_repeated_for_ever_is_noticed(live, crm):
    live.fault("repeat_page", "GET", "/api/v2/deals", times=None)
    with pytest.raises(VendorChanged) as caught:
        list(crm._client.deals({"limit": 2}, never()))
    assert caught.value.code == "vendor.page_repeats"


def test_a_busy_vendor_is_waited_for(live, crm):
    live.fault("status", "GET", "/api/v2/pipelines", status=429, retry_after=2)
    assert crm.stages()
    assert any(wait > 0 for wait in live.bench.hurry.waits)


def test_the_page_of_a_block_is_a_long_rest(live, crm):
    live.fault("status", "GET", "/api/v1/users/me", status=403, body="<!DOCTYPE html><title>Blocked</title>")
    with pytest.raises(Passing) as caught:
        crm.company()
    assert caught.value.code == "pipedrive.blocked"


def test_what_is_left_of_the_day_is_kept(live, crm):
    crm.company()
    (day,) = live.bench.meter.allowances()["toy"]
    assert day.span == "day"
    assert day.limit is not None
    assert 0 < day.left < day.limit
