from __future__ import annotations

import pytest

from tests.vendors.uniconta.uniconta_at import BASE, UnicontaAt

DEBTOR = {"Account": "30001", "Name": "Ny ApS", "Group": "INDL"}


@pytest.fixture
def books():
    made = UnicontaAt()
    yield made
    made.sim.state.close()


def refused(books, method, path, body):
    status, said = books.call(method, f"{BASE}/{path}", body)
    assert status == 400, said
    return said


def test_a_table_is_read_whole_by_three_addresses(books):
    rows = books.rows("DebtorClientUser")
    assert [row["Account"] for row in rows] == ["10001", "20001"]
    assert books.rows("Read/DebtorClientUser") == rows
    assert books.rows("12345/DebtorClientUser") == rows


def test_empty_texts_are_left_out_and_the_rest_is_not(books):
    row = books.one("DebtorClientUser", "Account", "20001")
    assert "xWebcrmId" not in row
    assert "Www" not in row
    assert (row["Blocked"], row["CreditMax"], row["LastInvoice"]) == (False, 0, "0001-01-01T00:00:00")
    assert (row["Address1"], row["Address2"]) == ("Handelsgade 2", "1. sal")
    assert (row["Country"], row["VatZone"], row["EAN"]) == ("Denmark", "Domestic", "5790000000005")
    books.set(nulls_left_out=False)
    assert books.one("DebtorClientUser", "Account", "20001")["Www"] is None


def test_one_field_is_asked_for_by_equality(books):
    assert len(books.rows("DebtorClient", "CompanyRegNo", "20000007")) == 1
    assert len(books.rows("DebtorClient", "Name", "prøve handel a/s")) == 1
    assert books.rows("DebtorClient", "Name", "prøve") == []
    assert len(books.rows("DebtorOrderClient", "OrderNumber", "100")) == 1
    assert len(books.rows("InvItemClient", "Blocked", "true")) == 1
    assert refused(books, "GET", "DebtorClient?Name=Nothing&Value=1", None) == "CouldNotFind"
    books.set(lax_filters=True, unknown_filter="ignored")
    assert len(books.rows("DebtorClient", "Name", "prøve")) == 1
    assert len(books.rows("DebtorClient", "Nothing", "1")) == 2


def test_a_table_may_come_back_empty_now_and_then(books):
    books.set(empty_reads=2)
    assert [len(books.rows("DebtorClient")) for _ in range(3)] == [0, 0, 2]


def test_a_new_record_is_answered_or_nothing_is(books):
    made = books.insert("DebtorClientUser", {**DEBTOR, "xWebcrmId": "org-1"})
    assert (made["Account"], made["PrimaryKeyId"], made["xWebcrmId"]) == ("30001", 3, "org-1")
    books.set(insert_answers="empty")
    answer = books.plain("POST", f"{BASE}/Insert/DebtorClient", {**DEBTOR, "Account": "30002"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert books.one("DebtorClient", "Account", "30002")["Name"] == "Ny ApS"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"Account": ""}, "FieldCannotBeBlank"), ({"Name": None}, "FieldCannotBeBlank"),
        ({"Group": ""}, "FieldCannotBeBlank"), ({"Account": "20001"}, "KeyExists"),
        ({"Group": "XXX"}, "CouldNotFind"), ({"Payment": "99D"}, "CouldNotFind"),
        ({"Vat": "U99"}, "CouldNotFind"), ({"Employee": "XX"}, "CouldNotFind"),
        ({"Currency": "KRO"}, "CouldNotFind"), ({"Country": "Danmark"}, "CouldNotFind"),
        ({"Country": 9999}, "CouldNotFind"), ({"Name": "x" * 101}, "CouldNotSave"),
        ({"Address1": "x" * 61}, "CouldNotSave"), ({"Account": "1" * 21}, "CouldNotSave"),
        ({"Account": 30001}, "CouldNotSave"), ({"CreditMax": "1,50"}, "Exception"),
        ({"CreditMax": "much"}, "Exception"), ({"Blocked": "yes"}, "Exception"), ({"Blocked": 1}, "Exception"),
    ],
)  # fmt: skip
def test_a_wrong_debtor_is_refused(books, more, code):
    assert refused(books, "POST", "Insert/DebtorClient", {**DEBTOR, **more}) == code
    assert len(books.rows("DebtorClient")) == 2


def test_figures_may_come_as_text_and_numbers_may_be_given_by_a_series(books):
    made = books.insert("DebtorClient", {**DEBTOR, "CreditMax": "1500.50", "Country": "57"})
    assert (made["CreditMax"], made["Country"]) == (1500.5, "Denmark")
    books.set(debtor_series=True)
    assert books.insert("DebtorClient", {"Name": "x", "Group": "INDL"})["Account"] == "30002"


