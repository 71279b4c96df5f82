"""The bridge against simulators written by somebody else from the same facts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import DocumentState
from bridge_gui.accounting.sales import MethodKind
from bridge_gui.bridges.salescloud_payday.billing import promised_in
from bridge_gui.bridges.salescloud_payday.draft_steps import AddToDraft, EnsureContact
from bridge_gui.bridges.salescloud_payday.steps import JOURNAL_STEPS
from bridge_gui.errors import Conflict, OutcomeUnknown, SetupError, SignInError
from bridge_gui.sync.flow import Absent, Found, Group, Held, Known, LinkView, Part, Several
from bridge_gui.sync.specs import Role
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from bridge_gui.web.waiting import never
from tests.bridges.salescloud_payday.sandbox import flow_of, planned, records, sandbox
from tests.office_hours import CLOCK


@pytest.fixture(scope="module")
def sales():
    """One sandbox for what only reads."""
    with sandbox() as both:
        yield both


@pytest.fixture
def both():
    """A sandbox of its own for what writes."""
    with sandbox() as one:
        yield one


def written(flow, count=1):
    steps = planned(flow, records(flow, days=20))[:count]
    return [(step, flow.write(step, "", None)) for step in steps]


def test_both_sides_name_the_same_company(sales):
    names = {sales.adapter(spec).company().name for spec in (PAYDAY, SALESCLOUD)}
    assert names == {"Kaffihús Example ehf."}


@pytest.mark.parametrize(
    ("spec", "values", "code"),
    [
        (PAYDAY, {"client_secret": "0" * 32}, "payday.sign_in"),
        (SALESCLOUD, {"secret_key": "wrong"}, "salescloud.signature"),
        (SALESCLOUD, {"public_key": "wrong"}, "salescloud.signature"),
    ],
)
def test_wrong_keys_are_told_apart_from_everything_else(sales, spec, values, code):
    with pytest.raises(SignInError) as caught:
        sales.adapter(spec, **values).company()
    assert caught.value.code == code


def test_an_organisation_without_the_app(sales):
    with pytest.raises(SetupError) as caught:
        sales.adapter(SALESCLOUD, organization="9b1de000-0000-4000-8000-0000000000ff").company()
    assert caught.value.code == "salescloud.not_installed"


def test_a_signature_refused_inside_a_200(both):
    both.switch("salescloud", signature_refusal="200")
    with pytest.raises(SignInError):
        both.adapter(SALESCLOUD, secret_key="wrong").company()


def test_another_signature_recipe(both):
    both.switch("salescloud", signature_encoding="base64")
    assert both.adapter(SALESCLOUD, signature="base64").company().name
    with pytest.raises(SignInError):
        both.adapter(SALESCLOUD).company()


def test_what_can_be_paired_and_what_is_proposed(sales):
    opened = sales.bridge()
    methods = {option.title: option for option in opened.options("payment_methods")}
    accounts = {option.key: option for option in opened.options("payment_accounts")}
    assert not methods["Í reikning"].offered
    proposed = opened.suggest("payment_methods")
    for title in ("Kort (posi)", "Reiðufé", "Netgíró"):
        assert accounts[proposed[methods[title].key]].title == title
    assert methods["Í reikning"].key not in proposed
    assert {option.hint for option in opened.options("accounts")} >= {"1100", "1110", "1120", "4300"}
    assert opened.advise("grouping").answer in {"order", "day"}
    assert opened.advise("post_as") is None
    assert opened.suggest("anything else") == {}


def test_equal_names_are_shown_with_their_codes_and_never_proposed(both):
    both.switch("payday", equal_names=True)
    opened = both.bridge()
    names = Counter(option.title for option in opened.options("payment_accounts"))
    twice = {name for name, count in names.items() if count > 1}
    assert twice
    accounts = {option.key: option.title for option in opened.options("payment_accounts")}
    assert not {accounts[key] for key in opened.suggest("payment_methods").values()} & twice
    codes = [option.hint for option in opened.options("payment_accounts")]
    assert len(set(codes)) == len(codes)


def test_every_order_is_booked_left_out_or_waits_for_a_reason(sales):
    flow = flow_of(sales.bridge())
    plans = [flow.plan(record, Known()) for record in records(flow)]
    codes = Counter("" if isinstance(plan, list) else plan.code for plan in plans)
    assert codes[""] > 100
    assert set(codes) <= {
        "", "order.cancelled", "order.no_effect", "order.no_kennitala", "order.split_on_account",
        "order.unbalanced", "order.payment_pending", "method.unmapped", "order.gift_card_on_account",
    }  # fmt: skip
    assert flow.complete


def test_the_entries_carry_what_the_orders_were_paid_with(sales):
    flow = flow_of(sales.bridge())
    paid: Counter[str] = Counter()
    booked: Counter[str] = Counter()
    for record in records(flow):
        plan = flow.plan(record, Known())
        if isinstance(plan, list) and not promised_in(record.content):
            (step,) = plan
            paid.update({p.method.title: p.amount for p in record.content.received})
            for line in step.entry.lines:
                if line.text in {p.method.title.strip() for p in record.content.received}:
                    booked[line.text] += line.amount
    assert booked == paid


def test_a_mapping_by_title_is_a_mapping_by_uuid(sales):
    opened = sales.bridge()
    by_uuid = dict(opened.suggest("payment_methods"))
    one, other = flow_of(opened), flow_of(sales.bridge(by_uuid))
    assert one.rules.methods == other.rules.methods


def test_fresh_copies_by_id(sales):
    flow = flow_of(sales.bridge())
    some = records(flow, days=30)
    wanted = [some[0], some[len(some) // 2], some[-1]]
    ids = [record.id for record in wanted]
    assert sorted(flow.fetch([*ids, "gone"], never()), key=lambda r: r.id) == sorted(
        wanted, key=lambda r: r.id
    )
    days = {record.id: record.day for record in wanted}
    assert len(flow.fetch(ids, never(), days)) == 3


def test_what_waits_is_not_asked_for_again_in_the_same_run(sales):
    flow = flow_of(sales.bridge({}))
    waiting = [r for r in records(flow) if isinstance(flow.plan(r, Known()), Held)]
    before = sales.meter.snapshot()
    assert {r.id for r in flow.fetch([r.id for r in waiting], never())} == {r.id for r in waiting}
    assert sales.meter.snapshot() == before


def test_a_booked_entry_is_proven_found_and_surveyed(both):
    flow = flow_of(both.bridge())
    ((step, made),) = written(flow)
    assert made.state is DocumentState.POSTED
    assert made.ref.number
    assert flow.prove(step, made, never()) is True
    (found,) = flow.find([step], never())
    assert isinstance(found, Found)
    assert (found.equal, found.ref, found.content) == (True, made.ref, made.content)
    (marked,) = flow.survey(date(2026, 1, 1), never())
    assert (marked.source_id, marked.ordinal, marked.found.content) == (
        step.link.source_id, 1, made.content,
    )  # fmt: skip
    assert not marked.group
    assert list(flow.survey(CLOCK.now().date() + timedelta(days=1), never())) == []


def test_nothing_is_absent_and_two_are_several(both):
    flow = flow_of(both.bridge())
    one, two = planned(flow, records(flow, days=20))[:2]
    assert flow.find([one, two], never()) == [Absent(), Absent()]
    flow.write(one, "", None)
    flow.write(one, "", None)
    several, absent = flow.find([one, two], never())
    assert isinstance(several, Several)
    assert absent == Absent()


def test_a_day_is_one_entry_that_the_ledger_agrees_with(both):
    flow = flow_of(both.bridge(grouping="day"))
    by_day: dict[str, dict[str, Part]] = {}
    for record in records(flow, days=20):
        part = flow.contribute(record)
        if isinstance(part, Part):
            by_day.setdefault(flow.group(record), {})[record.id] = part
    name, parts = max(by_day.items(), key=lambda item: len(item[1]))
    assert flow.ready(name, CLOCK.now() + timedelta(days=60))
    assert not flow.ready(name, CLOCK.now() - timedelta(days=60))
    (step,) = flow.plan_group(Group(id=name, parts=parts), Known())
    assert len(step.entry.lines) > 3
    made = flow.write(step, "", None)
    assert flow.prove(step, made, never()) is True
    (marked,) = flow.survey(date(2026, 1, 1), never())
    assert (marked.source_id, marked.group) == (name, True)
    link = LinkView(
        kind="journal_entry", source_id=name, ordinal=1, target=made.ref, source_content=step.source_content,
        target_content=made.content, state=made.state,
    )  # fmt: skip
    assert flow.plan_group(Group(id=name, parts=parts), Known(links=(link,))) == []


@pytest.mark.parametrize(
    "switches",
    [{"journal_sign": "credit_positive"}, {"vat_in_journal": "added"}, {"vat_in_journal": "ignored"}],
)
def test_a_wrong_inference_stops_after_the_first_entry(both, switches):
    both.switch("payday", **switches)
    flow = flow_of(both.bridge())
    ((step, made),) = written(flow)
    held = flow.prove(step, made, never())
    assert isinstance(held, Held)
    assert held.code == "payday.ledger_differs"
    assert {"account", "expected", "seen", "number", "day"} <= set(held.params)


@pytest.mark.parametrize(
    "switches",
    [
        {"journal_lines": False},
        {"journal_newest_first": False},
        {"journal_envelope": "journal"},
        {"vat_rounding": "down"},
    ],
)
def test_what_the_journal_may_look_like(both, switches):
    both.switch("payday", **switches)
    flow = flow_of(both.bridge())
    pairs = written(flow, 3)
    assert flow.prove(*pairs[0], never()) is True
    found = flow.find([step for step, _ in pairs], never())
    assert all(isinstance(one, Found) and one.equal for one in found)


def test_drafts_are_followed_until_they_are_booked_or_gone(both):
    flow = flow_of(both.bridge(post_as="draft"))
    ((step, made),) = written(flow)
    assert made.state is DocumentState.DRAFT
    assert flow.prove(step, made, never()) is True
    link = LinkView(
        kind="journal_entry", source_id=step.link.source_id, ordinal=1, target=made.ref, state=made.state
    )
    (view,) = flow.follow([link], never())
    assert (view.state, view.content) == (DocumentState.DRAFT, made.content)
    both.control("payday", "person", {"action": "book_draft", "id": made.ref.id})
    (view,) = flow.follow([link], never())
    assert view.state is DocumentState.POSTED


def test_a_closed_year_is_understood(both):
    both.switch("payday", locked_until="2099-12-31")
    flow = flow_of(both.bridge())
    step = planned(flow, records(flow, days=20))[0]
    with pytest.raises(Conflict) as caught:
        flow.write(step, "", None)
    assert caught.value.code == "period.closed_now"
    assert both.control("payday", "state/journal") == []
    with pytest.raises(Conflict):
        flow.choose(step)
    again = [flow.plan(record, Known()) for record in records(flow, days=20)]
    assert any(isinstance(plan, Held) and plan.code == "period.closed" for plan in again)


@pytest.mark.parametrize("fault", ["cut_after", "cut_middle", "html_200", "bad_json"])
def test_a_lost_answer_is_found_again_and_never_sent_twice(both, fault):
    match = {"method": "POST", "path_prefix": "/accounting/journal"}
    flow = flow_of(both.bridge())
    (step,) = planned(flow, records(flow, days=20))[:1]
    both.control("payday", "faults", {"kind": fault, "match": match})
    with pytest.raises(OutcomeUnknown):
        flow.write(step, "", None)
    assert len(both.control("payday", "state/journal")) <= 1
    (found,) = flow.find([step], never())
    assert isinstance(found, Found if both.control("payday", "state/journal") else Absent)


def test_a_customer_never_reaches_the_entry_s_text(sales):
    flow = flow_of(sales.bridge())
    for record in records(flow):
        plan = flow.plan(record, Known())
        if isinstance(plan, list) and record.party and isinstance(plan[0], JOURNAL_STEPS):
            assert record.party not in plan[0].entry.text


def test_on_account_sales_are_seen_as_such(sales):
    flow = flow_of(sales.bridge())
    promised = [
        record for record in records(flow)
        if any(p.method.kind is MethodKind.ON_ACCOUNT for p in record.content.received)
    ]  # fmt: skip
    plans = [flow.plan(record, Known()) for record in promised]
    billed = [plan for plan in plans if isinstance(plan, list)]
    assert billed
    assert all(isinstance(step, (EnsureContact, AddToDraft)) for plan in billed for step in plan)
    held = {plan.code for plan in plans if isinstance(plan, Held)}
    assert held <= {"order.no_kennitala", "order.split_on_account", "order.gift_card_on_account"}
    assert all(record.total != Decimal(0) for record in promised)


def test_the_spec_needs_what_its_vendors_can(sales):
    from bridge_gui.bridges.salescloud_payday import SPEC

    assert set(SPEC.needs[Role.SALES]) <= set(SALESCLOUD.capabilities)
    assert set(SPEC.needs[Role.BOOKS]) <= set(PAYDAY.capabilities)
