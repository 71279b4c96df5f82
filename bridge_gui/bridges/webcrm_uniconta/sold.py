"""From a delivery to a debtor order and what it earns: pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from bridge_gui.accounting.money import ZERO, plain, round_to_unit, total
from bridge_gui.accounting.trade import DebtorOrder, DeliveryLine, NewDebtorOrder, OrderLine
from bridge_gui.bridges.webcrm_uniconta.goods import Shelved
from bridge_gui.bridges.webcrm_uniconta.rules import Rules, percent
from bridge_gui.bridges.webcrm_uniconta.steps import Telling
from bridge_gui.errors import CannotMap

CODE_LENGTH = 3
_REFERENCE = 60
_TEXT = 200
Figures = tuple[Decimal, tuple[tuple[str, Decimal, Decimal, Decimal, str], ...]]


class SoldLine(Struct, frozen=True, kw_only=True):
    """What of a delivery's line the books depend on; `cost` is what one costs."""

    id: str
    item: str
    text: str
    quantity: Decimal
    price: Decimal
    discount: Decimal = ZERO
    unit: str = ""
    cost: Decimal = ZERO

    @property
    def amount(self) -> Decimal:
        """What it comes to before tax, unrounded."""
        return self.quantity * self.price * (1 - self.discount / 100)


class Sold(Struct, frozen=True, kw_only=True):
    """What of a delivery the books depend on; `waits` is the code of why there is no debtor for it yet.

    `gone` if it is no longer in webcrm; then nothing else is told.
    """

    organisation: str
    day: date
    currency: str
    ready: bool
    lines: tuple[SoldLine, ...]
    reference: str = ""
    discount: Decimal = ZERO
    employee: str = ""
    waits: str = ""
    why: str = ""
    gone: bool = False

    @property
    def net(self) -> Decimal:
        """What it comes to before tax, each line rounded."""
        lines = total(round_to_unit(line.amount, self.currency) for line in self.lines)
        return round_to_unit(lines * (1 - self.discount / 100), self.currency)

    @property
    def margin(self) -> Decimal:
        """What is left of that after what the goods cost."""
        return self.net - round_to_unit(
            total(line.quantity * line.cost for line in self.lines), self.currency
        )


def line_of(line: DeliveryLine, rules: Rules, shelf: Mapping[str, Shelved]) -> SoldLine:
    """A delivery's line; what one costs is webcrm's own figure, else Uniconta's."""
    item = line.columns.get(rules.item_column, "").strip()
    there = shelf.get(item)
    cost = line.cost if line.cost is not None else (there.cost if there else ZERO)
    text = line.columns.get(rules.name_column, "").strip() or " ".join(line.memo.split()) or item
    unit = line.columns.get(rules.unit_column, "").strip() if rules.unit_column else ""
    return SoldLine(
        id=line.id, item=item or rules.text_item, text=text[:_TEXT], quantity=line.quantity,
        price=line.price, discount=line.discount, unit=unit or (there.unit if there else ""), cost=cost,
    )  # fmt: skip


def reference_of(number: str, description: str) -> str:
    """What the customer knows it by."""
    return " ".join((number or description).split())[:_REFERENCE]


def order_of(sold: Sold, mark: str, rules: Rules) -> NewDebtorOrder:
    """The order to be made, its debtor still open."""
    return NewDebtorOrder(
        debtor="", day=sold.day, currency=sold.currency, discount=sold.discount, reference=sold.reference,
        employee=sold.employee, fields={rules.order_field: mark},
        lines=tuple(_order_line(line, rules) for line in sold.lines),
    )  # fmt: skip


def _order_line(line: SoldLine, rules: Rules) -> OrderLine:
    return OrderLine(
        item=line.item, text=line.text, quantity=line.quantity, price=line.price, discount=line.discount,
        unit=line.unit, fields={rules.line_field: f"line-{line.id}"},
    )  # fmt: skip


def check_lines(sold: Sold, shelf: Mapping[str, Shelved]) -> None:
    """Raise `CannotMap` for a line that Uniconta could not take."""
    for line in sold.lines:
        if not line.item:
            if line.amount:
                raise CannotMap("order.line_without_item", text=line.text)
            continue
        there = shelf.get(line.item)
        if there is None:
            raise CannotMap("order.item_unknown", item=line.item)
        if there.blocked:
            raise CannotMap("order.item_blocked", item=line.item)


def figures_new(order: NewDebtorOrder, rules: Rules) -> Figures:
    """What of an order counts in the end."""
    lines = tuple(_figures(line, rules) for line in order.lines)
    return order.discount, lines


def figures_there(order: DebtorOrder, rules: Rules) -> Figures:
    """The same of one that is there."""
    return order.discount, tuple(_figures(line, rules) for line in order.lines)


def _figures(line: OrderLine, rules: Rules) -> tuple[str, Decimal, Decimal, Decimal, str]:
    return line.item, line.quantity, line.price, line.discount, line.fields.get(rules.line_field, "")


def telling_of(sold: Sold, state: str) -> Telling:
    """What webcrm is told of an order that was just made or changed."""
    return Telling(
        state=state, value=plain(sold.net), margin=plain(sold.margin),
        percent=plain(percent(sold.margin, sold.net)),
    )  # fmt: skip
