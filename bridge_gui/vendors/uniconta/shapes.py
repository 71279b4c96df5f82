"""How our names of fields are those of Uniconta's tables, and what such a field takes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from msgspec import Struct

from bridge_gui.vendors.uniconta import rows
from bridge_gui.vendors.uniconta.terms import CONTACTS, DEBTORS, EMPLOYEES, ITEMS, ORDER_LINES, ORDERS

STREET = ("Address1", "Address2", "Address3")


class Shape(Struct, frozen=True, kw_only=True, dict=True):
    """A table: the name of its key, of its other fields by ours, and how many signs a field takes."""

    table: str
    key: str
    names: Mapping[str, str]
    flags: tuple[str, ...] = ()
    longest: Mapping[str, int] = {}
    modelled: tuple[str, ...] = ()

    def name(self, field: str) -> str:
        """Uniconta's name of a field of ours; any other is a user-defined one and called as it is."""
        return self.names.get(field, field)

    def own(self, row: rows.Row) -> dict[str, str]:
        """Everything else that a record shows, as texts, without what is empty."""
        told = {
            name: rows.plain(value)
            for name, value in row.items()
            if name not in self.known and value is not None and not isinstance(value, list | dict)
        }
        return {name: text for name, text in told.items() if text}

    @cached_property
    def known(self) -> frozenset[str]:
        """Uniconta's names of all that we have a field for."""
        return frozenset({self.key, *self.names.values(), *self.modelled})


DEBTOR = Shape(
    table=DEBTORS,
    key="Account",
    names={
        "number": "Account", "name": "Name", "postcode": "ZipCode", "city": "City", "country": "Country",
        "phone": "Phone", "tax_number": "CompanyRegNo", "currency": "Currency", "vat_group": "Vat",
        "invoice_email": "InvoiceEmail", "ean": "EAN", "payment_terms": "Payment", "group": "Group",
        "blocked": "Blocked",
    },
    flags=("blocked",),
    longest={"number": 20, "name": 100, "street": 60, "postcode": 12, "city": 30},
    modelled=STREET,
)  # fmt: skip
ITEM = Shape(
    table=ITEMS,
    key="Item",
    names={
        "number": "Item", "name": "Name", "group": "Group", "unit": "Unit", "price": "SalesPrice1",
        "cost": "CostPrice", "currency": "Currency1", "ean": "EAN", "blocked": "Blocked",
        "hidden": "HideInSales",
    },
    flags=("blocked", "hidden"),
)  # fmt: skip
CONTACT = Shape(
    table=CONTACTS,
    key="PrimaryKeyId",
    names={
        "debtor": "DCAccount", "name": "Name", "title": "Title", "email": "Email", "mobile": "Mobil",
        "reference": "ReferenceId",
    },
    modelled=("DCType",),
)  # fmt: skip
EMPLOYEE = Shape(
    table=EMPLOYEES,
    key="Number",
    names={
        "number": "Number", "name": "Name", "title": "Title", "email": "Email", "mobile": "Mobil",
        "group": "Group", "blocked": "Blocked",
    },
    flags=("blocked",),
)  # fmt: skip
ORDER = Shape(
    table=ORDERS,
    key="OrderNumber",
    names={
        "debtor": "Account", "currency": "Currency", "reference": "YourRef", "own": "OurRef",
        "remark": "Remark", "contact": "ContactName", "employee": "Employee", "payment_terms": "Payment",
        "delivery": "DeliveryDate", "discount": "EndDiscountPct", "invoice": "LastInvoice",
        "locked": "Blocked",
    },
    modelled=("TotalBeforeVAT", "OrderTotal", "Created", "UpdatedAt", "PricesInclVat"),
)  # fmt: skip
LINE = Shape(
    table=ORDER_LINES,
    key="LineNumber",
    names={
        "item": "Item", "text": "Text", "quantity": "Qty", "price": "Price", "discount": "DiscountPct",
        "unit": "Unit", "vat_group": "Vat", "note": "Note", "cost": "CostPrice",
    },
    modelled=("OrderNumber",),
)  # fmt: skip


def like(shown: Any, text: str) -> Any:
    """A text in the form in which the record shows that field: a number, a flag, else the text itself."""
    if isinstance(shown, bool):
        return text.casefold() in {"true", "1"}
    if isinstance(shown, Decimal | int):
        number = rows.parsed(text)
        return text if number is None else number
    return text
