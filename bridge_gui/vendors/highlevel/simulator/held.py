"""HighLevel's documents in the form in which every simulator tells them."""

from __future__ import annotations

from collections.abc import Iterator

from bridge_gui.sandbox.kit import Doc, Held, exact, written
from bridge_gui.vendors.highlevel.simulator.crm import Crm


def held(crm: Crm) -> Iterator[Held]:
    """Invoices, transactions, contacts, and what was sent or begun for them."""
    yield from map(_invoice, crm.invoices.find())
    yield from map(_transaction, crm.transactions.find())
    yield from map(_contact, crm.contacts.find())
    yield from (_begun("message", row, row["subject"], row["text"]) for row in crm.messages.find())
    yield from (_begun("enrolment", row, row["workflowId"]) for row in crm.enrolments.find())


def _invoice(row: Doc) -> Held:
    number = f"{row['invoiceNumberPrefix']}{row['invoiceNumber']}"
    return Held(
        kind="invoice",
        id=row["id"],
        total=exact(row["total"]),
        currency=row["currency"],
        day=row["issueDate"],
        texts=written(number, row["name"], *(item["name"] for item in row["invoiceItems"])),
        living=row["status"] != "void",
    )


def _transaction(row: Doc) -> Held:
    return Held(
        kind="payment",
        id=row["id"],
        total=exact(row["amount"]) - exact(row["amountRefunded"]),
        currency=row["currency"],
        day=row["fulfilledAt"][:10],
        texts=written(row.get("chargeId"), row["entitySourceName"]),
        living=row["status"] not in {"failed", "pending"},
    )


def _contact(row: Doc) -> Held:
    texts = written(
        row.get("firstName"), row.get("lastName"), row.get("email"), row.get("phone"), *row["tags"]
    )
    return Held(
        kind="contact",
        id=row["id"],
        total=exact(0),
        currency="",
        day="",
        texts=texts,
        living=not row.get("_into"),
    )


def _begun(kind: str, row: Doc, *texts: str) -> Held:
    told = written(row["contactId"], *texts)
    return Held(kind=kind, id=row["id"], total=exact(0), currency="", day=row["at"][:10], texts=told)
