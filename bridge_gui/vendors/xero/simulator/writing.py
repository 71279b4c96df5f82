"""Writing one document or many: all or nothing, or each for itself with `summarizeErrors=false`.

Facts: xero.md sections 4 (summarizeErrors) and 3.2 (the element with a GUID of zeros). QUIRK: without the
parameter it behaves as true, though the OpenAPI document says false (xero.md 4).
"""

from __future__ import annotations

from collections.abc import Callable

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import envelope, invalid
from bridge_gui.vendors.xero.simulator.listing import told

ZEROS = "00000000-0000-0000-0000-000000000000"


class Trouble(Exception):
    """What is wrong with one document."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


def each() -> bool:
    """Whether every document is to be judged for itself."""
    return told("summarizeErrors").lower() == "false"


def outcome(doc: Doc) -> Doc:
    """A document that was accepted, with its status where each has one."""
    status = "WARNING" if doc.get("Warnings") else "OK"
    return {**doc, "StatusAttributeString": status} if each() else doc


def summarized(
    books: Books, name: str, rows: list[Doc], write: Callable[[Doc], Doc], key: str = "InvoiceID"
) -> Doc:
    """Writes each; where one is wrong and all stand together, the refusal undoes the others."""
    made: list[Doc] = []
    wrong: list[Doc] = []
    for row in rows:
        try:
            made.append(write(row))
        except Trouble as trouble:
            element = _echo(row, trouble, key)
            wrong.append(element)
            made.append(element)
    if wrong and not each():
        raise invalid(wrong)
    return envelope(books.now(), name, made)


def _echo(row: Doc, trouble: Trouble, key: str) -> Doc:
    errors = [{"Message": message} for message in trouble.messages]
    flag = "HasValidationErrors" if key in {"ContactID", "PaymentID"} else "HasErrors"
    status = {"StatusAttributeString": "ERROR"} if each() else {}
    return {key: ZEROS, **row, flag: True, **status, "ValidationErrors": errors}
