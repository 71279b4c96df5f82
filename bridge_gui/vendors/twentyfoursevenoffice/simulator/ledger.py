"""The ledger: what invoices, payments, credit notes and reminders leave there, and how it is read.

Facts: twentyfoursevenoffice.md section 3.8: debit is positive, `dateTo` is not included. Inferred: how a
payment, a credit note and a reminder's fee are booked; a link number joins what belongs together.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import Response, request

from bridge_gui.sandbox.kit import Condition, Doc, Route, answer, exact
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, kept, shown
from bridge_gui.vendors.twentyfoursevenoffice.simulator.chart import BANK, LOSS, RECEIVABLE, REVENUE
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import (
    comparable,
    day,
    fault,
    moment,
    not_found,
    page_of,
    refuse_if,
    whole,
)
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import API


class Ledger:
    """Posts and reads transaction lines."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """The ledger's paths."""
        return [
            ("GET", f"{API}transactionlines", self._list),
            ("GET", f"{API}transactionlines/<key>", self._one),
        ]

    def voucher(self, key: str = "") -> Doc:
        """A new voucher."""
        number = self._books.next_id("voucher", 1010)
        return {"id": key or self._books.guid("voucher"), "number": number}

    def post(
        self,
        voucher: Doc,
        kind: int,
        account: int,
        amount: Decimal,
        *,
        order: Doc,
        tax: Doc | None = None,
        open_: bool = False,
        numbered: bool = True,
        on: str = "",
    ) -> Doc:
        """One line of a voucher; `numbered` says whether it names the invoice."""
        place, invoice, now = kept(self._books.accounts, account) or {}, order["invoice"], self._books.iso()
        told = {"dueDate": invoice["dueDate"], "remittanceReference": invoice["remittanceReference"]}
        made: Doc = {
            "id": self._books.guid("line"),
            "transaction": voucher,
            "account": {"id": account, "number": place["number"], "name": place["name"]},
            "transactionType": {"id": kind},
            "tax": {"id": tax["id"], "rate": tax["rate"]} if tax else {"id": 0, "rate": 0},
            "amount": float(amount),
            "currency": order["currency"],
            "date": on or (invoice["date"] if kind in {1, 4} else self._books.today()),
            "invoice": {"number": str(invoice["number"]), **told} if numbered else told,
            "customer": {"id": order["customer"]["id"]},
            "comment": "",
            "createdAt": now,
            "modifiedAt": now,
            "_invoice": str(invoice["number"]),
            "_customer": order["customer"]["id"],
            "_open": open_,
        }
        made["periodDate"] = made["date"]
        self._books.ledger.put(made)
        return made

    def owed(self, order: Doc) -> Decimal:
        """What is still due on an invoice, whether or not its lines name it."""
        lines = self.receivables(order)
        return sum((exact(line["amount"]) for line in lines), Decimal(0))

    def receivables(self, order: Doc) -> list[Doc]:
        """An invoice's lines on the receivables accounts."""
        rows = self._books.ledger.find(("_invoice", "=", str(order["invoice"]["number"])))
        return [row for row in rows if 1500 <= row["account"]["number"] <= 1529]

    def settle(self, order: Doc, kind: int, amount: Decimal, *, numbered: bool = True, on: str = "") -> Doc:
        """Takes an amount off an invoice: 3 a payment, 2 a credit note, 7 a loss."""
        against = {3: BANK, 2: REVENUE}.get(kind, LOSS)
        voucher = self.voucher()
        line = self.post(
            voucher, kind, self._id(RECEIVABLE), -amount, order=order, open_=True, numbered=numbered, on=on
        )
        self.post(voucher, kind, self._id(against), amount, order=order, numbered=numbered, on=on)
        self.close(order, on or self._books.today())
        return line

    def charge(self, order: Doc, amount: Decimal) -> Doc:
        """Adds a reminder's fee, a claim of its own."""
        voucher = self.voucher()
        line = self.post(voucher, 5, self._id(RECEIVABLE), amount, order=order, open_=True, numbered=False)
        self.post(voucher, 5, self._id(3900), -amount, order=order, numbered=False)
        self._books.ledger.put({**line, "_invoice": f"fee {line['id']}"})
        return line

    def close(self, order: Doc, on: str) -> None:
        """Marks lines as open or matched, and the order as paid or not."""
        done = self.owed(order) == 0
        for line in self.receivables(order):
            self._books.ledger.put({**line, "_open": not done, "modifiedAt": self._books.iso()})
        known = self._books.orders.fresh.get(order["id"])
        if known is not None:
            self._books.orders.put({**known, "_paid": on if done else ""})

    def _id(self, number: int) -> int:
        return int(self._books.account(number)["id"])

    def _one(self, key: str) -> Doc:
        found = self._books.ledger.get(key)
        if found is None:
            raise not_found("Transaction line")
        return shown(found)

    def _list(self) -> Response:
        """QUIRK: both ends are demanded, the last day is not in it (twentyfoursevenoffice.md 3.8)."""
        first, last = day("dateFrom", required=True), day("dateTo", required=True)
        looked_up: list[Condition] = [("date", ">=", first), ("date", "<", last)]
        if number := request.args.get("invoiceNumber"):
            looked_up.append(("_invoice", "=", number))
        rows = self._books.ledger.find(*looked_up)
        part, links = page_of([row for row in rows if _matches(row)], whole("limit", 50))
        return answer([shown(row) for row in part], headers=links)


def _matches(row: Doc) -> bool:
    values: dict[str, Any] = {
        "transactionNumber": row["transaction"]["number"],
        "transactionTypeId": row["transactionType"]["id"],
        "customerId": row["customer"]["id"],
        "accountId": row["account"]["id"],
        "accountNumber": row["account"]["number"],
        "invoiceNumber": row["invoice"].get("number", ""),
        "currencyCode": row["currency"]["code"],
    }
    for name, value in values.items():
        text = request.args.get(name)
        if text is not None and isinstance(value, int):
            refuse_if([] if text.isdigit() else [fault(name, "type")])
        if text is not None and text != str(value):
            return False
    if comparable(row["createdAt"]) < moment("createdFrom"):
        return False
    return comparable(row["modifiedAt"]) >= moment("modifiedFrom")
