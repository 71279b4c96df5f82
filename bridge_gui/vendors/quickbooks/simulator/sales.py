"""Invoices, sales receipts, refund receipts and credit memos: made, changed, voided, deleted.

Facts: quickbooks.md 3.4 to 3.6, 5, 6. Inferred: in `says.Unsure`; a number is taken within its kind of
document; "Voided - " is how the word stands before a note; a refund receipt cannot be voided.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.quickbooks.simulator.books import Books, cents, number, plain, ref
from bridge_gui.vendors.quickbooks.simulator.lines import LineDesk
from bridge_gui.vendors.quickbooks.simulator.says import (
    Trouble,
    Unsure,
    missing,
    not_supported,
    number_taken,
    rule,
    too_long,
)

WRITABLE = {
    "DocNumber", "TxnDate", "DueDate", "CustomerRef", "CurrencyRef", "ExchangeRate", "Line", "TxnTaxDetail",
    "GlobalTaxCalculation", "ApplyTaxAfterDiscount", "BillEmail", "BillEmailCc", "EmailStatus", "PrintStatus",
    "CustomerMemo", "PrivateNote", "PaymentMethodRef", "PaymentRefNum", "DepositToAccountRef", "SalesTermRef",
    "ClassRef", "DepartmentRef", "BillAddr", "ShipAddr", "AllowOnlineCreditCardPayment", "TrackingNum",
    "AllowOnlineACHPayment", "ShipDate",
}  # fmt: skip
LENGTHS = {"DocNumber": 21, "PrivateNote": 4000, "PaymentRefNum": 21}
DEPOSITS = {"Bank", "Other Current Asset"}
MONEY = {"Line", "TxnTaxDetail", "GlobalTaxCalculation", "ApplyTaxAfterDiscount"}
"""What has the sums worked out again; other fields leave them as they are."""


class Rules:
    """What holds for every document: dates, texts, references, currency."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def open_on(self, *days: str) -> None:
        """Refuses what lies in a closed period."""
        closed = self._books.settings["book_close_date"]
        for day in days:
            if closed and day and day <= closed:
                if self._books.settings["book_close_password"]:
                    raise Trouble(6200, "Account Period Closed", Unsure.CLOSED_PASSWORD)
                detail = (
                    "The account period has closed and the account books cannot be updated through the QBO"
                    " Services API."
                )
                raise Trouble(6210, "Account Period Closed, Cannot Update Through Services API", detail)

    def texts(self, doc: Doc) -> None:
        """Refuses texts that are too long."""
        told = {name: doc.get(name) for name in LENGTHS}
        for name, text in told.items():
            if len(str(text or "")) > LENGTHS[name]:
                raise too_long(name)
        if len(str((doc.get("CustomerMemo") or {}).get("value") or "")) > 1000:
            raise too_long("CustomerMemo")
        if len(str((doc.get("BillEmail") or {}).get("Address") or "")) > 100:
            raise too_long("BillEmail")

    def day(self, doc: Doc) -> str:
        """The date of a document; today's where none was told."""
        told = str(doc.get("TxnDate") or self._books.today())
        try:
            return date.fromisoformat(told[:10]).isoformat()
        except ValueError as error:
            raise Trouble(2030, "Invalid Date", f"Invalid date {told}") from error

    def references(self, doc: Doc) -> Doc:
        """The document with the names beside its references."""
        made = dict(doc)
        kinds = {
            "CustomerRef": "Customer", "PaymentMethodRef": "PaymentMethod", "DepositToAccountRef": "Account",
            "SalesTermRef": "Term", "ClassRef": "Class", "DepartmentRef": "Department",
        }  # fmt: skip
        for field, kind in kinds.items():
            found = self._books.referred(doc, field, kind)
            if found is not None:
                made[field] = {"value": found["Id"], "name": found.get("DisplayName") or found.get("Name")}
            if field == "DepositToAccountRef" and found is not None and found["AccountType"] not in DEPOSITS:
                raise rule(Unsure.DEPOSIT)
        return made

    def currency(self, doc: Doc) -> str:
        """The currency of a document; its customer has one for life."""
        customer = self._books.referred(doc, "CustomerRef", "Customer")
        told = ref(doc, "CurrencyRef")
        if not self._books.settings["multicurrency"]:
            if told not in {"", self._books.home()}:
                raise rule(Unsure.CURRENCY)
            return self._books.home()
        if not told:
            raise missing("CurrencyRef")
        if customer is not None and ref(customer, "CurrencyRef") != told:
            raise rule(Unsure.CURRENCY)
        return told


