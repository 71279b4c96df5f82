"""InvoiceService: orders and invoices with what REST cannot tell, that one is paid.

Facts: twentyfoursevenoffice.md section 4. Inferred: rows come only where `InvoiceRows` is asked for;
values that are the WSDL's defaults are left out (a switch), as .NET does.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bridge_gui.sandbox.kit import Doc, exact
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books
from bridge_gui.vendors.twentyfoursevenoffice.simulator.ledger import Ledger
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap import (
    Asked,
    Nil,
    Node,
    Operation,
    dated,
    decimal,
    moment,
    ordered,
    stamped,
)
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap_sessions import SessionDesk

STATES = {"Draft": "Draft", "Web": "Web", "Proposal": "Offer", "Confirmed": "Confirmed",
          "AdvanceInvoice": "Invoiced", "Inactive": "Inactive"}  # fmt: skip
ORDER = (
    "OrderId", "CustomerId", "CustomerName", "OrderStatus", "InvoiceId", "DateOrdered", "DateInvoiced",
    "DateChanged", "PaymentTime", "CustomerReferenceNo", "IncludeVAT", "YourReference", "OrderTotalIncVat",
    "OrderTotalVat", "InvoiceText", "Paid", "OCR", "CustomerOrgNo", "Currency", "PaymentMethodId",
    "PaymentAmount", "InvoiceRows", "APIException", "DeliveryDate", "ReferenceNumber",
)  # fmt: skip
ROW = ("ProductId", "RowId", "VatRate", "Price", "Name", "DiscountRate", "Quantity", "Type", "TaxSettings")
NEVER = "0001-01-01T00:00:00"


class SoapInvoices:
    """Reads orders as the classic interface shows them."""

    def __init__(self, books: Books, sessions: SessionDesk, ledger: Ledger) -> None:
        self._books = books
        self._sessions = sessions
        self._ledger = ledger

    def operations(self) -> dict[str, Operation]:
        """The reading operations; nothing is written over SOAP here."""
        return {
            "GetInvoices": self._invoices,
            "GetOrderSyncList": self._changed,
            "GetPaymentMethods": self._methods,
        }

    def _invoices(self, asked: Asked) -> list[Node]:
        """QUIRK: what is not asked for by name is not told (twentyfoursevenoffice.md 4)."""
        ours = self._sessions.ours()
        if trouble := self._books.settings["api_exception"]:
            error = [("Type", "UnhandledException"), ("Message", trouble), ("StackTrace", "")]
            return [("InvoiceOrder", [("IncludeVAT", Nil()), ("APIException", error)])]
        wanted = asked.texts("invoiceReturnProperties")
        rows = asked.texts("rowReturnProperties")
        orders = self._books.orders.fresh.find() if ours else []
        return [
            ("InvoiceOrder", self._shown(order, wanted, rows)) for order in orders if _matches(order, asked)
        ]

    def _changed(self, asked: Asked) -> list[Node]:
        orders = self._books.orders.fresh.find() if self._sessions.ours() else []
        changed = moment(asked.text("syncParams", "ChangedAfter"))
        made = moment(asked.text("syncParams", "RegisteredAfter"))
        return [
            ("int", order["id"])
            for order in orders
            if stamped(order["modifiedAt"]) >= changed and stamped(order["createdAt"]) >= made
        ]

    def _methods(self, _: Asked) -> list[Node]:
        rows = self._books.payment_methods.find() if self._sessions.ours() else []
        return [("PaymentMethod", [("Id", row["id"]), ("Name", row["name"])]) for row in rows]

    def _shown(self, order: Doc, wanted: list[str], rows: list[str]) -> list[Node]:
        told = self._values(order)
        if "InvoiceRows" in wanted:
            lines = self._books.lines(order)
            told["InvoiceRows"] = [("InvoiceRow", ordered(_row(line, rows), ROW)) for line in lines]
        kept = {name: value for name, value in told.items() if name in wanted}
        if not self._books.settings["soap_writes_defaults"]:
            kept = {name: value for name, value in kept.items() if value not in (NEVER, "")}
        return ordered({**kept, "IncludeVAT": False if "IncludeVAT" in wanted else Nil()}, ORDER)

    def _values(self, order: Doc) -> Doc:
        invoice, customer = order.get("invoice", {}), order["customer"]
        number = invoice.get("number")
        gross = exact(order["grossAmount"])
        paid = gross - self._ledger.owed(order) if number else Decimal(0)
        method = (order.get("paymentMethod") or {}).get("id")
        made: dict[str, Any] = {
            "OrderId": order["id"],
            "CustomerId": customer["id"],
            "CustomerName": customer["name"],
            "OrderStatus": state_of(order),
            "InvoiceId": number,
            "DateOrdered": dated(order["date"]),
            "DateInvoiced": dated(invoice["date"] if number else ""),
            "DateChanged": stamped(order["modifiedAt"]),
            "PaymentTime": (invoice.get("paymentTerms") or {}).get("value", 14),
            "CustomerReferenceNo": order.get("referenceNumber", ""),
            "YourReference": (order.get("yourReference") or {}).get("name", ""),
            "OrderTotalIncVat": decimal(gross),
            "OrderTotalVat": decimal(exact(order["taxAmount"])),
            "InvoiceText": order.get("memo", ""),
            "Paid": dated(order.get("_paid", "")),
            "OCR": invoice.get("remittanceReference", ""),
            "CustomerOrgNo": customer.get("organizationNumber", ""),
            "Currency": [("Rate", order["currency"].get("rate", 1)), ("Symbol", order["currency"]["code"])],
            "PaymentMethodId": method,
            "PaymentAmount": decimal(gross if method is not None and number else paid),
            "DeliveryDate": dated(order.get("deliveryDate", "")),
            "ReferenceNumber": order.get("referenceNumber", ""),
        }
        return made


def state_of(order: Doc) -> str:
    """The classic interface's word for an order's status."""
    if order["status"] == "Invoice":
        return "Invoiced" if order.get("invoice", {}).get("number") else "ForInvoicing"
    return STATES[order["status"]]


def _row(line: Doc, wanted: list[str]) -> Doc:
    tax = line.get("tax") or {}
    settings = [("TaxCode", tax["number"]), ("TaxRate", decimal(exact(tax["rate"])))] if tax else None
    told = {
        "ProductId": line.get("product", {}).get("id"),
        "RowId": line["id"],
        "VatRate": decimal(exact(tax.get("rate"))),
        "Price": decimal(exact(line["price"])),
        "Name": line.get("description", ""),
        "DiscountRate": decimal(exact(line["discountRate"])),
        "Quantity": decimal(exact(line["quantity"])),
        "Type": "Text" if line["type"] == "text" else "Normal",
        "TaxSettings": settings,
    }
    return {name: value for name, value in told.items() if name in wanted}


def _matches(order: Doc, asked: Asked) -> bool:
    number = str(order.get("invoice", {}).get("number", ""))
    lists = (("OrderIds", order["id"]), ("InvoiceIds", number), ("CustomerIds", str(order["customer"]["id"])))
    for name, value in (*lists, ("OrderStates", state_of(order))):
        wanted = asked.texts("searchParams", name)
        if wanted and value not in wanted:
            return False
    return stamped(order["modifiedAt"]) >= moment(asked.text("searchParams", "ChangedAfter"))
