from __future__ import annotations

import pytest

from tests.vendors.payday.books_at import PaydayAt

CARD_SALE = (("3410", 124000, "NotSet"), ("1100", -124000, "StandardVAT"))


@pytest.fixture
def payday():
    made = PaydayAt()
    yield made
    made.sim.state.close()


def with_settings(payday, **settings):
    payday.sim.settings.change(settings)
    return payday


def test_a_days_sales_become_what_the_vendor_file_shows(payday):
    entry = payday.entry(
        ("3410", 120000, "NotSet"),
        ("3420", 26200, "NotSet"),
        ("4450", 15000, "NotSet"),
        ("4450", -10000, "NotSet"),
        ("1100", -124000, "StandardVAT"),
        ("1110", -22200, "ReducedVAT"),
        ("1120", -5000, "NoVAT"),
    )
    posted = payday.post("/accounting/journal", entry)
    assert posted["status"] == "POST"
    assert len(posted["voucher"]) == 10
    assert payday.ledger() == [
        ("3410", 120000.0),
        ("3420", 26200.0),
        ("4450", 15000.0),
        ("4450", -10000.0),
        ("1100", -100000.0),
        ("4300", -24000.0),
        ("1110", -20000.0),
        ("4310", -2200.0),
        ("1120", -5000.0),
    ]


def test_a_ledger_line_has_the_documented_fields(payday):
    posted = payday.post("/accounting/journal", payday.entry(*CARD_SALE))
    told = payday.get("/accounting/accountStatement?createdFrom=2026-11-20&createdTo=2026-11-20")
    line = told["lines"][0]
    assert line.pop("id")
    assert line == {
        "entryId": posted["id"],
        "date": "2026-11-20T00:00:00Z",
        "amount": 124000.0,
        "balance": 124000.0,
        "description": "SalesCloud 2026-11-20",
        "currency": "ISK",
        "accountCode": "3410",
        "accountName": "Kort (posi)",
        "voucher": posted["voucher"],
        "reference": None,
        "created": "2026-11-20T12:00:00Z",
        "closeFiscalYear": False,
    }
    assert (told["total"], told["page"], told["pages"], told["perPage"]) == (3, 1, 1, 100)


def test_costs_split_into_input_vat(payday):
    payday.post("/accounting/journal", payday.entry(("2000", 1240, "StandardVAT"), ("3200", -1240, "NotSet")))
    assert payday.ledger() == [("2000", 1000.0), ("4320", 240.0), ("3200", -1240.0)]


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        ({"vat_in_journal": "ignored"}, [("3410", 124000.0), ("1100", -124000.0)]),
        ({"vat_in_journal": "added"}, [("3410", 124000.0), ("1100", -124000.0), ("4300", -29760.0)]),
        ({"journal_sign": "credit_positive"}, [("3410", -124000.0), ("1100", 100000.0), ("4300", 24000.0)]),
    ],
)
def test_what_is_inferred_can_be_otherwise(payday, settings, lines):
    with_settings(payday, **settings).post("/accounting/journal", payday.entry(*CARD_SALE))
    assert payday.ledger() == lines


def test_vat_is_rounded_as_the_switch_says(payday):
    lines = (("3410", 100, "NotSet"), ("1110", -100, "ReducedVAT"))
    for rounding in ("half_up", "up", "down"):
        with_settings(payday, vat_rounding=rounding).post("/accounting/journal", payday.entry(*lines))
    assert [amount for code, amount in payday.ledger() if code == "4310"] == [-10.0, -10.0, -9.0]


def test_equal_posts_make_equal_entries(payday):
    entry = payday.entry(*CARD_SALE)
    first, second = (payday.post("/accounting/journal", entry) for _ in range(2))
    assert first["id"] != second["id"]
    assert first["voucher"] != second["voucher"]
    assert payday.get("/accounting/journal")["total"] == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"date": None}, "Date is required."),
        ({"date": "20.11.2026"}, "Date is required."),
        ({"description": "x" * 101}, "Description must be at most 100 characters."),
        ({"status": None}, "Status must be DRAFT or POST."),
        ({"status": "Draft"}, "Status must be DRAFT or POST."),
        ({"lines": []}, "At least one line is required."),
        ({"lines": [{"amount": "1"}]}, "Line 1: amount is required."),
        (
            {"lines": [{"amount": 1}]},
            "Line 1: exactly one of ledgerAccountId, customerId, creditorId is required.",
        ),
    ],
)
def test_what_the_journal_refuses(payday, changes, said):
    entry = {**payday.entry(*CARD_SALE), **changes}
    assert payday.call("POST", "/accounting/journal", entry) == (400, {"message": f"Invalid data. {said}"})


@pytest.mark.parametrize(
    "line",
    [
        {"ledgerAccountId": "nobody's"},
        {"vatPercentType": "VAT24"},
        {"customerId": "x"},
        {"invoiceId": "x"},
        {"expenseId": "x"},
        {"balancingLedgerAccountId": "x"},
        {"amount": 123999},
    ],
)
def test_a_wrong_line_is_refused_and_leaves_nothing(payday, line):
    entry = payday.entry(*CARD_SALE)
    entry["lines"][0] |= line
    assert payday.call("POST", "/accounting/journal", entry)[0] == 400
    assert payday.get("/accounting/journal")["total"] == 0


def test_an_archived_account_is_refused(payday):
    entry = payday.entry(*CARD_SALE)
    payday.person("change_account", code="3410", changes={"archived": True})
    assert payday.call("POST", "/accounting/journal", entry)[0] == 400


