from __future__ import annotations

import pytest

from bridge_gui.sandbox.demo import CUSTOMERS
from tests.vendors.payday.books_at import PaydayAt


@pytest.fixture
def payday():
    made = PaydayAt()
    yield made
    made.sim.state.close()


def test_the_token_lasts_a_day(payday):
    pair = payday.sim.credentials()
    told = payday.post("/auth/token", {"clientId": pair["client_id"], "clientSecret": pair["client_secret"]})
    assert (told["tokenType"], told["expiresIn"], told["createdAt"]) == ("bearer", 86400, 1795176000)
    assert all(len(value) == 32 and int(value, 16) for value in pair.values())
    payday.later(86399)
    assert payday.get("/companies/me")["name"] == "Kaffihús Example ehf."
    payday.later(1)
    status, said = payday.call("GET", "/companies/me")
    assert (status, said["error"]) == (401, "invalid_token")


def test_a_wrong_pair_a_missing_token_and_an_expired_one(payday):
    status, said = payday.call("POST", "/auth/token", {"clientId": "x", "clientSecret": "y"})
    assert (status, said["error"]) == (401, "invalid_client")
    payday.sim.expire_tokens()
    assert payday.call("GET", "/users/me")[0] == 401
    payday.sign_in()
    assert payday.get("/users/me")["isowner"] is True
    payday.headers = {}
    assert payday.call("GET", "/users/me")[0] == 401
    assert payday.call("POST", "/auth/token", data=b"no json") == (400, "Invalid JSON data")


def test_a_renewed_secret_replaces_the_old_one(payday):
    old = payday.sim.credentials()
    payday.person("renew_secret")
    body = {"clientId": old["client_id"], "clientSecret": old["client_secret"]}
    assert payday.call("POST", "/auth/token", body)[0] == 401
    payday.sign_in()


def test_payment_types_share_names_with_accounts_but_not_ids(payday):
    accounts, kinds = payday.get("/accounting/accounts"), payday.get("/sales/paymenttypes")
    assert {kind["title"] for kind in kinds} <= {account["name"] for account in accounts}
    assert not {kind["id"] for kind in kinds} & {account["id"] for account in accounts}
    assert {"Kort (posi)", "Reiðufé", "Gjafabréf", "Aur", "Netgíró"} <= {kind["title"] for kind in kinds}
    assert not any(name.startswith("_") for one in (*accounts, *kinds) for name in one)
    assert payday.get("/general/vat") == [0.0, 11.0, 24.0]


def test_equal_names_by_a_switch_and_new_accounts_by_a_person(payday):
    def named(title: str) -> int:
        return sum(kind["title"] == title for kind in payday.get("/sales/paymenttypes"))

    assert named("Reiðufé") == 1
    payday.sim.settings.change({"equal_names": True})
    assert named("Reiðufé") == 2
    payday.person("add_account", code="3460", name="Pei")
    payday.person("add_account", code="3461", name="Bið", payments=False)
    payday.person("change_account", code="3430", changes={"name": "Aur app"})
    assert (named("Pei"), named("Bið"), named("Aur"), named("Aur app")) == (1, 0, 0, 1)


def test_the_list_of_customers_ignores_the_kennitala(payday):
    told = payday.get(f"/customers?ssn={CUSTOMERS[3].kennitala}")
    assert (told["total"], told["perPage"]) == (2, 100)
    assert payday.call("GET", f"/customers/number/{CUSTOMERS[3].kennitala}") == (404, "")
    assert payday.get(f"/customers/number/{CUSTOMERS[0].kennitala}")["name"] == "Example ehf."


def test_a_kennitala_brings_the_name_of_the_registry(payday):
    made = payday.post("/customers", {"ssn": CUSTOMERS[1].kennitala, "name": "Annað", "colour": "blue"})
    assert (made["name"], made["city"]) == ("Þvottahúsið Dæmi ehf.", "Akureyri")
    assert "colour" not in made
    assert payday.post("/customers", {"ssn": CUSTOMERS[1].kennitala})["id"] != made["id"]
    assert payday.call("POST", "/customers", {"name": ""})[0] == 400
    assert payday.call("POST", "/customers", {"ssn": "581199-3170"})[0] == 400
    assert payday.call("POST", "/customers", {"name": "a", "email": "a@a.example,b@b.example"})[0] == 400


def test_customers_change_by_the_fields_sent(payday):
    made = payday.post("/customers", {"ssn": CUSTOMERS[1].kennitala})
    changed = payday.put(f"/customers/{made['id']}", {"phone": "5550001", "name": "Rangt"})
    assert (changed["phone"], changed["name"], bool(changed["edited"])) == ("5550001", "Rangt", True)
    assert payday.put(f"/customers/{made['id']}", {"refetch": True})["name"] == made["name"]
    found = payday.get("/customers/search/?query=%C3%BEVOTTAH")["customers"]
    assert [one["id"] for one in found] == [made["id"]]
    assert payday.call("DELETE", f"/customers/{made['id']}") == (200, "")
    assert payday.call("GET", f"/customers/{made['id']}") == (404, "")


def test_a_new_customers_answer_may_be_empty(payday):
    payday.sim.settings.change({"empty_create_body": True})
    assert payday.call("POST", "/customers", {"ssn": CUSTOMERS[1].kennitala}) == (200, "")
    assert payday.get(f"/customers/number/{CUSTOMERS[1].kennitala}")["id"]


def test_a_customer_with_invoices_stays(payday):
    draft = payday.post("/invoices", payday.invoice())
    status, said = payday.call("DELETE", f"/customers/{draft['customer']['id']}")
    assert (status, said["errorCode"]) == (400, 21001)
    told = payday.get(f"/customers/{draft['customer']['id']}/invoice?include=lines")
    assert [len(one["lines"]) for one in told["invoices"]] == [1]
    assert payday.call("GET", f"/customers/{draft['customer']['id']}/invoices") == (404, "")


def test_products(payday):
    made = payday.post("/products", {"name": "Bolur", "sku": "BOLUR", "vatPercentage": 24})
    status, said = payday.call("POST", "/products/", {"name": "Bolur", "sku": "BOLUR"})
    assert (status, "already exists with the following SKU: BOLUR" in said) == (400, True)
    told = payday.post(
        "/products/upsert", {"products": [{"sku": "BOLUR", "name": "Peysa"}, {"sku": "A", "name": "B"}, {}]}
    )
    assert told["summary"] == {"created": 1, "updated": 1, "unsuccessful": 1}
    assert payday.get("/products/sku/?sku=BOLUR")["name"] == "Peysa"
    assert payday.get("/products/?query=pey")["total"] == 1
    assert payday.put(f"/products/{made['id']}", {"name": "Húfa"})["name"] == "Húfa"
    assert payday.call("DELETE", f"/products/{made['id']}")[0] == 200
    assert [one["code"] for one in payday.get("/products/salesLedgerAccounts")][:2] == ["1100", "1110"]
