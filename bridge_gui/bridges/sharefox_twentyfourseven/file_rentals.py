"""The flow of the accounting files: each document to one order, as for invoices of the interface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from bridge_gui.bridges.sharefox_twentyfourseven.exported import (
    Documents,
    ExportedShop,
    Unreadable,
    trouble_id,
)
from bridge_gui.bridges.sharefox_twentyfourseven.listing import Listing
from bridge_gui.bridges.sharefox_twentyfourseven.rentals import Rentals
from bridge_gui.errors import Param
from bridge_gui.sync.files.door import Trouble
from bridge_gui.sync.flow import Held, Known, Marked, Page, Record, Skip
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel

_PAGE = 100


class Readable(Struct, frozen=True, kw_only=True):
    """What a file is once nothing is wrong with it any more."""


class FileRentals(Rentals):
    """Documents of the files; one that a later file no longer has stays as it was sent."""

    key = "file_rentals"

    def __init__(
        self, context: BridgeContext, listing: Listing, settle_after: timedelta, shop: ExportedShop
    ) -> None:
        super().__init__(context, listing, settle_after)
        self._shop = shop
        self._told: Documents | None = None

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Everything in every file: a file says nothing about when what was changed."""
        del since
        self._told = self._shop.documents(cancel)
        records = list(self._records(self._told).values())
        for begin in range(0, len(records), _PAGE):
            yield Page(records=tuple(records[begin : begin + _PAGE]))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """As the files tell them now; a file without trouble any more says so."""
        told = self._told if self._told is not None else self._shop.documents(cancel)
        known = self._records(told)
        fine = [
            self._apart(one, Readable(), "") for one in ids if one.startswith("file.") and one not in known
        ]
        return [known[one] for one in ids if one in known] + fine

    def plan(self, record: Record, known: Known) -> list[Step] | Held | Skip:
        """The steps for a document; what cannot be read waits."""
        content = record.content
        if isinstance(content, Trouble):
            return Held(code=content.code, params=content.params)
        if isinstance(content, Unreadable):
            params: dict[str, Param] = {
                "file": content.file,
                "row": content.row,
                "part": content.part,
                "text": content.text,
            }
            return Held(code="export.unreadable", params=params)
        if isinstance(content, Readable):
            return Skip(code="file.mended")
        return super().plan(record, known)

    def _records(self, told: Documents) -> dict[str, Record]:
        found = {key: self.record_of(one) for key, one in told.invoices.items()}
        found |= {key: self._apart(key, one, key) for key, one in told.unread.items()}
        return found | {trouble_id(one): self._apart(trouble_id(one), one, one.file) for one in told.troubles}

    def _apart(self, key: str, content: object, name: str) -> Record:
        """Something a person has to see, on no day of its own."""
        day = max(self._context.start, self.rules.today)
        return Record(id=key, day=day, content=content, number=name)


class RestingRentals(Rentals):
    """While files are the source: what the interface's invoices became is followed, nothing is read."""

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Nothing."""
        return iter(())

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Nothing."""
        return []

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Nothing."""
        return iter(())


class RestingFiles(RestingRentals):
    """While the interface is the source: what the files' documents became is followed."""

    key = "file_rentals"
