"""Lines of an invoice: what an item fills in, discounts, tax, and the totals as Xero computes them.

Facts: xero.md section 5. Inferred: a line with a price and no quantity is of one; an item fills in only what
the line leaves out; tax of a negative line is rounded away from zero.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import CENT, money, number, rounded, same_id
from bridge_gui.vendors.xero.simulator.items import places
from bridge_gui.vendors.xero.simulator.says import Unsure, wrong_discount, wrong_line, wrong_tax
from bridge_gui.vendors.xero.simulator.writing import Trouble

SALES_ACCOUNTS = frozenset({"REVENUE", "SALES", "OTHERINCOME"})


class Document(NamedTuple):
    """What a line needs to know of the whole."""

    amounts: str
    strict: bool
    """Submitted or approved: nothing may lack."""
    sale: bool
    allowed_ids: frozenset[str] | None
    """Ids that lines may bring; nothing for a new document."""
    places: int = 2
    """How many decimals prices have."""


class LineDesk:
    """Works out lines and totals."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def lines(self, rows: list[Doc], document: Document) -> list[Doc]:
        """All lines as they will be kept; `Trouble` tells everything that is wrong with them."""
        made: list[Doc] = []
        troubles: list[str] = []
        for row in rows:
            try:
                made.append(self._line(row, document))
            except Trouble as trouble:
                troubles += trouble.messages
        if troubles:
            raise Trouble(*dict.fromkeys(troubles))
        return made

    def _line(self, row: Doc, document: Document) -> Doc:
        line = self._filled(row)
        made: Doc = {
            "LineItemID": self._line_id(row, document),
            **{name: line.get(name) for name in ("Description", "ItemCode", "AccountCode", "TaxType")},
            "Tracking": [],
            "ValidationErrors": [],
        }
        account = self._account(line, document)
        if account is not None:
            made |= {"AccountID": account["AccountID"], "TaxType": line.get("TaxType") or account["TaxType"]}
        if document.strict and not str(line.get("Description") or "").strip():
            raise Trouble(Unsure.DESCRIPTION)
        if len(str(line.get("Description") or "")) > 4000:
            raise Trouble(Unsure.TOO_LONG + "Description")
        rate = self._rate(made, account, document)
        return {**made, **_amounts(line, rate, document)}

    def _filled(self, row: Doc) -> Doc:
        if not row.get("ItemCode"):
            return row
        item = self._books.items.first(("Code", "=", str(row["ItemCode"])))
        if item is None:
            raise Trouble(Unsure.ITEM_UNKNOWN.format(row["ItemCode"]))
        details = item["SalesDetails"]
        usual = {
            "Description": item.get("Description"),
            "UnitAmount": details.get("UnitPrice"),
            "AccountCode": details.get("AccountCode"),
            "TaxType": details.get("TaxType"),
        }
        return {**usual, **{name: value for name, value in row.items() if value is not None}}

    def _line_id(self, row: Doc, document: Document) -> str:
        told = row.get("LineItemID")
        if not told or document.allowed_ids is None:
            return self._books.new_id()
        if same_id(told) not in document.allowed_ids:
            raise Trouble(Unsure.LINE_ID)
        return same_id(told)

    def _account(self, line: Doc, document: Document) -> Doc | None:
        code = line.get("AccountCode")
        if not code:
            if document.strict:
                raise Trouble(Unsure.ACCOUNT)
            return None
        found = self._books.account(code)
        usable = found is not None and found["Status"] == "ACTIVE" and found["Type"] != "BANK"
        system = found is not None and found["SystemAccount"] not in {None, "ROUNDING"}
        if not usable or system:
            raise Trouble(Unsure.ACCOUNT_UNKNOWN.format(code))
        return found

    def _rate(self, made: Doc, account: Doc | None, document: Document) -> Decimal:
        if document.amounts == "NoTax":
            made["TaxType"] = "NONE"
            return Decimal(0)
        if not made.get("TaxType"):
            return Decimal(0)
        rate = self._books.rate(made["TaxType"])
        if rate is None or rate["Status"] != "ACTIVE":
            raise Trouble(Unsure.TAX_UNKNOWN.format(made["TaxType"]))
        sales_account = account is not None and account["Type"] in SALES_ACCOUNTS
        if account is not None and sales_account and not rate["CanApplyToRevenue"]:
            raise Trouble(wrong_tax(made["TaxType"], account["Code"]))
        return Decimal(str(rate["EffectiveRate"]))


