"""Payments: on invoices, with credit memos, unapplied; and credits that a new invoice swallows.

Facts: quickbooks.md 3.6. Inferred: in `says.Unsure`; what is voided keeps its customer and loses its lines.
"""

from __future__ import annotations

from decimal import Decimal

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.quickbooks.simulator.books import Books, cents, number, plain, ref
from bridge_gui.vendors.quickbooks.simulator.sales import SaleDesk
from bridge_gui.vendors.quickbooks.simulator.says import Trouble, Unsure, bad_reference, missing, rule

WRITABLE = {
    "CustomerRef", "TotalAmt", "CurrencyRef", "ExchangeRate", "TxnDate", "PaymentMethodRef", "PaymentRefNum",
    "DepositToAccountRef", "Line", "PrivateNote",
}  # fmt: skip
APPLIES = {"Invoice", "CreditMemo"}
Applied = list[tuple[str, str, Decimal]]


class PaymentDesk:
    """Payments and what they are applied to."""

    def __init__(self, books: Books, sales: SaleDesk) -> None:
        self._books = books
        self._sales = sales

    def make(self, sent: Doc) -> Doc:
        """A new payment; what it pays goes down."""
        doc = {name: sent[name] for name in WRITABLE if sent.get(name) is not None}
        made, applied = self._worked_out(doc, [])
        self._sales.rules.open_on(made["TxnDate"])
        kept = self._books.put("Payment", made)
        self._apply(kept["Id"], applied)
        return kept

    def change(self, known: Doc, sent: Doc) -> Doc:
        """Lines are replaced as a whole, so that a shorter list unlinks."""
        if known.get("_voided"):
            raise rule(Unsure.VOIDED)
        self._not_deposited(known)
        base = {name: known[name] for name in known if sent.get("sparse") or name not in WRITABLE}
        doc = {**base, **{name: sent[name] for name in WRITABLE if name in sent}}
        before = _applied(known)
        made, applied = self._worked_out({k: v for k, v in doc.items() if v is not None}, before)
        self._sales.rules.open_on(known["TxnDate"], made["TxnDate"])
        if applied == before:
            return self._books.put("Payment", made)
        self._apply(known["Id"], [(kind, key, -amount) for kind, key, amount in before])
        kept = self._books.put("Payment", made)
        self._apply(known["Id"], applied)
        return kept

    def void(self, known: Doc) -> Doc:
        """Amounts go to nought, what was paid is open again."""
        self._gone(known)
        if known.get("_voided"):
            return known
        word = "Voided" if self._books.settings["language"] == "en" else "Annulé"
        note = str(known.get("PrivateNote") or "")
        made = {
            **known,
            "Line": [],
            "TotalAmt": 0.0,
            "UnappliedAmt": 0.0,
            "PrivateNote": f"{word} - {note}" if note else word,
            "_voided": True,
        }
        return self._books.put("Payment", made)

    def remove(self, known: Doc) -> None:
        """Deletes for good; what was paid is open again."""
        self._gone(known)
        self._books.drop("Payment", known)

    def swallow(self, invoice: Doc) -> Doc:
        """QUIRK: a new invoice may take an old credit at once (quickbooks.md 3.6)."""
        settings, customer = self._books.settings, ref(invoice, "CustomerRef")
        if settings["auto_apply_payments"]:
            for payment in self._books.table("Payment").find(("UnappliedAmt", ">", 0)):
                if ref(payment, "CustomerRef") == customer:
                    self._stretch(payment, self._books.need("Invoice", invoice["Id"]))
        if settings["auto_apply_credit"]:
            for memo in self._books.table("CreditMemo").find(("Balance", ">", 0)):
                if ref(memo, "CustomerRef") == customer:
                    self._spend(memo, self._books.need("Invoice", invoice["Id"]))
        return self._books.need("Invoice", invoice["Id"])

    def _stretch(self, payment: Doc, invoice: Doc) -> None:
        amount = min(number(payment["UnappliedAmt"]), number(invoice["Balance"]))
        if amount > 0:
            lines = [*payment["Line"], _line(amount, "Invoice", invoice["Id"])]
            self.change(payment, {"sparse": True, "Line": lines})

    def _spend(self, memo: Doc, invoice: Doc) -> None:
        amount = min(number(memo["Balance"]), number(invoice["Balance"]))
        if amount > 0:
            lines = [
                _line(amount, kind, doc["Id"]) for kind, doc in (("Invoice", invoice), ("CreditMemo", memo))
            ]
            told = {name: invoice[name] for name in ("CustomerRef", "CurrencyRef")}
            self.make(
                {**told, "TotalAmt": 0, "Line": lines, "PrivateNote": "Created by QB Online to link credits"}
            )

    def _worked_out(self, doc: Doc, before: Applied) -> tuple[Doc, Applied]:
        if not ref(doc, "CustomerRef"):
            raise missing("CustomerRef")
        if doc.get("TotalAmt") is None:
            raise missing("TotalAmt")
        self._sales.rules.texts(doc)
        made = self._sales.rules.references(doc)
        total = cents(number(doc["TotalAmt"]))
        if total < 0:
            raise rule(Unsure.NEGATIVE)
        made |= {"TxnDate": self._sales.rules.day(doc), "TotalAmt": plain(total), "ProcessPayment": False}
        made["CurrencyRef"] = {"value": self._sales.rules.currency(doc)}
        made["_customer"] = ref(doc, "CustomerRef")
        if not ref(made, "DepositToAccountRef"):
            made["DepositToAccountRef"] = {"value": self._books.settings["undeposited_account"]}
        made["Line"] = [dict(row) for row in doc.get("Line") or []]
        applied = _applied(made)
        credit = sum((amount for kind, _, amount in applied if kind == "CreditMemo"), Decimal(0))
        used = sum((amount for kind, _, amount in applied if kind == "Invoice"), Decimal(0))
        if used > total + credit:
            raise rule(Unsure.TOO_MUCH)
        for one in applied:
            self._check(one, made, before)
        made["UnappliedAmt"] = plain(total + credit - used)
        return made, applied

    def _check(self, one: tuple[str, str, Decimal], made: Doc, before: Applied) -> None:
        kind, key, amount = one
        found = self._books.table(kind).get(key) if kind in APPLIES else None
        if found is None:
            raise bad_reference(kind, key)
        if ref(found, "CustomerRef") != ref(made, "CustomerRef"):
            raise rule(Unsure.OTHER_CUSTOMER)
        if ref(found, "CurrencyRef") != ref(made, "CurrencyRef"):
            raise rule(Unsure.CURRENCY)
        mine = sum((was for name, number_, was in before if (name, number_) == (kind, key)), Decimal(0))
        if amount > number(found["Balance"]) + mine:
            raise rule(Unsure.TOO_MUCH)

    def _apply(self, payment: str, applied: Applied) -> None:
        for kind, key, amount in applied:
            self._sales.applied(kind, key, payment, amount)

    def _gone(self, known: Doc) -> None:
        self._sales.rules.open_on(known["TxnDate"])
        self._not_deposited(known)
        self._apply(known["Id"], [(kind, key, -amount) for kind, key, amount in _applied(known)])

    @staticmethod
    def _not_deposited(known: Doc) -> None:
        if known.get("_deposited"):
            detail = "The transaction has been deposited. If you want to modify it, remove the deposit first."
            raise Trouble(6540, "Deposited Transaction cannot be changed", detail)


def _applied(payment: Doc) -> Applied:
    found: Applied = []
    for row in payment.get("Line") or []:
        for link in row.get("LinkedTxn") or []:
            found.append((str(link.get("TxnType")), str(link.get("TxnId")), cents(number(row.get("Amount")))))
    return found


def _line(amount: Decimal, kind: str, key: str) -> Doc:
    return {"Amount": plain(amount), "LinkedTxn": [{"TxnId": key, "TxnType": kind}]}
