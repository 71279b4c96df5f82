"""Records of Uniconta in our form, and what of ours is written into them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from bridge_gui.accounting.documents import Ref
from bridge_gui.accounting.money import ZERO, round_to_unit, total
from bridge_gui.accounting.trade import (
    BookContact,
    Debtor,
    DebtorOrder,
    Employee,
    NewDebtorOrder,
    OrderLine,
    StockItem,
)
from bridge_gui.errors import CannotMap, Refused
from bridge_gui.vendors.uniconta import rows
from bridge_gui.vendors.uniconta.countries import Countries
from bridge_gui.vendors.uniconta.feed import Raw
from bridge_gui.vendors.uniconta.shapes import (
    CONTACT,
    DEBTOR,
    EMPLOYEE,
    ITEM,
    LINE,
    ORDER,
    STREET,
    Shape,
    like,
)

_HUNDRED = Decimal(100)


def debtor_of(row: rows.Row, countries: Countries) -> Debtor:
    """A debtor; `Name` is the one field besides the number that none is without."""
    told = _texts(DEBTOR, row)
    street = "\n".join(rows.text(row, name) for name in STREET).rstrip("\n")
    rows.needed(row, "Account")
    rows.needed(row, "Name")
    return Debtor(**told | {
        "street": street, "country": countries.read(row), "blocked": rows.flag(row, "Blocked"),
        "fields": DEBTOR.own(row),
    })  # fmt: skip


def item_of(row: rows.Row) -> StockItem:
    """An item, with the first of its sales prices."""
    told = _texts(ITEM, row)
    return StockItem(**told | {
        "number": rows.needed(row, "Item"), "price": rows.amount(row, "SalesPrice1"),
        "cost": rows.amount(row, "CostPrice"), "blocked": rows.flag(row, "Blocked"),
        "hidden": rows.flag(row, "HideInSales"),
    })  # fmt: skip


def contact_of(row: rows.Row) -> BookContact:
    """A person at a debtor."""
    return BookContact(id=rows.needed(row, CONTACT.key), fields=CONTACT.own(row), **_texts(CONTACT, row))


def employee_of(row: rows.Row) -> Employee:
    """Somebody in the register."""
    told = _texts(EMPLOYEE, row) | {"number": rows.needed(row, "Number")}
    return Employee(**told | {"blocked": rows.flag(row, "Blocked"), "fields": EMPLOYEE.own(row)})


def line_of(row: rows.Row) -> OrderLine:
    """A line of an order."""
    numbers = {name: rows.amount(row, LINE.names[name]) for name in ("quantity", "price", "discount")}
    cost = {"cost": rows.number(row, "CostPrice")}
    return OrderLine(**_texts(LINE, row) | numbers | cost | {"fields": LINE.own(row)})


def order_of(row: rows.Row, lines: list[Raw] | None) -> DebtorOrder:
    """An order; `lines` None where they were not asked for.

    QUIRK: the sums may be the vendor's client's own and not told at all (uniconta.md, spec S4).
    """
    number = rows.needed(row, "OrderNumber")
    made = tuple(line_of(line) for line in sorted(lines or (), key=place_of))
    currency, discount = rows.text(row, "Currency"), rows.amount(row, "EndDiscountPct")
    invoice = rows.text(row, "LastInvoice")
    told = _texts(ORDER, row) | {
        "discount": discount, "delivery": rows.day(row, "DeliveryDate"), "locked": rows.flag(row, "Blocked"),
        "invoice": "" if invoice == "0" else invoice, "day": rows.day(row, "Created"),
        "debtor": rows.needed(row, "Account"), "changed": rows.instant(row, "UpdatedAt"),
        "net": _net_told(row) or net_of(made, currency, discount), "fields": ORDER.own(row),
    }  # fmt: skip
    return DebtorOrder(ref=Ref(id=number, number=number), lines=made, whole=lines is not None, **told)


def place_of(row: rows.Row) -> Decimal:
    """Where a line stands in its order."""
    return rows.amount(row, "LineNumber")


def net_of(lines: tuple[OrderLine, ...], currency: str, discount: Decimal) -> Decimal:
    """What lines come to before tax: each rounded, then less the discount on the whole."""
    whole = total(round_to_unit(line.amount, currency) for line in lines)
    return round_to_unit(whole * (1 - discount / _HUNDRED), currency)


def said(record: object, field: str) -> str:
    """A field of a record as a text, by our name or by the name of a user-defined one."""
    if field != "fields" and hasattr(record, field):
        return shown(getattr(record, field))
    return str(getattr(record, "fields", {}).get(field, ""))


def shown(value: object) -> str:
    """A value of ours as a text, as changes are given."""
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    return value.isoformat() if isinstance(value, date) else rows.plain(value)


def same(one: str, other: str) -> bool:
    """Whether two texts of one field say the same: a flag that is off is as good as nothing."""
    empty = {"false": "", "0": ""} if {one, other} <= {"false", "0", "", "true", "1"} else {}
    return empty.get(rows.plain(one), rows.plain(one)) == empty.get(rows.plain(other), rows.plain(other))


def body_of(shape: Shape, values: Mapping[str, str], countries: Countries, there: rows.Row) -> Raw:
    """Texts as Uniconta's fields, each in the form in which the record that is there shows it."""
    body: Raw = {}
    for field, text in values.items():
        if field == "street":
            body |= _street(text)
            continue
        _check_length(shape, field, text)
        if field in shape.flags:
            body[shape.name(field)] = text.casefold() in {"true", "1"}
        elif field == "country":
            body["Country"] = countries.written(text)
        else:
            name = shape.name(field)
            body[name] = like(there.get(name), text)
    return body


