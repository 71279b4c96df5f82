"""The contract of a flow: one kind of record in one direction.

Reads and writes are its own, the road they take (journal, lanes, settling) is the engine's.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from msgspec import Struct

from bridge_gui.accounting.documents import DocumentState, DocumentView, Ref
from bridge_gui.errors import Param
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel


class Record(Struct, frozen=True, kw_only=True):
    """What is read at one side, in our form; `content` is a frozen struct of the flow's own type.

    `id` is the vendor's own id. Two records with equal content are the same content.
    """

    id: str
    day: date
    content: Any
    number: str = ""
    party: str = ""
    total: Decimal = Decimal(0)
    currency: str = ""


class Page(Struct, frozen=True, kw_only=True):
    """Some records; `watermark` only where the vendor lists in order of change."""

    records: tuple[Record, ...]
    watermark: datetime | None = None


class Held(Struct, frozen=True, kw_only=True):
    """Cannot be planned yet: the code names why, a person or a later run mends it.

    `choices` are answers a person may give; an answer binds to the two contents shown. Sources held
    `about` the same thing are one question with one answer.
    """

    code: str
    params: dict[str, Param] = {}
    choices: tuple[str, ...] = ()
    about: str = ""


class Skip(Struct, frozen=True, kw_only=True):
    """Left out on purpose, by a setting or by its nature."""

    code: str
    params: dict[str, Param] = {}


class Agreed(Struct, frozen=True, kw_only=True):
    """Two ways: both sides say the same; what they say now is what later changes are measured by."""


Plan = Sequence[Step] | Held | Skip | Agreed


class LinkView(Struct, frozen=True, kw_only=True):
    """A link as a plan sees it; the contents are JSON in each side's own form.

    The contents are what the two sides agreed on last. `source_content` is None while they never did:
    a document found in a new data folder, or written only in part. In the flow of the other direction
    `target` and the contents change places, `kind`, `source_id` and `ordinal` still name the link.
    """

    kind: str
    source_id: str
    ordinal: int
    target: Ref | None = None
    source_content: bytes | None = None
    target_content: bytes | None = None
    state: DocumentState | None = None


class OpenLink(Struct, frozen=True, kw_only=True):
    """A document not yet closed at the books, and when we wrote to it last."""

    link: LinkView
    written_at: datetime | None = None


class Remark(Struct, frozen=True, kw_only=True):
    """Something the log says besides that a step is done."""

    code: str
    params: dict[str, Param] = {}


class Known(Struct, frozen=True, kw_only=True):
    """What is known about a source when it is planned.

    `links` in order of their ordinal; `current` is the other side's record for a two-way flow;
    `answer` what a person chose about exactly these contents. Two ways: an answer given at one side
    is known at the other side too, so `choices` should mean the same in both directions. `chosen` is the
    document that an action is about.
    """

    links: tuple[LinkView, ...] = ()
    current: Record | None = None
    answer: str | None = None
    chosen: LinkView | None = None

    @property
    def next_ordinal(self) -> int:
        """The number of the source's next document."""
        return max((link.ordinal for link in self.links), default=0) + 1


class Part(Struct, frozen=True, kw_only=True):
    """What one record adds to its group; `content` is JSON of the flow's own form."""

    content: bytes
    total: Decimal


class Group(Struct, frozen=True, kw_only=True):
    """A source whose content is the sum of its members; `parts` by member id, in order of id."""

    id: str
    parts: dict[str, Part]


class Found(Struct, frozen=True, kw_only=True):
    """What bears a step's mark at the vendor; `equal` when it is just what the step meant.

    For a step that changes a document: what that document holds now, `equal` if the change is in it.
    `content` is None where the vendor does not show it.
    """

    ref: Ref
    equal: bool
    content: bytes | None = None
    state: DocumentState | None = None
    living: bool = True


SEVERAL = "outcome.several"


class Several(Struct, frozen=True, kw_only=True):
    """More than one thing fits: a person decides; `code` and `params` say in the bridge's own words why.

    `anew` where a new one may be made besides those: the flow finds a `fresh` step by its own mark alone.
    """

    refs: tuple[Ref, ...]
    code: str = SEVERAL
    params: dict[str, Param] = {}
    anew: bool = False


class Absent(Struct, frozen=True, kw_only=True):
    """The vendor was asked and shows nothing; `gone` if the target chosen for the step is no longer there."""

    gone: bool = False


