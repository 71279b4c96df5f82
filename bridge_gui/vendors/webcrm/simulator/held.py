"""What clients may have made at webcrm, in the form in which every simulator tells it.

Deliveries are sources and not told.
"""

from __future__ import annotations

from collections.abc import Iterator

from bridge_gui.sandbox.kit import Doc, Held, exact, written
from bridge_gui.vendors.webcrm.simulator.crm import Crm

KINDS = {
    "Person": ("person", ("PersonEmail", "PersonName")),
    "QuotationLineLinkedDataItem": ("price", ("QuotationLineLinkedDataItemData1",)),
}


def held(crm: Crm) -> Iterator[Held]:
    """Persons and the price list: what a client may have made."""
    for prefix, (kind, names) in KINDS.items():
        for row in crm.table(prefix).find():
            yield _bare(kind, row, names)


def _bare(kind: str, row: Doc, names: tuple[str, ...]) -> Held:
    texts = written(*(row.get(name) for name in names))
    return Held(kind=kind, id=f"{kind}-{row['id']}", total=exact(0), currency="", day="", texts=texts)
