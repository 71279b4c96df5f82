"""Deals in our form, and the questions that find them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bridge_gui.accounting.deals import Deal, DealFilter, DealState
from bridge_gui.accounting.money import ZERO
from bridge_gui.errors import VendorChanged
from bridge_gui.vendors.pipedrive import assumed
from bridge_gui.vendors.pipedrive.client import since
from bridge_gui.vendors.pipedrive.door import VENDOR, Query
from bridge_gui.vendors.pipedrive.payloads import DealAnswer, instant


def plain(answer: DealAnswer, domain: str, fields: dict[str, str]) -> Deal:
    """A deal in our form."""
    return Deal(
        id=str(answer.id),
        title=answer.title,
        state=_state(answer),
        value=ZERO if answer.value is None else answer.value,
        currency=answer.currency,
        changed=instant(answer.update_time or answer.add_time),
        pipeline=str(answer.pipeline_id),
        stage=str(answer.stage_id),
        organization=_id(answer.org_id),
        person=_id(answer.person_id),
        owner=_id(answer.owner_id),
        won=None if answer.won_time is None else instant(answer.won_time),
        archived=answer.is_archived,
        products=answer.products_count,
        url=assumed.deal_page(domain, answer.id),
        fields=fields,
    )


def query_of(which: DealFilter, following: str, limit: int) -> Query:
    """The question for one page, newest change first."""
    asked: dict[str, str | int | list[int]] = {
        "sort_by": "update_time",
        "sort_direction": "desc",
        "limit": limit,
        "include_fields": "products_count",
    }
    if which.pipeline:
        asked["pipeline_id"] = int(which.pipeline)
    if which.stage:
        asked["stage_id"] = int(which.stage)
    if which.state is not None:
        asked["status"] = which.state.value
    if which.changed_since is not None:
        asked.update(since(which.changed_since))
    return asked | ({"cursor": following} if following else {})


def search_of(which: DealFilter, following: str, limit: int) -> Query:
    """The question for the search: deals by their own words, or by whom they are for.

    QUIRK: a single letter can only be asked for as the whole text (specs/pipedrive v2, spec).
    """
    text = which.text.strip()
    asked: dict[str, str | int | list[int]] = {
        "term": text,
        "item_types": "deal,organization,person",
        "search_for_related_items": "true",
        "limit": limit,
    }
    if len(text) == 1:
        asked["exact_match"] = "true"
    return asked | ({"cursor": following} if following else {})


def fits(deal: Deal, which: DealFilter) -> bool:
    """Whether a deal that the search found is wanted by the rest of the filter."""
    return (
        which.pipeline in ("", deal.pipeline)
        and which.stage in ("", deal.stage)
        and which.state in (None, deal.state)
        and (which.changed_since is None or deal.changed >= which.changed_since)
        and (deal.state is not DealState.DELETED)
    )


def newest_first(deals: Iterable[Deal]) -> tuple[Deal, ...]:
    """The deals by their last change."""
    return tuple(sorted(deals, key=_changed, reverse=True))


def once(deals: Iterable[Deal], seen: set[str]) -> Iterator[Deal]:
    """Those that were not seen before."""
    for deal in deals:
        if deal.id not in seen:
            seen.add(deal.id)
            yield deal


def _changed(deal: Deal) -> datetime:
    return deal.changed


def _state(answer: DealAnswer) -> DealState:
    if answer.is_deleted:
        return DealState.DELETED
    try:
        return DealState(answer.status)
    except ValueError:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.data[...].status") from None


def _id(number: int | None) -> str:
    return "" if number is None else str(number)
