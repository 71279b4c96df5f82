"""The steps that an invoice basis is carried out by: what its order needs, the order, its invoice."""

from __future__ import annotations

from typing import Any

from bridge_gui.accounting.ordering import NewOrder
from bridge_gui.accounting.rentals import RentalInvoice
from bridge_gui.bridges.sharefox_twentyfourseven.billing import due_of, said_of
from bridge_gui.bridges.sharefox_twentyfourseven.people import Party
from bridge_gui.bridges.sharefox_twentyfourseven.rules import Rules
from bridge_gui.bridges.sharefox_twentyfourseven.shown import Shown, frame_of
from bridge_gui.bridges.sharefox_twentyfourseven.steps import (
    CATEGORY,
    ORDER,
    PRODUCT,
    AmendOrder,
    CompleteOrder,
    EnsureCategory,
    EnsureCustomer,
    EnsureProduct,
    InvoiceOrder,
    MakeOrder,
    RefreshCustomer,
    mark_text,
    place,
)
from bridge_gui.sync.digest import canonical, digest_of
from bridge_gui.sync.flow import LinkView
from bridge_gui.sync.step import LinkTo, Step


def needed(party: Party, invoice: RentalInvoice, rules: Rules) -> list[Step]:
    """The customer, its details, the category and the product that an order needs."""
    shared: dict[str, Any] = {"ensures": True, "day": invoice.day}
    who = party.customer
    steps: list[Step] = [
        EnsureCustomer(
            name="customer", link=party.link, lane=f"customer:{party.key}", mark=who.number, number=who.name,
            party=who.name, customer=who, **shared,
        ),
        EnsureCategory(
            name="category", link=_category(rules), lane="shelf", number=rules.category,
            called=rules.category, **shared,
        ),
        EnsureProduct(
            name="product", link=_product(rules), lane="shelf", number=rules.product,
            needs=(_category(rules),), called=rules.product, category=_category(rules), **shared,
        ),
    ]  # fmt: skip
    return [*steps, _refreshed(party, invoice)] if rules.refresh else steps


def _refreshed(party: Party, invoice: RentalInvoice) -> Step:
    """Planned once for each thing there is to say of a customer."""
    said = digest_of(canonical(party.customer)).rsplit(":", 1)[-1][:12]
    return RefreshCustomer(
        name=f"refresh:{said}", link=party.link, lane=f"customer:{party.key}",
        mark=party.customer.number, creates=False, needs=(party.link,), day=invoice.day,
        number=party.customer.name, party=party.customer.name, customer=party.customer, at=party.link,
    )  # fmt: skip


def make(invoice: RentalInvoice, party: Party, order: NewOrder, ordinal: int, rules: Rules) -> Step:
    """The order, made new."""
    warnings = ("customer.odd_number",) if party.odd else ()
    return MakeOrder(
        name=f"order:{ordinal}", link=place(ORDER, invoice.id, ordinal), mark=order.reference,
        order=order, warnings=warnings, **_written(invoice, party, order, rules, bills=rules.invoices),
    )  # fmt: skip


def complete(invoice: RentalInvoice, party: Party, order: NewOrder, link: LinkView, rules: Rules) -> Step:
    """The rest of an order that was cut short."""
    return CompleteOrder(
        name="complete", creates=False, target=link.target, link=place(ORDER, invoice.id, link.ordinal),
        mark=order.reference, order=order,
        **_written(invoice, party, order, rules, bills=rules.invoices),
    )  # fmt: skip


def amend(
    invoice: RentalInvoice, party: Party, order: NewOrder, link: LinkView, shown: Shown | None, rules: Rules,
    *, due: bool,
) -> Step:  # fmt: skip
    """An open order written anew; `due` where it is still to be billed."""
    return AmendOrder(
        name="amend", creates=False, target=link.target, link=place(ORDER, invoice.id, link.ordinal),
        mark=order.reference, planned_on=frame_of(shown), order=order,
        **_written(invoice, party, order, rules, bills=due),
    )  # fmt: skip


def bill(invoice: RentalInvoice, ordinal: int, rules: Rules) -> list[Step]:
    """The order's invoice, where the user has switched that on."""
    if not rules.invoices:
        return []
    link = place(ORDER, invoice.id, ordinal)
    return [
        InvoiceOrder(
            name="invoice", link=link, creates=False, needs=(link,),
            mark=mark_text(rules.scope, invoice.id, ordinal), source_content=canonical(said_of(invoice)),
            **common(invoice),
        )
    ]  # fmt: skip


def _written(
    invoice: RentalInvoice, party: Party, order: NewOrder, rules: Rules, *, bills: bool
) -> dict[str, Any]:
    customer, product = party.link, _product(rules)
    return {
        **common(invoice),
        "needs": (customer, product),
        "source_content": canonical(due_of(invoice) if bills else said_of(invoice)),
        "party": party.customer.name,
        "total": order.totals.total,
        "currency": order.currency,
        "customer": customer,
        "product": product,
    }


def common(invoice: RentalInvoice) -> dict[str, Any]:
    """What every step of an invoice basis bears."""
    return {
        "lane": f"invoice:{invoice.id}", "sources": (invoice.id,), "day": invoice.day,
        "number": invoice.number,
    }  # fmt: skip


def _category(rules: Rules) -> LinkTo:
    return place(CATEGORY, f"category-{rules.category}")


def _product(rules: Rules) -> LinkTo:
    return place(PRODUCT, f"product-{rules.product}")
