"""Groups: a source that is the sum of its members, corrected only by posting the difference."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from msgspec import json
from sqlalchemy import Connection

from bridge_gui.accounting.money import total
from bridge_gui.store import links, sources
from bridge_gui.store.rows import SourceRow, Standing
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import Flow, Group, Held, Part, Plan, Record, Skip
from bridge_gui.sync.known import gated, known_of
from bridge_gui.sync.planning import BEFORE_START, apply, decided, given_up_by, needs_planning, settle
from bridge_gui.sync.run import Run


def take_member(connection: Connection, run: Run, flow: Flow, row: SourceRow, record: Record) -> bool:
    """Note what a record adds to its group; False if it is a source of its own."""
    group = group_of(connection, run, flow, row, record)
    if group is None:
        return False
    if needs_planning(row) or row.group_id != group:
        _contribute(connection, run, flow, row, record, group)
    return True


def group_of(connection: Connection, run: Run, flow: Flow, row: SourceRow, record: Record) -> str | None:
    """The group a record belongs to; one that was posted on its own, or in a group, stays so."""
    group = flow.group(record)
    if group is None and not row.group_id:
        return None
    if links.any_of(connection, run.bridge.id, flow.key, row.source_id):
        return None
    if group is None and row.part is not None:
        posted = links.any_of(connection, run.bridge.id, flow.key, row.group_id)
        if not posted:
            _leave(connection, run, flow, row)
        return row.group_id if posted else None
    return group


def _leave(connection: Connection, run: Run, flow: Flow, row: SourceRow) -> None:
    """The user went over to single documents before this group was posted."""
    _mark_dirty(connection, run, flow, row.group_id, row.day)
    sources.change(connection, row.id, group_id="", part=None, planned_revision=0, standing=Standing.NEW)


def _contribute(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, record: Record, group: str
) -> None:
    """Ask the flow for the record's part; what is held keeps the part it had."""
    given_up = given_up_by(row)
    part = decided(lambda: flow.contribute(record)) if given_up is None else given_up
    if isinstance(part, Part) and _too_early(connection, run, flow, row, record, group):
        part = Skip(code=BEFORE_START, params={"day": str(run.bridge.start)})
    if isinstance(part, Held):
        settle(connection, run, row, part)
        return
    _join(connection, run, flow, row, group, part)


def _too_early(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, record: Record, group: str
) -> bool:
    """The start date guards creating: what a document counts already is followed wherever it goes."""
    if record.day >= run.bridge.start or _counted(connection, run, flow, row):
        return False
    return not links.has_document(connection, run.bridge.id, flow.key, group)


def _counted(connection: Connection, run: Run, flow: Flow, row: SourceRow) -> bool:
    """Whether a document may hold the part this record has now."""
    if row.part is None:
        return False
    made = links.of_source(connection, run.bridge.id, flow.key, row.group_id)
    held = any(not link.sources or row.source_id in link.sources for link in made)
    return held or gated(connection, run, flow, row.group_id)


def _join(
    connection: Connection, run: Run, flow: Flow, row: SourceRow, group: str, part: Part | Skip
) -> None:
    """Put a part into a group, take it out of the one it was in; both are to be planned."""
    content = canonical(part) if isinstance(part, Part) else None
    moved = row.group_id != group
    if row.group_id and moved and row.part is not None:
        _mark_dirty(connection, run, flow, row.group_id, row.day)
    if content != (None if moved else row.part):
        _mark_dirty(connection, run, flow, group, row.day)
    sources.change(connection, row.id, group_id=group, part=content)
    if isinstance(part, Skip):
        settle(connection, run, row, part)
    else:
        sources.settle_standing(connection, row, Standing.MEMBER, run.now())


def _mark_dirty(connection: Connection, run: Run, flow: Flow, group: str, day: date) -> None:
    """The group's sum has changed."""
    row = sources.get(connection, run.bridge.id, flow.key, group)
    if row is None:
        sources.add(
            connection, run.bridge.id, flow.key, group, is_group=True, day=day, number=group, total=Decimal(0)
        )
    else:
        sources.change(connection, row.id, revision=row.revision + 1, is_group=True)


def plan_groups(run: Run, flow: Flow) -> None:
    """Plan each changed group that is ready, one commit a group.

    Where older data may have been put back a group waits until all its members can have been read.
    """
    if run.bridge.recovering and not flow.complete:
        return
    with run.database.read() as connection:
        changed = sources.unplanned_groups(connection, run.bridge.id, flow.key)
    for row in changed:
        if flow.ready(row.source_id, run.now()):
            with run.database.write() as connection:
                _plan_group(connection, run, flow, row)


def _plan_group(connection: Connection, run: Run, flow: Flow, row: SourceRow) -> None:
    """One group, from its members as they stand."""
    if gated(connection, run, flow, row.source_id):
        return
    members = sources.parts(connection, run.bridge.id, flow.key, row.source_id)
    parts = {member.source_id: json.decode(member.part or b"", type=Part) for member in members}
    digest, sum_ = digest_of(canonical(parts)), total(part.total for part in parts.values())
    sources.change(connection, row.id, total=sum_, digest=digest)
    fresh = sources.get(connection, run.bridge.id, flow.key, row.source_id)
    assert fresh is not None
    known, shown = known_of(connection, run, flow, fresh, None)
    plan: Plan | None = given_up_by(fresh)
    if plan is None:
        plan = decided(lambda: flow.plan_group(Group(id=row.source_id, parts=parts), known))
    apply(connection, run, flow, fresh, plan, shown)
