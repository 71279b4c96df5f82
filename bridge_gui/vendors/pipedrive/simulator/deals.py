"""Deals: listed, archived ones apart, read, and changed.

Facts: pipedrive.md sections 3, 3.1, 4, 6, 7. Inferred: an archived or a deleted deal is still read by its
number; a deleted one until it is purged after 30 days.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, instant
from bridge_gui.vendors.pipedrive.simulator.crm import ZONE, Crm
from bridge_gui.vendors.pipedrive.simulator.fields import FieldDesk
from bridge_gui.vendors.pipedrive.simulator.forms import (
    allowed,
    body,
    choices,
    found,
    invalid,
    is_id,
    is_list,
    is_number,
    is_object,
    is_text,
    is_truth,
    missing,
    moment,
    numbers,
    or_null,
    truth,
    whole,
)
from bridge_gui.vendors.pipedrive.simulator.listing import PAGING, SORTING, page
from bridge_gui.vendors.pipedrive.simulator.routing import Endpoint, get, other, post

EMPTIED = (
    "person_id", "org_id", "won_time", "lost_time", "expected_close_date", "local_won_date",
    "local_lost_date", "local_close_date",
)  # fmt: skip
"""QUIRK: null or missing although the OpenAPI document types them as always present (pipedrive.md 3.1)."""
LINKS = ("owner_id", "person_id", "org_id", "pipeline_id", "stage_id")
ONE = ("include_fields", "custom_fields", "include_option_labels", "include_labels")
MANY = ("filter_id", "ids", *LINKS, "status", "updated_since", "updated_until", *ONE, *SORTING, *PAGING)
COUNTED = {"products_count": "lines", "files_count": "files", "notes_count": "notes"}
MORE_FIELDS = (
    *COUNTED, "next_activity_id", "last_activity_id", "first_won_time", "activities_count",
    "done_activities_count", "undone_activities_count", "participants_count", "followers_count",
    "email_messages_count", "last_incoming_mail_time", "last_outgoing_mail_time", "smart_bcc_email",
)  # fmt: skip
STATUSES = ("open", "won", "lost", "deleted")
PURGED_AFTER = timedelta(days=30)
READ, WRITE = ("deals:read", "deals:full"), ("deals:full",)
SHAPE = {
    "title": is_text, "owner_id": is_id, "person_id": or_null(is_id), "org_id": or_null(is_id),
    "pipeline_id": is_id, "stage_id": is_id, "value": is_number, "currency": is_text,
    "is_deleted": is_truth, "is_archived": is_truth, "archive_time": is_text, "status": is_text,
    "probability": or_null(is_number), "lost_reason": or_null(is_text), "visible_to": is_id,
    "close_time": or_null(is_text), "won_time": or_null(is_text), "lost_time": or_null(is_text),
    "expected_close_date": or_null(is_text), "label_ids": is_list, "custom_fields": is_object,
}  # fmt: skip


class DealDesk:
    """Keeps the deals."""

    def __init__(self, crm: Crm, fields: FieldDesk) -> None:
        self._crm = crm
        self._fields = fields

    def routes(self) -> list[Endpoint]:
        """The deals' own paths."""
        return [
            get("/api/v2/deals", 10, lambda: self.listing(archived=False), *READ),
            get("/api/v2/deals/archived", 20, lambda: self.listing(archived=True), *READ),
            get("/api/v2/deals/<key>", 1, self.one, *READ),
            post("/api/v2/deals", 5, self.create, *WRITE),
            other("PATCH", "/api/v2/deals/<key>", 5, self.update, *WRITE),
            other("DELETE", "/api/v2/deals/<key>", 3, self.delete, *WRITE),
        ]

    def listing(self, *, archived: bool) -> Doc:
        """A page of deals; deleted ones only when `status` names them."""
        allowed(MANY)
        wanted = choices("status", STATUSES) or ["open", "won", "lost"]
        rows = [row for row in self._changed() if row["is_archived"] is archived and row["status"] in wanted]
        ids = numbers("ids")
        rows = [row for row in rows if row["id"] in ids] if ids is not None else rows
        for name in LINKS:
            told = whole(name)
            rows = [row for row in rows if row[name] == told] if told is not None else rows
        part, following = page(rows)
        return found([self._shown(row) for row in part], next_cursor=following)

    def one(self, key: str) -> Doc:
        """One deal, archived or not."""
        allowed(ONE)
        return found(self._shown(self._found(key)))

    def create(self) -> Doc:
        """A new deal."""
        sent = body(SHAPE)
        if not sent.get("title"):
            raise invalid("title", "title is required")
        return found(self._shown(self.add(sent)))

    def update(self, key: str) -> Doc:
        """Changes the keys sent. QUIRK: `value` resets others, `{}` clears custom ones (pipedrive.md 7)."""
        row, sent = self._found(key), body(SHAPE)
        if "value" in sent and self._crm.settings["value_resets"]:
            row = {**row, "expected_close_date": None, "label_ids": [], "probability": None}
        custom = sent.pop("custom_fields", None)
        if custom is not None:
            kept = {} if not custom else row["custom_fields"]
            row = {**row, "custom_fields": {**kept, **self._fields.judged("deal", custom)}}
        return found(self._shown(self.change(row, sent)))

    def delete(self, key: str) -> Doc:
        """Marks as deleted."""
        row = self._found(key)
        self.change(row, {"status": "deleted"})
        return found({"id": row["id"]})

    def add(self, sent: Doc) -> Doc:
        """Stores a new deal of these fields."""
        custom = self._fields.judged("deal", sent.get("custom_fields") or {})
        stage = self._crm.get("stages", sent.get("stage_id")) or self._crm.rows("stages")[0]
        usual: Doc = {
            "title": "",
            "creator_user_id": 1,
            "owner_id": 1,
            "person_id": None,
            "org_id": None,
            "pipeline_id": stage["pipeline_id"],
            "stage_id": stage["id"],
            "value": 0,
            "currency": "EUR",
            "stage_change_time": self._crm.stamp(),
            "is_deleted": False,
            "is_archived": False,
            "status": "open",
            **dict.fromkeys(("probability", "lost_reason", "close_time", *EMPTIED)),
            "visible_to": 3,
            "label_ids": [],
            "origin": "ManuallyCreated",
            **dict.fromkeys(("origin_id", "channel", "channel_id", "source_lead_id", "arr", "mrr", "acv")),
        }
        status = {"status": sent["status"]} if sent.get("status", "open") != "open" else {}
        made = self._crm.add("deals", {**usual, **sent, "status": "open", "custom_fields": custom})
        return self.change(made, status) if status else made

    def change(self, row: Doc, changes: Doc) -> Doc:
        """Stores a changed deal, with what a change of status or stage brings along."""
        made = {**row, **changes}
        now = self._crm.stamp()
        status = changes.get("status", row["status"])
        if status not in STATUSES:
            raise invalid("status", f"status must be one of [{', '.join(STATUSES)}]")
        if status != row["status"]:
            made |= _closed(status, now, self._local_day())
        if changes.get("is_deleted"):
            made["status"] = "deleted"
        made["is_deleted"] = made["status"] == "deleted"
        if made["stage_id"] != row["stage_id"]:
            stage = self._crm.get("stages", made["stage_id"])
            if stage is None:
                raise invalid("stage_id", "stage_id does not exist")
            made |= {"stage_change_time": now, "pipeline_id": stage["pipeline_id"]}
        return self._crm.touch("deals", made)

    def _local_day(self) -> str:
        return self._crm.now().astimezone(ZONE).date().isoformat()

    def _changed(self) -> list[Doc]:
        """QUIRK: `updated_since` takes its own second along, `updated_until` does not (pipedrive.md 4)."""
        since, until = moment("updated_since"), moment("updated_until")
        where: list[Any] = [("update_time", ">=", since)] if since else []
        where += [("update_time", "<", until)] if until else []
        rows = self._crm.rows("deals", *where)
        return [row for row in rows if not self._purged(row)]

    def _found(self, key: str) -> Doc:
        row = self._crm.get("deals", key)
        if row is None or self._purged(row):
            raise missing("Deal")
        return row

    def _purged(self, row: Doc) -> bool:
        gone = row["status"] == "deleted" and self._crm.now() - instant(row["update_time"]) > PURGED_AFTER
        return bool(gone)

    def _shown(self, row: Doc) -> Doc:
        made = self._fields.complete("deal", row)
        if wanted := [part for part in request.args.get("custom_fields", "").split(",") if part]:
            if len(wanted) > 15:
                raise invalid("custom_fields", "at most 15 keys")
            kept = {code: value for code, value in made["custom_fields"].items() if code in wanted}
            made = {**made, "custom_fields": kept}
        if truth("include_option_labels"):
            made = self._fields.labelled("deal", made)
        for name in choices("include_fields", MORE_FIELDS):
            table = COUNTED.get(name)
            count = self._crm.table(table).count(("deal_id", "=", row["id"])) if table else None
            made[name] = count
        if truth("include_labels"):
            made["labels"] = [{"id": one, "label": f"Label {one}"} for one in row["label_ids"]]
        return self._crm.dressed(made, EMPTIED)


def _closed(status: str, now: str, day: str) -> Doc:
    blank = dict.fromkeys(
        ("won_time", "lost_time", "close_time", "local_won_date", "local_lost_date", "local_close_date")
    )
    if status not in {"won", "lost"}:
        return {} if status == "deleted" else {**blank, "lost_reason": None}
    return {
        **blank,
        f"{status}_time": now,
        "close_time": now,
        f"local_{status}_date": day,
        "local_close_date": day,
    }
