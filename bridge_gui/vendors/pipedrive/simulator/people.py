"""What people do in Pipedrive's own window, for tests and for trying things out.

Facts: pipedrive.md sections 3.2, 6. Each action takes the JSON sent to `/_sandbox/person`; `id` is the
record's number. Inferred: a merged record is a deleted one whose links went to the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.sandbox.kit import Act, Doc
from bridge_gui.vendors.pipedrive.simulator.crm import Crm
from bridge_gui.vendors.pipedrive.simulator.deals import DealDesk
from bridge_gui.vendors.pipedrive.simulator.fields import FieldDesk
from bridge_gui.vendors.pipedrive.simulator.lines import LineDesk
from bridge_gui.vendors.pipedrive.simulator.parties import PartyDesk


class People:
    """The consultancy's sellers."""

    def __init__(
        self, crm: Crm, deals: DealDesk, lines: LineDesk, parties: PartyDesk, fields: FieldDesk
    ) -> None:
        self._crm = crm
        self._deals = deals
        self._lines = lines
        self._parties = parties
        self._fields = fields

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name."""
        return {
            "add_deal": self.add_deal,
            "edit_deal": lambda sent: self._change(sent, sent["changes"]),
            "win_deal": lambda sent: self._change(sent, {"status": "won"}),
            "lose_deal": lambda sent: self._change(
                sent, {"status": "lost", "lost_reason": sent.get("reason")}
            ),
            "reopen_deal": lambda sent: self._change(sent, {"status": "open"}),
            "move_deal": lambda sent: self._change(sent, {"stage_id": sent["stage_id"]}),
            "delete_deal": lambda sent: self._change(sent, {"status": "deleted"}),
            "archive_deal": lambda sent: self._change(sent, {"is_archived": True}),
            "unarchive_deal": lambda sent: self._change(sent, {"is_archived": False}),
            "merge_deals": self.merge_deals,
            "add_line": lambda sent: self._lines.add(self._crm.need("deals", sent["id"]), sent["line"]),
            "edit_line": lambda sent: self._lines.change(
                self._crm.need("lines", sent["id"]), sent["changes"]
            ),
            "remove_line": lambda sent: self._lines.remove(self._crm.need("lines", sent["id"])),
            "add_discount": lambda sent: self._lines.discount(
                self._crm.need("deals", sent["id"]), sent["discount"]
            ),
            "add_instalment": lambda sent: self._lines.instalment(
                self._crm.need("deals", sent["id"]), sent["instalment"]
            ),
            **self._records(),
        }

    def _records(self) -> Mapping[str, Act]:
        """What people do to parties, products, fields and notes."""
        return {
            "edit_organization": lambda sent: self._parties.change(
                "organizations", sent["id"], sent["changes"]
            ),
            "edit_person": lambda sent: self._parties.change("persons", sent["id"], sent["changes"]),
            "edit_product": lambda sent: self._parties.change("products", sent["id"], sent["changes"]),
            "add_organization": lambda sent: self._parties.add("organizations", sent["organization"]),
            "add_person": lambda sent: self._parties.add("persons", sent["person"]),
            "add_product": lambda sent: self._parties.add("products", sent["product"]),
            "delete_product": self.delete_product,
            "merge_organizations": self.merge_organizations,
            "add_field": lambda sent: self._fields.add(
                sent["kind"], sent["name"], sent.get("type", "varchar"), sent.get("options")
            ),
            "remove_note": lambda sent: self._crm.touch(
                "notes", {**self._crm.need("notes", sent["id"]), "active_flag": False}
            ),
        }

    def add_deal(self, sent: Doc) -> Doc:
        """A deal of `deal` with the lines in `lines`."""
        deal = self._deals.add(sent["deal"])
        for line in sent.get("lines", []):
            self._lines.add(deal, line)
        return self._crm.need("deals", deal["id"])

    def merge_deals(self, sent: Doc) -> Doc:
        """Deal `id` goes up in deal `into`, with its lines, notes and files."""
        gone, kept = self._crm.need("deals", sent["id"]), self._crm.need("deals", sent["into"])
        self._relink("deal_id", gone, kept, "lines", "notes", "files")
        self._deals.change(gone, {"status": "deleted"})
        self._lines.revalue(kept["id"])
        return self._crm.need("deals", kept["id"])

    def merge_organizations(self, sent: Doc) -> Doc:
        """Organization `id` goes up in `into`; its deals and persons follow."""
        gone, kept = (
            self._crm.need("organizations", sent["id"]),
            self._crm.need("organizations", sent["into"]),
        )
        self._relink("org_id", gone, kept, "deals", "persons")
        self._crm.touch("organizations", {**gone, "is_deleted": True})
        return kept

    def delete_product(self, sent: Doc) -> Doc:
        """Marks as deleted; `hard` leaves nothing but lines without a product."""
        row = self._crm.need("products", sent["id"])
        if not sent.get("hard"):
            return self._crm.touch("products", {**row, "is_deleted": True})
        for line in self._crm.rows("lines", ("product_id", "=", row["id"])):
            self._crm.put("lines", {**line, "product_id": None})
        self._crm.drop("products", row["id"])
        return row

    def _relink(self, field: str, gone: Doc, kept: Doc, *tables: str) -> None:
        for table in tables:
            for row in self._crm.rows(table, (field, "=", gone["id"])):
                self._crm.touch(table, {**row, field: kept["id"]})

    def _change(self, sent: Doc, changes: Doc) -> Doc:
        deal: Any = dict(self._crm.need("deals", sent["id"]))
        custom = changes.get("custom_fields")
        if custom is not None:
            judged = self._fields.judged("deal", custom)
            changes = {**changes, "custom_fields": {**deal["custom_fields"], **judged}}
        return self._deals.change(deal, changes)