class SaleDesk:
    """The four kinds of sale."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self.rules = Rules(books)
        self._lines = LineDesk(books)

    def make(self, kind: str, sent: Doc) -> Doc:
        """A new document."""
        doc = {name: sent[name] for name in WRITABLE if sent.get(name) is not None}
        made = self._worked_out(kind, doc, {})
        self.rules.open_on(made["TxnDate"])
        made["DocNumber"] = self._number(kind, sent.get("DocNumber"), "")
        return self._books.put(kind, made)

    def change(self, kind: str, known: Doc, sent: Doc) -> Doc:
        """QUIRK: sparse is for fields, never for lines; else all not sent is emptied (quickbooks.md 0)."""
        if known.get("_voided"):
            raise rule(Unsure.VOIDED)
        self._not_deposited(known)
        base = {name: known[name] for name in known if sent.get("sparse") or name not in WRITABLE}
        doc = {**base, **{name: sent[name] for name in WRITABLE if name in sent}}
        money = not sent.get("sparse") or bool(MONEY & set(sent))
        if money and "TxnTaxDetail" not in sent:  # what was worked out before is no wish
            doc["TxnTaxDetail"] = {"TxnTaxCodeRef": (known["TxnTaxDetail"]).get("TxnTaxCodeRef")}
        doc = {name: value for name, value in doc.items() if value is not None}
        made = self._worked_out(kind, doc, known, money=money)
        self.rules.open_on(known["TxnDate"], made["TxnDate"])
        wanted = doc.get("DocNumber")
        made["DocNumber"] = known.get("DocNumber") if wanted == known.get("DocNumber") else self._number(
            kind, wanted, known["id"]
        )  # fmt: skip
        return self._books.put(kind, made)

    def void(self, kind: str, known: Doc) -> Doc:
        """Amounts go to nought, the row stays, the note begins with a word (quickbooks.md 3.4)."""
        if kind in {"CreditMemo", "RefundReceipt"}:
            raise not_supported("void")
        self.rules.open_on(known["TxnDate"])
        self._not_deposited(known)
        if known.get("LinkedTxn"):
            raise rule(Unsure.LINKED)
        if known.get("_voided"):
            return known
        word = "Voided" if self._books.settings["language"] == "en" else "Annulé"
        note = str(known.get("PrivateNote") or "")
        tax = {**known["TxnTaxDetail"], "TotalTax": 0.0}
        tax.pop("TaxLine", None)
        made = {
            **known,
            "Line": [_emptied(line) for line in known["Line"]],
            "TxnTaxDetail": tax,
            "TotalAmt": 0.0,
            "Balance": 0.0,
            "PrivateNote": f"{word} - {note}" if note else word,
            "_voided": True,
        }
        return self._books.put(kind, made)

    def remove(self, kind: str, known: Doc) -> None:
        """Deletes for good; what is linked must be unlinked first (quickbooks.md 6)."""
        self.rules.open_on(known["TxnDate"])
        self._not_deposited(known)
        if known.get("LinkedTxn"):
            raise rule(Unsure.LINKED)
        self._books.drop(kind, known)

    def send(self, known: Doc, to: str) -> Doc:
        """E-mails an invoice."""
        address = to or str((known.get("BillEmail") or {}).get("Address") or "")
        if not address:
            raise rule(Unsure.NO_EMAIL)
        delivery = {"DeliveryType": "Email", "DeliveryTime": self._books.time()}
        return self._books.put(
            "Invoice",
            {
                **known,
                "BillEmail": {"Address": address},
                "EmailStatus": "EmailSent",
                "DeliveryInfo": delivery,
            },
        )

    def applied(self, kind: str, key: str, payment: str, amount: Decimal) -> None:
        """A payment takes from what is open, or gives back where the amount is negative."""
        doc = self._books.need(kind, key)
        links = [link for link in doc.get("LinkedTxn", []) if link["TxnId"] != payment]
        if amount >= 0:
            links.append({"TxnId": payment, "TxnType": "Payment"})
        left = plain(number(doc["Balance"]) - amount)
        more = {"RemainingCredit": left} if kind == "CreditMemo" else {}
        self._books.put(kind, {**doc, "Balance": left, "LinkedTxn": links, **more})

    def _worked_out(self, kind: str, doc: Doc, known: Doc, *, money: bool = True) -> Doc:
        self.rules.texts(doc)
        if kind in {"Invoice", "CreditMemo"} and not ref(doc, "CustomerRef"):
            raise missing("CustomerRef")
        made = self.rules.references(doc)
        made |= {"TxnDate": self.rules.day(doc), "_customer": ref(doc, "CustomerRef")}
        currency = self.rules.currency(doc)
        if kind == "RefundReceipt" and not ref(doc, "DepositToAccountRef"):
            raise missing("DepositToAccountRef")
        if kind == "SalesReceipt" and not ref(doc, "DepositToAccountRef"):
            made["DepositToAccountRef"] = {"value": self._books.settings["undeposited_account"]}
        if doc.get("EmailStatus") == "NeedToSend" and not (doc.get("BillEmail") or {}).get("Address"):
            raise rule(Unsure.NO_EMAIL)
        if not self._books.american():
            made.setdefault("GlobalTaxCalculation", "TaxExcluded")
            made.setdefault("ApplyTaxAfterDiscount", True)
        return {**made, **self._money(kind, made, known, currency)} if money else made

    def _money(self, kind: str, made: Doc, known: Doc, currency: str) -> Doc:
        sums = self._lines.sums(made)
        paid = number(known.get("TotalAmt")) - number(known.get("Balance")) if known else Decimal(0)
        owes = kind in {"Invoice", "CreditMemo"}
        if owes and sums.total < paid:
            raise rule(Unsure.PAID_MORE)
        left = sums.total - paid if owes else Decimal(0)
        told: Doc = {
            "Line": sums.lines,
            "TxnTaxDetail": sums.tax,
            "TotalAmt": plain(cents(sums.total)),
            "Balance": plain(cents(left)),
            "CurrencyRef": {"value": currency},
            "EmailStatus": made.get("EmailStatus", "NotSet"),
            "PrintStatus": made.get("PrintStatus", "NotSet"),
            "ApplyTaxAfterDiscount": bool(made.get("ApplyTaxAfterDiscount")),
        }
        if kind == "Invoice":
            after = date.fromisoformat(made["TxnDate"]) + timedelta(days=30)
            told |= {
                "DueDate": made.get("DueDate") or after.isoformat(),
                "LinkedTxn": known.get("LinkedTxn", []),
            }
        if kind == "CreditMemo":
            told |= {"RemainingCredit": told["Balance"], "LinkedTxn": known.get("LinkedTxn", [])}
        return told

    def _number(self, kind: str, wanted: object, mine: str) -> str | None:
        """QUIRK: with numbers of our own turned off, ours is left aside (quickbooks.md 3.5)."""
        if wanted == "AUTO_GENERATE" or not self._books.settings["custom_numbers"]:
            return (
                str(self._books.state.next_number("document", 1001))
                if not mine
                else str(wanted or "") or None
            )
        if not wanted:
            return None
        other = self._books.table(kind).first(("DocNumber", "=", str(wanted)))
        if other is not None and other["id"] != mine and self._books.settings["warn_duplicates"]:
            raise number_taken(str(wanted), kind, other["Id"])
        return str(wanted)

    @staticmethod
    def _not_deposited(known: Doc) -> None:
        if known.get("_deposited"):
            detail = "The transaction has been deposited. If you want to modify it, remove the deposit first."
            raise Trouble(6540, "Deposited Transaction cannot be changed", detail)


def _emptied(line: Doc) -> Doc:
    made = {**line, "Amount": 0.0}
    if "SalesItemLineDetail" in line:
        made["SalesItemLineDetail"] = {**line["SalesItemLineDetail"], "Qty": 0, "UnitPrice": 0}
    return made
