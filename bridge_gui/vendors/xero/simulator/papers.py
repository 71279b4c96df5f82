"""What hangs on an invoice: its PDF, e-mail, online page, history and attachments.

Facts: xero.md section 3.4. Inferred: texts in `says.Unsure`; that e-mailing marks an invoice as sent.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import NotHere, envelope, sent, shown, wrong
from bridge_gui.vendors.xero.simulator.invoice_rules import AUTHORISED, PAID, SUBMITTED
from bridge_gui.vendors.xero.simulator.invoices import PATH, InvoiceDesk
from bridge_gui.vendors.xero.simulator.says import Unsure

FORBIDDEN = frozenset('<>:"/\\|?*+')
_SHEET = (
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>endobj\n"
    "4 0 obj<</Length {length}>>stream\n{text}\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class PaperDesk:
    """Prints, sends and files."""

    def __init__(self, books: Books, invoices: InvoiceDesk) -> None:
        self._books = books
        self._invoices = invoices

    def routes(self) -> list[Route]:
        """All paths under one invoice but its changes. QUIRK: there is no `/pdf` path (xero.md 3.4)."""
        one = f"{PATH}/<key>"
        return [
            ("GET", one, self.one),
            ("POST", f"{one}/Email", self.email),
            ("GET", f"{one}/OnlineInvoice", self.online),
            ("GET", f"{one}/History", self.history),
            ("PUT", f"{one}/History", self.add_history),
            ("GET", f"{one}/Attachments", self.attachments),
            ("GET", f"{one}/Attachments/<name>", self.download),
            ("PUT", f"{one}/Attachments/<name>", self.attach),
            ("POST", f"{one}/Attachments/<name>", self.attach),
        ]

    def one(self, key: str) -> Any:
        """The invoice, or its PDF where that is what is accepted."""
        if "application/pdf" not in request.headers.get("Accept", ""):
            return self._invoices.one(key)
        found = self._invoices.found(key)
        text = f"% {found['InvoiceNumber']} {found['CurrencyCode']} {found['Total']:.2f}"
        body = _SHEET.format(length=len(text), text=text).encode("ascii", "replace")
        return Response(body, 200, content_type="application/pdf")

    def email(self, key: str) -> Response:
        """Sends to the contact's address and to the persons who are included."""
        found = self._invoices.found(key)
        self._send(found)
        return Response(status=204)

    def online(self, key: str) -> Doc:
        """The page that the customer sees; drafts have none."""
        found = self._invoices.found(key)
        if found["Status"] not in {AUTHORISED, PAID}:
            raise wrong(Unsure.SENT)
        row = {"OnlineInvoiceUrl": f"https://in.xero.com/{found['InvoiceID'].replace('-', '')[:20]}"}
        return envelope(self._books.now(), "OnlineInvoices", [row])

    def history(self, key: str) -> Doc:
        """What happened to it, the newest first."""
        rows = self._books.history.find(("_document", "=", self._invoices.found(key)["id"]))
        return envelope(self._books.now(), "HistoryRecords", [shown(row) for row in reversed(rows)])

    def add_history(self, key: str) -> Doc:
        """Notes for ever; Xero shows no user's name for them."""
        found = self._invoices.found(key)
        made = []
        for row in sent("HistoryRecords"):
            details = str(row.get("Details") or "")
            if not 1 <= len(details) <= 2500:
                raise wrong(Unsure.DETAILS)
            noted = self._books.note(found["id"], details, "Note")
            text = {"DateUTCString": f"{noted['DateUTC'][:19]}Z", "ValidationErrors": []}
            made.append({**shown(noted), **text})
        return envelope(self._books.now(), "HistoryRecords", made)

    def attachments(self, key: str) -> Doc:
        """Its files."""
        rows = self._books.attachments.find(("_document", "=", self._invoices.found(key)["id"]))
        return envelope(self._books.now(), "Attachments", [shown(row) for row in rows])

    def attach(self, key: str, name: str) -> Doc:
        """Files the bytes under that name; a file of the same name is replaced."""
        found = self._invoices.found(key)
        rows = self._books.attachments.find(("_document", "=", found["id"]))
        if not name or set(name) & FORBIDDEN:
            raise wrong(Unsure.FILE_NAME)
        old = next((row for row in rows if row["FileName"] == name), None)
        if old is None and len(rows) >= 10:
            raise wrong(Unsure.FILES)
        made = {
            "AttachmentID": old["id"] if old else self._books.new_id(),
            "FileName": name,
            "Url": f"https://api.xero.com{PATH}/{found['id']}/Attachments/{name}",
            "MimeType": request.headers.get("Content-Type", "application/octet-stream"),
            "ContentLength": len(request.get_data()),
            "IncludeOnline": request.args.get("IncludeOnline", "").lower() == "true",
        }
        inner = {"id": made["AttachmentID"], "_document": found["id"], "_bytes": request.get_data().hex()}
        self._books.attachments.put({**made, **inner})
        return envelope(self._books.now(), "Attachments", [made])

    def download(self, key: str, name: str) -> Response:
        """One file's bytes, by its name or its id."""
        rows = self._books.attachments.find(("_document", "=", self._invoices.found(key)["id"]))
        for row in rows:
            if name in {row["FileName"], row["id"]}:
                return Response(bytes.fromhex(row["_bytes"]), 200, content_type=row["MimeType"])
        raise NotHere

    def _send(self, found: Doc) -> None:
        contact = self._books.contacts.get(found["_contact"]) or {}
        settings, today = self._books.settings, self._books.today()
        if found["Type"] != "ACCREC" or found["Status"] not in {SUBMITTED, AUTHORISED, PAID}:
            raise wrong(Unsure.NOT_MAILABLE)
        if not contact.get("EmailAddress"):
            raise wrong(Unsure.NO_ADDRESS)
        cap = 0 if settings["demo_company"] else settings["email_limit"]
        if self._books.emails.count(("day", "=", today)) >= cap:
            raise wrong(Unsure.MAIL_CAP)
        others = [one for one in contact.get("ContactPersons", []) if one.get("IncludeInEmails")]
        sent_to = [contact["EmailAddress"], *(one.get("EmailAddress", "") for one in others)]
        made = {"id": self._books.new_id(), "_document": found["id"], "day": today, "to": sent_to}
        self._books.emails.put(made)
        self._books.invoices.put({**self._books.touched(found), "SentToContact": True})
        self._books.note(found["id"], f"This invoice has been sent to {', '.join(sent_to)}.", "Invoice sent")
