"""TransactionService: ledger entries with whether they are open.

Facts: twentyfoursevenoffice.md section 4. Inferred: `DateEnd` is included, `ShowOpenEntries` true limits to
open ones, entries of one invoice share their link number.
"""

from __future__ import annotations

from typing import Any

from bridge_gui.sandbox.kit import Doc, exact
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap import (
    Asked,
    Node,
    Operation,
    SoapFault,
    dated,
    decimal,
    moment,
    ordered,
    stamped,
)
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap_sessions import SessionDesk

ENTRY = (
    "Date", "AccountNo", "Currency", "CurrencyRate", "CurrencyUnit", "Amount", "StampNo", "Period",
    "TransactionTypeId", "Comment", "TransactionNo", "VatCode", "Id", "LinkId", "InvoiceNo", "SequenceNo",
    "SystemType", "DueDate", "RegistrationDate", "DateChanged", "Hidden", "Open", "OCR", "HasVatDividend",
    "PeriodDate",
)  # fmt: skip
NOTHING = frozenset({"", "-2147483648", "-32768"})


class SoapTransactions:
    """Reads the ledger as the classic interface shows it."""

    def __init__(self, books: Books, sessions: SessionDesk) -> None:
        self._books = books
        self._sessions = sessions

    def operations(self) -> dict[str, Operation]:
        """Entries and their types."""
        return {"GetTransactions": self._entries, "GetTransactionTypes": self._types}

    def _entries(self, asked: Asked) -> list[Node]:
        """QUIRK: two nillable fields have to be there all the same (twentyfoursevenoffice.md 4)."""
        for name in ("SystemType", "HasInvoiceId"):
            if asked.at("searchParams", name) is None:
                raise SoapFault(f"Server was unable to process request. ---> {name} is missing")
        systems = self._systems()
        rows = self._books.ledger.find(order="date") if self._sessions.ours() else []
        entries = [_entry(row, systems[str(row["transactionType"]["id"])]) for row in rows]
        pairs = zip(rows, entries, strict=True)
        return [("Transaction", ordered(told, ENTRY)) for row, told in pairs if _matches(row, told, asked)]

    def _systems(self) -> dict[str, str]:
        """QUIRK: the live service tells `InvoiceLoss`, which the WSDL lacks (twentyfoursevenoffice.md 4)."""
        told = {row["id"]: row["_system"] for row in self._books.transaction_types.find()}
        if not self._books.settings["soap_tells_losses"]:
            told = {key: "Miscellaneous" if name == "InvoiceLoss" else name for key, name in told.items()}
        return told

    def _types(self, _: Asked) -> list[Node]:
        rows = self._books.transaction_types.find() if self._sessions.ours() else []
        return [
            (
                "TransactionType",
                [("Turnover", False), ("Title", row["name"]), ("No", row["number"]), ("Id", row["id"])],
            )
            for row in rows
        ]


def _entry(row: Doc, system: str) -> Doc:
    link = row["_invoice"]
    made: dict[str, Any] = {
        "Date": dated(row["date"]),
        "AccountNo": row["account"]["number"],
        "Currency": row["currency"]["code"],
        "CurrencyRate": row["currency"].get("rate", 1),
        "CurrencyUnit": 1,
        "Amount": decimal(exact(row["amount"])),
        "TransactionTypeId": row["transactionType"]["id"],
        "Comment": row["comment"],
        "TransactionNo": row["transaction"]["number"],
        "Id": row["id"],
        "LinkId": int(link) if link.isdigit() else None,
        "InvoiceNo": row["invoice"].get("number", ""),
        "SystemType": system,
        "DueDate": dated(row["invoice"]["dueDate"]),
        "RegistrationDate": stamped(row["createdAt"]),
        "DateChanged": stamped(row["modifiedAt"]),
        "Hidden": False,
        "Open": row["_open"],
        "OCR": row["invoice"]["remittanceReference"],
        "HasVatDividend": False,
        "PeriodDate": row["periodDate"],
    }
    return made


def _matches(row: Doc, told: Doc, asked: Asked) -> bool:
    equal = {
        "CustomerId": str(row["customer"]["id"]),
        "InvoiceNo": told["InvoiceNo"],
        "LinkId": str(told["LinkId"] or ""),
        "SystemType": told["SystemType"],
        "TransactionTypeId": str(told["TransactionTypeId"]),
        "ShowOpenEntries": str(told["Open"]).lower(),
        "HasInvoiceId": str(bool(told["InvoiceNo"])).lower(),
    }
    for name, value in equal.items():
        wanted = asked.text("searchParams", name)
        if (
            wanted not in NOTHING
            and wanted != value
            and not (name.startswith(("Show", "Has")) and wanted == "false")
        ):
            return False
    return _between(row, told, asked)


def _between(row: Doc, told: Doc, asked: Asked) -> bool:
    for end, sign in (("AccountNoStart", 1), ("AccountNoEnd", -1)):
        text = asked.text("searchParams", end)
        if text not in NOTHING and (told["AccountNo"] - int(text)) * sign < 0:
            return False
    by_change = asked.text("searchParams", "DateSearchParameters") == "DateChangedUTC"
    day = stamped(row["modifiedAt"]) if by_change else dated(row["date"])
    first, last = (moment(asked.text("searchParams", name)) for name in ("DateStart", "DateEnd"))
    return not ((first and day < first) or (last and day > last))
