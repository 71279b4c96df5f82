"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "connection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("vendor", sa.String(length=60), nullable=False),
        sa.Column("endpoint", sa.Text(), server_default="", nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), server_default="", nullable=False),
        sa.Column("company_id", sa.Text(), server_default="", nullable=False),
        sa.Column("proven_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_connection")),
        sa.UniqueConstraint("name", name=op.f("uq_connection_name")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "bridge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("sales_id", sa.Integer(), nullable=False),
        sa.Column("books_id", sa.Integer(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("mappings", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("recovering", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("surveyed", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("stopped_code", sa.Text(), server_default="", nullable=False),
        sa.Column("stopped_params", sa.Text(), server_default="{}", nullable=False),
        sa.Column("paused_until", sa.String(length=27), nullable=True),
        sa.Column("planned_with", sa.Text(), server_default="", nullable=False),
        sa.Column("planned_from", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["books_id"], ["connection.id"], name=op.f("fk_bridge_books_id")),
        sa.ForeignKeyConstraint(["sales_id"], ["connection.id"], name=op.f("fk_bridge_sales_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bridge")),
        sa.UniqueConstraint("name", name=op.f("uq_bridge_name")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bridge_id", sa.Integer(), nullable=False),
        sa.Column("flow", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("choice", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("target", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["bridge_id"], ["bridge.id"], name=op.f("fk_decision_bridge_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index("ix_decision_source", "decision", ["bridge_id", "flow", "source_id"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bridge_id", sa.Integer(), nullable=False),
        sa.Column("flow", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Text(), server_default="", nullable=False),
        sa.Column("target_number", sa.Text(), server_default="", nullable=False),
        sa.Column("target_url", sa.Text(), server_default="", nullable=False),
        sa.Column("source_content", sa.LargeBinary(), nullable=True),
        sa.Column("target_content", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("party", sa.Text(), server_default="", nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), server_default="", nullable=False),
        sa.Column("sources", sa.Text(), server_default="[]", nullable=False),
        sa.Column("written_at", sa.String(length=27), nullable=True),
        sa.Column("checked_at", sa.String(length=27), nullable=True),
        sa.Column("doubtful", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["bridge_id"], ["bridge.id"], name=op.f("fk_link_bridge_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint(
            "bridge_id", "kind", "source_id", "ordinal", name=op.f("uq_link_bridge_id_kind_source_id_ordinal")
        ),
    )
    op.create_index("ix_link_day", "link", ["bridge_id", "day", "id", "state", "search"], unique=False)
    op.create_index("ix_link_source", "link", ["bridge_id", "flow", "source_id"], unique=False)
    op.create_index("ix_link_target", "link", ["bridge_id", "flow", "target_id"], unique=False)
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bridge_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("read", sa.Integer(), server_default="0", nullable=False),
        sa.Column("written", sa.Integer(), server_default="0", nullable=False),
        sa.Column("skipped", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attention", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("calls", sa.Text(), server_default="{}", nullable=False),
        sa.Column("seconds", sa.Float(), server_default="0", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("params", sa.Text(), server_default="{}", nullable=False),
        sa.Column("until", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["bridge_id"], ["bridge.id"], name=op.f("fk_run_bridge_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index("ix_run_bridge", "run", ["bridge_id", "id"], unique=False)
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bridge_id", sa.Integer(), nullable=False),
        sa.Column("flow", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("planned_revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("params", sa.Text(), server_default="{}", nullable=False),
        sa.Column("choices", sa.Text(), server_default="[]", nullable=False),
        sa.Column("is_group", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("group_id", sa.Text(), server_default="", nullable=False),
        sa.Column("part", sa.LargeBinary(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Text(), server_default="", nullable=False),
        sa.Column("party", sa.Text(), server_default="", nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), server_default="", nullable=False),
        sa.Column("recheck_at", sa.String(length=27), nullable=True),
        sa.Column("standing_since", sa.String(length=27), nullable=True),
        sa.Column("shown", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answer_digest", sa.Text(), server_default="", nullable=False),
        sa.Column("action", sa.Text(), server_default="", nullable=False),
        sa.Column("order", sa.LargeBinary(), nullable=True),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["bridge_id"], ["bridge.id"], name=op.f("fk_source_bridge_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint(
            "bridge_id", "flow", "source_id", name=op.f("uq_source_bridge_id_flow_source_id")
        ),
    )
    op.create_index("ix_source_day", "source", ["bridge_id", "day"], unique=False)
    op.create_index(
        "ix_source_group",
        "source",
        ["bridge_id", "flow", "group_id"],
        unique=False,
        sqlite_where=sa.text("group_id <> ''"),
        postgresql_where=sa.text("group_id <> ''"),
    )
    op.create_index(
        "ix_source_left",
        "source",
        ["bridge_id", "standing", "day", "id"],
        unique=False,
        sqlite_where=sa.text("standing IN ('held', 'skipped')"),
        postgresql_where=sa.text("standing IN ('held', 'skipped')"),
    )
    op.create_index("ix_source_standing", "source", ["bridge_id", "flow", "standing"], unique=False)
    op.create_table(
        "watermark",
        sa.Column("bridge_id", sa.Integer(), nullable=False),
        sa.Column("flow", sa.String(length=60), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["bridge_id"], ["bridge.id"], name=op.f("fk_watermark_bridge_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("bridge_id", "flow", name=op.f("uq_watermark_bridge_id_flow")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bridge_id", sa.Integer(), nullable=False),
        sa.Column("flow", sa.String(length=60), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("step_name", sa.String(length=80), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("step", sa.LargeBinary(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("mark", sa.Text(), server_default="", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.Column("params", sa.Text(), server_default="{}", nullable=False),
        sa.Column("action", sa.Text(), server_default="", nullable=False),
        sa.Column("findable", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=True),
        sa.Column("batch", sa.Text(), server_default="", nullable=False),
        sa.Column("target_id", sa.Text(), server_default="", nullable=False),
        sa.Column("claimed_at", sa.String(length=27), nullable=True),
        sa.Column("unknown_since", sa.String(length=27), nullable=True),
        sa.Column("finished_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(
            ["bridge_id"], ["bridge.id"], name=op.f("fk_entry_bridge_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["link_id"], ["link.id"], name=op.f("fk_entry_link_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint(
            "bridge_id",
            "flow",
            "source_id",
            "revision",
            "step_name",
            "generation",
            name=op.f("uq_entry_bridge_id_flow_source_id_revision_step_name_generation"),
        ),
    )
    op.create_index(
        "ix_entry_lane",
        "entry",
        ["bridge_id", "lane", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('planned', 'sending', 'unknown', 'stopped', 'asked')"),
        postgresql_where=sa.text("state IN ('planned', 'sending', 'unknown', 'stopped', 'asked')"),
    )
    op.create_index("ix_entry_link", "entry", ["link_id"], unique=False)
    op.create_index(
        "ix_entry_state",
        "entry",
        ["bridge_id", "state", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('planned', 'sending', 'unknown', 'stopped', 'asked')"),
        postgresql_where=sa.text("state IN ('planned', 'sending', 'unknown', 'stopped', 'asked')"),
    )
    op.create_table(
        "log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bridge_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("params", sa.Text(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["bridge_id"], ["bridge.id"], name=op.f("fk_log_bridge_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_log_run_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log")),
    )
    op.create_index("ix_log_bridge", "log", ["bridge_id", "id"], unique=False)
