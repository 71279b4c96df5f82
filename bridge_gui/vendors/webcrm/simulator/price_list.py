"""The price list of quotation lines, and how its columns are set up.

Facts: webcrm.md 3.5 and the Swagger document. INFERRED: the refusal when the list is off, and that uniqueness
is about the columns together.
"""

from __future__ import annotations

from typing import Any

from flask import Response

from bridge_gui.sandbox.kit import Doc, Route
from bridge_gui.vendors.webcrm.simulator.crm import Crm, body
from bridge_gui.vendors.webcrm.simulator.fields import Shape
from bridge_gui.vendors.webcrm.simulator.says import refused

PREFIX = "QuotationLineLinkedDataItem"
COLUMNS = tuple(f"{PREFIX}Data{at}" for at in range(1, 10))
NEEDED = (f"{PREFIX}DataMemo", f"{PREFIX}ItemGroup", f"{PREFIX}VatCode", f"{PREFIX}EntityType")
SETUP = "QuotationLineLinkedSetup"
LABELS = ("CostPriceLabel", "ListPriceLabel", "PriceLabel", "QuantityLabel")
WORDS = {"FontFamily": "Arial", "CostPriceEditMode": "Always", "EntityType": "Product", "LinkMode": "Regular",
         "LookupMode": "DropdownLists"}  # fmt: skip
FLAGS = (
    "HighlightVat", "UseCostPrice", "UseCustomMemo", "UseListPrice", "UseQuantity", "UseDiscount",
    "UsePriceLine", "UsePriceTotal", "UseTotalDiscount", "UseIntegerPrice", "UseIntegerQuantity",
    "UseIntegerDiscount", "UseRevenue", "UseLineNumber", "UseSpacer", "UseVat", "UseVatPerLine",
    "PastAsCostPrice", "IsImageEnabled", "IsUniqueValueRequired", "UseItemGroup",
)  # fmt: skip
ON = {
    "UseCostPrice",
    "UseQuantity",
    "UseDiscount",
    "UsePriceLine",
    "UsePriceTotal",
    "UseVat",
    "UseVatPerLine",
}
TEXTS = (
    "CostPriceConditionField",
    "CostPriceConditionValue",
    "ImageUrl",
    "CreateDateField",
    "UpdateDateField",
)


class PriceList:
    """The list's rows; not the products that an organisation owns."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._shape: Shape = crm.shapes[PREFIX]

    def routes(self) -> list[Route]:
        """QUIRK: the bare DELETE empties the whole list (webcrm.md 3)."""
        base = "/QuotationLines/LinkedData"
        return [
            ("GET", base, self.listed),
            ("POST", base, self.create),
            ("DELETE", base, self.empty),
            ("GET", f"{base}/<int:key>", self.one),
            ("PUT", f"{base}/<int:key>", self.update),
            ("DELETE", f"{base}/<int:key>", self.delete),
            ("GET", "/QuotationLines/LinkedSetup", self.setup),
        ]

    def listed(self) -> list[Doc]:
        """The whole list; it has no pages."""
        self._on()
        return [self._crm.shown(PREFIX, row) for row in self._crm.table(PREFIX).find()]

    def one(self, key: int) -> Doc:
        """One row."""
        self._on()
        return self._crm.shown(PREFIX, self._crm.need(PREFIX, key))

    def create(self) -> int:
        """A new row; answers its id."""
        self._on()
        return int(self.make(self._crm.checked(PREFIX, body()))[f"{PREFIX}Id"])

    def update(self, key: int) -> Response:
        """A row with what was sent changed."""
        self._on()
        sent = self._crm.checked(PREFIX, body())
        if sent[f"{PREFIX}Id"] != key:
            raise refused(f"{PREFIX}Id is not the id in the address.")
        self.change(self._crm.need(PREFIX, key), sent)
        return Response(status=200)

    def delete(self, key: int) -> Response:
        """Removes a row; lines that were made of it stay."""
        self._on()
        self._crm.need(PREFIX, key)
        self._crm.table(PREFIX).drop(str(key))
        return Response(status=200)

    def empty(self) -> Response:
        """Removes every row."""
        self._on()
        for row in self._crm.table(PREFIX).find():
            self._crm.table(PREFIX).drop(row["id"])
        return Response(status=200)

    def make(self, sent: Doc) -> Doc:
        """Makes a row of what was checked."""
        if sent[f"{PREFIX}Id"] != 0:
            raise refused(f"{PREFIX}Id must be 0 for a new record.")
        key = self._crm.new_id(PREFIX)
        return self._kept({**sent, "id": str(key), f"{PREFIX}Id": key})

    def add(self, fields: Doc) -> Doc:
        """Adds a row as a person does; columns that were not told are dashes."""
        told = {**dict.fromkeys(COLUMNS, "-"), **dict.fromkeys(NEEDED, ""), f"{PREFIX}EntityType": "Product"}
        return self.make(self._crm.checked(PREFIX, {**told, **fields, f"{PREFIX}Id": 0}))

    def change(self, known: Doc, sent: Doc) -> Doc:
        """Changes a row by what was checked."""
        return self._kept({**known, **sent})

    def setup(self) -> Doc:
        """Which columns are shown; only those of `linked_columns` are."""
        self._on()
        used = set(self._crm.settings["linked_columns"])
        told: dict[str, Any] = {name: name.removesuffix("Label") for name in LABELS}
        told |= WORDS | dict.fromkeys(TEXTS, "") | {name: name in ON for name in FLAGS}
        told |= {f"UseLinkedField{at}": at in used for at in range(1, 10)}
        told |= {f"Field{at}": at if at in used else 0 for at in range(1, 10)}
        told |= {"FontSize": 10, "ImageWidth": 0, "ImageHeight": 0, "MemoField": 0, "Id": 1}
        told["IsUniqueValueRequired"] = bool(self._crm.settings["unique_price_list"])
        return {f"{SETUP}{name}": value for name, value in told.items()}

    def _kept(self, made: Doc) -> Doc:
        """QUIRK: an empty column is refused, a dash stands for none (webcrm.md 3.5)."""
        for name in COLUMNS:
            if not made.get(name):
                raise refused(f"The {name} field is required.")
        for name in NEEDED:
            if name not in made:
                raise refused(f"The {name} field is required.")
        if self._crm.settings["unique_price_list"]:
            twin = self._crm.table(PREFIX).first(*((name, "=", made[name]) for name in COLUMNS))
            if twin is not None and twin["id"] != made["id"]:
                raise refused("The linked data item must be unique.")
        return self._crm.put(PREFIX, made)

    def _on(self) -> None:
        if not self._crm.settings["linked_data"]:
            raise refused("Linked data is not enabled for quotation lines.")
