"""Sales orders: the header alone; lines are calls of their own.

Facts: twentyfoursevenoffice.md sections 3.5 and 3.7. Inferred: orders are listed as they were made, 25 at
a time; what an invoiced order refuses (a ValidationError on `status`); the number of a department's
dimension type.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from bridge_gui.sandbox.kit import Condition, Doc, Route, answer
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, comparable_ids, kept, shown
from bridge_gui.vendors.twentyfoursevenoffice.simulator.forms import (
    Fault,
    Field,
    bad_request,
    comparable,
    conflict,
    continued,
    day,
    fault,
    faults,
    invalid,
    missing,
    moment,
    not_found,
    refuse_if,
    sent,
    whole,
)
from bridge_gui.vendors.twentyfoursevenoffice.simulator.invoicing import Invoicing
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import API

STATUSES = ("Draft", "Web", "Proposal", "Confirmed", "Invoice", "AdvanceInvoice", "Inactive")
DELIVERIES = (
    "", "manualdistribution", "efakturadistribution", "ehfdistribution", "postaldistribution",
    "printdistribution", "emaildistribution",
)  # fmt: skip
DEPARTMENT, PROJECT = 2, 1
_PLACE = {
    "postalCode": Field(longest=50),
    "postalArea": Field(longest=50),
    "city": Field(longest=50),
    "countrySubdivision": Field(longest=50),
    "countryCode": Field(longest=2),
    "street": Field(longest=250),
}
_CUSTOMER = {
    "id": Field("integer"),
    "name": Field(longest=200, shortest=1),
    "organizationNumber": Field(longest=20),
    "invoiceEmailAddresses": Field("array"),
    "gln": Field(longest=13, shortest=13),
    **_PLACE,
}
_INVOICE = {
    "date": Field(shape="date"),
    "dueDate": Field(shape="date"),
    "distributionMethod": Field(choices=DELIVERIES),
    "paymentTerms": Field("object"),
}
HEADER = {
    "customer": Field("object", inside=_CUSTOMER),
    "currency": Field("object", inside={"code": Field(longest=3, shortest=3), "rate": Field("number")}),
    "status": Field(choices=STATUSES),
    "deliveryCustomer": Field("object", inside={"name": Field(longest=250)}),
    "deliveryDate": Field(shape="date"),
    "invoice": Field("object", inside=_INVOICE),
    "accrual": Field("object"),
    "date": Field(shape="date"),
    "internalMemo": Field(longest=300),
    "memo": Field(),
    "yourReference": Field("object", inside={"name": Field()}),
    "ourReference": Field("object"),
    "paymentMethod": Field("object", nullable=True),
    "referenceNumber": Field(longest=50),
    "salesType": Field("object"),
    "dimensions": Field("array"),
}
AFTERWARDS = frozenset({"referenceNumber", "memo", "internalMemo"})
"""What may still be written when an order is invoiced. INFERRED: the SOAP interface says it of two fields."""


class OrderDesk:
    """Makes, changes, lists and removes sales orders."""

    def __init__(self, books: Books, invoicing: Invoicing) -> None:
        self._books = books
        self._invoicing = invoicing

    def routes(self) -> list[Route]:
        """The header's paths."""
        return [
            ("GET", f"{API}salesorders", self._list),
            ("POST", f"{API}salesorders", lambda: self.shown(self.make(sent()), whole_=True)),
            ("GET", f"{API}salesorders/<key>", lambda key: self.shown(self.found(key), whole_=True)),
            ("PATCH", f"{API}salesorders/<key>", self._change),
            ("DELETE", f"{API}salesorders/<key>", self._delete),
        ]

    def found(self, key: str) -> Doc:
        """The order of that id."""
        order = self._books.orders.fresh.get(key)
        if order is None:
            raise not_found("Sales order")
        return order

    def make(self, told: Doc) -> Doc:
        """A new order of a body; it has no lines."""
        refuse_if([*self._wrong(told), *missing(told, "customer")])
        refuse_if(missing(told["customer"], "id", "name", path="customer"))
        key = str(self._books.next_id("order", 1234))
        now, today = self._books.iso(), self._books.today()
        usual: Doc = {"status": "Draft", "date": today, "currency": {"code": "NOK", "rate": 1}}
        made = {**usual, **_only(told), "id": key, "createdAt": now}
        self._demand(made)
        return self._invoicing.touched(self._moved(made, {"status": ""}))

    def change(self, key: str, told: Doc) -> Doc:
        """An order with what the body changes; an invoiced one lets little be changed."""
        known = self.found(key)
        refuse_if(self._wrong(told))
        if known["status"] in {"Invoice", "AdvanceInvoice"} and not told.keys() <= AFTERWARDS:
            raise invalid(fault("status", "invoiced"))
        changes = _only(told)
        for name in ("customer", "invoice", "currency"):
            if name in changes:
                changes[name] = {**known.get(name, {}), **changes[name]}
        made = {**known, **changes}
        self._demand(made)
        return self._invoicing.touched(self._moved(made, known))

    def remove(self, key: str) -> None:
        """Removes an order with its lines, unless it is invoiced."""
        order = self.found(key)
        if order["status"] in {"Invoice", "AdvanceInvoice"}:
            raise conflict("The sales order is invoiced and cannot be deleted")
        for line in self._books.lines(order):
            self._books.order_lines.drop(line["id"])
        self._books.orders.drop(order["id"])

    def shown(self, order: Doc, *, whole_: bool) -> Doc:
        """An order as answers carry it; dimensions only where one order is read."""
        made = shown(order)
        if not whole_:
            made.pop("dimensions", None)
        if self._books.settings["street_as_list"] and made["customer"].get("street"):
            made["customer"] = {**made["customer"], "street": made["customer"]["street"].split(", ")}
        return made

    def _change(self, key: str) -> Doc:
        return self.shown(self.change(key, sent()), whole_=True)

    def _delete(self, key: str) -> Response:
        self.remove(key)
        return Response(status=204)

    def _moved(self, made: Doc, known: Doc) -> Doc:
        """Lets a new status `Invoice` enter the queue; it needs lines."""
        if made["status"] != "Invoice" or known["status"] == "Invoice":
            return made
        if not self._books.lines(made):
            raise bad_request("NoLines", "No lines in the sales order")
        return self._invoicing.queued(made)

    def _demand(self, order: Doc) -> None:
        """What the organisation has made obligatory."""
        settings = self._books.settings
        types = {one.get("dimensionType") for one in order.get("dimensions", [])}
        if settings["department_required"] and DEPARTMENT not in types:
            raise bad_request("DepartmentMissing", "Department is required on the sales order")
        if settings["project_required"] and PROJECT not in types:
            raise bad_request("ProjectMissing", "Project is required on the sales order")

    def _wrong(self, told: Doc) -> list[Fault]:
        wrong = faults(told, HEADER)
        if wrong:
            return wrong
        customer, method = told.get("customer", {}), told.get("paymentMethod") or {}
        if "id" in customer and kept(self._books.customers, customer["id"]) is None:
            wrong.append(fault("customer.id", "reference"))
        if method.get("id") is not None and kept(self._books.payment_methods, method["id"]) is None:
            wrong.append(fault("paymentMethod.id", "reference"))
        terms = told.get("invoice", {}).get("paymentTerms")
        return wrong + (self._terms(terms) if terms is not None else [])

    def _terms(self, terms: Any) -> list[Fault]:
        """QUIRK: a fixed date only with the new invoicing module (twentyfoursevenoffice.md 3.5)."""
        kinds: dict[str, Field] = {"NumberOfDays": Field("integer", least=0),
                                   "OutMonthPlusDays": Field("integer", least=0)}  # fmt: skip
        if self._books.settings["new_invoicing"]:
            kinds["FixedDate"] = Field(shape="date")
        if terms.get("type") not in kinds:
            return [fault("invoice.paymentTerms.type", "enum")]
        wrong = missing(terms, "value", path="invoice.paymentTerms")
        return wrong or faults(terms, {"value": kinds[terms["type"]]}, "invoice.paymentTerms")

    def _list(self) -> Response:
        """QUIRK: 0.56.0 does not know `referenceNumber` and answers all (twentyfoursevenoffice.md 8)."""
        rows = [row for row in self._books.orders.shown().find(*self._looked_up()) if self._matches(row)]
        part, links = continued(sorted(rows, key=comparable_ids), whole("limit", 25))
        return answer([self.shown(row, whole_=False) for row in part], headers=links)

    def _looked_up(self) -> list[Condition]:
        """What an index answers, so that thousands of orders are not read for one."""
        asked = request.args
        names = {
            "invoiceNumber": "_number",
            **({} if self._books.old() else {"referenceNumber": "referenceNumber"}),
        }
        return [(field, "=", asked[name]) for name, field in names.items() if name in asked]

    def _matches(self, row: Doc) -> bool:
        asked = request.args
        exact = {
            "status": row["status"],
            "date": row["date"],
            "customerId": str(row["customer"]["id"]),
        }
        if any(asked[name] != value for name, value in exact.items() if name in asked):
            return False
        return _between(row)


def _only(told: Doc) -> Doc:
    made = {name: told[name] for name in HEADER if name in told}
    method = made.get("paymentMethod", {})
    if method is None or (method and method.get("id") is None):
        made["paymentMethod"] = {"id": None}
    return made


def _between(row: Doc) -> bool:
    first, last = day("dateFrom"), day("dateTo")
    if (first and row["date"] < first) or (last and row["date"] > last):
        return False
    for name in ("created", "modified"):
        stamp = comparable(row[f"{name}At"])
        begin, end = moment(f"{name}From"), moment(f"{name}To")
        if (begin and stamp < begin) or (end and stamp > end):
            return False
    return True
