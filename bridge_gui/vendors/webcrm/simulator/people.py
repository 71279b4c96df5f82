"""What people do in webcrm's own window, for tests and for trying things out.

Each action takes the JSON sent to `/_sandbox/person`: `id` names the record, the rest are its fields as the
interface names them. Lines may be told shortly (`item`, `text`, `unit`, `quantity`, `price`, `cost`,
`discount`), deliveries too (`organisation`, `status`, `day`). Facts: webcrm.md 3, 6.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.sandbox.kit import Act, Doc, Refusal
from bridge_gui.vendors.webcrm.simulator.crm import PERSON, Crm
from bridge_gui.vendors.webcrm.simulator.deliveries import Deliveries, Lines, Opportunities, lines_of, worth
from bridge_gui.vendors.webcrm.simulator.door import Door
from bridge_gui.vendors.webcrm.simulator.lists import Hooks, Users
from bridge_gui.vendors.webcrm.simulator.price_list import PriceList
from bridge_gui.vendors.webcrm.simulator.records import Organisations, Persons, Records

LINE = {
    "item": "QuotationLineData1", "text": "QuotationLineData2", "unit": "QuotationLineData3",
    "quantity": "QuotationLineQuantity", "price": "QuotationLinePrice", "cost": "QuotationLineCostPrice",
    "discount": "QuotationLineDiscount", "memo": "QuotationLineMemo",
}  # fmt: skip
DELIVERY = {"organisation": "DeliveryOrganisationId", "status": "DeliveryStatus", "day": "DeliveryOrderDate"}
NEW_DELIVERY = {"DeliveryCurrencyName": "DKK", "DeliveryResponsible": 1, "DeliveryStatus": "New"}
NEW_LINE = {"QuotationLineQuantity": 1, "QuotationLineVatPercentage": 25}


class People:
    """The customer's staff, and its administrator."""

    def __init__(self, crm: Crm, door: Door) -> None:
        self._crm = crm
        self._door = door
        self.organisations = Organisations(crm)
        self.persons = Persons(crm)
        self.deliveries = Deliveries(crm)
        self.lines = Lines(crm)
        self.users = Users(crm)
        self.sales = Opportunities(crm, self.deliveries)
        self.prices = PriceList(crm)

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name; what webcrm refuses them is a `ValueError` with its words."""
        acts: dict[str, Act] = {
            "add_organisation": lambda sent: self.organisations.add(_fields(sent)),
            "edit_organisation": lambda sent: self._edit(self.organisations, sent),
            "remove_organisation": self.remove_organisation,
            "add_person": lambda sent: self.persons.add(_fields(sent)),
            "edit_person": lambda sent: self._edit(self.persons, sent),
            "remove_person": lambda sent: self._drop("Person", sent["id"]),
            "add_user": lambda sent: self.users.add(_fields(sent)),
            "edit_user": lambda sent: self._edit(self.users, sent),
            "retire_user": self.retire,
            "add_delivery": self.add_delivery,
            "edit_delivery": lambda sent: self.valued(self._edit(self.deliveries, sent)["DeliveryId"]),
            "move_delivery": lambda sent: self.move_delivery(int(sent["id"]), int(sent["organisation"])),
            "remove_delivery": lambda sent: self._drop_delivery(sent["id"]),
            "add_line": lambda sent: self.add_line(sent["delivery"], sent),
            "edit_line": self.edit_line,
            "remove_line": self.remove_line,
            "add_opportunity": self.add_opportunity,
            "win_opportunity": lambda sent: self.valued(self.sales.won(sent["id"], PERSON)["DeliveryId"]),
            "add_price": lambda sent: self.prices.add(_fields(sent)),
            "edit_price": self.edit_price,
            "remove_price": lambda sent: self._drop("QuotationLineLinkedDataItem", sent["id"]),
            "set_field": self.set_field,
            "remove_field": lambda sent: self._crm.metadata.drop(sent["name"]),
            "rotate_token": lambda _: {"token": self._door.rotate()},
            "add_hook": self.add_hook,
            "take_notices": lambda _: self.take_notices(),
        }
        return {name: _honest(act) for name, act in acts.items()}

    def remove_organisation(self, sent: Doc) -> Doc:
        """INFERRED: its persons and deliveries go with it."""
        key = int(sent["id"])
        for row in self._crm.table("Person").find(("PersonOrganisationId", "=", key)):
            self._crm.drop("Person", row["id"])
        for row in self._crm.table("Delivery").find(("DeliveryOrganisationId", "=", key)):
            self._drop_delivery(row["id"])
        return self._drop("Organisation", key)

    def retire(self, sent: Doc) -> Doc:
        """A user who may no longer sign in."""
        return self._crm.put("User", {**self._crm.need("User", sent["id"]), "_gone": True}, PERSON)

    def add_delivery(self, sent: Doc) -> Doc:
        """A delivery with its `lines`, worked out as the window does."""
        today = {"DeliveryOrderDate": self._crm.now().date().isoformat()}
        told = {**NEW_DELIVERY, **today, **_named(_fields(sent), DELIVERY)}
        made = self.deliveries.add({name: value for name, value in told.items() if name != "lines"})
        for at, line in enumerate(sent.get("lines", ()), 1):
            self.add_line(made["DeliveryId"], {"QuotationLineSortOrder": at * 10, **line})
        return self.valued(made["DeliveryId"])

    def add_line(self, key: Any, sent: Doc) -> Doc:
        """A line more in a delivery or a sale in progress."""
        own = {name: value for name, value in _fields(sent).items() if name != "delivery"}
        told = {**NEW_LINE, **_named(own, LINE), "QuotationLineOpportunityId": int(key)}
        made = self.lines.add(told)
        if self._crm.table("Delivery").get(str(key)) is not None:
            self.valued(key)
        return made

    def edit_line(self, sent: Doc) -> Doc:
        """A line changed."""
        made = self._edit(self.lines, {"id": sent["id"], **_named(_fields(sent), LINE)})
        self.valued(made["QuotationLineOpportunityId"])
        return made

    def remove_line(self, sent: Doc) -> Doc:
        """A line removed."""
        line = self._crm.need("QuotationLine", sent["id"])
        self._crm.drop("QuotationLine", line["id"])
        return self.valued(line["QuotationLineOpportunityId"])

    def add_opportunity(self, sent: Doc) -> Doc:
        """A sale in progress with its `lines`."""
        own = {name: value for name, value in _fields(sent).items() if name != "lines"}
        told = self._crm.checked("Opportunity", {**own, "OpportunityId": 0})
        self._crm.need("Organisation", told.get("OpportunityOrganisationId", 0), status=400)
        key = self._crm.new_id("Opportunity")
        made = self._crm.put("Opportunity", {**told, "id": str(key), "OpportunityId": key}, PERSON)
        for line in sent.get("lines", ()):
            self.add_line(key, line)
        return made

    def edit_price(self, sent: Doc) -> Doc:
        """A row of the price list changed by hand."""
        prefix = "QuotationLineLinkedDataItem"
        known = self._crm.need(prefix, sent["id"])
        told = {**_fields(sent), f"{prefix}Id": int(known["id"])}
        return self.prices.change(known, self._crm.checked(prefix, told))

    def valued(self, key: Any) -> Doc:
        """The delivery with its value and margin worked out of its lines, as its window does on saving.

        QUIRK: a changed line leaves the delivery's own stamp alone, unless the switch says that lines touch
        it (webcrm.md 4).
        """
        value, margin = worth(lines_of(self._crm, int(key)))
        known = self._crm.need("Delivery", key)
        told = {"DeliveryOrderValue": float(value), "DeliveryOrderGmValue": float(margin)}
        if self._crm.settings["changed_line_touches_delivery"]:
            return self._crm.put("Delivery", {**known, **told}, PERSON)
        self._crm.table("Delivery").put({**known, **told})
        return {**known, **told}

    def set_field(self, sent: Doc) -> Doc:
        """The set-up of a field: `name`, and `label`, `type`, `list` or `most`."""
        known = self._crm.metadata.get(sent["name"])
        if known is None:
            prefix = next(one for one in self._crm.shapes if sent["name"].startswith(one))
            number = self._crm.state.next_number("field", 9001)
            known = {"id": sent["name"], "entity": prefix, "number": number, "order": number, "db": "x",
                     "label": sent["name"], "type": "T", "most": 50, "list": []}  # fmt: skip
        told: Doc = {name: sent[name] for name in ("label", "type", "list", "most") if name in sent}
        made = {**known, **told}
        self._crm.metadata.put(made)
        return made

    def move_delivery(self, key: int, place: int) -> Doc:
        """To another organisation."""
        self.deliveries.moved(key, place)
        return self._crm.need("Delivery", key)

    def add_hook(self, sent: Doc) -> Doc:
        """Have the address `url` told of each `event` (Create, Update, Delete) at an `entity`."""
        told = {"Id": 0, "TargetUrl": sent["url"], "EventType": sent["event"], "IsEnabled": True}
        return {"Id": Hooks(self._crm).add(sent["entity"], {**told, "Filter": ["All"]})}

    def take_notices(self) -> list[Doc]:
        """What the hooks would have posted since the last time."""
        taken = self._crm.notices.find()
        for row in taken:
            self._crm.notices.drop(row["id"])
        return [{"url": row["url"], "body": row["body"]} for row in taken]

    def _edit(self, records: Records, sent: Doc) -> Doc:
        """Changes a record; numbering by hand is how two deliveries of one number are parted."""
        known = self._crm.need(records.prefix, sent["id"])
        own = _named(_fields(sent), DELIVERY) if records.prefix == "Delivery" else _fields(sent)
        told = self._crm.checked(records.prefix, {**own, f"{records.prefix}Id": int(known["id"])})
        return records.change(known, told, PERSON)

    def _drop_delivery(self, key: Any) -> Doc:
        for line in lines_of(self._crm, int(key)):
            self._crm.drop("QuotationLine", line["id"])
        return self._drop("Delivery", key)

    def _drop(self, prefix: str, key: Any) -> Doc:
        self._crm.drop(prefix, self._crm.need(prefix, key)["id"])
        return {}


def _fields(sent: Doc) -> Doc:
    """What was told of the record, either beside the action or under `fields`."""
    own = {name: value for name, value in sent.items() if name not in {"action", "id", "fields"}}
    return {**own, **sent.get("fields", {})}


def _named(sent: Doc, names: Mapping[str, str]) -> Doc:
    return {names.get(name, name): value for name, value in sent.items()}


def _honest(act: Act) -> Act:
    def acted(sent: Doc) -> Any:
        try:
            return act(sent)
        except Refusal as refusal:
            raise ValueError(str(refusal.body)) from refusal

    return acted
