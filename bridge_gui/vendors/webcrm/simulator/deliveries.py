"""Deliveries, their lines, and the sales in progress that become deliveries.

Facts: webcrm.md 3, 3.3, 3.4, 6. INFERRED: an order's value is worked out in webcrm's own window only; a
delivery changes its organisation by Move and not by PUT; a line must name a delivery or sale that exists.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from flask import Response

from bridge_gui.sandbox.kit import Doc, Route, exact
from bridge_gui.vendors.webcrm.simulator.crm import API, Crm, body
from bridge_gui.vendors.webcrm.simulator.fields import STATUSES
from bridge_gui.vendors.webcrm.simulator.records import Records, between
from bridge_gui.vendors.webcrm.simulator.says import missing, refused

CENT = Decimal("0.01")


class Deliveries(Records):
    """What was sold: webcrm's orders."""

    prefix, path = "Delivery", "/Deliveries"

    def routes(self) -> list[Route]:
        """With the ways to look for them."""
        return [
            *super().routes(),
            ("GET", "/Deliveries/ByOrganisation/<int:key>", self.of),
            ("GET", "/Deliveries/ByStatus/<status>", self.standing),
            ("GET", "/Deliveries/ByResponsible/<int:key>", self.by),
            ("GET", "/Deliveries/FindByCreateDates/<start>/<end>", self.created),
            ("GET", "/Deliveries/<int:key>/QuotationLines", self.lines),
            ("POST", "/Deliveries/<int:key>/Move", self.move),
        ]

    def of(self, key: int) -> list[Doc]:
        """The deliveries of an organisation."""
        return self.found(("DeliveryOrganisationId", "=", key))

    def by(self, key: int) -> list[Doc]:
        """The deliveries a user answers for."""
        return self.found(("DeliveryResponsible", "=", key))

    def standing(self, status: str) -> list[Doc]:
        """The deliveries of one status."""
        if status not in STATUSES:
            raise refused(f"The value '{status}' is not valid.")
        rows = self._crm.table(self.prefix).find()
        return self.page([row for row in rows if row.get("DeliveryStatus", STATUSES[0]) == status])

    def created(self, start: str, end: str) -> list[Doc]:
        """Start <= created < end."""
        return self.found(*between("DeliveryCreatedAt", start, end))

    def lines(self, key: int) -> list[Doc]:
        """The lines of a delivery, as it sorts them."""
        self._crm.need(self.prefix, key)
        return Lines(self._crm).page(lines_of(self._crm, key))

    def move(self, key: int) -> Response:
        """To another organisation; the lines go with it."""
        sent = body()
        place = sent.get("NewOrganisationId") if isinstance(sent, dict) else None
        if not isinstance(place, int):
            raise refused("The NewOrganisationId field is required.")
        return self.moved(key, place)

    def moved(self, key: int, place: int) -> Response:
        """Moves it."""
        self._crm.need("Organisation", place, status=400)
        known = self._crm.need(self.prefix, key)
        self.saved({**known, "DeliveryOrganisationId": place}, API)
        for line in lines_of(self._crm, key):
            self._crm.put("QuotationLine", {**line, "QuotationLineOrganisationId": place})
        return Response(status=204)

    def fresh(self) -> Doc:
        """QUIRK: webcrm's own numbering, if it was left on, numbers what we make too (webcrm.md 6)."""
        if not self._crm.settings["auto_number"]:
            return {}
        return {"DeliveryNumber": str(self._crm.state.next_number("delivery number", 1001))}

    def change(self, known: Doc, sent: Doc, by: str = API) -> Doc:
        """QUIRK: of two deliveries with one number neither can be edited by a client (webcrm.md 6)."""
        if by == API:
            self._alone(known)
        return super().change(known, sent, by)

    def check(self, made: Doc, known: Doc | None) -> None:
        """An organisation that exists and stays, a person and users that exist."""
        place = made.get("DeliveryOrganisationId", 0)
        self._crm.need("Organisation", place, status=400)
        if known is not None and known["DeliveryOrganisationId"] != place:
            raise refused("DeliveryOrganisationId cannot be changed; use Move.")
        if made.get("DeliveryPersonId"):
            self._crm.need("Person", made["DeliveryPersonId"], status=400)
        if self._crm.settings["responsible_required"] and not made.get("DeliveryResponsible"):
            raise refused("The DeliveryResponsible field is required.")
        for name in ("DeliveryResponsible", "DeliveryAssignedTo", "DeliveryAssignedTo2"):
            if made.get(name):
                self._crm.need("User", made[name], status=400)

    def _alone(self, known: Doc) -> None:
        number = known.get("DeliveryNumber")
        twins = self._crm.table(self.prefix).count(("DeliveryNumber", "=", number)) if number else 1
        if twins > 1:
            raise refused(f"Delivery number {number} is used by {twins} deliveries.")


