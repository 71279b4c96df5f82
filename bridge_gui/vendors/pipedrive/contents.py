"""What deals are made of: products, discounts on the whole, instalments; in as few calls as is safe."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from bridge_gui.accounting.billing import TaxTreatment
from bridge_gui.accounting.deals import Deal, DealContents, DealDiscount, DealLine, Instalment
from bridge_gui.accounting.money import ZERO, total
from bridge_gui.errors import SetupError, VendorChanged
from bridge_gui.vendors.pipedrive.client import PipedriveClient, chunks
from bridge_gui.vendors.pipedrive.door import VENDOR
from bridge_gui.vendors.pipedrive.payloads import DiscountAnswer, InstalmentAnswer, LineAnswer
from bridge_gui.web.waiting import Cancel, check

_ONCE = "one-time"
Row = TypeVar("Row", LineAnswer, InstalmentAnswer)


@dataclass
class Catalogue:
    """The names of variations, asked for once and kept for the job."""

    client: PipedriveClient
    names: dict[tuple[int, int], str] = field(default_factory=dict)

    def learn(self, lines: Iterable[LineAnswer], cancel: Cancel) -> None:
        """Ask about what these lines name and is not known yet; what is gone has no name."""
        for line in lines:
            self._learn_variation(line, cancel)

    def _learn_variation(self, line: LineAnswer, cancel: Cancel) -> None:
        product, variation = line.product_id, line.product_variation_id
        if product is None or variation is None or (product, variation) in self.names:
            return
        check(cancel)
        self.names[product, variation] = ""
        self.names.update({(product, one.id): one.name.strip() for one in self.client.variations(product)})

    def plain(self, line: LineAnswer) -> DealLine:
        """A line in our form, with the variation behind the product's name."""
        variation = self.names.get((line.product_id or 0, line.product_variation_id or 0), "")
        percentage, amount = _discount(line)
        return DealLine(
            id=str(line.id),
            text=f"{line.name} ({variation})" if variation and variation not in line.name else line.name,
            quantity=line.quantity,
            unit_price=line.item_price,
            currency=line.currency,
            product="" if line.product_id is None else str(line.product_id),
            note=(line.comments or "").strip(),
            rate=line.tax or ZERO,
            discount=percentage,
            discount_amount=amount,
            amount=line.sum,
            treatment=_treatment(line.tax_method),
            counted=line.is_enabled,
            repeats="" if line.billing_frequency in (None, "", _ONCE) else str(line.billing_frequency),
        )


class Contents:
    """Reads what deals are made of."""

    def __init__(self, client: PipedriveClient) -> None:
        self._client = client
        self._catalogue = Catalogue(client)
        self._has_instalments = True

    def of(self, deals: Collection[Deal], cancel: Cancel) -> dict[str, DealContents]:
        """The contents of each deal; a deal that says it has no products is not asked about."""
        values = {int(deal.id): deal.value for deal in deals if deal.products != 0}
        found = {deal.id: DealContents() for deal in deals}
        for some in chunks(values):
            lines = _grouped(self._client.lines(some, cancel), some)
            filled = [deal for deal in some if lines[deal]]
            instalments = self._instalments(filled, cancel)
            self._catalogue.learn((line for rows in lines.values() for line in rows), cancel)
            for deal in filled:
                check(cancel)
                rows = lines[deal]
                discounts = self._client.discounts(deal) if may_have_discount(values[deal], rows) else ()
                found[str(deal)] = DealContents(
                    lines=tuple(self._catalogue.plain(row) for row in sorted(rows, key=_place)),
                    discounts=tuple(_deal_discount(one) for one in discounts),
                    instalments=tuple(_instalment(one) for one in instalments.get(deal, ())),
                )
        return found

    def _instalments(self, deals: list[int], cancel: Cancel) -> dict[int, list[InstalmentAnswer]]:
        """QUIRK: the smaller plans have none (specs/pipedrive v2, spec). INFERRED: they answer 403."""
        if not deals or not self._has_instalments:
            return {}
        try:
            return _grouped(self._client.instalments(deals, cancel), deals)
        except SetupError:
            self._has_instalments = False
            return {}


def may_have_discount(value: Decimal, lines: Iterable[LineAnswer]) -> bool:
    """Whether a deal must be asked about discounts on the whole, which costs a call for each deal.

    A discount changes the deal's value if it has products billed once (specs/pipedrive v2, spec), so a
    deal of such products whose value is the sum of its lines has none.
    INFERRED: value and sums are told on the same footing, with tax or without.
    """
    counted = [line for line in lines if line.is_enabled]
    if any(line.billing_frequency not in (None, "", _ONCE) for line in counted):
        return True
    return value != total(line.sum for line in counted)


def _place(line: LineAnswer) -> tuple[bool, int, int]:
    return line.order_nr is None, line.order_nr or 0, line.id


def _discount(line: LineAnswer) -> tuple[Decimal, Decimal]:
    """Per cent and amount. INFERRED: an amount is for the whole line (pipedrive.md 3.2)."""
    discount = line.discount or ZERO
    if line.discount_type == "percentage":
        return discount, ZERO
    if line.discount_type == "amount":
        return ZERO, discount
    raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.data[...].discount_type")


def _treatment(word: str) -> TaxTreatment:
    try:
        return TaxTreatment(word)
    except ValueError:
        raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.data[...].tax_method") from None


def _deal_discount(answer: DiscountAnswer) -> DealDiscount:
    text = (answer.description or "").strip()
    if answer.type == "percentage":
        return DealDiscount(text=text, percent=answer.amount)
    if answer.type == "amount":
        return DealDiscount(text=text, amount=answer.amount)
    raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.data[...].type")


def _instalment(answer: InstalmentAnswer) -> Instalment:
    text = (answer.description or "").strip()
    return Instalment(id=str(answer.id), day=answer.billing_date, amount=answer.amount, text=text)


def _grouped(rows: Iterable[Row], deals: Iterable[int]) -> dict[int, list[Row]]:
    """Each different row under its deal, every deal named; a row of a deal not asked about is a change."""
    found: dict[int, dict[int, Row]] = {deal: {} for deal in deals}
    for row in rows:
        if row.deal_id not in found:
            raise VendorChanged("vendor.changed", vendor=VENDOR, path="$.data[...].deal_id")
        found[row.deal_id][row.id] = row
    return {deal: list(kept.values()) for deal, kept in found.items()}
