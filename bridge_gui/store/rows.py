"""What the store gives out: frozen rows, no database objects. Amounts are Decimal, instants aware UTC."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from bridge_gui.errors import Param

Params = dict[str, Param]
THING = "thing"
"""The state of a link to what documents need (a contact, an item): it is no document itself."""

ENSURE = "ensure"
"""The order behind a thing that several sources need."""

BY_HAND = "by_hand"
"""A document a person made: the answer that says so, and the kind and state of its link."""

USE, CALLED = "use:", "called:"
"""Before the id of one of several things that fit: as an answer, and as the parameter with its name."""


class EntryState(Enum):
    """Where an entry of the sync journal stands."""

    PLANNED = "planned"
    SENDING = "sending"
    UNKNOWN = "unknown"
    DONE = "done"
    STOPPED = "stopped"
    ASKED = "asked"
    SUPERSEDED = "superseded"
    SKIPPED = "skipped"


class Standing(Enum):
    """How a source stands once it was looked at; NEW is waiting to be planned."""

    NEW = "new"
    PLANNED = "planned"
    HELD = "held"
    SKIPPED = "skipped"
    MEMBER = "member"


class Outcome(Enum):
    """How a run ended."""

    RUNNING = "running"
    FINISHED = "finished"
    PAUSED = "paused"
    INTERRUPTED = "interrupted"
    CANCELLED = "cancelled"
    FAILED = "failed"


class ConnectionRow(Struct, frozen=True, kw_only=True):
    """One signed-in account at one vendor; secrets are in the keychain under `name`."""

    id: int
    name: str
    vendor: str
    endpoint: str
    values: dict[str, str]
    company: str = ""
    company_id: str = ""
    proven_at: datetime | None = None


class BridgeRow(Struct, frozen=True, kw_only=True):
    """One bridge as the user set it up."""

    id: int
    name: str
    kind: str
    sales: ConnectionRow
    books: ConnectionRow
    settings: dict[str, str]
    mappings: dict[str, dict[str, str]]
    start: date
    created_at: datetime
    recovering: bool = False
    surveyed: bool = False
    stopped_code: str = ""
    stopped_params: Params = {}
    paused_until: datetime | None = None


class SourceRow(Struct, frozen=True, kw_only=True):
    """One record of the sales side (or of either side, for two-way flows), a group of them, or an order.

    `shown` names the contents a question was asked about, `answer_digest` those it was answered about.
    `order` is what the user asked of the action `action`, by the request id that is the source id.
    """

    id: int
    flow: str
    source_id: str
    digest: str
    revision: int
    planned_revision: int
    standing: Standing
    code: str = ""
    params: Params = {}
    is_group: bool = False
    group_id: str = ""
    part: bytes | None = None
    day: date
    number: str = ""
    party: str = ""
    total: Decimal = Decimal(0)
    currency: str = ""
    choices: tuple[str, ...] = ()
    standing_since: datetime | None = None
    recheck_at: datetime | None = None
    shown: str = ""
    answer: str = ""
    answer_digest: str = ""
    action: str = ""
    order: bytes | None = None


class LinkRow(Struct, frozen=True, kw_only=True):
    """A source's n-th document and where it is at the other side.

    `doubtful`: what the target holds is no longer known; it is looked at before anything is planned on it.
    """

    id: int
    flow: str
    kind: str
    source_id: str
    ordinal: int
    target_id: str = ""
    target_number: str = ""
    target_url: str = ""
    source_content: bytes | None = None
    target_content: bytes | None = None
    state: str = ""
    day: date
    number: str = ""
    party: str = ""
    total: Decimal = Decimal(0)
    currency: str = ""
    sources: tuple[str, ...] = ()
    written_at: datetime | None = None
    checked_at: datetime | None = None
    doubtful: bool = False


class EntryRow(Struct, frozen=True, kw_only=True):
    """One entry of the sync journal."""

    id: int
    flow: str
    source_id: str
    revision: int
    step_name: str
    generation: int
    lane: str
    link_id: int | None
    state: EntryState
    step: bytes
    key: str
    mark: str = ""
    code: str = ""
    params: Params = {}
    action: str = ""
    findable: bool = True
    due_at: datetime | None = None
    batch: str = ""
    target_id: str = ""
    claimed_at: datetime | None = None
    unknown_since: datetime | None = None
    finished_at: datetime | None = None


class RunRow(Struct, frozen=True, kw_only=True):
    """One run of a bridge; `calls` by vendor."""

    id: int
    bridge: str
    started_at: datetime
    ended_at: datetime | None
    outcome: Outcome
    read: int = 0
    written: int = 0
    skipped: int = 0
    attention: int = 0
    failed: int = 0
    calls: dict[str, int] = {}
    seconds: float = 0.0
    code: str = ""
    params: Params = {}
    until: datetime | None = None


class LogRow(Struct, frozen=True, kw_only=True):
    """One line of the log: a code and its parameters, never a finished sentence."""

    id: int
    bridge: str
    run_id: int | None
    at: datetime
    level: str
    code: str
    params: Params = {}


class DocumentRow(Struct, frozen=True, kw_only=True):
    """One line of the Documents panel: a document, or a record that is held back and why."""

    id: int
    bridge: str
    kind: str
    number: str
    source_number: str
    party: str
    day: date
    total: Decimal
    currency: str
    state: str
    code: str = ""
    params: Params = {}
    target_id: str = ""
    target_url: str = ""
    checked_at: datetime | None = None


class DocumentFilter(Struct, frozen=True, kw_only=True):
    """Which documents to show; empty values mean all."""

    bridge: str = ""
    text: str = ""
    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


class AttentionRow(Struct, frozen=True, kw_only=True):
    """Something a person has to look at: a held source, a stopped or asked entry, a stopped bridge.

    `by_hand`: the person may say which document they made themselves.
    """

    id: str
    bridge: str
    what: str
    code: str
    params: Params
    source_id: str = ""
    number: str = ""
    day: date | None = None
    total: Decimal = Decimal(0)
    currency: str = ""
    choices: tuple[str, ...] = ()
    since: datetime | None = None
    by_hand: bool = False


class DecisionRow(Struct, frozen=True, kw_only=True):
    """What a person decided: the choice, why, and which document they named."""

    at: datetime
    choice: str
    reason: str = ""
    target: str = ""


class Tally(Struct, frozen=True, kw_only=True):
    """How many documents, how much together, and the oldest one's day."""

    count: int = 0
    total: Decimal = Decimal(0)
    oldest: date | None = None


class DayRow(Struct, frozen=True, kw_only=True):
    """One day: what was sold, what is in the books, and what was left out on purpose."""

    day: date
    sales: Decimal = Decimal(0)
    books: Decimal = Decimal(0)
    left_out: Decimal = Decimal(0)

    @property
    def difference(self) -> Decimal:
        """Books less sales."""
        return self.books - self.sales


class Overview(Struct, frozen=True, kw_only=True):
    """A bridge at a glance; drafts, unpaid and attention are of any day.

    `others`: there are amounts in other currencies, which no sum here counts.
    """

    first: date
    last: date
    currency: str
    posted: Tally
    drafts: Tally
    unpaid: Tally
    attention: int
    days: tuple[DayRow, ...]
    documents: bool
    others: bool = False
