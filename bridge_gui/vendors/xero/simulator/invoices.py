"""Xero's invoices: listed, read, made and changed.

Facts: xero.md sections 3.4, 5 and 6. Inferred: in `says.Unsure`; that PUT ignores an id that is sent; that a
change of state alone leaves everything else as it is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.chart import CROSS
from bridge_gui.vendors.xero.simulator.contacts import ContactDesk
from bridge_gui.vendors.xero.simulator.forms import NotHere, envelope, number, same_id, sent
from bridge_gui.vendors.xero.simulator.invoice_reading import FIELDS, SEARCHED, Showing
from bridge_gui.vendors.xero.simulator.invoice_rules import (
    AUTHORISED,
    DELETED,
    DRAFT,
    PAID,
    STRICT,
    VOIDED,
    InvoiceRules,
    wanted_day,
)
from bridge_gui.vendors.xero.simulator.items import places
from bridge_gui.vendors.xero.simulator.lines import Document, LineDesk, totals
from bridge_gui.vendors.xero.simulator.listing import (
    answered,
    changed,
    chosen,
    flag,
    guids,
    matching,
    ordered,
    told,
)
from bridge_gui.vendors.xero.simulator.says import Unsure
from bridge_gui.vendors.xero.simulator.writing import Trouble, outcome, summarized

PATH = "/api.xro/2.0/Invoices"
TYPES = ("ACCREC", "ACCPAY")
PLAIN = ("Reference", "Url", "BrandingThemeID", "SentToContact", "ExpectedPaymentDate")


class InvoiceDesk:
    """Keeps the invoices."""

    def __init__(self, books: Books, contacts: ContactDesk) -> None:
        self._books = books
        self._contacts = contacts
        self._rules = InvoiceRules(books)
        self._lines = LineDesk(books)
        self._showing = Showing(books, contacts)

    def routes(self) -> list[Route]:
        """The collection and one invoice; papers are elsewhere."""
        return [
            ("GET", PATH, self.listing),
            ("PUT", PATH, lambda: self._many(sent("Invoices"), create=True)),
            ("POST", PATH, lambda: self._many(sent("Invoices"), create=False)),
            ("POST", f"{PATH}/<key>", self.update),
        ]

    def listing(self) -> Doc:
        """All invoices, deleted and voided ones too unless `Statuses` says otherwise."""
        rows = changed(self._books.invoices)
        for values, field in (
            (guids("IDs"), "InvoiceID"),
            (chosen("InvoiceNumbers"), "InvoiceNumber"),
            (guids("ContactIDs"), "_contact"),
            (chosen("Statuses"), "Status"),
        ):
            rows = [row for row in rows if row[field] in values] if values else rows
        if flag("createdByMyApp"):
            rows = [row for row in rows if row["_ours"]]
        rows = ordered(matching(map(self._showing.findable, rows), FIELDS, *SEARCHED), FIELDS)
        paged = bool(told("page") or told("Statuses"))
        bare = self._showing.bare
        dress = bare if flag("summaryOnly") else self._showing.full
        return answered(self._books, "Invoices", rows, dress, bare, paged=paged)

    def one(self, key: str) -> Doc:
        """One invoice, by id or by number."""
        return envelope(self._books.now(), "Invoices", [self._showing.full(self.found(key))])

    def update(self, key: str) -> Doc:
        """Changes one invoice."""
        known = self.found(key)
        return self._many([{**row, "InvoiceID": known["id"]} for row in sent("Invoices")[:1]], create=False)

    def found(self, key: str) -> Doc:
        """The invoice of that id or number; else Xero's 404."""
        invoices = self._books.invoices
        found = invoices.get(same_id(key)) or invoices.first(("InvoiceNumber", "=", key))
        if found is None:
            raise NotHere
        return found

    def save(self, row: Doc, *, create: bool = False, ours: bool = True) -> Doc:
        """Stores what a request or a person wants of an invoice."""
        known = None if create else self._known(row)
        status = str(row.get("Status") or (known["Status"] if known else DRAFT))
        self._rules.check_state(known, status)
        if known and status in {VOIDED, DELETED}:
            return self._ended(known, status)
        contact = self._contact(row, known)
        made = self._made(row, known, status, contact)
        self._rules.check_day(made, before=known)
        self._rules.check_whole(made, contact)
        self._rules.check_fields(made, row)
        if known:
            self._rules.check_settled(known, row)
        else:
            made["_ours"] = ours
        made["InvoiceNumber"] = made.get("InvoiceNumber") or self._next_number(made["Type"])
        self._rules.check_number(made)
        return self._stored(made, known, contact)

    def reckon(self, invoice: Doc) -> Doc:
        """Stores an invoice after its payments or credits changed: what is due, and paid or not."""
        paid = self._books.payments.total(
            "Amount", ("_document", "=", invoice["id"]), ("Status", "=", AUTHORISED)
        )
        amounts = [
            Decimal(str(value)) for value in (invoice["Total"], round(paid, 2), invoice["AmountCredited"])
        ]
        due = amounts[0] - amounts[1] - amounts[2]
        made = {**invoice, "AmountPaid": float(amounts[1]), "AmountDue": float(due)}
        if made["Status"] in {AUTHORISED, PAID}:
            over = due <= 0 and (made["AmountPaid"] or made["AmountCredited"])
            made["Status"] = PAID if over else AUTHORISED
            made["FullyPaidOnDate"] = self._books.today() if over else None
        made = self._books.touched(made)
        self._books.invoices.put(made)
        return made

    def _many(self, rows: list[Doc], *, create: bool) -> Doc:
        def write(row: Doc) -> Doc:
            told_now = self._showing.full(self.save(row, create=create))
            return outcome({**told_now, **_warned(row, told_now)})

        return summarized(self._books, "Invoices", rows, write)

    def _known(self, row: Doc) -> Doc | None:
        """POST finds what it changes by id, or by number. An unknown id is a 404 for all of it."""
        if row.get("InvoiceID"):
            return self.found(str(row["InvoiceID"]))
        if row.get("InvoiceNumber") and row.get("Type", "ACCREC") == "ACCREC":
            alike = self._books.invoices.find(("InvoiceNumber", "=", str(row["InvoiceNumber"])))
            return next((one for one in alike if one["Status"] != DELETED), None)
        return None

    def _ended(self, known: Doc, status: str) -> Doc:
        """QUIRK: the answer to voiding still shows the old AmountDue; later reads show none (xero.md 3.4)."""
        self._rules.check_day(known)
        made = self._books.touched({**known, "Status": status})
        self._books.invoices.put({**made, "AmountDue": 0.0} if status == VOIDED else made)
        self._books.note(known["id"], f"Invoice {known['InvoiceNumber']} {status.lower()}.", status.title())
        return made

    def _contact(self, row: Doc, known: Doc | None) -> Doc | None:
        """QUIRK: more than the id changes the contact, and drops its ContactPersons (xero.md 0.5)."""
        told_now = row.get("Contact")
        if not isinstance(told_now, dict) or not told_now:
            if known is None:
                raise Trouble(Unsure.CONTACT)
            return self._books.contacts.get(known["_contact"])
        key = same_id(told_now.get("ContactID"))
        if told_now.get("ContactID") and self._books.contacts.get(key) is None:
            raise Trouble(Unsure.CONTACT_UNKNOWN)
        if set(told_now) == {"ContactID"}:
            return self._books.contacts.get(key)
        found = self._contacts.known(told_now)
        if (
            found is not None
            and set(told_now) <= {"ContactID", "Name"}
            and found["Name"] == told_now.get("Name")
        ):
            return found
        made = self._contacts.save(told_now, create=False)
        return {**made, "ContactPersons": told_now.get("ContactPersons", [])}

    def _made(self, row: Doc, known: Doc | None, status: str, contact: Doc | None) -> Doc:
        made = {**(known or self._empty(row)), "Status": status, "_contact": contact["id"] if contact else ""}
        made |= {name: row[name] for name in PLAIN if name in row}
        made["InvoiceNumber"] = row.get("InvoiceNumber") or made.get("InvoiceNumber")
        made["Date"] = wanted_day(row, "Date", made["Date"])
        made["DueDate"] = wanted_day(row, "DueDate", made["DueDate"])
        if row.get("LineAmountTypes"):
            made["LineAmountTypes"] = row["LineAmountTypes"]
        if row.get("CurrencyCode"):
            made["CurrencyCode"] = row["CurrencyCode"]
        rate = number(row.get("CurrencyRate"))
        made["CurrencyRate"] = float(rate) if rate else CROSS.get(made["CurrencyCode"], 1.0)
        made["BrandingThemeID"] = same_id(made.get("BrandingThemeID")) or self._usual_theme()
        return self._priced(made, row, known)

    def _priced(self, made: Doc, row: Doc, known: Doc | None) -> Doc:
        """Lines anew where any were sent or the way of counting changed; else as they were."""
        rows = row.get("LineItems") if "LineItems" in row else (known or {}).get("LineItems")
        if not rows:
            raise Trouble(Unsure.LINES)
        raised = known is not None and known["Status"] == DRAFT and made["Status"] in STRICT
        anew = "LineItems" in row or "LineAmountTypes" in row
        if anew or raised:
            ids = frozenset(line["LineItemID"] for line in known["LineItems"]) if known else None
            sale, decimals = made["Type"] == "ACCREC", places() if "LineItems" in row else 4
            document = Document(made["LineAmountTypes"], made["Status"] in STRICT, sale, ids, decimals)
            lines = self._lines.lines(_again(rows, row), document)
            made["LineItems"] = lines if anew else made["LineItems"]
        made |= totals(made["LineItems"], made["LineAmountTypes"])
        made["IsDiscounted"] = any(line.get("DiscountRate") for line in made["LineItems"])
        due = (
            Decimal(str(made["Total"]))
            - Decimal(str(made["AmountPaid"]))
            - Decimal(str(made["AmountCredited"]))
        )
        return {**made, "AmountDue": float(due)}

    def _stored(self, made: Doc, known: Doc | None, contact: Doc | None) -> Doc:
        if contact is not None:
            customer = made["Type"] == "ACCREC" and made["Status"] != DRAFT
            self._contacts.keep({**contact, "IsCustomer": contact["IsCustomer"] or customer})
        approved = made["Status"] == AUTHORISED and (known is None or known["Status"] in {DRAFT, "SUBMITTED"})
        if approved:
            month = f"approved {self._books.today()[:7]}"
            self._books.state.set_value(month, self._books.state.value(month, 0) + 1)
        made = made if known and _only_quiet(made, known) else self._books.touched(made)
        self._books.invoices.put(made)
        what = "Approved" if approved else "Edited" if known else "Created"
        self._books.note(made["id"], f"Invoice {made['InvoiceNumber']}: {what.lower()}.", what)
        if approved and made["Total"] == 0:
            return self.reckon(made)
        return made

    def _empty(self, row: Doc) -> Doc:
        if row.get("Type") not in TYPES:
            raise Trouble(Unsure.TYPE)
        key = self._books.new_id()
        return {
            "id": key,
            "Type": row["Type"],
            "InvoiceID": key,
            "InvoiceNumber": None,
            "Reference": "",
            "AmountDue": 0.0,
            "AmountPaid": 0.0,
            "AmountCredited": 0.0,
            "SentToContact": False,
            "HasErrors": False,
            "Date": self._books.today(),
            "DueDate": None,
            "LineAmountTypes": "Exclusive",
            "LineItems": [],
            "CurrencyCode": "EUR",
            "_notes": [],
        }

    def _next_number(self, kind: str) -> str:
        """The next of the organisation's series that nobody took by hand."""
        if kind != "ACCREC":
            return ""
        while True:
            name = f"INV-{self._books.state.next_number('invoice'):04}"
            if self._books.invoices.first(("InvoiceNumber", "=", name)) is None:
                return name

    def _usual_theme(self) -> str:
        return str(self._books.themes.find(order="SortOrder", limit=1)[0]["id"])


def _again(rows: Any, row: Doc) -> list[Doc]:
    """Lines that were not sent are reckoned anew: without the amounts that follow from the others."""
    if "LineItems" in row:
        return [one for one in rows if isinstance(one, dict)]
    return [{name: line[name] for name in line if name not in {"LineAmount", "TaxAmount"}} for line in rows]


def _warned(row: Doc, made: Doc) -> Doc:
    """An implausible rate is taken, with a warning (xero.md 3.4)."""
    rate, usual = number(row.get("CurrencyRate")), CROSS.get(made["CurrencyCode"])
    if rate is None or usual is None or 0.5 < float(rate) / usual < 2:
        return {}
    return {"Warnings": [{"Message": Unsure.RATE}]}


def _only_quiet(made: Doc, known: Doc) -> bool:
    """QUIRK: DueDate and SentToContact of a part-paid invoice do not move UpdatedDateUTC (xero.md 4)."""
    quiet = {"DueDate", "SentToContact"}
    return bool(known["AmountPaid"]) and all(
        made[name] == known.get(name) for name in made if name not in quiet
    )
