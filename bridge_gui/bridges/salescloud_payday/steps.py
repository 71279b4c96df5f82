"""The two things this bridge writes, and the text by which they are found again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from bridge_gui.accounting.documents import JournalEntry, JournalLine
from bridge_gui.accounting.entries import expected_split
from bridge_gui.sync.step import Step

ENTRY = "journal_entry"
REVERSAL = "journal_reversal"
WHO = "SalesCloud"
LONGEST = 100
_MARK = re.compile(r"(?P<source>\S+)/(?P<ordinal>[1-9]\d{0,5})(?P<reversal>R?)")
_DAY = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)\.(?P<scope>\w+)")


class _Journal(Step, frozen=True, kw_only=True, omit_defaults=True):
    """A journal entry to be made; `names` has the accounts as a bookkeeper reads them."""

    entry: JournalEntry
    names: dict[str, str] = msgspec.field(default_factory=dict)

    @property
    def shown_lines(self) -> tuple[tuple[str, Decimal], ...]:
        """What and how much, line by line: debit positive, credit negative."""
        return tuple((_shown(self.names, line), line.amount) for line in self.entry.lines)

    @property
    def shown_tax(self) -> tuple[tuple[Decimal, Decimal, Decimal], ...]:
        """Rate, net and tax that the books should make of it."""
        return tuple((split.rate, split.net, split.tax) for split in expected_split(self.entry))


class PostJournal(_Journal, frozen=True, kw_only=True, omit_defaults=True, tag="payday.post_journal"):
    """Make a journal entry."""


class ReverseJournal(_Journal, frozen=True, kw_only=True, omit_defaults=True, tag="payday.reverse_journal"):
    """Make the entry that takes another one back, on the same day unless the bridge says otherwise."""


JOURNAL_STEPS = (PostJournal, ReverseJournal)


def _shown(names: Mapping[str, str], line: JournalLine) -> str:
    """The account, and the payment method where it is called otherwise."""
    name = names.get(line.account, line.account)
    return name if line.text.casefold() in name.casefold() else f"{name} ({line.text})"


class Marking(Struct, frozen=True, kw_only=True):
    """What a mark says."""

    source_id: str
    ordinal: int
    reversal: bool


def text_of(shown: str, mark: str) -> str:
    """The text of an entry: whose, which, and the mark, never more than fits."""
    room = LONGEST - len(WHO) - len(mark) - 2
    return " ".join(filter(None, (WHO, shown[: max(0, room)].strip(), mark)))


def read_mark(text: str) -> Marking | None:
    """The mark in an entry's text, None if it bears none of ours."""
    words = text.split()
    found = _MARK.fullmatch(words[-1]) if len(words) > 1 and words[0] == WHO else None
    if found is None:
        return None
    return Marking(source_id=found["source"], ordinal=int(found["ordinal"]), reversal=bool(found["reversal"]))


def day_id(day: date, scope: str) -> str:
    """The source id of a day's takings; `scope` keeps two shops in the same books apart."""
    return f"{day.isoformat()}.{scope}"


def read_day(source_id: str) -> tuple[date, str] | None:
    """Day and shop of a day's takings, None for an order's id."""
    found = _DAY.fullmatch(source_id)
    if found is None:
        return None
    try:
        return date.fromisoformat(found["day"]), found["scope"]
    except ValueError:
        return None
