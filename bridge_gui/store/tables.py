"""The tables. Every change here is a migration as well (a test compares both)."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine.default import DefaultExecutionContext

from bridge_gui.store.folding import LINK_TEXTS, SOURCE_TEXTS, folded
from bridge_gui.store.rows import EntryState, Outcome, Standing
from bridge_gui.store.types import Amount, Choice, Instant, Json

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Strings = dict[str, str]
Maps = dict[str, dict[str, str]]


def _text(name: str) -> Column[str]:
    """A text that is empty rather than absent."""
    return Column(name, Text, nullable=False, server_default="")


def _search(names: tuple[str, ...]) -> Column[str]:
    """What a search looks through; `folding.refolded` keeps it when the texts change."""

    def filled(context: DefaultExecutionContext) -> str:
        return folded(context.get_current_parameters(), names)  # type: ignore[no-untyped-call]

    return Column("search", Text, nullable=False, server_default="", default=filled)


def _flag(name: str) -> Column[bool]:
    """A flag that is off by default."""
    return Column(name, Boolean, nullable=False, server_default="0")


def _owner(*, cascade: bool = True) -> Column[int]:
    """The bridge a row belongs to."""
    key = ForeignKey("bridge.id", ondelete="CASCADE" if cascade else "RESTRICT")
    return Column("bridge_id", Integer, key, nullable=False)


meta = Table("meta", metadata, Column("key", String(40), primary_key=True), _text("value"))

connection = Table(
    "connection",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("vendor", String(60), nullable=False),
    _text("endpoint"),
    Column("values", Json(Strings), nullable=False),
    _text("company"),
    _text("company_id"),
    Column("proven_at", Instant),
)

bridge = Table(
    "bridge",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    Column("kind", String(60), nullable=False),
    Column("sales_id", Integer, ForeignKey("connection.id"), nullable=False),
    Column("books_id", Integer, ForeignKey("connection.id"), nullable=False),
    Column("settings", Json(Strings), nullable=False),
    Column("mappings", Json(Maps), nullable=False),
    Column("start", Date, nullable=False),
    Column("created_at", Instant, nullable=False),
    _flag("recovering"),
    _flag("surveyed"),
    _text("stopped_code"),
    Column("stopped_params", Json(), nullable=False, server_default="{}"),
    Column("paused_until", Instant),
    _text("planned_with"),
    Column("planned_from", Date),
)

watermark = Table(
    "watermark",
    metadata,
    _owner(),
    Column("flow", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("bridge_id", "flow"),
)

source = Table(
    "source",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("flow", String(60), nullable=False),
    Column("source_id", Text, nullable=False),
    _text("digest"),
    Column("revision", Integer, nullable=False),
    Column("planned_revision", Integer, nullable=False, server_default="0"),
    Column("standing", Choice(Standing), nullable=False),
    _text("code"),
    Column("params", Json(), nullable=False, server_default="{}"),
    Column("choices", Json(tuple[str, ...]), nullable=False, server_default="[]"),
    _flag("is_group"),
    _text("group_id"),
    Column("part", LargeBinary),
    Column("day", Date, nullable=False),
    _text("number"),
    _text("party"),
    Column("total", Amount, nullable=False),
    _text("currency"),
    Column("recheck_at", Instant),
    Column("standing_since", Instant),
    _text("shown"),
    _text("answer"),
    _text("answer_digest"),
    _text("action"),
    Column("order", LargeBinary),
    _search(SOURCE_TEXTS),
    UniqueConstraint("bridge_id", "flow", "source_id"),
)
Index("ix_source_standing", source.c.bridge_id, source.c.flow, source.c.standing)
Index(
    "ix_source_group",
    source.c.bridge_id,
    source.c.flow,
    source.c.group_id,
    sqlite_where=text("group_id <> ''"),
    postgresql_where=text("group_id <> ''"),
)
Index("ix_source_day", source.c.bridge_id, source.c.day)
IS_LEFT = text("standing IN ('held', 'skipped')")
Index(
    "ix_source_left",
    source.c.bridge_id,
    source.c.standing,
    source.c.day,
    source.c.id,
    sqlite_where=IS_LEFT,
    postgresql_where=IS_LEFT,
)

link = Table(
    "link",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("flow", String(60), nullable=False),
    Column("kind", String(60), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("ordinal", Integer, nullable=False),
    _text("target_id"),
    _text("target_number"),
    _text("target_url"),
    Column("source_content", LargeBinary),
    Column("target_content", LargeBinary),
    _text("state"),
    Column("day", Date, nullable=False),
    _text("number"),
    _text("party"),
    Column("total", Amount, nullable=False),
    _text("currency"),
    Column("sources", Json(tuple[str, ...]), nullable=False, server_default="[]"),
    Column("written_at", Instant),
    Column("checked_at", Instant),
    _flag("doubtful"),
    _search(LINK_TEXTS),
    UniqueConstraint("bridge_id", "kind", "source_id", "ordinal"),
)
Index("ix_link_source", link.c.bridge_id, link.c.flow, link.c.source_id)
Index("ix_link_target", link.c.bridge_id, link.c.flow, link.c.target_id)
Index("ix_link_day", link.c.bridge_id, link.c.day, link.c.id, link.c.state, link.c.search)

OPEN_STATES = ("planned", "sending", "unknown", "stopped", "asked")
IS_OPEN = text("state IN ('planned', 'sending', 'unknown', 'stopped', 'asked')")

entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("flow", String(60), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("step_name", String(80), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("lane", Text, nullable=False),
    Column("link_id", Integer, ForeignKey("link.id", ondelete="SET NULL")),
    Column("state", Choice(EntryState), nullable=False),
    Column("step", LargeBinary, nullable=False),
    Column("key", String(64), nullable=False),
    _text("mark"),
    _text("code"),
    Column("params", Json(), nullable=False, server_default="{}"),
    _text("action"),
    Column("findable", Boolean, nullable=False, server_default="1"),
    Column("due_at", Instant),
    _text("batch"),
    _text("target_id"),
    Column("claimed_at", Instant),
    Column("unknown_since", Instant),
    Column("finished_at", Instant),
    UniqueConstraint("bridge_id", "flow", "source_id", "revision", "step_name", "generation"),
)
for _name, _column in (("ix_entry_lane", entry.c.lane), ("ix_entry_state", entry.c.state)):
    Index(_name, entry.c.bridge_id, _column, entry.c.id, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
Index("ix_entry_link", entry.c.link_id)

decision = Table(
    "decision",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("flow", String(60), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("choice", String(60), nullable=False),
    _text("reason"),
    _text("target"),
)
Index("ix_decision_source", decision.c.bridge_id, decision.c.flow, decision.c.source_id)

run = Table(
    "run",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", Choice(Outcome), nullable=False),
    Column("read", Integer, nullable=False, server_default="0"),
    Column("written", Integer, nullable=False, server_default="0"),
    Column("skipped", Integer, nullable=False, server_default="0"),
    Column("attention", Integer, nullable=False, server_default="0"),
    Column("failed", Integer, nullable=False, server_default="0"),
    Column("calls", Json(dict[str, int]), nullable=False, server_default="{}"),
    Column("seconds", Float, nullable=False, server_default="0"),
    _text("code"),
    Column("params", Json(), nullable=False, server_default="{}"),
    Column("until", Instant),
)
Index("ix_run_bridge", run.c.bridge_id, run.c.id)

log = Table(
    "log",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("run_id", Integer, ForeignKey("run.id", ondelete="SET NULL")),
    Column("at", Instant, nullable=False),
    Column("level", String(10), nullable=False),
    Column("code", String(80), nullable=False),
    Column("params", Json(), nullable=False, server_default="{}"),
)
Index("ix_log_bridge", log.c.bridge_id, log.c.id)
