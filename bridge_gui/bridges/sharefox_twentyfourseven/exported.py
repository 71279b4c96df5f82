"""Sharefox's accounting files in place of its interface: they list invoices just as the shop would."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from bridge_gui.accounting.rentals import RentalInvoice, RentalStanding
from bridge_gui.bridges.sharefox_twentyfourseven.steps import source_id
from bridge_gui.errors import SetupError
from bridge_gui.sync.files.door import FileDoor, Trouble
from bridge_gui.sync.files.layout import fingerprint, pieces
from bridge_gui.sync.files.reading import Cell, read_sheets
from bridge_gui.vendors.sharefox.columns import NEEDED, WORDS, fit, heads, known
from bridge_gui.vendors.sharefox.export import Export, read_export
from bridge_gui.web.waiting import Cancel, check

PARTS = tuple(WORDS)
ON_INVOICE = "Faktura"


class Columns(Struct, frozen=True, kw_only=True):
    """Which column is what, by their heads."""

    named: dict[str, str]

    def __getattr__(self, part: str) -> str:
        """A part's column, empty if it has none."""
        if part not in WORDS:
            raise AttributeError(part)
        return self.named.get(part, "")

    @property
    def complete(self) -> bool:
        """Whether it says all that is needed."""
        return all(self.named.get(part) for part in NEEDED)


class Unreadable(Struct, frozen=True, kw_only=True):
    """A document of a file in which a row cannot be read, and what is in the way."""

    file: str
    row: int
    part: str
    text: str


class Seen(Struct, frozen=True, kw_only=True):
    """A file as it stands: its heads, the rows below, and which column is what."""

    file: str
    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    columns: Columns


class Documents(Struct, frozen=True, kw_only=True):
    """What all files tell, by the source's id, as the latest file with it says; and what cannot be read."""

    invoices: dict[str, RentalInvoice]
    unread: dict[str, Unreadable]
    troubles: tuple[Trouble, ...]


class ExportedShop:
    """A shop known by its accounting files. `told` are the columns a person named for all of them."""

    def __init__(self, path: Path, bridge: str, *, told: str = "", kept: str = "", currency: str) -> None:
        self._door = FileDoor(path, bridge)
        self._told = pieces(told, PARTS)
        self._kept = msgspec.json.decode(kept, type=dict[str, dict[str, str]]) if kept else {}
        self._currency = currency
        self.scope = self._door.scope

    def files(self) -> list[Path]:
        """The file, or those of the folder, the latest last."""
        return self._door.files()

    def kept(self) -> str:
        """The columns of each kind of file there is; raises if one cannot be read."""
        found = dict(self._kept)
        for file in self.files():
            export = self.export(file)
            found[fingerprint(self.seen(file).names)] = export.columns
        return msgspec.json.encode(found, order="deterministic").decode()

    def seen(self, file: Path) -> Seen:
        """A file with its columns, as far as they are known."""
        sheets = read_sheets(file)
        told = set(self._told.values())
        sheet = max(sheets, key=lambda one: fit(heads(one, told)[1], told))
        head, names = heads(sheet, told)
        chosen = {**known(names), **self._chosen(names)}
        named = {part: name for part, name in chosen.items() if name in names}
        return Seen(file=file.name, names=names, rows=sheet.rows[head:], columns=Columns(named=named))

    def export(self, file: Path) -> Export:
        """All documents of a file; `SetupError` says why it cannot be read."""
        return read_export(file, currency=self._currency, columns=self._chosen(self.seen(file).names))

    def documents(self, cancel: Cancel) -> Documents:
        """What all files tell together."""
        invoices: dict[str, RentalInvoice] = {}
        unread: dict[str, Unreadable] = {}
        troubles = []
        for file in self.files():
            check(cancel)
            try:
                export = self.export(file)
            except SetupError as error:
                params = {"file": file.name, **error.params}
                troubles.append(Trouble(file=file.name, code=error.code, params=params))
                continue
            for invoice in export.invoices:
                key = document_id(invoice.id)
                invoices[key] = replace(invoice, id=key)
                unread.pop(key, None)
            for one in export.unread:
                key = document_id(one.document or f"{file.name} {one.row}")
                told = Unreadable(file=file.name, row=one.row, part=one.part, text=one.text)
                unread[key] = told
                invoices.pop(key, None)
        return Documents(invoices=invoices, unread=unread, troubles=tuple(troubles))

    def rental_invoices(self, first: date, cancel: Cancel) -> Iterator[Sequence[RentalInvoice]]:
        """All of a day and later, in one page."""
        yield [one for one in self.documents(cancel).invoices.values() if one.day >= first]

    def rental_invoices_by_id(self, ids: Collection[str], cancel: Cancel) -> tuple[RentalInvoice, ...]:
        """By the source's id; what no file has is left out."""
        found = self.documents(cancel).invoices
        return tuple(found[one] for one in ids if one in found)

    def paid_by(self, invoices: Sequence[RentalInvoice], cancel: Cancel) -> tuple[RentalInvoice, ...]:
        """The file says itself how they are paid."""
        del cancel
        return tuple(invoices)

    def methods_seen(self, first: date, cancel: Cancel) -> tuple[str, ...]:
        """The ways to pay that the files name."""
        told = {one.method for page in self.rental_invoices(first, cancel) for one in page}
        return tuple(sorted({ON_INVOICE, *told} - {""}))

    def rental_url(self, invoice: RentalInvoice) -> str:
        """A file has no address."""
        del invoice
        return ""

    def hears(self) -> bool:
        """A file cannot be told anything."""
        return False

    def tell_standing(self, invoice: str, standing: RentalStanding) -> None:
        """A file cannot be told anything."""
        raise LookupError(invoice, standing)

    def _chosen(self, names: Sequence[str]) -> Mapping[str, str]:
        """What a person has named, now or for a file of this kind before."""
        if self._told and all(name in names for name in self._told.values()):
            return self._told
        return self._kept.get(fingerprint(names), {})


def document_id(told: str) -> str:
    """The id of a document of a file; it is never that of an invoice of the interface."""
    return f"o-{source_id(told)}"


def trouble_id(trouble: Trouble) -> str:
    """The id of a file that cannot be read."""
    return f"file.{hashlib.sha256(trouble.file.encode()).hexdigest()[:12]}"
