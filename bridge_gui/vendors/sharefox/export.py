"""Sharefox's accounting file in place of its interface: rows become the same invoices as elsewhere.

An order is one document here, since the file knows no invoice bases; where it names invoices, each is one.
Nothing with an amount is ever passed over: a row that cannot be understood holds up its document.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from msgspec import Struct

from bridge_gui.accounting.money import ZERO, total
from bridge_gui.accounting.rentals import RentalInvoice, RentalLine, RentalState, RentalType, Renter
from bridge_gui.errors import SetupError
from bridge_gui.sync.files.cells import COMMA, DMY, POINT, amount_of, day_of, day_order, decimal_sign, divided
from bridge_gui.sync.files.days import TOTALS
from bridge_gui.sync.files.reading import Cell, Sheet, read_sheets
from bridge_gui.vendors.sharefox.columns import NEEDED, cells_of, fit, heads, known

_AMOUNTS = ("quantity", "price", "discount", "rate", "net", "gross")
_DAYS = ("day", "due", "first", "last")
_YES = frozenset({"1", "yes", "true", "ja", "paid", "betalt", "betald", "x"})
_NO = frozenset(
    {"0", "no", "false", "nei", "nej", "unpaid", "not paid", "ikke betalt", "ej betald", "obetald"}
)
_SAME = ("day", "customer", "company", "org_number", "email", "method", "currency")


class Unread(Struct, frozen=True, kw_only=True):
    """A document that cannot be read: the row of the file, and which of its cells is in the way."""

    document: str
    row: int
    part: str
    text: str


class Export(Struct, frozen=True, kw_only=True):
    """What a file holds; `columns` says which column is what, by their heads."""

    invoices: tuple[RentalInvoice, ...]
    unread: tuple[Unread, ...]
    columns: dict[str, str]


class _Wrong(Exception):
    def __init__(self, part: str, cell: Cell) -> None:
        super().__init__(part)
        self.part, self.cell = part, cell


def read_export(
    path: Path, *, currency: str, columns: Mapping[str, str] | None = None, made: date | None = None
) -> Export:
    """All documents of a file. `columns` overrule what the heads say; `made` is the day where none is told.

    Raises `SetupError`: file.no_columns, file.which_decimal, or why the file is no table.
    """
    sheets = read_sheets(path)
    told = set((columns or {}).values())
    sheet = max(sheets, key=lambda one: fit(heads(one, told)[1], told))
    head, names = heads(sheet, told)
    found = {**known(names), **(columns or {})}
    at = {part: names.index(name) for part, name in found.items() if name in names}
    if any(part not in at for part in NEEDED):
        raise SetupError("file.no_columns", file=path.name, columns=", ".join(names))
    reader = _Reader(sheet, head, at, currency, made, path.name)
    return reader.read({part: names[place] for part, place in at.items()})


class _Reader:
    def __init__(
        self, sheet: Sheet, head: int, at: Mapping[str, int], currency: str, made: date | None, file: str
    ) -> None:
        self._rows = [(n, cells_of(row, at)) for n, row in enumerate(sheet.rows[head:], head + 1)]
        self._currency, self._made = currency, made
        self._decimal = self._sign(file)
        self._order = day_order(text for part in _DAYS for text in self._texts(part)) or DMY

    def read(self, columns: dict[str, str]) -> Export:
        """Documents in the order of the file."""
        documents: dict[str, list[tuple[int, dict[str, Cell]]]] = {}
        unread = []
        last = ""
        for number, cells in self._rows:
            reference = _text(cells.get("invoice")) or _text(cells.get("order"))
            if not self._has_amount(cells) and not (reference and _text(cells.get("text"))):
                continue
            if reference.casefold() in TOTALS and not _text(cells.get("text")):
                continue
            if not reference and not last:
                unread.append(Unread(document="", row=number, part="order", text=_text(cells.get("text"))))
                continue
            last = reference or last
            documents.setdefault(last, []).append((number, cells))
        invoices = []
        for reference, rows in documents.items():
            try:
                invoices.append(self._document(reference, rows))
            except _Wrong as wrong:
                told = Unread(document=reference, row=rows[0][0], part=wrong.part, text=_text(wrong.cell))
                unread.append(told)
        return Export(invoices=tuple(invoices), unread=tuple(unread), columns=columns)

    def _document(self, reference: str, rows: Sequence[tuple[int, dict[str, Cell]]]) -> RentalInvoice:
        first = self._head(rows)
        lines = [line for number, cells in rows if (line := self._line(number, cells)) is not None]
        day = self._day(first, "day") or self._made
        if day is None:
            raise _Wrong("day", first.get("day"))
        if not lines:
            raise _Wrong("price", None)
        name = _text(first.get("customer"))
        company = _text(first.get("company"))
        given, _, family = name.rpartition(" ")
        return RentalInvoice(
            id=reference, number=reference, order=_text(first.get("order")) or reference,
            order_number=_text(first.get("order")), type=RentalType.FOR_ACCOUNTING, state=RentalState.SENT,
            day=day, due=self._day(first, "due"),
            currency=_text(first.get("currency")).upper() or self._currency,
            customer=Renter(
                first_name=given, last_name=family, is_company=bool(company or first.get("org_number")),
                company=company, org_number=_text(first.get("org_number")), email=_text(first.get("email")),
            ),
            lines=tuple(lines), net=self._told(rows, "net"), gross=self._told(rows, "gross"),
            method=_text(first.get("method")), paid=_flag(first.get("paid")),
        )  # fmt: skip

    def _head(self, rows: Sequence[tuple[int, dict[str, Cell]]]) -> dict[str, Cell]:
        """What the rows of a document say of it together; two that say different things hold it up."""
        told: dict[str, Cell] = {}
        for _, cells in rows:
            for part, cell in cells.items():
                if _text(cell) and part in _SAME and part in told and _text(told[part]) != _text(cell):
                    raise _Wrong(part, cell)
                if _text(cell):
                    told.setdefault(part, cell)
        return told

    def _line(self, number: int, cells: dict[str, Cell]) -> RentalLine | None:
        """One row as a line; one that has neither text nor price is none."""
        text = _text(cells.get("text"))
        if not text and not self._has_amount(cells):
            return None
        price = self._amount(cells, "price")
        if price is None or not text:
            raise _Wrong("price" if text else "text", cells.get("price"))
        quantity = self._amount(cells, "quantity")
        return RentalLine(
            id=str(number), text=text, quantity=Decimal(1) if quantity is None else quantity,
            unit_price=price, rate=self._rate(cells), first=self._day(cells, "first"),
            last=self._day(cells, "last"), discount=self._amount(cells, "discount") or ZERO,
            product=_text(cells.get("product")),
        )  # fmt: skip

    def _told(self, rows: Sequence[tuple[int, dict[str, Cell]]], part: str) -> Decimal | None:
        """The file's own sum of a document; None unless each of its rows tells one."""
        told = [self._amount(cells, part) for _, cells in rows]
        known_sums = [one for one in told if one is not None]
        return total(known_sums) if known_sums and len(known_sums) == len(told) else None

    def _rate(self, cells: Mapping[str, Cell]) -> Decimal | None:
        """Per cent; a spreadsheet keeps 25 % as 0.25."""
        rate = self._amount(cells, "rate")
        return rate * 100 if rate is not None and 0 < rate < 1 else rate

    def _amount(self, cells: Mapping[str, Cell], part: str) -> Decimal | None:
        cell = cells.get(part)
        if not _text(cell) or _text(cell) == "-":
            return None
        amount = amount_of(cell.replace("%", "") if isinstance(cell, str) else cell, self._decimal)
        if amount is None:
            raise _Wrong(part, cell)
        return amount

    def _day(self, cells: Mapping[str, Cell], part: str) -> date | None:
        cell = cells.get(part)
        if not _text(cell):
            return None
        day = day_of(cell, self._order)
        if day is None:
            raise _Wrong(part, cell)
        return day

    def _has_amount(self, cells: Mapping[str, Cell]) -> bool:
        return bool(_text(cells.get("price")))

    def _texts(self, part: str) -> list[str]:
        return [cell for _, cells in self._rows if isinstance(cell := cells.get(part), str) and cell.strip()]

    def _sign(self, file: str) -> str:
        texts = [text.replace("%", "") for part in _AMOUNTS for text in self._texts(part)]
        sign = decimal_sign(texts)
        if not sign and divided(texts):
            raise SetupError("file.which_decimal", file=file)
        return sign or (COMMA if texts else POINT)


def _text(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        return str(int(cell)) if cell == cell.to_integral_value() else str(cell)
    return "" if cell is None else " ".join(str(cell).split())


def _flag(cell: Cell) -> bool | None:
    """Whether it is paid; None where the file does not say, or says it in words that are not known."""
    told = _text(cell).casefold()
    return True if told in _YES else False if told in _NO else None
