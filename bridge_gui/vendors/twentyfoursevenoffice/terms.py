"""Where 24SevenOffice is, and what the customer's own application has to be allowed to do."""

from __future__ import annotations

from urllib.parse import urlsplit

VENDOR = "24SevenOffice"
PRODUCTION = "https://rest.api.24sevenoffice.com"
SOAP = "https://api.24sevenoffice.com"
LOGIN = "https://login.24sevenoffice.com"
AUDIENCE = "https://api.24sevenoffice.com"
V1 = "v1"
CLASSIC_OFF, CLASSIC_ON = "off", "on"
"""Whether the second sign-in is used."""

# What is asked at a place (twentyfoursevenoffice.md 2.1), the longer places first.
_SCOPES: tuple[tuple[str, str], ...] = (
    ("organization/information", "api.organization.information"),
    ("customers", "api.crm.customer"),
    ("productcategories", "api.product.category"),
    ("products", "api.product.product"),
    ("taxes", "api.accounting.tax"),
    ("paymentmethods", "api.invoicing.paymentmethod"),
    ("salesorders/lines", "api.invoicing.salesorder.line"),
    ("salesorders", "api.invoicing.salesorder"),
    ("transactionlines", "api.accounting.transaction"),
    ("transactiontypes", "api.accounting.transaction"),
)
NEEDED = (
    "api.organization.information:read",
    "api.crm.customer:read",
    "api.crm.customer:write",
    "api.product.category:read",
    "api.product.category:write",
    "api.product.product:read",
    "api.product.product:write",
    "api.accounting.tax:read",
    "api.accounting.transaction:read",
    "api.invoicing.paymentmethod:read",
    "api.invoicing.salesorder:read",
    "api.invoicing.salesorder:write",
    "api.invoicing.salesorder:delete",
    "api.invoicing.salesorder.line:read",
    "api.invoicing.salesorder.line:write",
    "api.invoicing.salesorder.line:delete",
)


def login_base(endpoint: str) -> str:
    """Where a token is fetched: 24SevenOffice's own host for that, or the one address of a sandbox."""
    return LOGIN if endpoint.rstrip("/") == PRODUCTION else endpoint


def soap_base(endpoint: str) -> str:
    """Where the classic services are: a host of their own, or the one address of a sandbox."""
    return SOAP if endpoint.rstrip("/") == PRODUCTION else endpoint


def scope_of(method: str, url: str) -> str:
    """The right that a call needs, in 24SevenOffice's own words."""
    place = urlsplit(url).path.partition(f"/{V1}/")[2]
    place = "salesorders/lines" if place.startswith("salesorders/") and "/lines" in place else place
    name = next((scope for start, scope in _SCOPES if place.startswith(start)), "")
    verb = {"GET": "read", "DELETE": "delete"}.get(method.upper(), "write")
    return f"{name}:{verb}" if name else place


def missing(told: str) -> tuple[str, ...]:
    """The rights that a token lacks; none where it does not say what it has."""
    granted = set(told.split())
    return tuple(scope for scope in NEEDED if scope not in granted) if granted else ()
