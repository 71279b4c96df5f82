"""The flow of one kind of record from one side to the other, where both sides may change it.

What we wrote is no change; a change of one side goes over, field by field; where both changed one field since
they agreed, the policy decides or a person is asked. What is gone on one side is shown and never passed on.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.bridges.webcrm_uniconta.cards import (
    BOOKS,
    SALES,
    Card,
    Content,
    Merged,
    Merging,
    agreed,
    read_content,
    same,
)
from bridge_gui.bridges.webcrm_uniconta.desks import CHANGED, Desk, MakingDesk
from bridge_gui.bridges.webcrm_uniconta.looks import Looks
from bridge_gui.bridges.webcrm_uniconta.steps import (
    BACK,
    AddRecord,
    ChangeRecord,
    JoinRecord,
    PartRecord,
    PutBack,
    place,
)
from bridge_gui.errors import Conflict, Refused
from bridge_gui.sync.digest import canonical
from bridge_gui.sync.flow import (
    Absent,
    Agreed,
    Finding,
    Flow,
    Found,
    Held,
    Known,
    LinkView,
    Page,
    Plan,
    Record,
    Several,
    Written,
)
from bridge_gui.sync.step import Step
from bridge_gui.web.waiting import Cancel, never

NOTHING = canonical(Content(values={}))
"""What a pair has agreed on that was only just joined."""


class TwoWay(Flow):
    """One direction; `mine` is read, `theirs` is written to. Subclasses say what becomes of newcomers."""

    rereads_skipped = False
    gone = another = "pair.gone"

    def __init__(self, mine: Desk, theirs: Desk, merging: Merging, looks: Looks, today: date) -> None:
        self.mine, self.theirs = mine, theirs
        self.merging = merging
        self.looks = looks
        self.today = today

    def timed(self, settle_after: timedelta) -> None:
        """How long after a write a read may still miss it."""
        self.settle_after = settle_after

    def read(self, since: datetime, cancel: Cancel) -> Iterator[Page]:
        """Pages of what differs from the last look, and of what has lost its counterpart."""
        for page in self.mine.changed(since, cancel):
            yield self._page(page, cancel)
        again = self.looks.asked_again(self.mine.name)
        if again:
            yield Page(records=tuple(self.fetch(again, cancel)))
            self.looks.passed_on(self.mine.name)

    def _page(self, cards: Sequence[Card], cancel: Cancel) -> Page:
        """Cards as records, with at hand what their plans need."""
        del cancel
        return Page(records=tuple(self.record_of(card) for card in cards))

    def fetch(self, ids: Sequence[str], cancel: Cancel) -> list[Record]:
        """Fresh copies by id."""
        return [self.record_of(card) for card in self.mine.cards(ids, cancel)] if ids else []

    def record_of(self, card: Card) -> Record:
        """A card in the engine's form."""
        times = self.looks.backs(card.id)
        extra = {**card.extra, "back": str(times)} if times else card.extra
        return Record(
            id=card.id, day=self.today, content=Content(values=card.values, extra=extra),
            number=card.number, party=card.party,
        )  # fmt: skip

    @abstractmethod
    def newcomer(self, record: Record, known: Known) -> Plan:
        """Pure: what becomes of a record without a counterpart."""

    def is_pair(self, record: Record, current: Record) -> bool:
        """Pure: whether two that are linked are still those that were joined, not others of their number."""
        del record, current
        return True

    def parted(self, record: Record, link: LinkView, known: Known) -> Plan:
        """Pure: what becomes of a record whose counterpart is gone, or has become another's."""
        del record
        code = self.gone if known.current is None else self.another
        return Held(code=code, params={"other": link.target.number if link.target else ""})

    def besides(self, record: Record, link: LinkView) -> list[Step] | Held:
        """Pure: what else is to be put right on this side."""
        del record, link
        return []

    def plan(self, record: Record, known: Known) -> Plan:
        """Pure: what brings the pair together."""
        links = [link for link in known.links if link.kind == self.kind]
        if not links:
            return self.newcomer(record, known)
        link = links[-1]
        if known.current is None or not self.is_pair(record, known.current):
            return self.parted(record, link, known)
        mine, theirs = record.content, known.current.content
        merged = self.merging.merged(mine, theirs, _bases(link), known.answer)
        if merged.asked:
            return Held(
                code="pair.both_changed", choices=(SALES, BOOKS), about=link.source_id,
                params={"fields": ", ".join(self.label(key) for key in merged.asked)},
            )  # fmt: skip
        besides = self.besides(record, link)
        changes = list(self._changes(record, link, merged, known.current))
        if isinstance(besides, Held):
            return changes or besides
        if merged.equal and not besides:
            return [] if _bases(link) == (mine, theirs) else Agreed()
        return [*changes, *besides]

    def label(self, key: str) -> str:
        """What a field is called."""
        return next((field.label for field in self.merging.fields if field.key == key), key)

    def _changes(self, record: Record, link: LinkView, merged: Merged, current: Record) -> Iterator[Step]:
        """A write to the other side, and what is taken over from it."""
        assert link.target is not None
        if merged.write:
            mine: Content = record.content
            yield ChangeRecord(
                name="change", link=place(link.kind, link.source_id, link.ordinal), creates=False,
                lane=f"{self.kind}:{link.source_id}", record=link.target.id, changes=merged.write,
                before={key: current.content.values.get(key, "") for key in merged.write},
                pending=merged.theirs, source_content=canonical(agreed(mine, merged.mine)),
                sources=(record.id,), day=record.day, number=record.number, party=record.party,
            )  # fmt: skip
        if merged.back:
            yield self.put_back(record, link, merged.back)

    def put_back(
        self, record: Record, link: LinkView, changes: Mapping[str, str], name: str = "put_back"
    ) -> Step:
        """A write to this side."""
        mine: Content = record.content
        return PutBack(
            name=name, link=place(BACK, link.source_id, link.ordinal), creates=False,
            lane=f"{self.kind}:{link.source_id}", record=record.id, changes=dict(changes),
            before={key: mine.values.get(key, mine.extra.get(key, "")) for key in changes},
            sources=(record.id,), day=record.day, number=record.number, party=record.party,
        )  # fmt: skip

    def find(self, steps: Sequence[Step], cancel: Cancel) -> list[Finding]:
        """What our mark shows, or what a changed record holds now."""
        self.mine.forget()
        self.theirs.forget()
        return [self._find(step, cancel) for step in steps]

    def _find(self, step: Step, cancel: Cancel) -> Finding:
        if isinstance(step, (AddRecord, JoinRecord)):
            return self._find_made(step, cancel)
        if isinstance(step, PartRecord):
            return Absent()  # nothing at a vendor tells of it: it goes again
        assert isinstance(step, (ChangeRecord, PutBack))
        desk = self.theirs if isinstance(step, ChangeRecord) else self.mine
        there = desk.cards([step.record], cancel)
        if not there:
            return Absent(gone=True)
        held = {key: there[0].values.get(key, there[0].extra.get(key, "")) for key in step.changes}
        equal = all(same(key, held[key], text) for key, text in step.changes.items())
        content = self._content(step, there[0]) if isinstance(step, ChangeRecord) else None
        return Found(ref=ref_of(there[0]), equal=equal, content=content)

    def _find_made(self, step: AddRecord | JoinRecord, cancel: Cancel) -> Finding:
        """What bears the mark; one that was to be joined and bears none is joined again."""
        assert isinstance(self.theirs, MakingDesk)
        if isinstance(step, JoinRecord):
            there = self.theirs.cards([step.other], cancel)
            joined = there and self.theirs.bears(there[0], step.mark)
            return Found(ref=ref_of(there[0]), equal=True, content=NOTHING) if joined else Absent()
        found = self.theirs.found(step, cancel)
        if len(found) > 1:
            return Several(refs=tuple(ref_of(card) for card in found))
        return self._made(step, found[0]) if found else Absent()

    def _made(self, step: AddRecord, card: Card) -> Finding:
        return Found(
            ref=ref_of(card), equal=True, content=self._added(step, card), state=DocumentState.POSTED
        )

    def write(self, step: Step, key: str, target: Ref | None) -> Written:
        """Do one step; both sides are read afresh afterwards."""
        del key, target
        try:
            with self.looks.writing():
                return self._write(step)
        finally:
            self.mine.forget()
            self.theirs.forget()

    def _write(self, step: Step) -> Written:
        if isinstance(step, PartRecord):
            return self._part(step)
        if isinstance(step, PutBack):
            card = self.mine.change(step.record, step.changes, step.before)
            self.looks.put_back(self.mine.name, card.id)
            return Written(ref=ref_of(card))
        if isinstance(step, ChangeRecord):
            card = self._change(step)
            return self._written(card, self._content(step, card))
        assert isinstance(self.theirs, MakingDesk)
        if isinstance(step, AddRecord):
            card = self.theirs.add(step)
            content = self._added(step, card)
        else:
            assert isinstance(step, JoinRecord)
            card, content = self.theirs.join(step.other, step.mark), NOTHING
        if step.mark:
            self.looks.mark(self.theirs.name, card.id, step.mark)
        return self._written(card, content)

    def _part(self, step: PartRecord) -> Written:
        """Nothing is written at the other side; the own record is looked at as one without a counterpart."""
        there = self.mine.cards([step.record], never())
        for card in there:
            self.mine.rewrite(card, dict.fromkeys(step.emptied, ""))
        self.looks.again(self.mine.name, step.record)
        return Written(ref=Ref(id=step.other))

    def _change(self, step: ChangeRecord) -> Card:
        if not step.changes:
            return self.theirs.one(step.record)
        try:
            return self.theirs.change(step.record, step.changes, step.before)
        except Conflict as error:
            if step.by_hand and error.code == CHANGED:
                raise Refused("pair.changed_since_shown", record=step.number) from error
            raise

    def _written(self, card: Card, content: bytes) -> Written:
        """A record that has more to it than was agreed on is passed on at the next look."""
        self.looks.forget(self.theirs.name, card.id)
        return Written(ref=ref_of(card), content=content, state=DocumentState.POSTED)

    def _content(self, step: ChangeRecord, card: Card) -> bytes:
        return canonical(agreed(card.content, step.pending))

    def _added(self, step: AddRecord, card: Card) -> bytes:
        """What was sent is agreed on; what the other side added of its own goes the other way."""
        own = {key: None for key, text in card.values.items() if text and not step.values.get(key)}
        return canonical(agreed(card.content, own))


def ref_of(card: Card) -> Ref:
    """A record's place."""
    return Ref(id=card.id, number=card.number)


def _bases(link: LinkView) -> tuple[Content | None, Content | None]:
    return read_content(link.source_content), read_content(link.target_content)


def joining(flow: TwoWay, record: Record, other: str, mark: str, *, creates: bool = True) -> list[Step]:
    """The step that joins a record with one that is there; one that was joined before `creates` no link."""
    return [
        JoinRecord(
            name="join", link=place(flow.kind, record.id), lane=f"{flow.kind}:{record.id}", other=other,
            mark=mark, source_content=NOTHING, sources=(record.id,), day=record.day, number=record.number,
            party=record.party, creates=creates,
        )
    ]  # fmt: skip
