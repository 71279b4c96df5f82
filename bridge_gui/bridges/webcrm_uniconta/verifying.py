"""Whether what the wizard asks for is there at both vendors, before anything depends on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bridge_gui.accounting.trade import Holder, OwnField
from bridge_gui.bridges.webcrm_uniconta.listing import BookFields
from bridge_gui.bridges.webcrm_uniconta.rules import Rules
from bridge_gui.errors import SetupError
from bridge_gui.sync.opening import BridgeContext

_LONGEST = {"number": 20, "ean": 13}
"""How much a field must take at least, where what goes in has a fixed length [uniconta.md 3.4]."""
_TABLES = {
    "debtor": "Debitor", "order": "Debitorordre", "order_line": "Debitorordrelinje",
    "employee": "Medarbejder",
}  # fmt: skip
"""Uniconta's tables as they stand in its list of user-defined fields."""


class Verifying:
    """Looks at both vendors for one page; every `SetupError` says where it is mended."""

    def __init__(self, context: BridgeContext, rules: Rules) -> None:
        self._context = context
        self._rules = rules

    def verify(self, page: str) -> None:
        """What this page asks for is there."""
        looks: dict[str, Callable[[], None]] = {
            "own": self._own, "marks": self._marks, "items": self._items, "orders": self._orders,
        }  # fmt: skip
        looks[page]()

    def _own(self) -> None:
        """Each own field of webcrm is there, takes what is written to it, and keeps one thing only."""
        there = {one.key: one for one in self._context.sales.own_fields(Holder.ORGANISATION)}
        for key, place in self._rules.own.items():
            _fits(there.get(place), place, _LONGEST.get(key, 0))
        _once(self._rules.own.values(), lambda place: there[place].title)

    def _marks(self) -> None:
        missing = BookFields(self._context, self._rules).missing()
        if missing:
            table, field = missing[0]
            raise SetupError("fields.missing", table=_TABLES[table], field=field)

    def _items(self) -> None:
        rules = self._rules
        titles = {one.key: one.title for one in self._context.sales.columns()}
        columns = [str(one) for one in (rules.item_column, rules.name_column, rules.unit_column) if one]
        _once(columns, lambda column: titles.get(column, column))

    def _orders(self) -> None:
        """Where orders go over, numbering is off: of two deliveries with one number neither can be told."""
        rules = self._rules
        there = {one.key: one for one in self._context.sales.own_fields(Holder.DELIVERY)}
        for place in rules.delivery_fields.values():
            _fits(there.get(place), place, 0)
        _once(rules.delivery_fields.values(), lambda place: there[place].title)
        if rules.orders and self._context.settings.get("numbering_off") != "yes":
            raise SetupError("orders.numbering")


def _fits(field: OwnField | None, place: str, longest: int) -> None:
    """A free text, long enough."""
    if field is None:
        raise SetupError("own.missing", field=place)
    if field.choices:
        raise SetupError("own.is_list", field=field.title, number=field.number)
    if field.longest and field.longest < longest:
        raise SetupError("own.too_short", field=field.title, number=field.number, longest=longest)


def _once(places: Iterable[str], title: Callable[[str], str]) -> None:
    seen: set[str] = set()
    for place in places:
        if place in seen:
            raise SetupError("own.twice", field=title(place))
        seen.add(place)
