from __future__ import annotations

import pytest

from tests.vendors.quickbooks.quickbooks_at import BACK, QuickBooksAt, of


@pytest.fixture
def books():
    made = QuickBooksAt()
    yield made
    made.sim.state.close()


def invoices(books):
    return books.query("select count(*) from Invoice")["totalCount"]


def test_the_same_request_id_gets_the_first_answer(books):
    before = invoices(books)
    first = books.post("/invoice?requestid=k1", books.sale())
    books.later(minutes=1)
    assert books.post("/invoice?requestid=k1", books.sale()) == first
    assert invoices(books) == before + 1
    books.later(hours=24)
    books.sign_in()
    assert books.post("/invoice?requestid=k1", books.sale())["Invoice"]["Id"] != first["Invoice"]["Id"]
    assert books.refused("POST", f"/invoice?requestid={'k' * 51}", books.sale())[0] == "2050"


def test_a_request_id_told_again_may_be_refused(books):
    books.sim.settings.change({"requestid_refuses": True})
    books.post("/invoice?requestid=k1", books.sale())
    assert books.refused("POST", "/invoice?requestid=k1", books.sale())[0] == "600"


@pytest.mark.parametrize("version", ["", "?minorversion=3", "?minorversion=75"])
def test_older_minor_versions_are_the_newest(books, version):
    assert books.get(f"/preferences{version}")["Preferences"]["Id"] == "1"


def test_a_refusal_is_not_remembered(books):
    assert books.refused("POST", "/invoice?requestid=k1", books.sale(DocNumber="x" * 22))[0] == "2050"
    assert books.post("/invoice?requestid=k1", books.sale())["Invoice"]["TotalAmt"] == 120


def test_request_ids_do_not_cover_names(books):
    books.post("/customer?requestid=k2", {"DisplayName": "Once"})
    assert books.refused("POST", "/customer?requestid=k2", {"DisplayName": "Once"})[0] == "6240"


def test_a_batch_answers_each_item(books):
    made = books.make("Invoice")
    items = [
        {"bId": "1", "operation": "create", "Invoice": books.sale(DocNumber="B-1")},
        {"bId": "2", "operation": "create", "Invoice": books.sale(DocNumber="B-1")},
        {"bId": "3", "operation": "update", "optionsData": "void", "Invoice": of(made)},
        {"bId": "4", "Query": "select count(*) from PaymentMethod"},
        {"bId": "5", "operation": "create", "SalesReceipt": books.sale(CustomerRef={"value": "99"})},
        {"bId": "6", "operation": "delete", "Customer": {"Id": "1", "SyncToken": "0"}},
    ]
    said = books.post("/batch?requestid=b1", {"BatchItemRequest": items})["BatchItemResponse"]
    by_id = {one["bId"]: one for one in said}
    assert list(by_id) == list("654321")  # in no order to rely on
    assert by_id["1"]["Invoice"]["DocNumber"] == "B-1"
    assert [by_id[key]["Fault"]["Error"][0]["code"] for key in "256"] == ["6140", "2500", "500"]
    assert by_id["3"]["Invoice"]["TotalAmt"] == 0
    assert by_id["4"]["QueryResponse"] == {"totalCount": 3}
    count = invoices(books)
    again = books.post("/batch?requestid=b1", {"BatchItemRequest": items})["BatchItemResponse"]
    assert again == said
    assert invoices(books) == count


def test_a_batch_may_leave_answers_out(books):
    books.sim.settings.change({"batch_leaves_out": 1})
    items = [
        {"bId": str(at), "operation": "create", "Invoice": books.sale(DocNumber=f"B-{at}")} for at in (1, 2)
    ]
    said = books.post("/batch", {"BatchItemRequest": items})["BatchItemResponse"]
    assert [one["bId"] for one in said] == ["1"]
    assert books.query("select * from Invoice where DocNumber = 'B-2'")["Invoice"]


def test_how_large_a_batch_may_be(books):
    def batch(count, name="{}", query=""):
        items = [{"bId": name.format(at), "Query": "select count(*) from Term"} for at in range(count)]
        return books.call("POST", f"/batch{query}", {"BatchItemRequest": items})[0]

    assert (batch(30), batch(31), batch(2, "same")) == (200, 400, 400)
    assert batch(2, "a-long-name-{}") == 200
    assert batch(2, "a-long-name-{}", "?requestid=k") == 400
    assert batch(2, query=f"?requestid={'k' * 37}") == 400


@pytest.mark.parametrize("acts", [True, False])
def test_a_system_fault_may_come_inside_a_200(books, acts):
    before = invoices(books)
    books.sim.settings.change({"system_faults": 1, "system_fault_acts": acts})
    said = books.post("/invoice?requestid=k3", books.sale())
    assert (said["Fault"]["type"], said["Fault"]["Error"][0]["code"]) == ("SystemFault", "10000")
    assert invoices(books) == before + acts
    assert "Invoice" in books.post("/invoice", books.sale())


def test_the_gateway_spells_in_lower_case(books):
    good = books.headers["Authorization"]
    books.headers["Authorization"] = "Bearer x"
    status, said = books.call("GET", "/preferences")
    error = said["fault"]["error"][0]
    assert (status, error["code"], error["element"]) == (401, "3200", None)
    assert error["message"] == "message=AuthenticationFailed; errorCode=003200; statusCode=401"
    books.headers["Authorization"] = good
    books.later(hours=1)
    assert books.call("GET", "/preferences")[0] == 401
    books.sign_in()
    realm, books.realm = books.realm, "12345"
    status, said = books.call("GET", "/preferences")
    assert (status, said["fault"]["error"][0]["code"]) == (403, "3100")
    books.realm = realm
    books.sim.settings.change({"user_access": False})
    assert books.call("GET", "/preferences")[1]["fault"]["error"][0]["code"] == "120"


