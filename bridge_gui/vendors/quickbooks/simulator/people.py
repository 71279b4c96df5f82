"""What people do in QuickBooks' own window, for tests and for trying things out.

Facts: quickbooks.md 3.6, 6. Each action takes the JSON sent to `/_sandbox/person`; `kind` and `id` name the
document, `changes` are fields as the interface has them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.sandbox.kit import Act, Doc
from bridge_gui.vendors.quickbooks.simulator.books import Books
from bridge_gui.vendors.quickbooks.simulator.says import Trouble
from bridge_gui.vendors.quickbooks.simulator.writing import Writer


class People:
    """The studio's bookkeeper."""

    def __init__(self, books: Books, writer: Writer) -> None:
        self._books = books
        self._writer = writer

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name; what QuickBooks refuses them is a `ValueError` with its words."""
        acts: dict[str, Act] = {
            "add": lambda sent: self._writer.write(sent["kind"], sent["doc"]),
            "edit": lambda sent: self._again(sent, {**sent["changes"], "sparse": True}),
            "delete": lambda sent: self._again(sent, {}, "delete"),
            "void": self.void,
            "add_customer": lambda sent: self._writer.write("Customer", sent["customer"]),
            "edit_customer": lambda sent: self._again(
                {**sent, "kind": "Customer"}, {**sent["changes"], "sparse": True}
            ),
            "deactivate": lambda sent: self._again(sent, {"Active": False, "sparse": True}),
            "delete_customer": self.delete_customer,
            "pay_invoice": self.pay_invoice,
            "unpay_invoice": self.unpay_invoice,
            "refund_receipt": self.refund_receipt,
            "deposit": self.deposit,
            "add_note": self.add_note,
            "close_books": self.close_books,
        }
        return {name: _honest(act) for name, act in acts.items()}

    def void(self, sent: Doc) -> Doc:
        """Voids a document, as its kind is voided."""
        by_include = sent["kind"] in {"SalesReceipt", "Payment"}
        return self._again(sent, {}, "update" if by_include else "void", "void" if by_include else "")

    def delete_customer(self, sent: Doc) -> Doc:
        """A merge leaves nothing of a customer; the window cannot delete one otherwise."""
        self._books.table("Customer").drop(str(sent["id"]))
        return {}

    def pay_invoice(self, sent: Doc) -> Doc:
        """A payment on invoice `id`, of `amount` or of all that is open."""
        invoice = self._books.need("Invoice", sent["id"])
        amount = sent.get("amount", invoice["Balance"])
        line = {"Amount": amount, "LinkedTxn": [{"TxnId": invoice["Id"], "TxnType": "Invoice"}]}
        told = {name: invoice[name] for name in ("CustomerRef", "CurrencyRef")}
        return self._writer.write(
            "Payment", {**told, "TotalAmt": amount, "Line": [line], **sent.get("payment", {})}
        )

    def unpay_invoice(self, sent: Doc) -> Doc:
        """Deletes every payment on invoice `id`."""
        invoice = self._books.need("Invoice", sent["id"])
        for link in invoice["LinkedTxn"]:
            self._again({"kind": "Payment", "id": link["TxnId"]}, {}, "delete")
        return self._books.need("Invoice", sent["id"])

    def refund_receipt(self, sent: Doc) -> Doc:
        """Gives back what sales receipt `id` took."""
        receipt = self._books.need("SalesReceipt", sent["id"])
        names = (
            "CustomerRef",
            "CurrencyRef",
            "Line",
            "TxnTaxDetail",
            "GlobalTaxCalculation",
            "DepositToAccountRef",
        )
        told = {name: receipt[name] for name in names if name in receipt}
        return self._writer.write("RefundReceipt", told)

    def deposit(self, sent: Doc) -> Doc:
        """Puts a receipt or a payment into a deposit, or takes it out with `undo`."""
        doc = self._books.need(sent["kind"], sent["id"])
        return self._books.put(sent["kind"], {**doc, "_deposited": not sent.get("undo")})

    def add_note(self, sent: Doc) -> Doc:
        """Writes words of one's own behind the private note."""
        doc = self._books.need(sent["kind"], sent["id"])
        note = f"{doc.get('PrivateNote', '')} {sent['text']}".strip()
        return self._again(sent, {"PrivateNote": note, "sparse": True})

    def close_books(self, sent: Doc) -> Doc:
        """Closes the books up to a day, with a password or without."""
        told = {"book_close_date": sent["day"], "book_close_password": bool(sent.get("password"))}
        self._books.settings.change(told)
        return told

    def _again(self, sent: Doc, changes: Doc, operation: str = "", include: str = "") -> Doc:
        known = self._books.need(sent["kind"], sent["id"])
        told = {**changes, "Id": known["Id"], "SyncToken": known["SyncToken"]}
        return self._writer.write(sent["kind"], told, operation, include)


def _honest(act: Act) -> Act:
    def acted(sent: Doc) -> Any:
        try:
            return act(sent)
        except Trouble as trouble:
            raise ValueError(trouble.error["Detail"]) from trouble

    return acted