def test_a_balancing_account_makes_the_other_side(payday):
    entry = payday.entry(("1100", -1240, "StandardVAT"))
    entry["lines"][0]["balancingLedgerAccountId"] = payday.account("3410")
    payday.post("/accounting/journal", entry)
    assert payday.ledger() == [("1100", -1000.0), ("4300", -240.0), ("3410", 1240.0)]


def test_a_customers_line_is_on_the_receivables(payday):
    customer = payday.get("/customers")["customers"][0]["id"]
    entry = payday.entry(("1120", -500, "NoVAT"))
    entry["lines"].append({"amount": 500, "customerId": customer})
    payday.post("/accounting/journal", entry)
    told = payday.get(f"/customers/{customer}/accountStatement?dateFrom=2026-11-01")
    assert [(line["accountCode"], line["amount"]) for line in told["lines"]] == [("3400", 500.0)]
    assert (told["startBalance"], told["endBalance"]) == (0.0, 500.0)


def test_a_draft_books_nothing_until_it_is_put(payday):
    draft = payday.post("/accounting/journal", payday.entry(*CARD_SALE, status="DRAFT"))
    assert (draft["status"], draft["voucher"], payday.ledger()) == ("DRAFT", None, [])
    posted = payday.put(f"/accounting/journal/{draft['id']}", {"status": "POST"})
    assert (posted["status"], len(payday.ledger())) == ("POST", 3)
    assert payday.call("PUT", f"/accounting/journal/{draft['id']}", {"status": "POST"})[0] == 400
    assert payday.call("PUT", f"/accounting/journal/{draft['id']}", {"description": "x"})[0] == 400
    assert payday.call("PATCH", f"/accounting/journal/{draft['id']}", {"status": "POST"}) == (405, "")
    assert payday.call("DELETE", f"/accounting/journal/{draft['id']}") == (405, "")
    assert payday.call("PUT", "/accounting/journal/none", {"status": "POST"}) == (404, "")


def test_a_closed_year_is_refused_in_plain_text(payday):
    entry = payday.entry(*CARD_SALE, date="2025-12-31")
    status, said = payday.call("POST", "/accounting/journal", entry)
    assert (status, "closed fiscal year" in said) == (400, True)
    draft = payday.post("/accounting/journal", payday.entry(*CARD_SALE, status="DRAFT"))
    with_settings(payday, locked_until="2026-11-20")
    assert payday.call("PUT", f"/accounting/journal/{draft['id']}", {"status": "POST"})[0] == 400


def test_lists_lag_behind_writes_but_the_answer_does_not(payday):
    with_settings(payday, lag_seconds=30)
    posted = payday.post("/accounting/journal", payday.entry(*CARD_SALE))
    assert posted["voucher"]
    assert (payday.get("/accounting/journal")["total"], payday.ledger()) == (0, [])
    payday.later(29)
    assert payday.get("/accounting/journal")["total"] == 0
    payday.later(1)
    assert payday.get("/accounting/journal")["total"] == 1
    assert len(payday.ledger("createdFrom=2026-11-20T12:00:00Z&createdTo=2026-11-20T12:00:00Z")) == 3


def test_pages_and_the_switches_of_the_list(payday):
    for n in range(5):
        payday.post("/accounting/journal", payday.entry(*CARD_SALE, description=f"{n}", status="DRAFT"))
    told = payday.get("/accounting/journal?page=2&perPage=2")
    assert [entry["description"] for entry in told.pop("journalEntries")] == ["2", "1"]
    assert told == {"perPage": 2, "total": 5, "page": 2, "pages": 3}
    with_settings(payday, journal_envelope="journal", journal_newest_first=False, journal_lines=False)
    told = payday.get("/accounting/journal?PERPAGE=4")
    assert [entry["description"] for entry in told["journal"]] == ["0", "1", "2", "3"]
    assert told["journal"][0]["lines"] is None


def test_the_statement_wants_a_period_and_filters(payday):
    payday.post("/accounting/journal", payday.entry(*CARD_SALE))
    for query in (
        "",
        "dateFrom=2026-11-01",
        "dateFrom=2026-11-01&createdTo=2026-11-30",
        "dateFrom=a&dateTo=b",
    ):
        assert payday.call("GET", f"/accounting/accountStatement?{query}")[0] == 400
    assert payday.ledger("dateFrom=2026-11-20&dateTo=2026-11-20&accountCode=1100") == [("1100", -100000.0)]
    assert payday.ledger("dateFrom=2026-11-20&dateTo=2026-11-20&accountType=Revenue") == [("1100", -100000.0)]
    assert payday.ledger("dateFrom=2026-11-21&dateTo=2026-11-30") == []


def test_people_work_in_the_journal_too(payday):
    draft = payday.post("/accounting/journal", payday.entry(*CARD_SALE, status="DRAFT"))
    changed = payday.person("edit_draft", id=draft["id"], changes={"description": "annað"})
    assert changed["description"] == "annað"
    assert payday.person("book_draft", id=draft["id"])["status"] == "POST"
    assert payday.call("POST", "/_sandbox/person", {"action": "delete_draft", "id": draft["id"]})[0] == 400
    foreign = payday.person("add_journal", entry=payday.entry(*CARD_SALE, status="DRAFT", description="laun"))
    payday.person("delete_draft", id=foreign["id"])
    assert [entry["description"] for entry in payday.get("/accounting/journal")["journalEntries"]] == [
        "annað"
    ]
