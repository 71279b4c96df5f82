"""What a user may do, as menus know it before anything is opened."""

from __future__ import annotations

from bridge_gui.bridges.pipedrive_xero.panel_specs import DEALS, INVOICES
from bridge_gui.bridges.pipedrive_xero.steps import INVOICE, OUTSIDE
from bridge_gui.sync.actions import ActionSpec, Gives
from bridge_gui.wording.message import mark

_ENDED = {"voided": "bill.is_voided", "deleted": "bill.is_deleted"}
_PAID = {"paid": "bill.is_paid", "partly_paid": "bill.is_paid"}
_APPROVED = {"awaiting_payment": "bill.is_approved", **_PAID}

ACTIONS = (
    ActionSpec(
        key="create_invoice", title=mark("Create invoice"), on=DEALS, flow="deals", many=True,
        shared=("update_contact", "day", "due", "template", "save_as"), states=("open", "won"),
        why_not={"": "deal.not_billable"},
    ),
    ActionSpec(
        key="disconnect_contact", title=mark("Disconnect the contact"), on=DEALS, flow="deals",
        confirm=mark("Bridge forgets which contact in Xero this customer is. Nothing changes in Xero."),
    ),
    ActionSpec(
        key="submit", title=mark("Submit for approval"), kinds=(INVOICE,), states=("draft",), flow="deals",
        asks=False, many=True,
        why_not={**_ENDED, **_APPROVED, "awaiting_approval": "bill.is_submitted", "": "bill.not_now"},
    ),
    ActionSpec(
        key="approve", title=mark("Approve"), kinds=(INVOICE,), states=("draft", "awaiting_approval"),
        flow="deals", asks=False, many=True, why_not={**_ENDED, **_APPROVED, "": "bill.not_now"},
        confirm=mark("An approved invoice is in the books; it can be voided, no longer deleted."),
    ),
    ActionSpec(
        key="void", title=mark("Void"), kinds=(INVOICE,), states=("awaiting_payment", "partly_paid", "paid"),
        flow="deals",
        why_not={
            **_ENDED, "draft": "bill.delete_instead", "awaiting_approval": "bill.delete_instead",
            "": "bill.not_now",
        },
        confirm=mark("A voided invoice stays in the books without effect. This cannot be undone."),
    ),
    ActionSpec(
        key="delete", title=mark("Delete draft"), kinds=(INVOICE,), states=("draft", "awaiting_approval"),
        flow="deals", asks=False, why_not={**_ENDED, **_APPROVED, "": "bill.not_now"},
        confirm=mark("The draft is deleted in Xero. This cannot be undone."),
    ),
    ActionSpec(
        key="email", title=mark("Send by e-mail"), kinds=(INVOICE,), flow="deals", asks=False, many=True,
        states=("awaiting_approval", "awaiting_payment", "partly_paid", "paid"),
        why_not={**_ENDED, "draft": "bill.approve_first", "": "bill.not_now"},
        confirm=mark("Xero sends the invoice to the customer's e-mail address."),
    ),
    ActionSpec(
        key="pdf", title=mark("Save PDF"), kinds=(INVOICE, OUTSIDE), gives=Gives.FILE, asks=False,
    ),
    ActionSpec(
        key="open", title=mark("Open in Xero"), kinds=(INVOICE, OUTSIDE), gives=Gives.ADDRESS, asks=False,
    ),
    ActionSpec(
        key="attach", title=mark("Attach to a deal"), on=INVOICES, flow="deals",
        states=("draft", "awaiting_approval", "awaiting_payment", "partly_paid", "paid", "voided"),
        why_not={"ours": "bill.is_ours", "attached": "bill.is_attached", "": "bill.not_now"},
    ),
    ActionSpec(
        key="detach", title=mark("Take off the deal"), kinds=(OUTSIDE,), flow="deals", asks=False,
        why_not={"": "bill.not_attached"},
        confirm=mark("Bridge follows this invoice no longer. Nothing changes in Xero."),
    ),
)  # fmt: skip