def test_figures_may_be_answered_as_text_even_with_commas(books):
    item = books.one("InvItemClient", "Item", "1001")
    assert (item["SalesPrice1"], item["CostPrice"]) == (2499.5, 1450.25)
    for form, told in (("text", ("2499.5", "1450.25", "0")), ("comma", ("2499,5", "1450,25", "0"))):
        books.set(figures=form)
        row = books.one("InvItemClient", "Item", "1001")
        assert (row["SalesPrice1"], row["CostPrice"], row["SalesPrice2"]) == told
        books.update("InvItemClient", row)
    books.set(figures="number")
    assert books.one("InvItemClient", "Item", "1001") == item


def test_an_update_is_the_whole_record_and_what_it_leaves_out_is_emptied(books):
    row = books.one("DebtorClientUser", "Account", "20001")
    said = books.update("DebtorClientUser", {**row, "City": "Valby", "Www": "example.dk"})
    assert (said["City"], said["Www"], said["Phone"]) == ("Valby", "example.dk", row["Phone"])
    books.update("DebtorClientUser", {**row, "Www": None})
    assert "Www" not in books.one("DebtorClientUser", "Account", "20001")
    bare = {name: row[name] for name in ("PrimaryKeyId", "Account", "Name", "Group")}
    assert "City" not in books.update("DebtorClientUser", bare)
    books.set(partial_update="keeps")
    books.update("DebtorClientUser", {**bare, "City": "Valby"})
    assert "Valby" in books.update("DebtorClientUser", bare).values()
    books.set(partial_update="refuse")
    assert refused(books, "PUT", "Update/DebtorClientUser", bare) == "CouldNotSave"


def test_an_update_needs_its_row_and_keeps_keys_apart(books):
    row = books.one("DebtorClient", "Account", "20001")
    assert refused(books, "PUT", "Update/DebtorClient", {**row, "PrimaryKeyId": 99}) == "CouldNotFind"
    assert refused(books, "PUT", "Update/DebtorClient", {"Account": "20001"}) == "CouldNotFind"
    assert refused(books, "PUT", "Update/DebtorClient", {**row, "Account": "10001"}) == "KeyExists"
    assert refused(books, "PUT", "Update/DebtorClient", [row]) == "CouldNotFind"
    books.set(update_answers="empty")
    assert books.update("DebtorClient", {**row, "City": "Valby"}) == ""


def test_a_debtor_in_use_stays_and_another_goes(books):
    known = books.one("DebtorClient", "Account", "10001")
    assert refused(books, "DELETE", "Delete/DebtorClient", known) == "CannotDeleteRecord"
    fresh = books.insert("DebtorClient", DEBTOR)
    books.person("add_order", Account="30001")
    assert refused(books, "DELETE", "Delete/DebtorClient", fresh) == "CouldNotDeleteRecordThatIsReferred"
    other = books.one("DebtorClient", "Account", "20001")
    books.send("DELETE", "Delete/DebtorClient", other)
    assert books.rows("DebtorClient", "Account", "20001") == []


def test_a_contact_is_of_a_debtor_that_exists(books):
    made = books.insert(
        "ContactClientUser",
        {"Name": "Pia", "DCType": "Debtor", "DCAccount": "20001", "ReferenceId": "person-9"},
    )
    assert (made["AccountName"], made["DCType"], made["PrimaryKeyId"]) == ("Prøve Handel A/S", "Debtor", 2)
    assert (
        refused(books, "POST", "Insert/ContactClient", {"Name": "Pia", "DCType": "Debtor", "DCAccount": "9"})
        == "CouldNotFind"
    )
    assert refused(books, "POST", "Insert/ContactClient", {"Email": "x@x.example"}) == "FieldCannotBeBlank"
    twice = {"Name": "Pia", "Email": "pia@x.example", "DCType": "Debtor", "DCAccount": "20001"}
    assert [books.insert("ContactClient", twice)["Email"] for _ in "ab"] == ["pia@x.example"] * 2
    assert len(books.rows("ContactClient", "ReferenceId", "person-9")) == 1


def test_an_employee_has_a_number_of_its_own_and_a_title_of_the_list(books):
    row = {"Number": "JS", "Name": "Jens Skov", "Email": "jens@eksempel.example", "Title": "Sælger"}
    made = books.insert("EmployeeClientUser", {**row, "xWebcrmId": "user-2"})
    assert (made["Title"], made["xWebcrmId"]) == ("Sælger", "user-2")
    assert refused(books, "POST", "Insert/EmployeeClient", row) == "KeyExists"
    assert (
        refused(books, "POST", "Insert/EmployeeClient", {**row, "Number": "X", "Title": "Salesman"})
        == "CouldNotFind"
    )
    books.set(titles=[])
    books.insert("EmployeeClient", {**row, "Number": "X", "Title": "Salesman"})


