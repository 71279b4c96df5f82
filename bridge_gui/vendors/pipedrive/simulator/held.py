"""Pipedrive's records in the form in which every simulator tells them."""

from __future__ import annotations

from collections.abc import Iterator

from bridge_gui.sandbox.kit import Doc, Held, exact, written
from bridge_gui.vendors.pipedrive.simulator.crm import Crm


def held(crm: Crm) -> Iterator[Held]:
    """Deals, and the notes and files on them, as they are now."""
    yield from map(_deal, crm.rows("deals"))
    yield from (_paper("note", row, row["content"]) for row in crm.rows("notes"))
    yield from (_paper("file", row, row["name"]) for row in crm.rows("files"))


def _deal(row: Doc) -> Held:
    return Held(
        kind="deal",
        id=str(row["id"]),
        total=exact(row["value"]),
        currency=row["currency"],
        day=(row["won_time"] or row["add_time"])[:10],
        texts=written(row["title"], *row["custom_fields"].values()),
        living=not row["is_deleted"],
    )


def _paper(kind: str, row: Doc, text: str) -> Held:
    return Held(
        kind=kind,
        id=str(row["id"]),
        total=exact(0),
        currency="",
        day=row["add_time"][:10],
        texts=written(text, f"deal {row['deal_id']}"),
        living=bool(row["active_flag"]),
    )
