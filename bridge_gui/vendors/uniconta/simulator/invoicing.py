"""Orders invoiced, invoices paid and credited, as people do in Uniconta.

Facts: uniconta.md 3.5, 6. INFERRED: what is left of a partly invoiced order, how a credit note
settles, rates.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bridge_gui.sandbox.kit import Doc, exact
from bridge_gui.vendors.uniconta.simulator.books import Books
from bridge_gui.vendors.uniconta.simulator.rules import Rules, lines_of
from bridge_gui.vendors.uniconta.simulator.totals import line_net, ore, vat_of

RATES = {"DKK": "1", "EUR": "7.46", "SEK": "0.65", "NOK": "0.64", "USD": "6.9", "GBP": "8.7"}
FROM_ORDER = (
    "Account",
    "Name",
    "OrderNumber",
    "Payment",
    "YourRef",
    "OurRef",
    "Requisition",
    "Employee",
    "Remark",
)


class Invoicing:
    """The invoices' desk."""

    def __init__(self, books: Books, rules: Rules) -> None:
        self._books = books
        self._rules = rules

    def invoice(self, number: int, day: str = "", part: float = 1, key: int = 0) -> Doc:
        """Invoices an order, or a part of it; the order goes, or stays and names the invoice."""
        books = self._books
        order = self._need("DebtorOrderClient", number)
        lines = lines_of(books, number)
        sold = [(line, ore(self._left(line) * exact(part))) for line in lines if self._left(line)]
        if not sold:
            raise books.refuse("NoLinesFound")
        nets = [(line, line_net(line, quantity)) for line, quantity in sold]
        made = self._posted(order, nets, day or books.today(), key)
        for at, (line, quantity) in enumerate(sold, 1):
            self._line(made, line, quantity, at)
        self._follow(order, lines, {line["id"]: quantity for line, quantity in sold}, made)
        return made

    def pay(self, number: int, amount: float | None = None, day: str = "") -> Doc:
        """Pays an invoice, all that is open or some of it."""
        books = self._books
        invoice = self._need("DebtorInvoiceClient", number)
        entry = books.table("DebtorTransOpen").first(("Invoice", "=", number))
        if entry is None:
            raise ValueError(f"invoice {number} has nothing open")
        paid = exact(entry["AmountOpenCur"]) if amount is None else exact(amount)
        kind = 3 if paid == exact(entry["AmountOpenCur"]) else 4
        self._trans(invoice, -paid, day or books.today(), kind)
        return self._settle(entry, paid)

    def credit(self, number: int, day: str = "") -> Doc:
        """A credit note for the whole of an invoice; each settles the other as far as it is open."""
        books = self._books
        invoice = self._need("DebtorInvoiceClient", number)
        figures = ("NetAmount", "VatAmount", "TotalAmount", "AmountLocalCur", "LineAmount")
        told = {**{name: invoice[name] for name in invoice if name not in {"id", "PrimaryKeyId"}}}
        told |= {name: -invoice[name] for name in figures}
        day = day or books.today()
        told |= {"InvoiceNumber": books.state.next_number("invoice", 5001), "Date": f"{day}T00:00:00"}
        made = books.put(books.entities["DebtorInvoiceClient"], told)
        self._opened(made, 2)
        mine = books.table("DebtorTransOpen").first(("Invoice", "=", made["InvoiceNumber"]))
        other = books.table("DebtorTransOpen").first(("Invoice", "=", number))
        if mine is not None and other is not None:
            both = min(exact(other["AmountOpenCur"]), -exact(mine["AmountOpenCur"]))
            self._settle(other, both)
            self._settle(mine, -both)
        return made

    def void(self, number: int) -> Doc:
        """Marks an invoice as void."""
        known = self._need("DebtorInvoiceClient", number)
        return self._books.put(self._books.entities["DebtorInvoiceClient"], {**known, "VoidInvoice": True})

    def work(self, day: str) -> None:
        """A day of a bookkeeper's: orders made before it are invoiced, what is due by it is paid."""
        books = self._books
        for order in books.table("DebtorOrder").find(("Created", "<", day)):
            lines = lines_of(books, order["OrderNumber"])
            if not order.get("Blocked") and any(self._left(line) for line in lines):
                self.invoice(order["OrderNumber"], day)
        for entry in books.table("DebtorTransOpen").find(("DueDate", "<", f"{day}T24")):
            if entry["AmountOpenCur"] > 0:
                self.pay(entry["Invoice"], day=day)

    def _posted(self, order: Doc, nets: list[tuple[Doc, Decimal]], day: str, key: int) -> Doc:
        books = self._books
        debtor = self._need("DebtorClient", order["Account"])
        left = 1 - exact(order.get("EndDiscountPct")) / 100
        net = ore(sum((one for _, one in nets), Decimal(0)) * left)
        vat = vat_of(books, order, debtor, nets, left)
        currency = order.get("Currency") or debtor.get("Currency") or "DKK"
        number = key or books.state.next_number("invoice", 5001)
        if books.found("DebtorInvoiceClient", number) is not None:
            raise books.refuse("KeyExists")
        told: Doc = {name: order[name] for name in FROM_ORDER if name in order}
        told |= {
            "InvoiceNumber": number,
            "Date": f"{day}T00:00:00",
            "DueDate": f"{self._due(order, debtor, day)}T00:00:00",
            "Currency": currency,
            "ExchangeRate": float(RATES[currency]),
            "NetAmount": float(net),
            "LineAmount": float(net),
            "VatAmount": float(vat),
            "TotalAmount": float(net + vat),
            "AmountLocalCur": float(ore((net + vat) * Decimal(RATES[currency]))),
            "OrderCreated": order.get("Created"),
            "Voucher": number + 4000,
            "JournalPostedId": books.state.next_number("posted", 901),
        }
        made = books.put(books.entities["DebtorInvoiceClient"], told)
        self._opened(made, 1)
        return made

    def _opened(self, invoice: Doc, kind: int) -> None:
        """The entry that is open until it is paid."""
        total, local = invoice["TotalAmount"], invoice["AmountLocalCur"]
        entry = {
            "Account": invoice["Account"], "Name": invoice.get("Name"), "Invoice": invoice["InvoiceNumber"],
            "Voucher": invoice.get("Voucher"), "Date": invoice["Date"], "DueDate": invoice.get("DueDate"),
            "Amount": local, "AmountOpen": local, "AmountCur": total, "AmountOpenCur": total,
            "Currency": invoice["Currency"], "PostType": kind, "OrderNumber": invoice.get("OrderNumber"),
        }  # fmt: skip
        if total:  # INFERRED: what comes to nothing is settled at once
            self._books.put(self._books.entities["DebtorTransOpenClient"], entry)
        self._trans(invoice, exact(total), invoice["Date"][:10], kind)

    def _trans(self, invoice: Doc, amount: Decimal, day: str, kind: int) -> None:
        local = ore(amount * exact(invoice["ExchangeRate"]))
        told = {
            "Account": invoice["Account"], "Invoice": invoice["InvoiceNumber"], "Date": f"{day}T00:00:00",
            "Amount": float(local), "AmountCur": float(amount), "Currency": invoice["Currency"],
            "PostType": kind, "Open": kind in {1, 2},
        }  # fmt: skip
        self._books.put(self._books.entities["DebtorTransClient"], told)

    def _settle(self, entry: Doc, amount: Decimal) -> Doc:
        """QUIRK: a settled entry is gone, or stands there with nothing open (uniconta.md 3.5): a switch."""
        books, entity = self._books, self._books.entities["DebtorTransOpenClient"]
        left = exact(entry["AmountOpenCur"]) - amount
        rate = exact(entry["Amount"]) / exact(entry["AmountCur"])
        made = {
            **entry,
            "AmountOpenCur": float(left),
            "AmountOpen": float(ore(left * rate)),
            "Paid": not left,
        }
        if left or books.settings["settled_entries"] == "zero":
            return books.put(entity, made)
        books.drop(entity, entry)
        return made

    def _line(self, invoice: Doc, line: Doc, quantity: Decimal, at: int) -> None:
        net = line_net(line, quantity)
        told = {
            "InvoiceNumber": invoice["InvoiceNumber"], "OrderNumber": line["OrderNumber"], "LineNumber": at,
            "Item": line.get("Item"), "ItemName": line.get("ItemName"), "Text": line.get("Text"),
            "InvoiceQty": float(quantity), "Unit": line.get("Unit"), "SalesPrice": line.get("Price"),
            "DiscountPct": line.get("DiscountPct"), "NetAmount": float(net), "Vat": line.get("Vat"),
            "Date": invoice["Date"], "ReferenceNumber": line.get("ReferenceNumber"),
        }  # fmt: skip
        self._books.put(self._books.entities["DebtorInvoiceLines"], told)

    def _follow(self, order: Doc, lines: list[Doc], sold: dict[str, Decimal], invoice: Doc) -> None:
        """What becomes of the order."""
        books = self._books
        orders, rows = books.entities["DebtorOrderClient"], books.entities["DebtorOrderLineClient"]
        kept = []
        for line in lines:
            done = float(exact(line.get("QtyInvoiced")) + sold.get(line["id"], Decimal(0)))
            kept.append(books.put(rows, {**line, "QtyInvoiced": done}))
        if order.get("DeleteOrder") and not any(self._left(line) for line in kept):
            for line in kept:
                books.drop(rows, line)
            books.drop(orders, order)
            return
        told = {
            "LastInvoice": invoice["InvoiceNumber"],
            "InvoiceDate": invoice["Date"],
            "UpdatedAt": books.now(),
        }
        books.put(orders, {**order, **told})

    def _left(self, line: Doc) -> Decimal:
        return exact(line.get("Qty")) - exact(line.get("QtyInvoiced"))

    def _due(self, order: Doc, debtor: Doc, day: str) -> str:
        key = order.get("Payment") or debtor.get("Payment")
        term = self._books.found("PaymentTermClient", key) if key else None
        return (date.fromisoformat(day) + timedelta(days=int(term["Days"]) if term else 0)).isoformat()

    def _need(self, entity: str, key: object) -> Doc:
        found = self._books.found(entity, key)
        if found is None:
            raise ValueError(f"{entity} {key} is not there")
        return found
