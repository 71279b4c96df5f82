"""A house without a store or vendors: rows made up by their position, jobs that do as they are told."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from bridge_gui.store.rows import (
    AttentionRow,
    BridgeRow,
    ConnectionRow,
    DayRow,
    DocumentFilter,
    DocumentRow,
    LogRow,
    Outcome,
    Overview,
    RunRow,
    Tally,
)
from bridge_gui.sync.events import Line, Phase, Progress
from bridge_gui.sync.record import DocumentDetail, Happened, Sold
from bridge_gui.sync.service import BridgeStatus, Preview, PreviewDocument
from bridge_gui.web.waiting import check, pause
from bridge_gui.wording.message import Message

NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
TODAY = NOW.date()
STATES = (
    "posted",
    "posted",
    "posted",
    "held",
    "draft",
    "posted",
    "stopped",
    "paid",
    "posted",
    "awaiting_payment",
)
MESSAGES = (
    Message(
        code="toy.unmapped",
        sentence="Order {number} waits: the payment method {method} has no ledger account.",
        advice="Choose one under Mappings; the order then goes with the next sync.",
        button="Choose an account",
    ),
    Message(
        code="toy.refused", sentence="The books refused order {number}: the day is closed.", advice="Open it."
    ),
    Message(code="toy.sent", sentence="Order {number} was posted as journal entry {entry}."),
    Message(code="toy.begun", sentence="The sync began."),
    Message(code="toy.lag", sentence="The books answer slowly ({seconds} s)."),
)
PARTIES = ("Card 5.000 · Cash 1.200", "Dæmigerð þjónusta ehf.", "Gift card redeemed", "Ökuskóli Sýnis slf.")


def document(bridge: str, at: int, *, currency: str = "ISK") -> DocumentRow:
    state = STATES[at % len(STATES)]
    code = {"held": "toy.unmapped", "stopped": "toy.refused"}.get(state, "")
    number = str(1_000_000 - at)
    return DocumentRow(
        id=at + 1,
        bridge=bridge,
        kind="invoice" if state in {"paid", "awaiting_payment", "draft"} else "journal_entry",
        number=str(5000 + at) if not code else "",
        source_number=number,
        party=PARTIES[at % len(PARTIES)],
        day=TODAY - timedelta(days=at // 60),
        total=Decimal((at * 37) % 90_000 - 4000),
        currency=currency,
        state=state,
        code=code,
        params={"number": number, "method": "Aur"} if code else {},
        checked_at=NOW - timedelta(minutes=5),
    )


def fits(row: DocumentRow, which: DocumentFilter) -> bool:
    text = which.text.casefold()
    return (
        (not which.states or row.state in which.states)
        and (which.first is None or row.day >= which.first)
        and (which.last is None or row.day <= which.last)
        and (not text or text in f"{row.source_number} {row.party} {row.total}".casefold())
    )


@lru_cache(maxsize=32)
def positions(count: int, which: DocumentFilter) -> range | list[int]:
    if which == DocumentFilter(bridge=which.bridge):
        return range(count)
    return [at for at in range(count) if fits(document(which.bridge, at), which)]


def connection(vendor: str, company: str) -> ConnectionRow:
    return ConnectionRow(id=1, name=vendor, vendor=vendor, endpoint="production", values={}, company=company)


def bridge(name: str, title: str, company: str, *, attention: int = 0, **row: object) -> BridgeStatus:
    side = connection("toy", company)
    return BridgeStatus(
        row=BridgeRow(
            id=1,
            name=name,
            kind="toy",
            sales=side,
            books=side,
            settings={},
            mappings={},
            start=date(2026, 1, 1),
            created_at=NOW,
            **row,
        ),
        title=title,
        company=company,
        attention=attention,
        last_run=run(1, name),
        next_run=NOW + timedelta(hours=4),
    )


def run(number: int, name: str, outcome: Outcome = Outcome.FINISHED, **more: object) -> RunRow:
    begun = NOW - timedelta(minutes=28) - timedelta(hours=8 * (number - 1))
    return RunRow(
        id=number,
        bridge=name,
        started_at=begun,
        ended_at=begun + timedelta(seconds=22),
        outcome=outcome,
        read=41,
        written=37,
        seconds=22.0,
        **more,
    )


def several() -> tuple[BridgeStatus, ...]:
    return (
        bridge("cafe", "SalesCloud → Payday", "Kaffihús Example ehf.", attention=3),
        bridge("tours", "webcrm ↔ Uniconta", "Mustertur A/S", attention=2),
        bridge("esi", "Pipedrive → Xero", "Esimerkki Oy"),
        bridge("esi2", "HighLevel ↔ QuickBooks", "Esimerkki Oy", stopped_code="toy.refused"),
        bridge("rent", "Sharefox → 24SevenOffice", "Utleie Eksempel AS"),
    )


@dataclass
class StandIn:
    """A service of `count` documents; `steps` and `step_seconds` say how a sync goes."""

    count: int = 500
    rows: tuple[BridgeStatus, ...] = field(default_factory=several)
    steps: int = 20
    step_seconds: float = 0.0
    raises: BaseException | None = None
    deaf: bool = False
    log_lines: int = 900
    preview_documents: int = 37
    began: list[str] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)

    def bridges(self):
        return self.rows

    def sync(self, name, cancel, tell, not_now=frozenset()):
        self.began.append(name)
        self.not_now = not_now
        if self.raises is not None:
            raise self.raises
        for done in range(self.steps):
            tell(Progress(bridge=name, phase=Phase.DELIVER, done=done, total=self.steps, seconds_left=240.0))
            tell(Line(bridge=name, level="info", code="toy.sent", params={"number": str(done), "entry": "7"}))
            if self.deaf:
                self.release.wait(self.step_seconds)
            elif cancel.wait(self.step_seconds):
                return run(2, name, Outcome.CANCELLED)
        return run(2, name, attention=3)

    def preview(self, name, cancel, tell):
        self.began.append(f"preview {name}")
        for done in range(self.steps):
            tell(Progress(bridge=name, phase=Phase.COLLECT, done=done))
            pause(cancel, self.step_seconds)
        check(cancel)
        return Preview(
            bridge=name,
            documents=tuple(previewed(at) for at in range(self.preview_documents)),
            held=tuple(self.attention(name)),
            unsettled=1,
            read=41,
            calls={"Payday": 42, "SalesCloud": 3},
            minutes=1.4,
        )

    def overview(self, name, first, last):
        days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
        sold = [Decimal(52_000 + (at * 7919) % 60_000) for at in range(len(days))]
        return Overview(
            first=first, last=last, currency="ISK", posted=Tally(count=612, total=sum(sold)),
            drafts=Tally(count=14, total=Decimal(848_300), oldest=TODAY - timedelta(days=12)), unpaid=Tally(),
            attention=3 if self.count else 0,
            days=tuple(
                DayRow(day=day, sales=amount, books=amount - (12_400 if at == 9 else 0))
                for at, (day, amount) in enumerate(zip(days, sold, strict=True))
            ),
            documents=bool(self.count),
        )  # fmt: skip

    def count_documents(self, which):
        return len(positions(self.count, which))

    def open_documents(self, which, offset, limit):
        return self.count_documents(which), self.documents(which, offset, limit)

    def documents(self, which, offset, limit):
        return [document(which.bridge, at) for at in positions(self.count, which)[offset : offset + limit]]

    def document(self, name, row_id):
        row = document(name, row_id - 1)
        sold = Sold(id="o1", number="9001", day=TODAY, party="Dæmi", total=row.total, currency="ISK")
        sent = Happened(at=NOW, state="done", kind="journal_entry", total=row.total)
        return DocumentDetail(row=row, sales="SalesCloud", books="Payday", sold=(sold,), history=(sent,))

    def every_document(self, which):
        total = self.count_documents(which)
        for first in range(0, total, 500):
            yield total, self.documents(which, first, 500)

    def every_line(self, bridge, level=""):
        yield self.log(bridge, before=None, limit=10_000, level=level)

    def log(self, bridge, *, before, limit, level=""):
        top = self.log_lines if before is None else before - 1
        rows = (log_row(bridge, number) for number in range(top, 0, -1))
        found = [row for row in rows if not level or row.level == level]
        return found[:limit]

    def attention(self, bridge=""):
        return [
            AttentionRow(
                id=f"source {at}",
                bridge=bridge,
                what="held",
                code="toy.unmapped" if at % 2 else "toy.refused",
                params={"number": str(10_549 + at), "method": "Aur"},
                number=str(10_549 + at),
                day=TODAY,
                total=Decimal(2480 + at),
                by_hand=True,
                choices=("skip",) if at % 2 else ("try_again", "skip"),
                currency="ISK",
            )
            for at in range(3)
        ]

    def answer(self, bridge, item, choice, reason="", document=""):
        self.began.append(
            " ".join(part for part in ("answer", bridge, item, choice, reason, document) if part)
        )

    def runs(self, bridge, limit):
        outcomes = (Outcome.FINISHED, Outcome.FINISHED, Outcome.CANCELLED, Outcome.FAILED)
        return [run(at + 1, bridge, outcomes[at % 4]) for at in range(min(limit, 4))]


def previewed(at: int) -> PreviewDocument:
    total = Decimal(6200 + at * 310)
    net = (total / Decimal("1.24")).quantize(Decimal(1))
    return PreviewDocument(
        kind="journal_entry",
        number=str(10_553 + at),
        party="",
        day=(TODAY - timedelta(days=at % 4)).isoformat(),
        total=total,
        currency="ISK",
        text=f"Card {total - 1200} · Cash 1200",
        lines=(
            ("7710 Card settlements, Valitor", total - 1200),
            ("7610 Cash in till", Decimal(1200)),
            ("1010 Sales 24 %", -total),
        ),
        tax=((Decimal(24), net, total - net), (Decimal(11), Decimal(0), Decimal(0))),
        source=("orders", f"o{at}"),
        warning="" if at % 9 else "Rounding of 1 ISK goes to 8990 Rounding.",
    )


def log_row(bridge: str, number: int) -> LogRow:
    level = "error" if number % 97 == 0 else "warning" if number % 41 == 0 else "info"
    code = {"error": "toy.refused", "warning": "toy.lag"}.get(level, "toy.sent")
    return LogRow(
        id=number,
        bridge=bridge,
        run_id=1 + (900 - number) // 225,
        at=NOW - timedelta(seconds=900 - number),
        level=level,
        code=code,
        params={"number": str(10_000 + number), "entry": str(number), "seconds": 12},
    )
