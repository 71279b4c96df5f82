"""The ledger: what bookings become, and the statements that read it back.

Facts: payday.md section 3.5 (fields, required ranges, sign: debit positive) and 7 (VAT accounts).
Inferred: which side decides between output and input VAT, the running balance, order by date.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from bridge_gui.sandbox.kit import Condition, Doc, Route
from bridge_gui.vendors.payday.simulator.books import Books, number
from bridge_gui.vendors.payday.simulator.chart import INCOME
from bridge_gui.vendors.payday.simulator.reading import asked, between, invalid, missing, page

OUTPUT = {Decimal(24): "4300", Decimal(11): "4310"}
INPUT = {Decimal(24): "4320", Decimal(11): "4330"}
RECEIVABLE, PAYABLE = "3400", "4400"
TYPES = {  # English enum names of the filter, [inferred] but for Expense
    "Revenue": INCOME,
    "Expense": "Gjöld",
    "Asset": "Eignir",
    "Liability": "Skuldir",
    "Equity": "Eigið fé",
}
SUBTYPES = {"SalaryAndRelatedExpenses": "Laun og launatengd gjöld"}


class Part(NamedTuple):
    """One amount on one account, debit positive; a customer's when it is on the receivables."""

    account: Doc
    amount: Decimal
    customer: str | None = None


class Booking(NamedTuple):
    """What is booked at once under one voucher."""

    entry: str
    voucher: str
    day: str
    description: str
    parts: list[Part]
    reference: str | None = None


class Ledger:
    """Books parts and shows them in statements."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def routes(self) -> list[Route]:
        """The two statements."""
        return [
            ("GET", "/accounting/accountStatement", self.statement),
            ("GET", "/customers/<key>/accountStatement", self.customer_statement),
        ]

    def split(self, account: Doc, amount: Decimal, rate: Decimal | None) -> list[Part]:
        """A gross amount as net and VAT; the VAT account follows the account's side."""
        mode = self._books.settings["vat_in_journal"]
        if not rate or mode == "ignored":
            return [Part(account, amount)]
        sides = OUTPUT if account["type"] == INCOME else INPUT
        vat_account = self._books.account(sides[rate])
        if mode == "added":
            return [Part(account, amount), Part(vat_account, self._books.kronur(amount * rate / 100))]
        vat = self._books.vat_inside(amount, rate)
        return [Part(account, amount - vat), Part(vat_account, vat)]

    def book(self, booking: Booking) -> None:
        """Writes the parts as ledger lines."""
        created = self._books.stamp()
        for part in booking.parts:
            if part.amount:
                self._books.ledger.put(self._line(booking, part, created))

    def statement(self) -> Any:
        """Ledger lines of a period or of a time of booking; one of the two is required."""
        dates, created = between("date", "date"), between("created", "created")
        if len(dates) != 2 and len(created) != 2:
            raise invalid("DateFrom and DateTo or CreatedFrom and CreatedTo are required.")
        where = [*dates, *created, *self._account_filter()]
        return page(self._books.ledger.shown(), "lines", *where, order="date", usual=100)

    def customer_statement(self, key: str) -> Any:
        """A customer's ledger with its balances."""
        if self._books.customers.fresh.get(key) is None:
            raise missing()
        mine: Condition = ("_customer", "=", key)
        table = self._books.ledger.shown()
        told = page(table, "lines", mine, *between("date", "date"), order="date", usual=100)
        earlier = [("date", "<", bound[2]) for bound in between("date", "date") if bound[1] == ">="]
        start = table.total("amount", mine, *earlier) if earlier else 0.0
        within = table.total("amount", mine, *between("date", "date"))
        return {**told, "startBalance": start, "endBalance": start + within, "startBalancePage": start}

    def _account_filter(self) -> list[Condition]:
        if code := asked("accountCode"):
            return [("accountCode", "=", code)]
        kind, subtype = TYPES.get(asked("accountType")), SUBTYPES.get(asked("accountSubType"))
        fields = (("type", kind), ("subType", subtype))
        where: list[Condition] = [(name, "=", value) for name, value in fields if value]
        if not where:
            return []
        return [("accountCode", "in", [account["code"] for account in self._books.accounts.find(*where)])]

    def _line(self, booking: Booking, part: Part, created: str) -> Doc:
        code = part.account["code"]
        return {
            "id": self._books.new_id(),
            "entryId": booking.entry,
            "date": booking.day,
            "amount": float(part.amount),
            "balance": float(self._balance(code, part.amount)),
            "description": booking.description,
            "currency": "ISK",
            "accountCode": code,
            "accountName": part.account["name"],
            "voucher": booking.voucher,
            "reference": booking.reference,
            "created": created,
            "closeFiscalYear": False,
            "_customer": part.customer,
        }

    def _balance(self, code: str, amount: Decimal) -> Decimal:
        kept = self._books.balances.get(code) or {"balance": 0}
        balance = (number(kept["balance"]) or Decimal(0)) + amount
        self._books.balances.put({"id": code, "balance": float(balance)})
        return balance
