"""Lines of a sale: checked, numbered, added up, with their discount and their tax.

Facts: quickbooks.md 3.4, 3.5, 5. Inferred: a line without an item takes the first one; a discount without a
code is not taxed in the US way only; several discount lines add up.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.quickbooks.simulator.books import Books, cents, number, plain, ref
from bridge_gui.vendors.quickbooks.simulator.says import Trouble, Unsure, missing, rule, too_long
from bridge_gui.vendors.quickbooks.simulator.taxes import Part, TaxDesk

DETAILS = (
    "SalesItemLineDetail",
    "DiscountLineDetail",
    "SubTotalLineDetail",
    "DescriptionOnly",
    "GroupLineDetail",
)
NO_VAT = "Make sure all your transactions have a VAT rate before you save."


class Sums(NamedTuple):
    """What lines come to."""

    lines: list[Doc]
    tax: Doc
    total: Decimal


class LineDesk:
    """Works out the lines and totals of one document."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._taxes = TaxDesk(books)

    def sums(self, doc: Doc) -> Sums:
        """All lines as they will be kept, with the subtotal that QuickBooks adds."""
        rows = [row for row in doc.get("Line") or [] if row.get("DetailType") != "SubTotalLineDetail"]
        if not rows:
            raise missing("Line")
        for row in rows:
            self._check(row, doc)
        body = [
            self._item(row) if row["DetailType"] == "SalesItemLineDetail" else _words(row)
            for row in rows
            if row["DetailType"] != "DiscountLineDetail"
        ]
        items = [line for line in body if line["DetailType"] == "SalesItemLineDetail"]
        subtotal = sum((number(line["Amount"]) for line in items), Decimal(0))
        discounts = [
            self._discount(row, subtotal, items) for row in rows if row["DetailType"] == "DiscountLineDetail"
        ]
        tax = self._tax(doc, items, discounts)
        net = subtotal - sum((number(line["Amount"]) for line in discounts), Decimal(0))
        total = net + number(tax["TotalTax"])
        if total < 0:
            raise rule(Unsure.NEGATIVE)
        return Sums([*_numbered(body, discounts), _subtotal(subtotal), *discounts], tax, total)

    def _check(self, row: Doc, doc: Doc) -> None:
        if not row.get("DetailType"):
            raise missing("Line.DetailType")
        if row["DetailType"] not in DETAILS[:4]:
            raise Trouble(2170, "Invalid Enumeration", f"Invalid Enumeration : {row['DetailType']}")
        if len(str(row.get("Description") or "")) > 4000:
            raise too_long("Line.Description")
        if (
            row["DetailType"] != "DescriptionOnly"
            and row.get("Amount") is None
            and row["DetailType"] == DETAILS[0]
        ):
            raise missing("Line.Amount")
        if row["DetailType"] not in row and row["DetailType"] in DETAILS[:2]:
            raise missing(row["DetailType"])
        code = ref(row.get(row["DetailType"]) or {}, "TaxCodeRef")
        self._check_code(code, row, doc)

    def _check_code(self, code: str, row: Doc, doc: Doc) -> None:
        if self._books.american():
            if code and code not in {"TAX", "NON"}:
                raise Trouble(2500, "Invalid Reference Id", f"Invalid Reference Id : TaxCode {code}")
        elif code:
            self._taxes.usable(code)
        elif row["DetailType"] != "DescriptionOnly" and doc.get("GlobalTaxCalculation") != "NotApplicable":
            raise rule(NO_VAT)

    def _item(self, row: Doc) -> Doc:
        detail = dict(row["SalesItemLineDetail"])
        for name, kind in (("ItemRef", "Item"), ("ClassRef", "Class")):
            self._books.referred(detail, name, kind)
        if not ref(detail, "ItemRef"):
            detail["ItemRef"] = {"value": "1"}
        item = self._books.need("Item", ref(detail, "ItemRef"))
        detail["ItemRef"] = {"value": item["Id"], "name": item["Name"]}
        amount = cents(number(row["Amount"]))
        if detail.get("UnitPrice") is not None and detail.get("Qty") is not None:
            product = cents(number(detail["UnitPrice"]) * number(detail["Qty"]))
            if product != amount:
                raise Trouble(
                    6070,
                    "Invalid Amount",
                    f"Amount is not equal to UnitPrice * Qty. Supplied value:{amount}, expected:{product}",
                )
        if self._books.american() and not ref(detail, "TaxCodeRef"):
            detail["TaxCodeRef"] = {"value": "TAX" if item.get("Taxable") else "NON"}
        return {**_kept(row), "Amount": plain(amount), "SalesItemLineDetail": detail}

    def _discount(self, row: Doc, subtotal: Decimal, items: list[Doc]) -> Doc:
        if not self._books.settings["allow_discount"]:
            raise rule(Unsure.NO_DISCOUNT)
        if not items:
            raise rule(Unsure.DISCOUNT_ALONE)
        detail = dict(row["DiscountLineDetail"])
        self._books.referred(detail, "DiscountAccountRef", "Account")
        if not ref(detail, "DiscountAccountRef"):
            detail["DiscountAccountRef"] = {"value": self._books.settings["discount_account"]}
        if detail.get("PercentBased"):
            amount = cents(subtotal * number(detail.get("DiscountPercent")) / 100)
        elif row.get("Amount") is None:
            raise missing("Line.Amount")
        else:
            amount = cents(number(row["Amount"]))
        return {**_kept(row), "Amount": plain(amount), "DiscountLineDetail": detail}

    def _tax(self, doc: Doc, items: list[Doc], discounts: list[Doc]) -> Doc:
        told = doc.get("TxnTaxDetail") or {}
        if not self._books.american() and doc.get("GlobalTaxCalculation") == "NotApplicable":
            return {"TotalTax": 0.0}
        parts = [_part(line, doc, "SalesItemLineDetail") for line in items]
        after = doc.get("ApplyTaxAfterDiscount")
        if self._books.american():
            if after:
                parts = _shared(parts, sum((number(line["Amount"]) for line in discounts), Decimal(0)))
            return self._taxes.american(parts, told)
        if after or after is None:
            parts += [_part(line, doc, "DiscountLineDetail", -1) for line in discounts]
        return self._taxes.abroad(parts, told)


