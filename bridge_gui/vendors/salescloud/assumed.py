"""Everything about SalesCloud that is assumed and not documented, to be replaced when it is.

Documented are the address, the four headers, that every request is signed with the App's secret over
the App's uuid, its public key and the request, and the query `appOrganizations`. Assumed is the rest:

1. The signature is the hex HMAC-SHA256 of app uuid + public key + raw body, as the vendor's older
   scheme is; other recipes can be chosen in the connection.
2. Organisations, payment methods and orders are read with the queries below, shaped after the vendor's
   naming habits; variables travel as GraphQL has it.
3. Orders are selected by when they were closed, `closedFrom` included, `closedTo` not; sorted by that
   instant, then by uuid; at most 100 a page, by offset; `total` counts the whole selection.
4. Amounts are JSON numbers in whole kronur, VAT included, discounts taken off; a refund is an order of
   its own with negative lines and payments, closed when the money went back.
5. Order states are OPEN, CLOSED, CANCELLED; payment states SUCCESS, FAILED, PENDING; method types card,
   cash, giftcard, invoice, netgiro, aur, bank_transfer, other. A type not named here is "other"; a
   state not named here is a change at the vendor.
6. A refused signature is a 401, or a 200 with an entry in `errors` that speaks of it.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from bridge_gui.accounting.sales import MethodKind, OrderState, PaymentState
from bridge_gui.errors import BridgeError, SetupError, SignInError, VendorChanged
from bridge_gui.web.answer import Answer

PAGE = 100

ORGANIZATIONS = "query { appOrganizations { uuid label } }"

PAYMENT_METHODS = (
    "query PaymentMethods($organization: ID!) "
    "{ paymentMethodsList(organization: $organization) { uuid title type active } }"
)

ORDERS = """\
query Orders($organization: ID!, $from: DateTime!, $to: DateTime!, $limit: Int!, $offset: Int!) {
  ordersList(organization: $organization, closedFrom: $from, closedTo: $to, limit: $limit, offset: $offset) {
    total
    items {
      uuid number status created closed currencyCode totalAmount taxAmount
      customer { uuid label idNumber email phone invoiceable }
      lineItems { uuid title sku quantity unitPrice totalAmount taxRate taxAmount discountAmount giftCard }
      payments { uuid created amount status kind paymentMethod { uuid title type } }
      refundOf { uuid number }
    } } }"""

ORDER_STATES: Mapping[str, OrderState] = {
    "OPEN": OrderState.OPEN,
    "CLOSED": OrderState.CLOSED,
    "CANCELLED": OrderState.CANCELLED,
}
PAYMENT_STATES: Mapping[str, PaymentState] = {
    "SUCCESS": PaymentState.RECEIVED,
    "PENDING": PaymentState.PENDING,
    "FAILED": PaymentState.FAILED,
}
METHOD_KINDS: Mapping[str, MethodKind] = {
    "card": MethodKind.CARD,
    "cash": MethodKind.CASH,
    "giftcard": MethodKind.GIFT_CARD,
    "invoice": MethodKind.ON_ACCOUNT,
}

_SIGNATURE = re.compile(r"signature|authori[sz]|authentic|public key|secret", re.IGNORECASE)
_NOT_INSTALLED = re.compile(r"not installed|install", re.IGNORECASE)


def _hex(secret: bytes, message: bytes) -> str:
    return hmac.new(secret, message, hashlib.sha256).hexdigest()


def _base64(secret: bytes, message: bytes) -> str:
    return base64.b64encode(hmac.new(secret, message, hashlib.sha256).digest()).decode()


_RECIPES: Mapping[str, Callable[[bytes, bytes, bytes, bytes], str]] = {
    "hex": lambda secret, app, key, body: _hex(secret, app + key + body),
    "base64": lambda secret, app, key, body: _base64(secret, app + key + body),
    "hex-lines": lambda secret, app, key, body: _hex(secret, b"\n".join((app, key, body))),
    "hex-body-first": lambda secret, app, key, body: _hex(secret, body + app + key),
}


def signature(recipe: str, secret: str, app: str, public_key: str, body: bytes) -> str:
    """What stands after "App " in the Authorization header, over exactly the bytes that are sent."""
    return _RECIPES.get(recipe, _RECIPES["hex"])(secret.encode(), app.encode(), public_key.encode(), body)


def instant(at: datetime) -> str:
    """An instant as a query variable."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


class GraphError(Struct, frozen=True):
    """One entry of `errors`."""

    message: str = ""
    extensions: dict[str, object] = {}

    @property
    def words(self) -> str:
        """The message with its code."""
        code = self.extensions.get("code")
        return f"{self.message} ({code})" if code else self.message


def refusal(errors: tuple[GraphError, ...], organization: str) -> BridgeError:
    """What an answer with `errors` means."""
    text = "; ".join(error.words for error in errors)[:300]
    if _NOT_INSTALLED.search(text):
        return SetupError("salescloud.not_installed", organization=organization)
    if _SIGNATURE.search(text):
        return SignInError("salescloud.signature", detail=text)
    return VendorChanged("salescloud.refused", text=text)


def translate(answer: Answer) -> BridgeError | None:
    """What a refusing status means; None leaves the answer to the general rules."""
    if answer.status in (401, 403):
        return SignInError("salescloud.signature", detail=answer.body[:300].decode("utf-8", "replace"))
    if answer.status in (404, 405):
        return SetupError("salescloud.not_found", status=answer.status)
    if answer.status == 400:
        text = " ".join(answer.body[:300].decode("utf-8", "replace").split())
        return VendorChanged("salescloud.refused", text=text)
    return None
