"""The change notices that webcrm and Uniconta send, and which look each asks for."""

from __future__ import annotations

import re

from bridge_gui.sync.notices import NoticeSpec
from bridge_gui.web.notices_read import ChangeNotice
from bridge_gui.wording.message import mark

_AT_UNICONTA = mark("In Uniconta: Company - Maintenance - Change URL, for this table, as GET or POST.")
# INFERRED: what webcrm's hooks send is not described; the record's address is looked for [webcrm.md 3.7].
_ADDRESS = re.compile(r"/(Organisations|Persons|Deliveries)/([1-9]\d{0,9})\b")
_FLOWS = {
    "Organisations": ("organisations", "org"),
    "Persons": ("persons", "person"),
    "Deliveries": ("orders", "delivery"),
}


def _at_webcrm(notice: ChangeNotice) -> tuple[str, str] | None:
    """The record whose address is in it, if any."""
    found = _ADDRESS.search(notice.text) or _ADDRESS.search(" ".join(notice.fields.values()))
    if found is None:
        return None
    flow, word = _FLOWS[found[1]]
    return flow, f"{word}-{found[2]}"


NOTICES = (
    NoticeSpec(
        path="uniconta", title=mark("Debtors in Uniconta"), help=_AT_UNICONTA, forgets=("looked.debtors",)
    ),
    NoticeSpec(
        path="invitems", title=mark("Items in Uniconta"), help=_AT_UNICONTA, forgets=("looked.items",)
    ),
    NoticeSpec(
        path="webcrm",
        title=mark("Organisations, persons and deliveries in webcrm"),
        help=mark("In webcrm's interface: one hook for each kind of record and each kind of change."),
        record=_at_webcrm,
    ),
)
"""Uniconta's tables are read whole with one call each, so its notices need no record."""