def _part(line: Doc, doc: Doc, name: str, sign: int = 1) -> Part:
    detail, net = line[name], number(line["Amount"]) * sign
    gross = detail.get("TaxInclusiveAmt") if doc.get("GlobalTaxCalculation") == "TaxInclusive" else None
    inside = None if gross is None else number(gross) * sign - net
    return Part(ref(detail, "TaxCodeRef"), net, inside)


def _shared(parts: list[Part], discount: Decimal) -> list[Part]:
    """A discount before tax lowers each line by its share."""
    whole = sum((part.net for part in parts), Decimal(0))
    return [part._replace(net=part.net - discount * part.net / whole) for part in parts] if whole else parts


def _words(row: Doc) -> Doc:
    return {**_kept(row), "DescriptionLineDetail": {}}


def _kept(row: Doc) -> Doc:
    return {name: row[name] for name in ("Id", "Description", "DetailType") if row.get(name) is not None}


def _numbered(lines: list[Doc], discounts: list[Doc]) -> list[Doc]:
    """Ids of lines are small numbers as text; what came with an id keeps it."""
    taken = {str(line.get("Id")) for line in (*lines, *discounts)}
    free = (str(at) for at in range(1, 10_000) if str(at) not in taken)
    for line in (*lines, *discounts):
        line["Id"] = str(line.get("Id") or next(free))
    for at, line in enumerate(lines, 1):
        line["LineNum"] = at
    return lines


def _subtotal(amount: Decimal) -> Doc:
    return {"Amount": plain(amount), "DetailType": "SubTotalLineDetail", "SubTotalLineDetail": {}}
