"""Uniconta's debtors, the people at them, its employees and its items. No row bears a date of change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from bridge_gui.accounting.trade import BookContact, Debtor, Employee, StockItem
from bridge_gui.errors import PartlyAccepted, Refused
from bridge_gui.vendors.uniconta import assumed, rows
from bridge_gui.vendors.uniconta.contents import body_of, contact_of, debtor_of, employee_of, item_of, said
from bridge_gui.vendors.uniconta.feed import Raw
from bridge_gui.vendors.uniconta.records import Records
from bridge_gui.vendors.uniconta.shapes import CONTACT, DEBTOR, EMPLOYEE, ITEM, Shape
from bridge_gui.web.waiting import Cancel


class UnicontaParties:
    """Everybody in the books of one company, and what it sells."""

    _records: Records

    def debtors(self, cancel: Cancel) -> tuple[Debtor, ...]:
        """All of them, in one call."""
        del cancel
        found = self._records.client.table(DEBTOR.table)
        self._records.countries.learn(found)
        return tuple(map(self._debtor, found))

    def debtors_by_number(self, numbers: Collection[str], cancel: Cancel) -> tuple[Debtor, ...]:
        """Fresh copies; what is gone is left out."""
        return tuple(map(self._debtor, self._records.some(DEBTOR, numbers, cancel)))

    def debtors_with(self, field: str, value: str) -> tuple[Debtor, ...]:
        """Those whose field is just this, case left aside."""
        return tuple(map(self._debtor, self._records.having(DEBTOR, DEBTOR.name(field), value)))

    def add_debtor(self, debtor: Debtor) -> Debtor:
        """Make one; as read back."""
        if debtor.country:
            self._learn_countries()
        marks = {**debtor.fields, "Account": debtor.number}
        return self._debtor(self._made(DEBTOR, debtor, debtor.fields, marks, {}))

    def change_debtor(self, number: str, changes: Mapping[str, str], before: Mapping[str, str]) -> Debtor:
        """Write these fields, never the number."""
        if changes.get("country"):
            self._learn_countries()
        return self._records.change(DEBTOR, number, _but(changes, "number"), before, self._debtor)

    def stock_items(self, cancel: Cancel) -> tuple[StockItem, ...]:
        """All of them, blocked and hidden ones too, in one call."""
        del cancel
        return tuple(map(item_of, self._records.client.table(ITEM.table)))

    def items_by_number(self, numbers: Collection[str], cancel: Cancel) -> tuple[StockItem, ...]:
        """Fresh copies; what is gone is left out."""
        return tuple(map(item_of, self._records.some(ITEM, numbers, cancel)))

    def contacts(self, cancel: Cancel) -> tuple[BookContact, ...]:
        """All people at debtors, in one call."""
        del cancel
        found = self._records.client.table(CONTACT.table)
        return tuple(contact_of(row) for row in found if is_at_debtor(row))

    def add_contact(self, contact: BookContact) -> BookContact:
        """Make one; as read back."""
        marks = {"ReferenceId": contact.reference}
        return contact_of(self._made(CONTACT, contact, contact.fields, marks, {"DCType": self._debtor_type}))

    def change_contact(
        self, contact: str, changes: Mapping[str, str], before: Mapping[str, str]
    ) -> BookContact:
        """Write these fields, never the debtor."""
        return self._records.change(CONTACT, contact, _but(changes, "debtor"), before, contact_of)

    def employees(self, cancel: Cancel) -> tuple[Employee, ...]:
        """All of them, in one call."""
        del cancel
        return tuple(map(employee_of, self._records.client.table(EMPLOYEE.table)))

    def add_employee(self, employee: Employee) -> Employee:
        """Make one; as read back."""
        marks = {"Number": employee.number, **employee.fields}
        return employee_of(self._made(EMPLOYEE, employee, employee.fields, marks, {}))

    def change_employee(self, number: str, changes: Mapping[str, str], before: Mapping[str, str]) -> Employee:
        """Write these fields, never the number."""
        return self._records.change(EMPLOYEE, number, _but(changes, "number"), before, employee_of)

    @cached_property
    def _debtor_type(self) -> object:
        """The word, in the language of the login, or the number for who is at a debtor, as others show it."""
        found = self._records.client.table(CONTACT.table)
        shown = (row["DCType"] for row in found if rows.text(row, "DCType") and is_at_debtor(row))
        return next(shown, assumed.DEBTOR_TYPE)

    def _debtor(self, row: rows.Row) -> Debtor:
        return debtor_of(row, self._records.countries)

    def _learn_countries(self) -> None:
        """The form of a country is learned from the company's debtors, once, before one is written."""
        if not self._records.countries.learned:
            self._records.countries.learn(self._records.client.table(DEBTOR.table))

    def _made(
        self, shape: Shape, record: object, own: Mapping[str, str], marks: Mapping[str, str], more: Raw
    ) -> Raw:
        names = [*shape.names, *(["street"] if shape is DEBTOR else [])]
        values = {name: text for name in names if (text := said(record, name))}
        body = body_of(shape, {**values, **own}, self._records.countries, {})
        try:
            made = self._records.make(shape, {**body, **more}, marks)
        except Refused as error:
            raise _named(error, said(record, "number")) from error
        missing = self._records.lost(shape, own, made)
        if missing:
            key = rows.needed(made, shape.key)
            raise PartlyAccepted("uniconta.field_missing", target_id=key, field=missing, table=shape.table)
        return made


def is_at_debtor(row: rows.Row) -> bool:
    """Whether a person is at a debtor, not at a creditor or a prospect."""
    return bool(rows.text(row, "DCAccount")) and bool(
        assumed.DEBTOR_TYPES.fullmatch(rows.text(row, "DCType") or assumed.DEBTOR_TYPE)
    )


def _but(changes: Mapping[str, str], never: str) -> dict[str, str]:
    return {name: text for name, text in changes.items() if name != never}


def _named(error: Refused, number: str) -> Refused:
    """A refusal because of a number names it."""
    if error.code != "uniconta.key_exists" or isinstance(error, PartlyAccepted):
        return error
    return Refused(error.code, number=number, text=str(error.params.get("text", "")))