def totals(lines: list[Doc], amounts: str) -> Doc:
    """The sums. QUIRK: tax is rounded on each line and then added up (xero.md 5)."""
    net = sum((Decimal(str(line["LineAmount"])) for line in lines), Decimal(0))
    tax = sum((Decimal(str(line["TaxAmount"])) for line in lines), Decimal(0))
    discount = sum((Decimal(str(line.get("_discount", 0))) for line in lines), Decimal(0))
    total = net if amounts == "Inclusive" else net + tax
    told = {"SubTotal": money(total - tax), "TotalTax": money(tax), "Total": money(total)}
    return {**told, **({"TotalDiscount": money(discount)} if discount else {"TotalDiscount": None})}


def seen(line: Doc) -> Doc:
    """A kept line with its price in as many decimals as the request asks for."""
    price = number(line.get("UnitAmount"))
    return line if price is None else {**line, "UnitAmount": money(rounded(price, places()))}


def _amounts(line: Doc, rate: Decimal, document: Document) -> Doc:
    price, quantity = number(line.get("UnitAmount")), number(line.get("Quantity"))
    quantity = Decimal(1) if quantity is None else quantity
    price = rounded(price or Decimal(0), document.places)
    gross = quantity * price
    discount = _discount(line, gross, document)
    amount = rounded(gross * (1 - discount / 100))
    told = number(line.get("LineAmount"))
    if told is not None and "UnitAmount" not in line and not gross:
        price, amount, gross = rounded(told / (quantity or Decimal(1)), document.places), rounded(told), told
    elif told is not None and rounded(told) != amount:
        raise Trouble(wrong_line(f"{rounded(told)}", f"{amount}"))
    elif told is not None and discount == 100:
        raise Trouble(
            wrong_line(f"{rounded(told)}", f"{amount}")
        )  # QUIRK: a discount of everything (xero.md 5)
    tax = _tax(line, amount, rate, document)
    made: Doc = {
        "Quantity": money(quantity),
        "UnitAmount": money(price),
        "TaxAmount": money(tax),
        "LineAmount": money(amount),
        "_discount": money(rounded(gross) - amount),
    }
    return {**made, **({"DiscountRate": money(discount)} if discount else {})}


def _tax(line: Doc, amount: Decimal, rate: Decimal, document: Document) -> Decimal:
    if document.amounts == "NoTax":
        return Decimal(0)
    told = number(line.get("TaxAmount"))
    if told is not None:
        return rounded(told)
    if document.amounts == "Inclusive":
        return rounded(amount * rate / (100 + rate))
    return rounded(amount * rate / 100)


def _discount(line: Doc, gross: Decimal, document: Document) -> Decimal:
    """QUIRK: an amount is held as a rate of two decimals, so odd amounts drift (xero.md 5)."""
    rate, amount = number(line.get("DiscountRate")), number(line.get("DiscountAmount"))
    if not document.sale or (rate is None and amount is None):
        return Decimal(0)
    if rate is None and amount is not None:
        if amount == 0 and gross < 0:
            raise Trouble(wrong_discount("0.00"))
        rate = amount * 100 / gross if gross else Decimal(0)
    rate = rounded(rate or Decimal(0))
    if not 0 <= rate <= 100:
        raise Trouble(wrong_discount(f"{rate.quantize(CENT)}"))
    return rate