class CannotTell(Struct, frozen=True, kw_only=True):
    """The vendor offers no way to find out."""


Finding = Found | Several | Absent | CannotTell


class Written(Struct, frozen=True, kw_only=True):
    """What a write made: where it is, its content as read back, its state."""

    ref: Ref
    content: bytes | None = None
    state: DocumentState | None = None


class Marked(Struct, frozen=True, kw_only=True):
    """A document that bears one of our marks, found by a survey; `group` if its source is a group."""

    source_id: str
    kind: str
    ordinal: int
    found: Found
    day: date
    total: Decimal = Decimal(0)
    currency: str = ""
    group: bool = False


class Flow(ABC):
    """One kind of record in one direction.

    `key` never changes. `kind` is the kind of document it makes. `overlap` is how far a reading goes back
    behind the last one: further than a computer's clock may once have been ahead. `settle_after` comes from
    the vendor that is written to. `opposite` names the flow of the other direction for two-way records.
    `complete` is False after a read that could not show everything: the watermark stays.
    `batch` over 1 means that `write_many` takes that many steps. `rereads_skipped` is False where the
    vendor tells of every change, and what is skipped depends on nothing else but the settings.
    `surveys_changes` where `survey` tells of all that was made or changed since a day, whatever its date.
    """

    key: str
    kind: str
    settle_after: timedelta = timedelta(0)
    overlap: timedelta = timedelta(days=2)
    opposite: str = ""
    batch: int = 1
    rereads_skipped: bool = True
    surveys_changes: bool = False
    digest_version: int = 1
    complete: bool = True

    @abstractmethod
    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Pages of what changed since an instant, the overlap already taken off."""

    @abstractmethod
    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id; what is gone is left out."""

    def group(self, record: Record) -> str | None:
        """The group a record belongs to, None for a source of its own."""
        return None

    def ready(self, group: str, now: datetime) -> bool:
        """Whether a group may be planned: its day is over, its file complete."""
        return True

    def contribute(self, record: Record) -> Part | Held | Skip:
        """Pure: what a member adds to its group."""
        raise LookupError(record.id)

    def plan(self, record: Record, known: Known) -> Plan:
        """Pure: the steps that bring the books to this record, none when they are there.

        A `CannotMap` holds this record, and only this one.
        """
        raise LookupError(record.id)

    def plan_group(self, group: Group, known: Known) -> Plan:
        """Pure: the steps that post the difference to what the group's documents hold."""
        raise LookupError(group.id)

    @abstractmethod
    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """For each step what bears its mark now; one answer per step, in order."""

    def recall(self, links: Sequence[OpenLink]) -> None:
        """What is open at the books, told before the first write: a read may be older than our last one."""
        del links

    def remarks(self, step: Step) -> Sequence[Remark]:
        """What the log is to say besides that this step is done."""
        return ()

    def choose(self, step: Step) -> Ref | None:
        """The target a step goes to (this draft), settled before the step is claimed."""
        return None

    @abstractmethod
    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Do one step at the vendor; `key` is its idempotency key, `target` what was chosen.

        Every error but `OutcomeUnknown` and `VendorChanged` promises that the vendor did nothing
        (`PartlyAccepted`: just the part it names). `Cancelled` only before anything was sent.
        """

    def joins(self, step: Step) -> bool:
        """Whether a step may go in a batch with others, where `batch` is over 1."""
        return True

    def apart(self, step: Step, others: Sequence[Step]) -> bool:
        """Whether a step must not share a call with these: once they are there, it may be one of them.

        Things that are ensured share a call with each other, never with documents.
        """
        del step, others
        return False

    def write_many(
        self, steps: Sequence[Step], keys: Sequence[str], batch: str
    ) -> dict[int, Written | Exception]:
        """Do several steps in one call; results by position, what is left out is unknown."""
        raise LookupError(batch)

    def follow(self, links: Sequence[LinkView], cancel: Cancel) -> list[DocumentView] | None:
        """The present state of documents still open; a missing one has vanished. None: not followed."""
        return None

    def survey(self, since: date, cancel: Cancel) -> Iterator[Marked]:
        """Everything at the vendor that bears a mark of ours since a day."""
        return iter(())

    def prove(self, step: Step, written: Written, cancel: Cancel) -> bool | Held | None:
        """Compare the first document with what the vendor's ledger made of it.

        True: as expected. False: not to be seen yet. Held: it differs, nothing more may go.
        None: this document proves nothing, the next one may (a draft, a contact).
        """
        return None