class Lines(Records):
    """The lines of deliveries and of sales in progress."""

    prefix, path = "QuotationLine", "/QuotationLines"

    def routes(self) -> list[Route]:
        """The only records beside the price list that can be deleted."""
        return [*super().routes(), ("DELETE", f"{self.path}/<int:key>", self.delete)]

    def create(self) -> Any:
        """A new line; answers its id."""
        return self.make(self._sent(body()))["QuotationLineId"]

    def update(self, key: int) -> Any:
        """A line with what was sent changed."""
        sent = self._sent(body())
        if sent["QuotationLineId"] != key:
            raise refused("QuotationLineId is not the id in the address.")
        self.change(self._crm.need(self.prefix, key), sent)
        return Response(status=200)

    def delete(self, key: int) -> Response:
        """Removes a line."""
        line = self._crm.need(self.prefix, key)
        self._crm.drop(self.prefix, str(key))
        self._touch(line, API)
        return Response(status=200)

    def check(self, made: Doc, known: Doc | None) -> None:
        """Its delivery or sale, whose organisation is its own."""
        place = made.get("QuotationLineOpportunityId", 0)
        prefix, parent = parent_of(self._crm, place)
        if known is not None and known["QuotationLineOpportunityId"] != place:
            raise refused("QuotationLineOpportunityId cannot be changed.")
        owner = parent[f"{prefix}OrganisationId"]
        if made.get("QuotationLineOrganisationId", 0) not in {0, owner}:
            raise refused("QuotationLineOrganisationId is not the organisation of the sale.")
        made["QuotationLineOrganisationId"] = owner

    def saved(self, made: Doc, by: str) -> Doc:
        """A changed line is not known to touch its delivery (webcrm.md 4): a switch."""
        kept = super().saved(made, by)
        self._touch(kept, by)
        return kept

    def _touch(self, line: Doc, by: str) -> None:
        if self._crm.settings["changed_line_touches_delivery"]:
            prefix, parent = parent_of(self._crm, line["QuotationLineOpportunityId"])
            self._crm.put(prefix, parent, by)

    def _sent(self, told: Any) -> Doc:
        """The write shape adds one name: the row of the price list that fills what was left out."""
        item = told.get("QuotationLineLinkedDataId") if isinstance(told, dict) else None
        bare = (
            {key: value for key, value in told.items() if key != "QuotationLineLinkedDataId"}
            if item is not None
            else told
        )
        sent = self._crm.checked(self.prefix, bare)
        if not item:
            return sent
        row = self._crm.need("QuotationLineLinkedDataItem", item, status=400)
        filled = {
            f"QuotationLineData{at}": row.get(f"QuotationLineLinkedDataItemData{at}", "")
            for at in range(1, 10)
        }
        return {**{name: value for name, value in filled.items() if value != "-"}, **sent}


class Opportunities:
    """Sales in progress: read, and turned into deliveries."""

    def __init__(self, crm: Crm, deliveries: Deliveries) -> None:
        self._crm = crm
        self._deliveries = deliveries

    def routes(self) -> list[Route]:
        """What is imitated of them."""
        return [
            ("GET", "/Opportunities/<int:key>", self.one),
            ("GET", "/Opportunities/<int:key>/QuotationLines", self.lines),
            ("POST", "/Opportunities/<int:key>/ConvertToDelivery", self.convert),
        ]

    def one(self, key: int) -> Doc:
        """One of them."""
        return self._crm.shown("Opportunity", self._crm.need("Opportunity", key))

    def lines(self, key: int) -> list[Doc]:
        """Its lines."""
        self._crm.need("Opportunity", key)
        return Lines(self._crm).page(lines_of(self._crm, key))

    def convert(self, key: int) -> int:
        """The delivery it becomes, by id."""
        return int(self.won(key, API)["DeliveryId"])

    def won(self, key: int, by: str) -> Doc:
        """INFERRED: the delivery has an id of its own, and the lines go over to it."""
        sale = self._crm.need("Opportunity", key)
        shared = (
            "OrganisationId",
            "PersonId",
            "Number",
            "Description",
            "Responsible",
            "CurrencyName",
            "OrderValue",
        )
        told = {
            f"Delivery{name}": sale[f"Opportunity{name}"] for name in shared if f"Opportunity{name}" in sale
        }
        made = self._deliveries.make({**told, "DeliveryId": 0, "DeliveryWonDate": self._crm.stamp()}, by)
        for line in lines_of(self._crm, key):
            self._crm.put("QuotationLine", {**line, "QuotationLineOpportunityId": made["DeliveryId"]}, by)
        self._crm.drop("Opportunity", sale["id"])
        return made


def parent_of(crm: Crm, key: object) -> tuple[str, Doc]:
    """The delivery or the sale that a line is of."""
    for prefix in ("Delivery", "Opportunity"):
        found = crm.table(prefix).get(str(key))
        if found is not None:
            return prefix, found
    raise refused(str(missing("Opportunity", key).body["Message"]))


def lines_of(crm: Crm, key: object) -> list[Doc]:
    """A delivery's or sale's lines, as they are sorted."""
    rows = crm.table("QuotationLine").find(("QuotationLineOpportunityId", "=", key))
    return sorted(rows, key=lambda row: (row.get("QuotationLineSortOrder", 0), row["QuotationLineId"]))


def worth(lines: list[Doc]) -> tuple[Decimal, Decimal]:
    """What lines come to, and what is earned by them; each line to two decimals, half up (webcrm.md 3.4)."""
    value = cost = Decimal(0)
    for line in lines:
        quantity = exact(line.get("QuotationLineQuantity"))
        off = 1 - exact(line.get("QuotationLineDiscount")) / 100
        value += (quantity * exact(line.get("QuotationLinePrice")) * off).quantize(CENT, ROUND_HALF_UP)
        cost += (quantity * exact(line.get("QuotationLineCostPrice"))).quantize(CENT, ROUND_HALF_UP)
    return value, value - cost
