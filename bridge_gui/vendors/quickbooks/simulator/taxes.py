"""Tax as QuickBooks works it out: by rate over the summed net; in the US by one code for the whole.

Facts: quickbooks.md 5. Inferred: how far an amount told for a rate may be from the one worked out (a switch);
what is beyond is left aside without a word; a total without amounts by rate counts in the US only.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.quickbooks.simulator.books import Books, cents, number, plain, ref
from bridge_gui.vendors.quickbooks.simulator.says import bad_reference, not_found

AUTOMATED = "AST"


class Part(NamedTuple):
    """One line's money and its code; `tax` is what a price with tax holds of it."""

    code: str
    net: Decimal
    tax: Decimal | None = None


class TaxDesk:
    """Works out `TxnTaxDetail`."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def usable(self, code: str) -> Doc:
        """The code of that id if sales may have it."""
        found: Doc | None = self._books.table("TaxCode").get(code)
        if found is None or not found.get("SalesTaxRateList", {}).get("TaxRateDetail"):
            raise bad_reference("TaxCode", code)
        if not found["Active"]:
            raise not_found()
        return found

    def rates(self, code: str) -> list[Doc]:
        """The rates that a code adds up."""
        details = self.usable(code)["SalesTaxRateList"]["TaxRateDetail"]
        return [self._books.need("TaxRate", ref(detail, "TaxRateRef")) for detail in details]

    def abroad(self, parts: Iterable[Part], told: Doc) -> Doc:
        """Outside the US: every line has a code."""
        nets: dict[str, Decimal] = {}
        taxes: dict[str, Decimal] = {}
        for part in parts:
            for rate in self.rates(part.code):
                nets[rate["Id"]] = nets.get(rate["Id"], Decimal(0)) + part.net
                if part.tax is not None:
                    taxes[rate["Id"]] = taxes.get(rate["Id"], Decimal(0)) + part.tax
        amounts = {ref(one.get("TaxLineDetail", {}), "TaxRateRef"): one for one in told.get("TaxLine") or []}
        lines = [self._line(key, net, taxes.get(key), amounts.get(key)) for key, net in nets.items()]
        return _detail(lines)

    def american(self, parts: Iterable[Part], told: Doc) -> Doc:
        """QUIRK: automated tax leaves the code aside; a total that was told stands (quickbooks.md 5)."""
        net = sum((part.net for part in parts if part.code == "TAX"), Decimal(0))
        automated = self._books.settings["automated_tax"]
        code = self._automated() if automated else ref(told, "TxnTaxCodeRef")
        if not code:
            return {"TotalTax": 0.0}
        rates = self.rates(code)
        lines = [self._line(rate["Id"], net, None, None) for rate in rates] if net else []
        if told.get("TotalTax") is not None and lines:
            _spread(lines, cents(number(told["TotalTax"])))
        return {**_detail(lines), "TxnTaxCodeRef": {"value": code}}

    def _automated(self) -> str:
        codes = self._books.table("TaxCode").find(("Name", "=", "Automated"))
        return str(codes[0]["Id"]) if codes else ""

    def _line(self, key: str, net: Decimal, inside: Decimal | None, told: Doc | None) -> Doc:
        percent = number(self._books.need("TaxRate", key)["RateValue"])
        tax = cents(net * percent / 100) if inside is None else cents(inside)
        if told is not None and told.get("Amount") is not None:
            wanted = cents(number(told["Amount"]))
            limit = number(self._books.settings["tax_override_limit"])
            tax = wanted if abs(wanted - tax) <= limit else tax
        return {
            "Amount": plain(tax),
            "DetailType": "TaxLineDetail",
            "TaxLineDetail": {
                "TaxRateRef": {"value": key},
                "PercentBased": True,
                "TaxPercent": plain(percent),
                "NetAmountTaxable": plain(cents(net)),
            },
        }


def _spread(lines: list[Doc], total: Decimal) -> None:
    worked_out = sum((number(line["Amount"]) for line in lines), Decimal(0))
    left = total
    for line in lines[:-1]:
        share = cents(total * number(line["Amount"]) / worked_out) if worked_out else Decimal(0)
        line["Amount"] = plain(share)
        left -= share
    lines[-1]["Amount"] = plain(left)


def _detail(lines: list[Doc]) -> Doc:
    total = sum((number(line["Amount"]) for line in lines), Decimal(0))
    return {"TotalTax": plain(total), **({"TaxLine": lines} if lines else {})}
