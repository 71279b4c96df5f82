"""Payday in Bridge's terms: the chart, accounts that accept payments, the journal, the ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bridge_gui.accounting.documents import JournalEntry, JournalLine
from bridge_gui.errors import Passing
from bridge_gui.sync.capabilities import HasChart, KeepsJournal, LedgerDifference, NamesCompany, ShowsLedger
from bridge_gui.vendors.payday import SPEC
from bridge_gui.vendors.payday.adapter import PaydayAdapter
from bridge_gui.vendors.payday.client import PaydayClient
from bridge_gui.vendors.payday.payloads import TAX_CODES
from bridge_gui.web.waiting import never
from tests.vendors.payday.test_client import COMPANY, ID, JOURNAL, SECRET, TOKEN
from tests.vendors.standin import Standin

STANDARD, REDUCED, ZERO_RATE = TAX_CODES
STATEMENT = "GET /accounting/accountStatement"


def account(code, name, **more):
    return {
        "id": f"a-{code}",
        "code": code,
        "name": name,
        "type": "Eignir",
        "defaultVatPercentType": "",
    } | more


CHART = [
    account("3202", "Reiðufé"),
    account("3201", "Kort"),
    account("3203", "Kort"),
    account("3290", "Gamalt", archived=True),
    account("1100", "Sala með 24% VSK"),
    account("1110", "Sala með 11% VSK"),
    account("4300", "Útskattur 24%"),
    account("4310", "Útskattur 11%"),
]
TYPES = [
    {"id": f"p-{n}", "title": title} for n, title in enumerate([" kort", "Reiðufé", "Gamalt", "Netgíró"])
]
ENTRY = JournalEntry(
    day=date(2026, 11, 20),
    text="SalesCloud 10443 x/1",
    currency="ISK",
    lines=(
        JournalLine(account="a-3201", amount=Decimal(5988)),
        JournalLine(account="a-1100", amount=Decimal(-4960), tax=STANDARD, gross=True),
        JournalLine(account="a-1110", amount=Decimal(-1028), tax=REDUCED, gross=True),
    ),
)
SENT = [
    {"amount": 5988.0, "ledgerAccountId": "a-3201", "vatPercentType": "NotSet"},
    {"amount": -4960.0, "ledgerAccountId": "a-1100", "vatPercentType": "StandardVAT"},
    {"amount": -1028.0, "ledgerAccountId": "a-1110", "vatPercentType": "ReducedVAT"},
]
SPLIT = [
    {"amount": amount, "ledgerAccountId": f"a-{code}", "vatPercentType": "NotSet"}
    for code, amount in (("3201", 5988), ("1100", -4000), ("4300", -960), ("1110", -926), ("4310", -102))
]


@pytest.fixture
def standin():
    one = Standin().on("POST /auth/token", TOKEN).on("GET /companies/me", COMPANY)
    one.on("GET /accounting/accounts", CHART).on("GET /sales/paymenttypes", TYPES)
    yield one
    one.close()


@pytest.fixture
def adapter(standin):
    client = PaydayClient(standin.toy.base, ID, SECRET, standin.bench.wire)
    return PaydayAdapter(client, lambda: date(2026, 11, 21))


def posted(adapter, standin, **answered):
    shown = {"id": "j1", "date": "2026-11-20T00:00:00Z", "description": ENTRY.text, "status": "POST"}
    standin.on(f"POST {JOURNAL}", shown | answered)
    return adapter.post_entry(ENTRY)


def ledger(*rows, entry="j1"):
    lines = [
        {
            "id": f"s{n}",
            "entryId": entry,
            "amount": amount,
            "accountCode": code,
            "description": "",
            "voucher": None,
        }
        for n, (code, amount) in enumerate(rows)
    ]
    return {"lines": lines, "total": len(lines), "page": 1, "pages": 1, "perPage": 500}


BOOKED = (("3201", 5988), ("1100", -4000), ("4300", -960), ("1110", -926), ("4310", -102))


def test_it_can_what_the_spec_says(adapter):
    assert set(SPEC.capabilities) >= {NamesCompany, HasChart, KeepsJournal, ShowsLedger}
    assert all(isinstance(adapter, capability) for capability in SPEC.capabilities)


def test_the_company_is_named(adapter):
    assert (adapter.company().name, adapter.company().number) == ("Example ehf.", "7112992110")


def test_the_chart_by_code_without_what_is_archived(adapter, standin):
    assert [one.code for one in adapter.accounts()] == [
        "1100",
        "1110",
        "3201",
        "3202",
        "3203",
        "4300",
        "4310",
    ]
    adapter.accounts()
    assert len(standin.asked("GET /accounting/accounts")) == 1


def test_accounts_that_accept_payments_go_by_title_and_equal_names_are_all_shown(adapter):
    assert [one.code for one in adapter.payment_accounts()] == ["3201", "3202", "3203"]


@pytest.mark.parametrize("lines", [SENT, SPLIT])
def test_lines_that_mean_the_same_come_back_as_they_were_sent(adapter, standin, lines):
    made = posted(adapter, standin, lines=lines, voucher="0000012345")
    assert adapter.in_our_form(made, ENTRY).lines == ENTRY.lines
    assert (made.ref.id, made.ref.number, made.day, made.draft) == ("j1", "0000012345", ENTRY.day, False)


def test_a_krona_of_rounding_is_the_same(adapter, standin):
    rounded = [dict(line) for line in SPLIT]
    rounded[3]["amount"], rounded[4]["amount"] = -927, -101
    assert adapter.in_our_form(posted(adapter, standin, lines=rounded), ENTRY).lines == ENTRY.lines


def test_other_lines_are_shown_as_they_are(adapter, standin):
    other = [dict(line) for line in SENT]
    other[0]["amount"], other[1]["amount"] = 5998, -4970
    made = adapter.in_our_form(posted(adapter, standin, lines=other), ENTRY)
    assert [line.amount for line in made.lines] == [5998, -4970, -1028]


def test_split_lines_without_a_meaning_do_not_compare(adapter, standin):
    assert adapter.in_our_form(posted(adapter, standin, lines=SPLIT), None).lines is None


def test_without_lines_or_status_nothing_is_made_up(adapter, standin):
    made = posted(adapter, standin, status=None)
    assert (made.lines, made.draft) == (None, None)


def test_no_call_follows_the_write(adapter, standin):
    adapter.in_our_form(posted(adapter, standin, lines=SENT), ENTRY)
    assert standin.seen[-1][0] == f"POST {JOURNAL}"


def test_a_journal_that_never_rests_is_for_later(adapter, standin):
    pages = [{"journal": [{"id": n}], "total": n, "page": n % 2 + 1, "pages": 2} for n in range(20)]
    standin.on(f"GET {JOURNAL}", *pages)
    with pytest.raises(Passing):
        adapter.entries(never())


def test_the_ledger_shows_what_was_expected(adapter, standin):
    standin.on(STATEMENT, ledger(*BOOKED))
    check = adapter.check_ledger(ENTRY, posted(adapter, standin), never())
    assert (check.visible, check.differences) == (True, ())
    assert standin.queries(STATEMENT)[0] == {
        "createdFrom": "2026-11-20", "createdTo": "2026-11-22", "page": "1", "perpage": "500",
    }  # fmt: skip


def test_a_krona_per_rate_is_rounding_and_two_are_not(adapter, standin):
    made = posted(adapter, standin)
    off = (("3201", 5988), ("1100", -4001), ("4300", -959), ("1110", -926), ("4310", -102))
    standin.on(STATEMENT, ledger(*off))
    assert adapter.check_ledger(ENTRY, made, never()).differences == ()
    off = (("3201", 5988), ("1100", -4002), ("4300", -958), ("1110", -926), ("4310", -102))
    standin.on(STATEMENT, ledger(*off))
    assert adapter.check_ledger(ENTRY, made, never()).differences == (
        LedgerDifference(account="1100", expected=Decimal(-4000), seen=Decimal(-4002)),
        LedgerDifference(account="4300", expected=Decimal(-960), seen=Decimal(-958)),
    )


@pytest.mark.parametrize(
    "rows",
    [
        tuple((code, -amount) for code, amount in BOOKED),
        (("3201", 5988), ("1100", -4960), ("1110", -1028)),
        (("3202", 5988), *BOOKED[1:]),
    ],
    ids=["signs turned", "not split", "another account"],
)
def test_what_was_only_inferred_is_noticed_when_it_is_wrong(adapter, standin, rows):
    standin.on(STATEMENT, ledger(*rows))
    assert adapter.check_ledger(ENTRY, posted(adapter, standin), never()).differences


@pytest.mark.parametrize("rows", [(), BOOKED[:2]])
def test_not_there_yet_or_in_part_is_not_visible(adapter, standin, rows):
    standin.on(STATEMENT, ledger(*rows))
    assert not adapter.check_ledger(ENTRY, posted(adapter, standin), never()).visible


def test_an_entry_made_days_ago_is_found_by_its_own_day(adapter, standin):
    standin.on(STATEMENT, ledger(), ledger(*BOOKED))
    assert adapter.check_ledger(ENTRY, posted(adapter, standin), never()).visible
    assert (
        standin.queries(STATEMENT)[1]["dateFrom"] == standin.queries(STATEMENT)[1]["dateTo"] == "2026-11-20"
    )


def test_lines_of_other_entries_do_not_count(adapter, standin):
    standin.on(STATEMENT, ledger(*BOOKED, entry="j2"))
    assert not adapter.check_ledger(ENTRY, posted(adapter, standin), never()).visible
