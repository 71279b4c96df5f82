"""What both vendors list, for the wizard's choices; asked for once in the life of an opened bridge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from bridge_gui.accounting.trade import Holder, OwnField
from bridge_gui.bridges.webcrm_uniconta.countries import code_of, is_code, known
from bridge_gui.bridges.webcrm_uniconta.rules import STAFF, Rules
from bridge_gui.sync.debtors import HasLists
from bridge_gui.sync.opening import BridgeContext
from bridge_gui.sync.specs import Option
from bridge_gui.web.waiting import never


class Listing:
    """The lists, and the options made of them."""

    def __init__(self, context: BridgeContext) -> None:
        self._context = context
        self._own = cache(context.sales.own_fields)

    def options(self, name: str) -> Sequence[Option]:
        """What a choice or one side of a mapping may be."""
        books, sales = self._context.books, self._context.sales
        listed: dict[str, Callable[[], Iterable[Option]]] = {
            "organisation_fields": lambda: map(_own_option, self._own(Holder.ORGANISATION)),
            "delivery_fields": lambda: map(_own_option, self._own(Holder.DELIVERY)),
            "columns": sales.columns,
            "debtor_groups": books.debtor_groups,
            "payment_terms": books.payment_terms,
            "vat_groups": books.vat_groups,
            "country_names": self._country_names,
            "countries": lambda: [Option(key=code, title=name, hint=code) for code, name in known().items()],
        }
        return tuple(listed[name]())

    def suggest(self, name: str) -> Mapping[str, str]:
        """Countries whose name we know."""
        if name != "countries":
            return {}
        found = {one.key: code_of(one.key, {}) for one in self._country_names()}
        return {key: code for key, code in found.items() if is_code(code)}

    def _country_names(self) -> list[Option]:
        """The countries as webcrm's organisations have them."""
        pages = self._context.sales.all_organisations(never())
        names = sorted({one.country for page in pages for one in page if one.country})
        return [Option(key=name, title=name) for name in names]


class BookFields:
    """The user-defined fields at Uniconta that keep what is joined with what."""

    def __init__(self, context: BridgeContext, rules: Rules) -> None:
        self._books: HasLists = context.books
        wanted = (
            (Holder.DEBTOR, rules.debtor_field), (Holder.ORDER, rules.order_field if rules.orders else ""),
            (Holder.ORDER_LINE, rules.line_field if rules.orders else ""),
            (Holder.EMPLOYEE, rules.employee_field if rules.on(STAFF) else ""),
        )  # fmt: skip
        self._wanted = [(holder, name) for holder, name in wanted if name]

    def named(self) -> str:
        """Those wanted, as one text."""
        return " ".join(f"{holder.value}.{name}" for holder, name in self._wanted)

    def missing(self) -> list[tuple[str, str]]:
        """Those that Uniconta says it has not; where it cannot tell the first write will show."""
        return [
            (holder.value, name)
            for holder, name in self._wanted
            if self._books.has_field(holder, name) is False
        ]


def _own_option(field: OwnField) -> Option:
    """A field by its label, with the id that webcrm shows beside it."""
    return Option(key=field.key, title=field.title, hint=f"{field.number} {field.key}".strip())