def test_an_ended_subscription(books):
    books.sim.settings.change({"subscription": False})
    assert books.refused("GET", "/preferences")[0] == "6190"


def test_faults_are_in_the_language_of_the_company(books):
    _, english = books.call("POST", "/invoice", {**books.sale(), "Line": []})
    books.sim.settings.change({"language": "fr"})
    _, french = books.call("POST", "/invoice", {**books.sale(), "Line": []})
    before, after = (said["Fault"]["Error"][0] for said in (english, french))
    assert before["code"] == after["code"] == "2020"
    assert before["Message"] != after["Message"]


def test_limits():
    books = QuickBooksAt(second_limit=3, minute_limit=5, batch_limit=1, month_reads=8)
    status = [books.call("GET", "/preferences")[0] for _ in range(4)]
    assert status == [200, 200, 200, 429]
    answer = books.plain("GET", f"/v3/company/{books.realm}/preferences")
    assert "Retry-After" not in answer.headers
    assert answer.get_json()["fault"]["error"][0]["code"] == "3001"
    books.later(seconds=2)
    assert [books.call("GET", "/preferences")[0] for _ in range(3)] == [200, 200, 429]
    books.later(minutes=1)
    assert [books.call("POST", "/batch", {"BatchItemRequest": []})[0] for _ in range(2)] == [200, 429]
    books.later(minutes=1)
    assert [books.call("GET", "/preferences")[0] for _ in range(3)] == [200, 200, 200]
    books.later(minutes=1)
    status, said = books.call("GET", "/preferences")
    assert (status, said["fault"]["error"][0]["detail"]) == (429, "The reads of this month are spent.")
    assert books.call("POST", "/customer", {"DisplayName": "Writes go on"})[0] == 200
    books.sim.state.close()


def test_headers_and_forms(books):
    answer = books.plain("GET", f"/v3/company/{books.realm}/preferences")
    assert answer.headers["intuit_tid"].startswith("1-")
    raw = books.plain("GET", f"/v3/company/{books.realm}/preferences", Accept="*/*")
    assert raw.content_type.startswith("application/xml")
    assert b"<CustomTxnNumbers>true</CustomTxnNumbers>" in raw.data
    assert books.refused("POST", "/invoice", b"{")[0] == "2010"
    assert books.refused("POST", "/nothing", {})[0] == "500"
    assert books.call("PUT", "/invoice", {})[0] == 405


def test_signing_in(books):
    back = books.code()
    assert back["state"] == "abc"
    assert back["realmId"] == books.realm
    status, said = books.exchange(back["code"])
    assert (status, said["expires_in"], said["x_refresh_token_expires_in"]) == (200, 3600, 8_726_400)
    assert books.exchange(back["code"]) == (400, {"error": "invalid_grant"})
    assert books.exchange(books.code()["code"], redirect_uri="http://localhost:1/") == (
        400,
        {"error": "invalid_grant"},
    )
    late = books.code()["code"]
    books.later(minutes=11)
    assert books.exchange(late)[0] == 400
    assert books.token(books.basic("wrong"), grant_type="refresh_token") == (401, {"error": "invalid_client"})
    assert books.token(grant_type="password") == (400, {"error": "unsupported_grant_type"})
    assert books.code(scope="openid")["error"] == "invalid_scope"
    books.sim.settings.change({"grants": False})
    assert books.code() == {"error": "access_denied", "state": "abc"}


def test_where_the_browser_may_return(books):
    def status(where):
        return books.authorize(redirect_uri=where).status_code

    assert status("http://127.0.0.1:8765/callback") == 400
    assert status("https://developer.intuit.com/v2/OAuth2Playground/RedirectUrl") == 302
    assert status("https://10.0.0.1/callback") == 400
    books.sim.settings.change({"production_keys": True})
    assert status(BACK) == 400
    books.sim.settings.change({"redirect_uris": ["https://a.example/x"]})
    assert (status("https://a.example/x"), status("https://a.example/y")) == (302, 400)


def test_the_refresh_value_changes_daily(books):
    first = books.tokens["refresh_token"]
    assert books.refresh(first)[1]["refresh_token"] == first
    books.later(hours=25)
    second = books.refresh(first)[1]["refresh_token"]
    assert second != first
    books.later(hours=23)
    assert books.refresh(first)[1]["refresh_token"] == second  # the grace of the old one
    books.later(hours=2)
    gone = {"error": "invalid_grant", "error_description": "Incorrect or invalid refresh token"}
    assert books.refresh(first) == (400, gone)
    third = books.refresh(second)[1]["refresh_token"]
    assert third != second
    books.later(days=102)
    assert books.refresh(third)[0] == 400


def test_revoking_ends_the_consent(books):
    refresh = books.tokens["refresh_token"]
    answer = books.plain("POST", "/v2/oauth2/tokens/revoke", {"token": refresh}, **books.basic())
    assert (answer.status_code, answer.data) == (200, b"")
    assert books.call("GET", "/preferences")[0] == 401
    assert books.refresh(refresh)[0] == 400
    books.sign_in()
    books.person("disconnect_app")
    assert books.call("GET", "/preferences")[0] == 401
    assert books.refresh(books.tokens["refresh_token"])[0] == 400


def test_the_discovery_document(books):
    said = books.plain("GET", "/.well-known/openid_sandbox_configuration").get_json()
    assert said["token_endpoint"].endswith("/oauth2/v1/tokens/bearer")
    assert said["authorization_endpoint"].endswith("/connect/oauth2")
