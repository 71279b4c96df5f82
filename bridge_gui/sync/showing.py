"""The jobs of panels: a page of rows, one row in full, what may be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from msgspec.structs import replace

from bridge_gui.errors import SetupError
from bridge_gui.store import links
from bridge_gui.store.rows import THING
from bridge_gui.sync.actions import Place
from bridge_gui.sync.given_back import is_own
from bridge_gui.sync.house import House
from bridge_gui.sync.panels import Detail, PanelSpec, Query, Related, Row, Rows, ShowsPanels
from bridge_gui.sync.specs import OpenBridge, Option, VendorSpec
from bridge_gui.web.waiting import Cancel

MOST = 500
"""Rows asked for at once."""


def rows(house: House, name: str, panel: str, query: Query, cancel: Cancel) -> Rows:
    """A slice of a panel; what it narrows by must be something it declares."""
    spec = panel_of(house, name, panel)
    for key in query.filters:
        if key not in {one.key for one in spec.filters}:
            names = ", ".join(one.key for one in spec.filters)
            raise SetupError("panel.no_filter", filter=key, names=names)
    asked = replace(query, limit=max(1, min(query.limit, MOST)), offset=max(0, query.offset))
    with _shown(house, name, cancel) as (shows, _opened):
        found = shows.rows(panel, asked)
    sides = _sides(house, name)
    return replace(
        found, rows=tuple(_safe(one, sides) if isinstance(one, Row) else one for one in found.rows)
    )


def detail(house: House, name: str, panel: str, row: str, cancel: Cancel) -> Detail:
    """One row in full."""
    spec = panel_of(house, name, panel)
    with _shown(house, name, cancel) as (shows, _opened):
        found = shows.detail(panel, row)
    sides = _sides(house, name)
    beside = (*_beside(house, name, spec, row), *found.documents)
    documents = tuple(one if is_own(sides, one.url) else replace(one, url="") for one in beside)
    return replace(found, documents=documents)


def _beside(house: House, name: str, spec: PanelSpec, row: str) -> Iterator[Related]:
    """What Bridge has made of a row, where the panel names the flow that makes it."""
    if not spec.documents_of:
        return
    with house.database.read() as connection:
        rows = links.beside(connection, house.bridge(name).id, spec.documents_of, row)
    for link in rows:
        if link.state != THING:
            yield Related(
                kind=link.kind, number=link.target_number or link.target_id, state=link.state, day=link.day,
                amount=link.total, currency=link.currency, url=link.target_url,
                place=Place(kind=link.kind, source_id=link.source_id, ordinal=link.ordinal).name,
            )  # fmt: skip


def search(house: House, name: str, panel: str, text: str, cancel: Cancel) -> Sequence[Option]:
    """What may be chosen at the right of a PAIRS panel."""
    panel_of(house, name, panel)
    with _shown(house, name, cancel) as (shows, _opened):
        return shows.search(panel, text)


def options(house: House, name: str, which: str, cancel: Cancel) -> Sequence[Option]:
    """What a filter may be, as the bridge lists it."""
    with _shown(house, name, cancel) as (_shows, opened):
        return opened.options(which)


def panel_of(house: House, name: str, key: str) -> PanelSpec:
    """A panel's spec, or a sentence naming those there are."""
    panels = house.registry.bridge(house.bridge(name).kind).panels
    found = next((one for one in panels if one.key == key), None)
    if found is None:
        raise SetupError("panel.unknown", panel=key, names=", ".join(one.key for one in panels) or "-")
    return found


def _safe(row: Row, sides: Sequence[VendorSpec]) -> Row:
    """A row without the addresses that are not the vendors' own."""
    return replace(row, urls={key: url for key, url in row.urls.items() if is_own(sides, url)})


def _sides(house: House, name: str) -> tuple[VendorSpec, VendorSpec]:
    return house.registry.sides(house.registry.bridge(house.bridge(name).kind))


@contextmanager
def _shown(house: House, name: str, cancel: Cancel) -> Iterator[tuple[ShowsPanels, OpenBridge]]:
    row = house.bridge(name)
    with house.sessions.using(row, cancel) as (opened, _relay):
        if not isinstance(opened, ShowsPanels):
            raise TypeError(f"{row.kind}: the opened bridge shows no panels")
        yield opened, cast("OpenBridge", opened)
