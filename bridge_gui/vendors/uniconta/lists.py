"""The lists that records of Uniconta refer to by key, and whether a user-defined field is there."""

from __future__ import annotations

from functools import cached_property

from bridge_gui.accounting.trade import Holder
from bridge_gui.errors import Passing, SetupError, VendorChanged
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.specs import Option
from bridge_gui.vendors.uniconta import assumed, rows
from bridge_gui.vendors.uniconta.feed import Raw
from bridge_gui.vendors.uniconta.records import REFUSING, Records
from bridge_gui.vendors.uniconta.shapes import CONTACT, DEBTOR, EMPLOYEE, ITEM, LINE, ORDER, Shape
from bridge_gui.vendors.uniconta.terms import COMPANIES, VENDOR

_HELD = {
    Holder.DEBTOR: DEBTOR, Holder.ORDER: ORDER, Holder.ORDER_LINE: LINE, Holder.EMPLOYEE: EMPLOYEE,
    Holder.CONTACT: CONTACT,
}  # fmt: skip
_FIGURES = frozenset({"OrderNumber", "LineNumber", "PrimaryKeyId"})
_HIDDEN = frozenset({"uniconta.no_table", "uniconta.no_rights", "uniconta.forbidden"})


class UnicontaLists:
    """What one company may be called, and its lists; each read once."""

    _records: Records
    _company: str

    def company(self) -> Company:
        """Sign in, and name the company; it is called by its number where its own table is not shown."""
        if self._own_row is None:
            self._records.client.table(assumed.DEBTOR_GROUPS)
        row = self._own_row or {}
        name = _first(row, assumed.COMPANY_NAMES)
        if not name:
            return Company(id=self._company, name=f"{VENDOR} {self._company}")
        return Company(id=self._company, name=name, number=_first(row, assumed.COMPANY_NUMBERS))

    def own_currency(self) -> str:
        """The currency of the books."""
        told = _first(self._own_row or {}, assumed.CURRENCIES).upper()
        return told if len(told) == 3 and told.isalpha() else assumed.OWN_CURRENCY

    def debtor_groups(self) -> tuple[Option, ...]:
        """Groups of debtors."""
        return self._debtor_groups

    def payment_terms(self) -> tuple[Option, ...]:
        """Terms of payment."""
        return self._payment_terms

    def vat_groups(self) -> tuple[Option, ...]:
        """Groups of VAT that sales may bear."""
        return self._vat_groups

    def item_groups(self) -> tuple[Option, ...]:
        """Groups of items."""
        return self._item_groups

    def has_field(self, holder: Holder, name: str) -> bool | None:
        """Whether there is a user-defined field of this name; None where it cannot be told yet.

        An empty field is not shown by any record, so the filter is asked as well, and once more where it
        refuses: a refusal bears no mark of its own, and what came once may have been any trouble. A name that
        is certainly none, and one that certainly is, show whether its refusals can be believed.
        """
        shape = _HELD.get(holder)
        if shape is None:
            return None
        if name in shape.known or any(row.get(name) is not None for row in self._sample(shape)):
            return True
        if not (self._refuses(shape, name) and self._refuses(shape, name)):
            return True if self._refuses(shape, assumed.NO_SUCH_FIELD) else None
        return None if self._refuses(shape, shape.key) else False

    def _sample(self, shape: Shape) -> list[Raw]:
        """Some records of a table, read once."""
        if shape.table not in self._samples:
            self._samples[shape.table] = self._records.client.first(shape.table)
        return self._samples[shape.table]

    def _refuses(self, shape: Shape, name: str) -> bool:
        """Whether a filter by a name is refused. Only what cannot change is remembered."""
        place = (shape.table, name)
        if place not in self._refused or name not in {assumed.NO_SUCH_FIELD, shape.key}:
            self._refused[place] = self._is_refused(shape, name)
        return self._refused[place]

    def _is_refused(self, shape: Shape, name: str) -> bool:
        value = "0" if name in _FIGURES else "'0'"
        try:
            self._records.client.first(shape.table, f"{name} eq {value}", 1)
        except (VendorChanged, Passing, SetupError) as error:
            if error.code not in REFUSING:
                raise
            return True
        return False

    @cached_property
    def _samples(self) -> dict[str, list[Raw]]:
        return {}

    @cached_property
    def _refused(self) -> dict[tuple[str, str], bool]:
        return {}

    @cached_property
    def _own_row(self) -> Raw | None:
        """This company in the table of companies; empty if it is not there, None if that is not shown."""
        try:
            found = self._records.client.table(COMPANIES)
        except SetupError as error:
            if error.code not in _HIDDEN:
                raise
            return None
        own = [row for row in found if _first(row, assumed.COMPANY_IDS) == self._company]
        if own or len(found) != 1:
            return own[0] if own else {}
        told = rows.text(found[0], assumed.COMPANY_IDS[0])
        if told:
            # QUIRK: a login that names no company is answered by its default company (uniconta.md 2, spec).
            name = _first(found[0], assumed.COMPANY_NAMES)
            raise SetupError("uniconta.other_company", found=name, number=told)
        return found[0]

    @cached_property
    def _debtor_groups(self) -> tuple[Option, ...]:
        return self._list(assumed.DEBTOR_GROUPS, "Group", DEBTOR)

    @cached_property
    def _payment_terms(self) -> tuple[Option, ...]:
        return self._list(assumed.PAYMENT_TERMS, "Payment", DEBTOR)

    @cached_property
    def _vat_groups(self) -> tuple[Option, ...]:
        return self._list(assumed.VAT_GROUPS, "Vat", DEBTOR)

    @cached_property
    def _item_groups(self) -> tuple[Option, ...]:
        return self._list(assumed.ITEM_GROUPS, "Group", ITEM)

    def _list(self, table: str, name: str, used: Shape) -> tuple[Option, ...]:
        """A list by key; where its table is not shown, the keys that records use."""
        try:
            found = self._records.client.table(table)
        except SetupError as error:
            if error.code not in _HIDDEN:
                raise
            keys = {rows.text(row, name) for row in self._records.client.table(used.table)} - {""}
            return tuple(Option(key=key, title=key) for key in sorted(keys))
        options = {key: _titled(row, key) for row in found if (key := _key(row, name)) and not _bought(row)}
        return tuple(Option(key=key, title=options[key]) for key in sorted(options))


def _key(row: rows.Row, name: str) -> str:
    return _first(row, (name, *assumed.GROUP_KEYS))


def _titled(row: rows.Row, key: str) -> str:
    name = rows.text(row, "Name")
    return f"{key} - {name}" if name and name != key else key


def _bought(row: rows.Row) -> bool:
    """Whether a group of VAT is for purchases."""
    return bool(assumed.PURCHASE.match(rows.text(row, "VatType")))


def _first(row: rows.Row, names: tuple[str, ...]) -> str:
    """The first of some fields that says anything."""
    return next((told for name in names if (told := rows.text(row, name))), "")
