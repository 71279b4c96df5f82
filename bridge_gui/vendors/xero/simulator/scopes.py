"""Which scope which path needs. Facts: xero.md section 2.3; the broad scopes of old apps are unknown here."""

from __future__ import annotations

_AREAS = {
    "Invoices": ("invoices",),
    "CreditNotes": ("invoices",),
    "Items": ("invoices", "settings"),
    "Payments": ("payments",),
    "Contacts": ("contacts",),
    "Accounts": ("settings",),
    "BrandingThemes": ("settings",),
    "Currencies": ("settings",),
    "Organisation": ("settings",),
    "TaxRates": ("settings",),
    "TrackingCategories": ("settings",),
    "Users": ("settings",),
    "InvoiceReminders": ("settings",),
}
_PLAIN = ("invoices", "payments", "settings", "contacts", "attachments")
GRANULAR = frozenset(
    {"openid", "profile", "email", "offline_access"}
    | {f"accounting.{name}" for name in _PLAIN}
    | {f"accounting.{name}.read" for name in _PLAIN}
)


def needed(method: str, path: str) -> set[str]:
    """The scopes of which one must have been granted for a call."""
    parts = path.strip("/").split("/")[2:]
    areas = ("attachments",) if "Attachments" in parts else _AREAS.get(parts[0] if parts else "", ())
    scopes = {f"accounting.{area}" for area in areas}
    return scopes | ({f"{scope}.read" for scope in scopes} if method == "GET" else set())
