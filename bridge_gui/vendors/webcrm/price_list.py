"""webcrm's price list (it says linked data of quotation lines), in Bridge's terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bridge_gui.accounting.trade import PriceRow
from bridge_gui.errors import Conflict, NoSuchTarget, OutcomeUnknown, SetupError, VendorChanged
from bridge_gui.sync.specs import Option
from bridge_gui.vendors.webcrm.records import Records
from bridge_gui.vendors.webcrm.row import Row
from bridge_gui.vendors.webcrm.terms import COLUMNS, LINKED, UNUSED
from bridge_gui.web.waiting import Cancel, check

Result = TypeVar("Result")
_PATH = "QuotationLines/LinkedData"
_ID = f"{LINKED}Id"
_PRODUCTS = ("Product", "Undefined", "7", "0", "")
"""What rows of the price list are, as words or as the numbers that questions use (webcrm.md 3.5)."""
_SAMPLES = 3
_LONGEST_SAMPLE = 20
_REST = {
    "memo": "DataMemo",
    "group": "ItemGroup",
    "vat_code": "VatCode",
    "price": "Price",
    "cost": "CostPrice",
}


class WebcrmPriceList:
    """The list from which lines of quotations and orders are chosen; its bare DELETE is never called."""

    _records: Records

    def columns(self) -> tuple[Option, ...]:
        """The columns that are switched on, with what stands in the first rows: webcrm tells no titles."""
        setup = self._switched_on(lambda: self._records.client.one("QuotationLines/LinkedSetup"))
        rows = self.price_rows(self._records.client.cancel)
        return tuple(
            Option(key=str(one), title=f"Data{one}", hint=_samples(rows, one))
            for one in COLUMNS
            if setup.flag(f"QuotationLineLinkedSetupUseLinkedField{one}")
        )

    def price_rows(self, cancel: Cancel) -> tuple[PriceRow, ...]:
        """The whole list, one reading."""
        check(cancel)
        rows = self._switched_on(lambda: self._records.client.whole(_PATH))
        return tuple(_plain(row) for row in rows if row.text(f"{LINKED}EntityType") in _PRODUCTS)

    def price_row(self, row: str) -> PriceRow | None:
        """One row as it is now."""
        found = self._records.client.found(f"{_PATH}/{row}") if row.isdigit() else None
        return _plain(found) if found is not None else None

    def add_price_row(self, row: PriceRow) -> PriceRow:
        """Add one; as read back. Has no key: look at `price_rows` after a lost answer.

        QUIRK: an unused column is a dash, empty text is refused (webcrm.md 3.5).
        """
        columns = {one: row.columns.get(one, "") for one in COLUMNS}
        body = {_ID: 0, f"{LINKED}EntityType": "Product", **_columns_sent(columns), **_rest_sent(row)}
        made = self._records.client.make(_PATH, body)
        return self._records.seen(lambda: self._there(made) if made else self._like(columns))

    def change_price_row(self, row: PriceRow, before: PriceRow) -> PriceRow:
        """Make the row of `row.id` into this; `Conflict` if it is no longer `before`; as read back.

        Columns that `row.columns` does not name stay as they are, and are not compared.
        """
        now = self._there(row.id)
        if _compared(now, row) != _compared(before, row):
            raise Conflict("webcrm.changed", field=row.columns.get(min(row.columns, default=0), "") or row.id)
        columns = {one: text for one, text in row.columns.items() if text != now.columns[one]}
        body = {**_columns_sent(columns), **_rest_sent(row, now)}
        if not body:
            return now
        self._records.client.change(f"{_PATH}/{row.id}", {_ID: int(row.id), **body})
        return self._records.seen(lambda: self._there(row.id))

    def remove_price_row(self, row: str) -> None:
        """Take one off the list; gone already is well. Never empties the list."""
        if self.price_row(row) is None:
            return
        try:
            self._records.client.delete(f"{_PATH}/{row}")
        except NoSuchTarget:
            return

    def _like(self, columns: dict[int, str]) -> PriceRow:
        """The only row with these columns."""
        wanted = {one: text.strip() for one, text in columns.items()}
        found = [row for row in self.price_rows(self._records.client.cancel) if row.columns == wanted]
        if len(found) != 1:
            raise OutcomeUnknown("outcome.left_out")
        return found[0]

    def _there(self, row: str) -> PriceRow:
        found = self.price_row(row)
        if found is None:
            raise NoSuchTarget("webcrm.not_found", target=row, text="")
        return found

    def _switched_on(self, ask: Callable[[], Result]) -> Result:
        """QUIRK: where the price list is off, its calls answer an error (webcrm.md 3.5)."""
        try:
            return ask()
        except VendorChanged as error:
            if error.code != "webcrm.question_refused":
                raise
            raise SetupError("webcrm.no_price_list", text=error.params.get("text", "")) from error


def column_text(row: Row, name: str) -> str:
    """What stands in a column; a dash is an unused one (webcrm.md 3.5)."""
    text = row.text(name)
    return "" if text == UNUSED else text


def _plain(row: Row) -> PriceRow:
    return PriceRow(
        id=row.own_id(_ID), columns={one: column_text(row, f"{LINKED}Data{one}") for one in COLUMNS},
        memo=row.text(f"{LINKED}DataMemo"), price=row.price(f"{LINKED}Price"),
        cost=row.price(f"{LINKED}CostPrice"), group=row.text(f"{LINKED}ItemGroup"),
        vat_code=row.text(f"{LINKED}VatCode"),
    )  # fmt: skip


def _columns_sent(columns: dict[int, str]) -> dict[str, Any]:
    return {f"{LINKED}Data{one}": text.strip() or UNUSED for one, text in columns.items()}


def _rest_sent(row: PriceRow, now: PriceRow | None = None) -> dict[str, Any]:
    """What differs from `now`; a price is never emptied, because what is left out stays (webcrm.md 4)."""
    body: dict[str, Any] = {}
    for key, name in _REST.items():
        value = getattr(row, key)
        if value is not None and (now is None or value != getattr(now, key)):
            body[LINKED + name] = value
    return body


def _compared(row: PriceRow, named: PriceRow) -> tuple[object, ...]:
    columns = tuple(row.columns.get(one, "").strip() for one in named.columns)
    return (*columns, row.memo.strip(), row.group.strip(), row.vat_code.strip(), row.price, row.cost)


def _samples(rows: tuple[PriceRow, ...], column: int) -> str:
    texts = dict.fromkeys(row.columns[column] for row in rows if row.columns[column])
    return ", ".join(text[:_LONGEST_SAMPLE] for text in list(texts)[:_SAMPLES])
