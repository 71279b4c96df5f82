"""v1's notes and files.

Facts: pipedrive.md sections 3.5, 4 (v1's two forms of paging), 5. Inferred: which HTML survives (what is not
in a short list goes, its text stays); how long a note may be; that only an admin may write as another user.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Response, request

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.pipedrive.simulator.crm import Crm
from bridge_gui.vendors.pipedrive.simulator.forms import found, json_body, moment, older, refused, whole
from bridge_gui.vendors.pipedrive.simulator.lists import DOMAIN
from bridge_gui.vendors.pipedrive.simulator.routing import Endpoint, get, other, post

NOTES = ("deals:full",)
READ = ("deals:read", "deals:full")
LINKS = ("deal_id", "person_id", "org_id", "user_id")
KEPT_TAGS = ("p", "a", "b", "i", "u", "strong", "em", "br", "ul", "ol", "li", "div", "span")
LONGEST = 100_000
_TAG = re.compile(r"<(/?)([a-zA-Z0-9]+)([^>]*)>")


class PaperDesk:
    """Keeps notes and files."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm

    def routes(self) -> list[Endpoint]:
        """Notes and files, all v1."""
        return [
            get("/v1/notes", 20, self.notes, *READ),
            post("/v1/notes", 10, self.add_note, *NOTES),
            get("/v1/notes/<key>", 2, self.note, *READ),
            other("PUT", "/v1/notes/<key>", 10, self.change_note, *NOTES),
            other("DELETE", "/v1/notes/<key>", 6, self.remove_note, *NOTES),
            post("/v1/files", 10, self.add_file, *NOTES),
            get("/v1/files", 20, self.files, *READ),
            get("/v1/files/<key>", 2, self.file, *READ),
            get("/v1/files/<key>/download", 20, self.download, *READ),
            get("/v1/deals/<key>/files", 20, self.files_of, *READ),
        ]

    def notes(self) -> Doc:
        """A page of notes, of one deal where it is named."""
        deal, since = whole("deal_id"), moment("updated_since")
        rows = [
            row for row in self._crm.rows("notes") if row["active_flag"] and deal in {None, row["deal_id"]}
        ]
        rows = [row for row in rows if not since or row["update_time"] >= since]
        part, told = _offset(rows)
        return {**found([self._note(row) for row in part]), "additional_data": {"pagination": told}}

    def note(self, key: str) -> Doc:
        """One note."""
        return found(self._note(self._found("notes", key)))

    def add_note(self) -> Doc:
        """A note on a deal, a person or an organization."""
        sent = json_body()
        if not sent.get("content"):
            raise refused(400, "Note content is required")
        if not any(sent.get(name) for name in ("deal_id", "person_id", "org_id")):
            raise refused(400, "A deal, person or organization is required")
        if sent.get("deal_id") and self._crm.get("deals", sent["deal_id"]) is None:
            raise refused(404, "Deal not found")
        if sent.get("user_id", 1) != 1 and not self._crm.settings["admin"]:
            raise refused(403, "You do not have permissions to do this.")
        usual = {"deal_id": None, "person_id": None, "org_id": None, "user_id": 1, "active_flag": True}
        pinned = {"pinned_to_deal_flag": False}
        made = self._crm.add("notes", {**usual, **pinned, **self._told(sent)})
        return found(self._note(made))

    def change_note(self, key: str) -> Doc:
        """Changes the fields sent."""
        return found(
            self._note(self._crm.touch("notes", {**self._found("notes", key), **self._told(json_body())}))
        )

    def remove_note(self, key: str) -> Doc:
        """A removed note is read no more."""
        self._crm.touch("notes", {**self._found("notes", key), "active_flag": False})
        return found(data=True)

    def add_file(self) -> Doc:
        """A file from a multipart form."""
        sent = request.files.get("file")
        if sent is None:
            raise refused(400, "No files attached.")
        deal = whole_of(request.form.get("deal_id"))
        if deal is not None and self._crm.get("deals", deal) is None:
            raise refused(404, "Deal not found")
        content = sent.read()
        name = (sent.filename or "file").rsplit("/", 1)[-1]
        number = self._crm.state.next_number("file name")
        made = self._crm.add(
            "files",
            {
                "deal_id": deal,
                "name": name,
                "file_name": f"{number:08x}_{name}",
                "file_size": len(content),
                "file_type": sent.mimetype.rsplit("/", 1)[-1],
                "active_flag": True,
                "_type": sent.mimetype,
                "_bytes": content.hex(),
            },
        )
        return found(self._file(made))

    def files(self) -> Doc:
        """A page of all files."""
        part, told = _offset(self._crm.rows("files"))
        return {**found([self._file(row) for row in part]), "additional_data": {"pagination": told}}

    def files_of(self, key: str) -> Doc:
        """QUIRK: here the paging stands under additional_data itself, no next_start (pipedrive.md 4)."""
        deal = self._found("deals", key)
        part, told = _offset(self._crm.rows("files", ("deal_id", "=", deal["id"])))
        told.pop("next_start", None)
        return {**found([self._file(row) for row in part]), "additional_data": told}

    def file(self, key: str) -> Doc:
        """One file's description."""
        return found(self._file(self._found("files", key)))

    def download(self, key: str) -> Response:
        """One file's bytes."""
        row = self._found("files", key)
        return Response(bytes.fromhex(row["_bytes"]), 200, content_type=row["_type"])

    def _told(self, sent: Doc) -> Doc:
        """Flags come as 0 or 1 and go as booleans; HTML is cleaned."""
        made: Doc = {name: sent[name] for name in LINKS if name in sent}
        if "content" in sent:
            if len(str(sent["content"])) > LONGEST:
                raise refused(400, "Note content is too long")
            made["content"] = _cleaned(str(sent["content"]))
        if "pinned_to_deal_flag" in sent:
            made["pinned_to_deal_flag"] = bool(sent["pinned_to_deal_flag"])
        return made

    def _note(self, row: Doc) -> Doc:
        deal = self._crm.get("deals", row["deal_id"])
        user = self._crm.get("users", row["user_id"]) or {}
        shown = {**row, "add_time": older(row["add_time"]), "update_time": older(row["update_time"])}
        told = {
            "email": user.get("email"),
            "name": user.get("name"),
            "icon_url": None,
            "is_you": row["user_id"] == 1,
        }
        shown |= {"deal": {"title": deal["title"]} if deal else None, "user": told}
        return self._clean(shown)

    def _file(self, row: Doc) -> Doc:
        shown = {name: value for name, value in row.items() if not name.startswith("_")}
        key = row["id"]
        url = f"https://{DOMAIN}.pipedrive.com/v1/files/{key}/download"
        times = {"add_time": older(row["add_time"]), "update_time": older(row["update_time"])}
        rest = {"user_id": 1, "inline_flag": False, "remote_location": "s3", "url": url}
        return self._clean({**shown, **times, **rest})

    def _clean(self, shown: Doc) -> Doc:
        """Links that are empty are null, or left out by the switch."""
        if self._crm.settings["empty_fields"] == "null":
            return shown
        told = {name: value for name, value in shown.items() if value is not None}
        if isinstance(told.get("user"), dict):
            told["user"] = {name: value for name, value in told["user"].items() if value is not None}
        return told

    def _found(self, table: str, key: str) -> Doc:
        row = self._crm.get(table, key)
        if row is None or row.get("active_flag") is False:
            raise refused(404, f"{table[:-1].title()} not found")
        return row


def whole_of(text: Any) -> int | None:
    """A form's number."""
    if not text:
        return None
    if not str(text).isdigit():
        raise refused(400, "Bad request")
    return int(text)


def _offset(rows: list[Doc]) -> tuple[list[Doc], Doc]:
    start, limit = whole("start", 0) or 0, min(500, whole("limit", 100) or 100)
    more = len(rows) > start + limit
    told: Doc = {"start": start, "limit": limit, "more_items_in_collection": more}
    return rows[start : start + limit], {**told, **({"next_start": start + limit} if more else {})}


def _cleaned(html: str) -> str:
    def kept(match: re.Match[str]) -> str:
        slash, name, rest = match.groups()
        if name.lower() not in KEPT_TAGS:
            return ""
        link = re.search(r'href="(https?://[^"]*)"', rest) if name.lower() == "a" and not slash else None
        return f"<{slash}{name.lower()}{f' href={chr(34)}{link.group(1)}{chr(34)}' if link else ''}>"

    return _TAG.sub(kept, html)