def test_items_need_a_group_and_lists_are_read_only(books):
    row = {"Item": "5000", "Name": "Bord", "Group": "VARE"}
    assert books.insert("InvItemClient", row)["Item"] == "5000"
    assert (
        refused(books, "POST", "Insert/InvItemClient", {**row, "Item": "5001", "Group": None})
        == "FieldCannotBeBlank"
    )
    assert (
        refused(books, "POST", "Insert/InvItemClient", {**row, "Item": "5001", "Group": "X"})
        == "CouldNotFind"
    )
    for entity in ("DebtorGroupClient", "GLVatClient", "DebtorInvoiceClient", "DebtorTransOpenClient"):
        assert refused(books, "POST", f"Insert/{entity}", {}) == "NoRights"


def test_the_small_lists(books):
    assert [(row["Group"], row["Name"]) for row in books.rows("DebtorGroupClient")] == [
        ("INDL", "Indland"),
        ("UDL", "Udland"),
    ]
    assert [row["Payment"] for row in books.rows("PaymentTermClient")] == ["8D", "14D", "30D"]
    assert [row["Vat"] for row in books.rows("GLVatClient")] == ["U25", "UEU"]
    assert [row["Group"] for row in books.rows("InvGroupClient")] == ["VARE", "YDE"]
    company = books.rows("CompanyClient")[0]
    assert (company["CompanyId"], company["Name"]) == (12345, "Eksempel Regnskab ApS")


def test_countries_as_text_number_or_both_in_two_languages(books):
    books.set(country_form="number")
    assert books.one("DebtorClient", "Account", "20001")["Country"] == 57
    books.set(country_form="number and name")
    row = books.one("DebtorClient", "Account", "20001")
    assert (row["Country"], row["CountryName"]) == (57, "Denmark")
    books.update("DebtorClient", row)  # the whole record goes back, the name too
    books.set(country_form="text", language="da")
    row = books.one("DebtorClient", "Account", "20001")
    assert (row["Country"], row["VatZone"]) == ("Danmark", "Indenlandsk")
    books.update("DebtorClient", {**row, "Country": "Sverige"})
    assert refused(books, "PUT", "Update/DebtorClient", {**row, "Country": "Sweden"}) == "CouldNotFind"


def test_change_url_is_an_entity_and_its_notices_wait(books):
    hook = books.insert(
        "TableChangeEventClient", {"Table": 50, "Url": "https://relay.example/webhook/s/uniconta"}
    )
    books.person("edit_debtor", number="20001", City="Valby")
    books.person("edit_item", number="1000", Name="x")
    notes = books.person("take_notices")
    assert [(one["method"], one["url"]) for one in notes] == [
        (
            "GET",
            "https://relay.example/webhook/s/uniconta?CompanyId=12345&Table=Debtor&RowId=2&Key=20001&Action=update",
        )
    ]
    books.set(notice_operation="Operation", notice_separator="?")
    books.person("delete_debtor", number="20001")
    assert books.person("take_notices")[0]["url"].endswith(
        "uniconta?CompanyId=12345?Table=Debtor?RowId=2?Key=20001?Operation=delete"
    )
    books.update("TableChangeEventClient", {**hook, "Table": 23, "UsePost": True})
    books.person("block_item", number="1000")
    note = books.person("take_notices")[0]
    assert (note["method"], note["body"]["Item"], note["body"]["Blocked"]) == ("POST", "1000", True)
    books.send("DELETE", "Delete/TableChangeEventClient", hook)
    books.person("unblock_item", number="1000")
    assert books.person("take_notices") == {}


def test_lists_of_changes_are_a_switch(books):
    rows = books.rows("InvItemClient")[:2]
    assert refused(books, "PUT", "UpdateList/InvItemClient", rows) == "NoRights"
    books.set(bulk_lists=True, list_answers="objects")
    said = books.send("PUT", "UpdateList/InvItemClient", [{**row, "Name": "x"} for row in rows])
    assert [row["Name"] for row in said] == ["x", "x"]
    books.send("DELETE", "DeleteList/InvItemClient", said)
    assert len(books.rows("InvItemClient")) == 2
    assert refused(books, "POST", "InsertList/InvItemClient", []) == "NoLinesToUpdate"
