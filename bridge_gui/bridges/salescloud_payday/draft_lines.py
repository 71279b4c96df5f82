"""A sale's lines on a customer's invoice: how they are written, and how they are found again among others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.invoices import InvoiceLine, total_of
from bridge_gui.sync.step import mark_of

BILLED = "draft_invoice"
CONTACT = "contact"
ISK = "ISK"
SALE, REFUND = "pöntun", "endurgreiðsla"
_LONGEST = 1024
_MARK = re.compile(r"(?P<source>[0-9A-Za-z.-]+)/(?P<ordinal>[1-9]\d{0,5})")
_TEXT = re.compile(
    rf"(?P<day>\d{{4}}-\d\d-\d\d) (?:{SALE}|{REFUND}) (?P<number>\S+?)(?: \((?P<ordinal>\d+)\))?: "
    r"(?P<title>.*)",
    re.DOTALL,
)


class Billed(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a sale put on an invoice: whose, its lines without day and number, and how it was split."""

    number: str
    lines: tuple[InvoiceLine, ...]
    split: str = ""

    @property
    def total(self) -> Decimal:
        """What the lines come to."""
        return total_of(self.lines, ISK)


class Group(Struct, frozen=True, kw_only=True):
    """Which lines of an invoice are a sale's: by mark, or by number and ordinal where that is not kept."""

    source_id: str
    ordinal: int
    day: date
    shown: str
    refund: bool = False

    @property
    def mark(self) -> str:
        """The mark that each of its lines bears."""
        return mark_of(self.source_id, self.ordinal)

    def dressed(self, lines: Iterable[InvoiceLine]) -> tuple[InvoiceLine, ...]:
        """Lines as they are written: with day, number and mark."""
        more = f" ({self.ordinal})" if self.ordinal > 1 else ""
        head = f"{self.day.isoformat()} {REFUND if self.refund else SALE} {self.shown}{more}: "
        return tuple(
            msgspec.structs.replace(line, text=(head + line.text)[:_LONGEST], note=self.mark)
            for line in lines
        )

    def among(self, lines: Iterable[InvoiceLine]) -> tuple[InvoiceLine, ...]:
        """Its lines among all of an invoice; emptied ones say nothing."""
        return tuple(line for line in lines if line.unit != 0 and self._owns(line))

    def _owns(self, line: InvoiceLine) -> bool:
        if _MARK.fullmatch(line.note):
            return line.note == self.mark
        found = _TEXT.fullmatch(line.text)
        if found is None:
            return False
        return (found["number"], int(found["ordinal"] or 1)) == (self.shown, self.ordinal)


def bare(lines: Iterable[InvoiceLine]) -> tuple[InvoiceLine, ...]:
    """Lines as they are compared: without day, number, mark and id."""
    return tuple(
        InvoiceLine(text=_title(line.text), unit=_unit(line), rate=line.rate, quantity=line.quantity)
        for line in lines
    )


def mark_in(line: InvoiceLine) -> tuple[str, int] | None:
    """Source and ordinal in a line's mark, None if it bears none."""
    found = _MARK.fullmatch(line.note)
    return None if found is None or line.unit == 0 else (found["source"], int(found["ordinal"]))


def ours(line: InvoiceLine) -> bool:
    """Whether a line looks like one of ours."""
    return mark_in(line) is not None or (_TEXT.fullmatch(line.text) is not None and line.unit != 0)


def day_in(line: InvoiceLine) -> date | None:
    """The day a line of ours tells of."""
    found = _TEXT.fullmatch(line.text)
    try:
        return date.fromisoformat(found["day"]) if found else None
    except ValueError:
        return None


def content_of(billed: Billed) -> bytes:
    """What was billed as JSON."""
    return msgspec.json.encode(billed)


def read_content(content: bytes | None) -> Billed | None:
    """What `content_of` wrote."""
    return msgspec.json.decode(content, type=Billed) if content else None


def difference(wanted: Iterable[InvoiceLine], held: Iterable[InvoiceLine]) -> tuple[InvoiceLine, ...]:
    """The lines that bring what is billed to what is wanted: new ones, and old ones with the sign turned."""
    rest = list(wanted)
    back: list[InvoiceLine] = []
    for line in held:
        same = next((one for one in rest if _key(one) == _key(line)), None)
        if same is None:
            back.append(msgspec.structs.replace(line, unit=-line.unit, id="", note=""))
        else:
            rest.remove(same)
    return (*back, *rest)


def _key(line: InvoiceLine) -> tuple[str, Decimal, Decimal]:
    return " ".join(line.text.split()), line.rate, line.gross(ISK)


def _title(text: str) -> str:
    found = _TEXT.fullmatch(text)
    return found["title"] if found else text


def _unit(line: InvoiceLine) -> Decimal:
    """The price after a person's discount."""
    return line.unit if not line.discount else line.unit * (1 - line.discount / 100)
