"""The accounting file: a spreadsheet of all orders made between two days, one row for each line.

Facts: sharefox.md section 5: both days are included, orders on account only where asked for, the file says
whether an order is paid. Inferred: every column's name, one row a line, that change orders stand in it as
orders do.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.sharefox.simulator.shop import Shop, line_sums

ON_ACCOUNT = "Faktura"
COLUMNS = (
    "Referanse",
    "Dato",
    "Kunde",
    "Bedrift",
    "Organisasjonsnummer",
    "E-post",
    "Produktnummer",
    "Tekst",
    "Fra",
    "Til",
    "Antall",
    "Pris",
    "Rabatt %",
    "MVA %",
    "Sum eks. MVA",
    "Sum inkl. MVA",
    "Valuta",
    "Betalingsmåte",
    "Betalt",
)


def accounting_file(shop: Shop, first: str, last: str, *, on_account: bool) -> bytes:
    """The file as the administrator downloads it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Regnskap"
    sheet.append(COLUMNS)
    for order in shop.orders.find(order="createdAt"):
        day = order["createdAt"][:10]
        inside = (not first or day >= first) and (not last or day <= last)
        if inside and (on_account or order["paymentMethod"] != ON_ACCOUNT):
            for row in _rows(order):
                sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _rows(order: Doc) -> Iterator[list[Any]]:
    customer = order["customer"]
    name = f"{customer['firstName']} {customer['lastName']}"
    for line in (*order["bookings"], *order["extraServices"]):
        sums = line_sums(line, inclusive=order["_inclusive"])
        yield [
            order["reference"],
            order["createdAt"][:10],
            name,
            customer["companyName"],
            customer["companyOrgNo"],
            customer["email"],
            line["productId"],
            line["name"],
            (line.get("startDate") or "")[:10],
            (line.get("endDate") or "")[:10],
            line["quantity"],
            line["unitPrice"],
            line["discountPercent"],
            line["vatPercent"],
            float(sums.net),
            float(sums.gross),
            order["currency"],
            order["paymentMethod"],
            "Ja" if order["_paid"] else "Nei",
        ]
