"""What of a source stands in the books, and whether it says what it should."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.documents import CUSTOMER, DocumentState, JournalLine
from bridge_gui.accounting.entries import (
    EntryContent,
    difference,
    read_content,
    worth_of,
)
from bridge_gui.bridges.salescloud_payday.periods import said
from bridge_gui.bridges.salescloud_payday.rules import LEAVE, POST_AGAIN, Rules
from bridge_gui.bridges.salescloud_payday.steps import (
    ENTRY,
    REVERSAL,
)
from bridge_gui.sync.flow import Held, Known, LinkView

_UNDONE = (DocumentState.REVERSED, DocumentState.VOIDED)


class Document(Struct, frozen=True, kw_only=True):
    """A living document of a source: what the books hold, and what we meant when it was made."""

    ordinal: int
    held: EntryContent | None
    meant: EntryContent | None

    @property
    def worth(self) -> Decimal:
        """The value sold that it stands for."""
        if self.meant is not None and self.meant.total is not None:
            return self.meant.total
        return worth_of(self.lines)

    @property
    def lines(self) -> tuple[JournalLine, ...]:
        """What it does to the books."""
        return self.held.lines if self.held is not None else ()


def documents(known: Known) -> list[Document]:
    """The documents that still stand: made, not taken back by a reversal."""
    undone = {link.ordinal for link in known.links if link.kind == REVERSAL and _there(link)}
    return [
        Document(
            ordinal=link.ordinal, held=_content(link.target_content, link), meant=_read(link.source_content)
        )
        for link in known.links
        if link.kind == ENTRY and _stands(link, known.answer) and link.ordinal not in undone
    ]


def _there(link: LinkView) -> bool:
    return link.target is not None and bool(link.target.id)


def _stands(link: LinkView, answer: str | None) -> bool:
    gone = link.state is DocumentState.DELETED and answer != LEAVE
    return _there(link) and link.state not in _UNDONE and not gone


def vanished(known: Known, *, newest: bool = False) -> Held | None:
    """A document that a person removed: only they know whether it is to be made again."""
    entries = [link for link in known.links if link.kind == ENTRY and _there(link)]
    looked_at = entries[-1:] if newest else entries
    gone = [link for link in looked_at if link.state is DocumentState.DELETED]
    if not gone or said(known.answer, POST_AGAIN):
        return None
    text = ", ".join(link.target.number or link.target.id for link in gone if link.target)
    return Held(code="entry.vanished", params={"target": text}, choices=(POST_AGAIN, LEAVE))


def _content(held: bytes | None, link: LinkView) -> EntryContent | None:
    """What the books hold; where they do not show it, what was sent."""
    return _read(held) or _read(link.source_content)


def _read(content: bytes | None) -> EntryContent | None:
    return read_content(content) if content else None


def says(document: Document, day: date, lines: Iterable[JournalLine], rules: Rules) -> bool:
    """Whether a document already says this. One that cannot be read is believed to."""
    held = document.held
    if held is None:
        return True
    return _same_day(document, held, day, rules) and not difference(_plainly(lines), _plainly(held.lines))


def _same_day(document: Document, held: EntryContent, day: date, rules: Rules) -> bool:
    """Whether a document is for this day: on it, or moved out of a closed period."""
    if held.day in (None, day):
        return True
    if document.meant is not None and document.meant.day == day:
        return True
    return rules.closed is not None and day <= rules.closed


def _plainly(lines: Iterable[JournalLine]) -> tuple[JournalLine, ...]:
    """Lines as they compare: the books know a customer by an id of their own."""
    return tuple(
        msgspec.structs.replace(line, account=CUSTOMER) if line.account.startswith(CUSTOMER) else line
        for line in lines
    )
