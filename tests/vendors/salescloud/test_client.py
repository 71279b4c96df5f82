"""SalesCloud's questions against a stand-in: signatures over the sent bytes, envelopes, refusals."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bridge_gui.accounting.sales import MethodKind, OrderState, PaymentState
from bridge_gui.errors import Passing, SetupError, SignInError, VendorChanged
from bridge_gui.vendors.salescloud.client import AppKeys, SalesCloudClient
from tests.vendors.standin import Standin, plain, said
from tests.web.toys import answer

APP, ORGANIZATION = "a9900000-0000-4000-8000-000000000001", "9b1de000-0000-4000-8000-000000000001"
KEYS = AppKeys(app=APP, public_key="pk-1", secret_key="sk-very-secret", organization=ORGANIZATION)
FROM, TO = datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)


def method(number, title, kind):
    return {"uuid": f"31000000-0000-4000-8000-00000000000{number}", "title": title, "type": kind}


CARD, CASH, INVOICE = (
    method(1, "Kort (posi)", "card"),
    method(2, "Reiðufé", "cash"),
    method(3, "Í reikning", "invoice"),
)


def line(title, amount, rate, tax, quantity=1, **more):
    return {
        "uuid": f"l-{title}", "title": title, "sku": title.upper(), "quantity": quantity, "unitPrice": amount,
        "totalAmount": amount, "taxRate": rate, "taxAmount": tax, "discountAmount": 0, "giftCard": False,
    } | more  # fmt: skip


def payment(amount, by, kind="PAYMENT", status="SUCCESS"):
    at = "2026-11-20T12:01:40+00:00"
    return {"uuid": "p", "created": at, "amount": amount, "status": status, "kind": kind, "paymentMethod": by}


def order(number, total, lines, payments, **more):
    return {
        "uuid": f"0d000000-0000-4000-8000-0000000{number}", "number": number, "status": "CLOSED",
        "created": "2026-11-20T11:58:02+00:00", "closed": "2026-11-20T12:01:40+00:00", "currencyCode": "ISK",
        "totalAmount": total, "taxAmount": 0, "customer": None, "lineItems": lines, "payments": payments,
        "refundOf": None,
    } | more  # fmt: skip


SALE = order(
    "10443", 6200, [line("Bolur", 4960, 24, 960), line("Kaffi", 1028, 11, 102, 2), line("Stæði", 212, 0, 0)],
    [payment(5000, CARD), payment(1200, CASH)],
)  # fmt: skip
PROMISED = order(
    "10444", 12400, [line("Hádegi", 12400, 24, 2400)], [payment(12400, INVOICE)],
    customer={"uuid": "41", "label": "Example ehf.", "idNumber": "711299-2110", "email": "N/A", "phone": "N/A", "invoiceable": True},
)  # fmt: skip
REFUND = order(
    "10450", -4960, [line("Bolur", -4960, 24, -960, -1)], [payment(-4960, CARD, "REFUND")],
    refundOf={"uuid": SALE["uuid"], "number": "10443"},
)  # fmt: skip


def listed(*items, total=None):
    return {"data": {"ordersList": {"total": len(items) if total is None else total, "items": list(items)}}}


@pytest.fixture
def standin():
    one = Standin()
    yield one
    one.close()


def client_of(standin, keys=KEYS):
    return SalesCloudClient(standin.toy.base, keys, standin.bench.wire)


def test_the_signature_is_over_the_bytes_that_are_sent(standin):
    standin.on("POST /", {"data": {"appOrganizations": [{"uuid": ORGANIZATION, "label": "Example ehf."}]}})
    assert client_of(standin).organizations()[0].label == "Example ehf."
    (sent,) = standin.asked("POST /")
    message = APP.encode() + b"pk-1" + sent.body
    assert (
        sent.headers["authorization"]
        == "App " + hmac.new(b"sk-very-secret", message, hashlib.sha256).hexdigest()
    )
    assert sent.headers["salescloud-application"] == APP
    assert sent.headers["salescloud-application-public-key"] == "pk-1"
    assert "salescloud-organization" not in sent.headers
    assert json.loads(sent.body) == {"query": "query { appOrganizations { uuid label } }"}


@pytest.mark.parametrize(
    ("recipe", "made"),
    [
        (
            "base64",
            lambda body: base64.b64encode(hmac.digest(b"s", APP.encode() + b"pk" + body, "sha256")).decode(),
        ),
        (
            "hex-lines",
            lambda body: hmac.digest(b"s", b"\n".join((APP.encode(), b"pk", body)), "sha256").hex(),
        ),
        ("hex-body-first", lambda body: hmac.digest(b"s", body + APP.encode() + b"pk", "sha256").hex()),
    ],
)
def test_other_recipes(standin, recipe, made):
    standin.on("POST /", listed())
    keys = AppKeys(app=APP, public_key="pk", secret_key="s", organization=ORGANIZATION, recipe=recipe)
    client_of(standin, keys).orders(FROM, TO, 0)
    (sent,) = standin.asked("POST /")
    assert sent.headers["authorization"] == "App " + made(sent.body)


def test_orders_are_asked_for_by_their_closing(standin):
    standin.on("POST /", listed(SALE))
    client_of(standin).orders(FROM, TO, 100)
    (sent,) = standin.asked("POST /")
    assert json.loads(sent.body)["variables"] == {
        "organization": ORGANIZATION,
        "from": "2026-11-20T00:00:00+00:00",
        "to": "2026-11-21T00:00:00+00:00",
        "limit": 100,
        "offset": 100,
    }
    assert sent.headers["salescloud-organization"] == ORGANIZATION


def test_the_worked_answer_in_our_form(standin):
    """salescloud.md section 5.2."""
    standin.on("POST /", listed(SALE, PROMISED, REFUND))
    sale, promised, refund = (one.plain() for one in client_of(standin).orders(FROM, TO, 0).items)
    assert (sale.number, sale.total, sale.state, sale.lines_total, sale.paid) == (
        "10443",
        6200,
        OrderState.CLOSED,
        6200,
        6200,
    )
    assert [(one.gross, one.rate) for one in sale.lines] == [(4960, 24), (1028, 11), (212, 0)]
    assert [(one.method.title, one.amount) for one in sale.payments] == [
        ("Kort (posi)", 5000),
        ("Reiðufé", 1200),
    ]
    assert sale.closed == datetime(2026, 11, 20, 12, 1, 40, tzinfo=UTC)
    assert promised.payments[0].method.kind is MethodKind.ON_ACCOUNT
    assert (promised.buyer.number, promised.buyer.email) == ("7112992110", "")
    assert (refund.refund_of, refund.total, refund.paid) == (sale.id, Decimal(-4960), Decimal(-4960))


def test_an_open_order_that_was_never_closed_is_none(standin):
    standin.on("POST /", listed(order("1", 0, [], [], status="OPEN", closed=None)))
    assert client_of(standin).orders(FROM, TO, 0).items[0].plain() is None


def test_states_of_payments(standin):
    paid = [
        payment(1, CARD, status="FAILED"),
        payment(2, CARD, status="PENDING"),
        payment(3, method(9, "?", "new")),
    ]
    standin.on("POST /", listed(order("1", 6, [], paid)))
    sold = client_of(standin).orders(FROM, TO, 0).items[0].plain()
    assert [one.state for one in sold.payments] == [
        PaymentState.FAILED,
        PaymentState.PENDING,
        PaymentState.RECEIVED,
    ]
    assert sold.payments[2].method.kind is MethodKind.OTHER
    assert sold.pending


def test_an_unknown_state_is_the_vendors_change(standin):
    standin.on("POST /", listed(order("1", 0, [], [], status="PARKED")))
    with pytest.raises(VendorChanged) as caught:
        client_of(standin).orders(FROM, TO, 0).items[0].plain()
    assert caught.value.params["path"] == "items.status"


@pytest.mark.parametrize("act", [plain("Signature mismatch", 401), plain("no", 403)])
def test_a_refused_signature_by_status(standin, act):
    standin.on("POST /", act)
    with pytest.raises(SignInError) as caught:
        client_of(standin).orders(FROM, TO, 0)
    assert caught.value.code == "salescloud.signature"
    assert len(standin.asked("POST /")) == 1


@pytest.mark.parametrize(
    ("message", "kind", "code"),
    [
        ("Invalid signature", SignInError, "salescloud.signature"),
        ("App is not installed for organization", SetupError, "salescloud.not_installed"),
        ("Cannot query field x", VendorChanged, "salescloud.refused"),
    ],
)
def test_refusals_inside_a_200(standin, message, kind, code):
    standin.on("POST /", {"errors": [{"message": message, "extensions": {"code": "X"}}], "data": None})
    with pytest.raises(kind) as caught:
        client_of(standin).orders(FROM, TO, 0)
    assert caught.value.code == code


def test_an_answer_without_data_is_the_vendors_change(standin):
    standin.on("POST /", {"data": None})
    with pytest.raises(VendorChanged):
        client_of(standin).payment_methods()


def test_reads_are_repeated(standin):
    standin.on("POST /", answer(502, b""), answer(429, b"", {"Retry-After": "2"}), listed(SALE))
    assert client_of(standin).orders(FROM, TO, 0).total == 1
    assert 2.0 in standin.bench.hurry.waits


def test_out_of_reach_is_for_later(standin):
    standin.on("POST /", answer(503, b""))
    with pytest.raises(Passing):
        client_of(standin).payment_methods()


def test_a_wrong_address_is_a_matter_of_set_up(standin):
    standin.on("POST /", said({}, 404))
    with pytest.raises(SetupError) as caught:
        client_of(standin).payment_methods()
    assert caught.value.code == "salescloud.not_found"


def test_no_secret_shows(standin):
    assert "sk-very-secret" not in repr(KEYS)
    standin.on("POST /", plain("you sent sk-very-secret", 503))
    with pytest.raises(Passing) as caught:
        client_of(standin).payment_methods()
    assert "sk-very-secret" not in caught.value.detail