def header_of(order: NewDebtorOrder) -> Raw:
    """What an order's header says; what is empty is left to the books.

    QUIRK: what an order takes from its debtor is not taken by HTTP (uniconta.md 3.4, spec S4), so currency,
    employee and terms are sent. Prices are before VAT.
    """
    told: Raw = {
        "Account": order.debtor, "Currency": order.currency, "YourRef": order.reference, "OurRef": order.own,
        "Remark": order.remark, "ContactName": order.contact, "Employee": order.employee,
        "Payment": order.payment_terms, "DeliveryDate": written_day(order.delivery),
        "EndDiscountPct": order.discount, **order.fields,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value not in ("", None)} | {"PricesInclVat": False}


def line_body(line: OrderLine) -> Raw:
    """What a line says; what is empty is left to the books."""
    told: Raw = {
        "Item": line.item, "Text": line.text, "Unit": line.unit, "Vat": line.vat_group, "Note": line.note,
        "CostPrice": line.cost, **line.fields,
    }  # fmt: skip
    amounts = {"Qty": line.quantity, "Price": line.price, "DiscountPct": line.discount}
    return {name: value for name, value in told.items() if value not in ("", None)} | amounts


def written_day(day: date | None) -> str:
    """A day as it is sent."""
    return f"{day.isoformat()}T00:00:00" if day else ""


def check_order(order: NewDebtorOrder) -> None:
    """What can be seen to be wrong before anything is sent."""
    if not order.debtor or not order.currency:
        raise CannotMap("uniconta.no_debtor")
    if not order.lines:
        raise CannotMap("uniconta.no_lines")


def _texts(shape: Shape, row: rows.Row) -> dict[str, Any]:
    """The fields that are plain texts."""
    plain = {field: name for field, name in shape.names.items() if field not in _OTHERWISE}
    return {field: rows.text(row, name) for field, name in plain.items()}


_OTHERWISE = frozenset(
    {"blocked", "hidden", "locked", "price", "cost", "quantity", "discount", "delivery", "country"}
)


def _net_told(row: rows.Row) -> Decimal:
    told = rows.number(row, "TotalBeforeVAT")
    return (rows.amount(row, "OrderTotal") if told is None else told) or ZERO


def _street(text: str) -> Raw:
    """One to three lines; the others are emptied."""
    lines = rows.plain(text).split("\n")
    longest = DEBTOR.longest["street"]
    if len(lines) > len(STREET) or any(len(line.strip()) > longest for line in lines):
        raise Refused("uniconta.too_long", field="street", longest=longest)
    padded = [*lines, "", ""]
    return {name: padded[at].strip() for at, name in enumerate(STREET)}


def _check_length(shape: Shape, field: str, text: str) -> None:
    longest = shape.longest.get(field, 0)
    if longest and len(text) > longest:
        raise Refused("uniconta.too_long", field=field, longest=longest)
