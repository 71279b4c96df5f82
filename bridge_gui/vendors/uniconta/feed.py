"""Reading lists at Uniconta: one answer with records, and the pages of the reading door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bridge_gui.errors import NoSuchTarget, OutcomeUnknown, Passing, Refused, SetupError, VendorChanged
from bridge_gui.vendors.uniconta import assumed, rows
from bridge_gui.vendors.uniconta.refusals import Refusals
from bridge_gui.vendors.uniconta.said import whole
from bridge_gui.vendors.uniconta.terms import KEYS, ORDER_LINES, VENDOR
from bridge_gui.web.answer import Answer
from bridge_gui.web.http import HttpClient, Params
from bridge_gui.web.paging import PageGuard
from bridge_gui.web.waiting import Cancel, check

Raw = dict[str, Any]
Name = tuple[str, ...]
_NEXT = ("@odata.nextLink", "odata.nextLink", "__next")


class Reader:
    """Asks a door for records and judges the answer; what is refused to a question is no record's fault."""

    def __init__(self, refusals: Refusals) -> None:
        self._refusals = refusals

    def read(self, door: HttpClient, path: str, params: Params, table: str) -> Answer:
        """The answer, which holds a list."""
        try:
            answer = door.read("GET", path, params=params)
        except NoSuchTarget as error:
            raise SetupError("uniconta.no_table", table=table) from error
        except OutcomeUnknown as error:
            text = str(error.params.get("text", ""))
            raise Passing("uniconta.trouble", text=text) from error
        except Refused as error:
            text = str(error.params.get("text", ""))
            raise VendorChanged("uniconta.read_refused", table=table, text=text) from error
        fault = self._refusals.read_fault(answer, table)
        if fault is not None:
            raise fault
        return answer


class Feed:
    """The reading door: pages by number of records, or by the links that the vendor gives."""

    def __init__(self, door: HttpClient, reader: Reader, path: str) -> None:
        self._door = door
        self._reader = reader
        self._path = path

    def all(self, table: str, where: str, cancel: Cancel) -> list[Raw] | None:
        """All records that a filter lets through; None where the list moved while it was paged.

        Each page begins with the last record of the page before: if it does not, the list has moved.
        """
        found: list[Raw] = []
        guard = PageGuard(VENDOR)
        while True:
            check(cancel)
            page, link = self._page(table, where, max(0, len(found) - 1))
            if link:
                return [*page, *self._linked(link, table, cancel)] if not found else None
            names = [name_of(table, row) for row in page]
            guard.see(["\0".join(name) for name in names] + [str(len(found))])
            if found and (not names or names[0] != name_of(table, found[-1])):
                unpaged = len(found) == len(page) < assumed.PAGE and page == found
                return found if unpaged else None
            found += page[1:] if found else page
            if len(page) < assumed.SURE_PAGE or len(page) > assumed.PAGE:
                return found

    def first(self, table: str, where: str, most: int) -> list[Raw]:
        """The first records that a filter lets through, or the first of all; one call."""
        asked: dict[str, str | int] = {"$filter": where, "$top": most} if where else {"$top": most}
        return records(self._reader.read(self._door, f"{self._path}/{table}", asked, table))[0]

    def _page(self, table: str, where: str, skip: int) -> tuple[list[Raw], str]:
        """One page. QUIRK: its dates are those of an older OData, as its links are (uniconta.md 3.2)."""
        order = ",".join(f"{name} asc" for name in KEYS[table])
        asked: dict[str, str | int] = {"$filter": where, "$orderby": order, "$top": assumed.PAGE}
        asked |= {"$skip": skip} if skip else {}
        return records(self._reader.read(self._door, f"{self._path}/{table}", asked, table))

    def _linked(self, link: str, table: str, cancel: Cancel) -> list[Raw]:
        """What follows a page, by its link, which must not lead to another host or back."""
        found: list[Raw] = []
        guard = PageGuard(VENDOR)
        while link:
            check(cancel)
            guard.see(link.encode())
            page, link = records(self._reader.read(self._door, self._whole(link), {}, table))
            found += page
        return found

    def _whole(self, link: str) -> str:
        """A link as an address: on this host, or beside the table."""
        return link if "://" in link or link.startswith("/") else f"{self._path}/{link}"


def records(answer: Answer) -> tuple[list[Raw], str]:
    """The records in an answer, and the link to the next ones, if there is one."""
    told = whole(answer.body)
    listed = told["value"] if isinstance(told, dict) else told
    if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise rows.changed("")
    link = next((told[name] for name in _NEXT if told.get(name)), "") if isinstance(told, dict) else ""
    if not isinstance(link, str):
        raise rows.changed("nextLink")
    return listed, link


def name_of(table: str, row: Raw) -> Name:
    """What tells this record from every other of its table; `VendorChanged` where it is missing."""
    return (*(rows.needed(row, name) for name in KEYS.get(table, ())), rows.text(row, "PrimaryKeyId"))


def once(table: str, found: Iterable[Raw]) -> list[Raw]:
    """Each record once, the last told one, in the order in which they came first.

    Lines may be there twice by a mistake that has to be seen, so they are all told.
    """
    named = [(name_of(table, row), row) for row in found]
    if table not in KEYS or table == ORDER_LINES:
        return [row for _, row in named]
    return list(dict(named).values())
