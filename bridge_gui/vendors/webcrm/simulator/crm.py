"""What all of webcrm's desks share: tables, ids, time, what was sent, and how a record is saved.

Facts: webcrm.md 3, 4, 5, 7. Inferred: a record's stamps have whole seconds, as in the samples; null leaves a
field alone, as an omitted one does; a time without a zone is Danish.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from flask import request

from bridge_gui.sandbox.kit import Clock, Doc, Post, Settings, State, Table
from bridge_gui.vendors.webcrm.simulator.fields import EMPTY_DATE, Field, Shape, shape
from bridge_gui.vendors.webcrm.simulator.says import missing, refused

ZONE = "Europe/Copenhagen"
API, PERSON = "REST API", "Karen Holm"
"""Who changed a record: a client, or somebody in the window."""
TABLES = {
    "Organisation": "organisations", "Person": "persons", "Delivery": "deliveries",
    "Opportunity": "opportunities", "QuotationLine": "lines", "QuotationLineLinkedDataItem": "price_list",
    "User": "users",
}  # fmt: skip
NEWER: dict[str, dict[str, Field]] = {
    "Organisation": {"OrganisationCurrencyName": Field("text", 10)},
    "Delivery": {
        "DeliveryOpportunityCurrencyName": Field("text"),
        "DeliveryOpportunityCurrencySymbol": Field("text"),
        "DeliveryCurrencySymbol": Field("text"),
        "DeliveryOpportunityPersonId": Field("int"),
        "DeliveryOpportunityDescription": Field("text"),
    },
}
"""QUIRK: answers hold more than the document of 2019 names (webcrm.md 3.1, 3.3)."""


class Crm:
    """One customer's webcrm; desks hold one and keep nothing of their own."""

    def __init__(self, state: State, clock: Clock, settings: Settings) -> None:
        self.state = state
        self.clock = clock
        self.settings = settings
        self.shapes = {prefix: _shape(prefix) for prefix in TABLES}
        for name in ("organisations", "persons", "deliveries"):
            prefix = next(key for key, table in TABLES.items() if table == name)
            state.table(name, indices=(f"{prefix}UpdatedAt",))
        state.table("persons", indices=("PersonOrganisationId",))
        state.table("deliveries", indices=("DeliveryOrganisationId", "DeliveryNumber"))
        state.table("lines", indices=("QuotationLineOpportunityId",))
        self.metadata = state.table("metadata")
        self.hooks = state.table("hooks")
        self.notices = state.table("notices")
        self.post = Post(state, self.notices)
        self._blanks: dict[tuple[str, bool], Doc] = {}

    def table(self, prefix: str) -> Table:
        """Where one kind of record is kept."""
        return self.state.table(TABLES[prefix])

    def now(self) -> datetime:
        """This instant."""
        return self.clock.now()

    def stamp(self) -> str:
        """This instant as it is kept: UTC, whole seconds."""
        return kept_at(self.now())

    def new_id(self, prefix: str) -> int:
        """QUIRK: a line names a delivery or an opportunity by one id, so both count on (webcrm.md 3.4)."""
        return self.state.next_number(
            "Sale" if prefix == "Opportunity" else prefix.replace("Delivery", "Sale")
        )

    def need(self, prefix: str, key: object, *, status: int = 404) -> Doc:
        """The record of that id; a refusal where there is none."""
        found = self.table(prefix).get(str(key))
        if found is None:
            raise missing(prefix, key) if status == 404 else refused(f"{prefix} {key} does not exist.")
        return found

    def all_fields(self, prefix: str) -> dict[str, Field]:
        """The document's fields, and the newer ones where the switch says so."""
        fields = self.shapes[prefix].fields
        more = prefix in NEWER and self.settings["extra_fields"]
        return {**fields, **NEWER[prefix]} if more else dict(fields)

    def shown(self, prefix: str, doc: Doc) -> Doc:
        """A record with every field; empty ones as webcrm shows them."""
        fields = self.all_fields(prefix)
        told = {name: self._out(fields[name], value) for name, value in doc.items() if name in fields}
        if prefix == "Delivery" and self.settings["currency_as_index"]:
            told["DeliveryCurrencyName"] = self._currency(doc.get("DeliveryCurrencyName", ""))
        return {**self._blank(prefix), **told}

    def may(self, area: str, *, write: bool) -> None:
        """Refuses what the token has no right to: an area's is `none`, `read` or `write`."""
        held = self.settings["rights"].get(area, "write")
        if held == "none" or (held == "read" and write):
            status = int(self.settings["no_right_status"])
            raise refused("The token has no right to this area.", status, "UnauthorizedException")

    def _currency(self, name: str) -> str:
        """QUIRK: the usual currency was seen as its place in a list (webcrm.md 3.3)."""
        known = ("DKK", "EUR", "SEK", "NOK", "USD", "GBP")
        return f"{known.index(name):02}" if name in known else name

    def _blank(self, prefix: str) -> Doc:
        """An empty record; made once, it is asked for at every row."""
        more = bool(self.settings["extra_fields"])
        if (prefix, more) not in self._blanks:
            fields = self.all_fields(prefix)
            self._blanks[prefix, more] = {name: field.empty for name, field in fields.items()}
        return self._blanks[prefix, more]

    def checked(self, prefix: str, sent: Any) -> Doc:
        """What was sent, by the rules of the document; refused where it breaks them."""
        if not isinstance(sent, dict):
            raise refused("The request is invalid.")
        known, made = self.all_fields(prefix), {}
        for name, value in sent.items():
            if name not in known:
                if self.settings["unknown_fields"] == "refuse":
                    raise refused(f"Could not find member '{name}' on object of type '{prefix}Dto'.")
            elif value is not None and name not in self.shapes[prefix].own:
                made[name] = _in(name, known[name], value)
        if self.shapes[prefix].key not in made:
            raise refused(f"The {self.shapes[prefix].key} field is required.")
        self._choices(made)
        return made

    def put(self, prefix: str, doc: Doc, by: str = API) -> Doc:
        """Saves a record with its stamps; its hooks are told."""
        new = self.table(prefix).get(doc["id"]) is None
        made = {name: value for name, value in doc.items() if not name.startswith(f"{prefix}Updated")}
        if f"{prefix}UpdatedAt" in self.shapes[prefix].fields:
            made |= {f"{prefix}UpdatedAt": self.stamp(), f"{prefix}UpdatedBy": by}
            if new:
                made |= {f"{prefix}CreatedAt": self.stamp(), f"{prefix}CreatedBy": by}
        self.table(prefix).put(made)
        self.tell(prefix, "Create" if new else "Update", made["id"])
        return made

    def drop(self, prefix: str, key: str) -> None:
        """Removes a record; its hooks are told."""
        self.table(prefix).drop(key)
        self.tell(prefix, "Delete", key)

    def tell(self, prefix: str, event: str, key: str) -> None:
        """INFERRED: a notice carries the address of the record (webcrm.md 3.7), called or kept."""
        for hook in self.hooks.find(("_entity", "=", prefix), ("EventType", "=", event)):
            if hook["IsEnabled"]:
                place = f"https://api.webcrm.com/{PATHS.get(prefix, prefix)}/{key}"
                number = self.state.next_number("notice")
                note = {
                    "id": str(number),
                    "url": hook["TargetUrl"],
                    "body": {"Url": place, "EventType": event},
                }
                self.notices.put(note)
                if self.settings["post_notices"]:
                    self.post.soon()

    def _choices(self, made: Doc) -> None:
        """QUIRK: a drop-down takes the full text of its list (webcrm.md 5)."""
        if self.settings["dropdowns"] != "refuse":
            return
        for name, value in made.items():
            told = self.metadata.get(name) if value and isinstance(value, str) else None
            if told and told["type"] == "D" and value not in told["list"]:
                raise refused(f"'{value}' is not in the list of {name}.")

    def _out(self, field: Field, value: Any) -> Any:
        if field.kind != "date":
            return value
        moment = datetime.fromisoformat(value)
        return EMPTY_DATE if moment.year == 1 else moment.astimezone(ZoneInfo(ZONE)).isoformat()


PATHS = {"Organisation": "Organisations", "Person": "Persons", "Delivery": "Deliveries", "User": "Users",
         "QuotationLine": "QuotationLines"}  # fmt: skip


def kept_at(moment: datetime) -> str:
    """An instant as it is kept, so that texts sort."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S+00:00")


def read_date(text: str) -> str:
    """A date-time as it was sent, in the form in which it is kept."""
    moment = moment_of(text)
    return EMPTY_DATE if moment.year == 1 else kept_at(moment)


def moment_of(text: str) -> datetime:
    """A date-time as it was sent, aware."""
    cut = text.strip().replace("Z", "+00:00")
    head, point, rest = cut.partition(".")
    if point:  # seven decimals are what .NET writes
        digits = len(rest) - len(rest.lstrip("0123456789"))
        cut = f"{head}.{rest[: min(digits, 6)]}{rest[digits:]}"
    try:
        moment = datetime.fromisoformat(cut)
    except ValueError as error:
        raise refused(f"Could not convert string to DateTime: {text}.") from error
    if moment.year == 1:
        return moment.replace(tzinfo=UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(ZONE))


def body() -> Any:
    """The JSON of the request."""
    try:
        return msgspec.json.decode(request.get_data())
    except msgspec.DecodeError as error:
        raise refused("The request is invalid.") from error


def paged(rows: Iterable[Doc], usual: int) -> list[Doc]:
    """The page asked for: `Page` from 1, `Size` up to 1000; past the end it is empty."""
    page, size = page_of(usual)
    return list(rows)[(page - 1) * size : page * size]


def page_of(usual: int) -> tuple[int, int]:
    """The page asked for, and how many rows it has."""
    return _whole("Page", 1, 1_000_000), _whole("Size", usual, 1000)


def _shape(prefix: str) -> Shape:
    return OPPORTUNITY if prefix == "Opportunity" else shape(prefix)


OPPORTUNITY = Shape(
    "Opportunity",
    {
        "OpportunityId": Field("int"), "OpportunityOrganisationId": Field("int"),
        "OpportunityPersonId": Field("int"), "OpportunityNumber": Field("text"),
        "OpportunityDescription": Field("text"), "OpportunityResponsible": Field("int"),
        "OpportunityCurrencyName": Field("text"), "OpportunityOrderValue": Field("number"),
        "OpportunityUpdatedAt": Field("date"), "OpportunityUpdatedBy": Field("text"),
        "OpportunityCreatedAt": Field("date"), "OpportunityCreatedBy": Field("text"),
    },
    frozenset(),
)  # fmt: skip
"""Sales in progress are kept for their conversion only; few of their fields are imitated."""


def _whole(name: str, usual: int, most: int) -> int:
    text = request.args.get(name)
    if text is None:
        return usual
    if not text.isdigit() or not 1 <= int(text) <= most:
        raise refused(f"The field {name} must be between 1 and {most}.")
    return int(text)


def _in(name: str, field: Field, value: Any) -> Any:
    """A value by the kind of its field; of another kind it is refused."""
    if field.kind == "date" and isinstance(value, str):
        return read_date(value)
    right = {
        "text": isinstance(value, str),
        "choice": value in field.values,
        "flag": isinstance(value, bool),
        "int": isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31,
        "number": isinstance(value, (int, float)) and not isinstance(value, bool),
    }
    if not right.get(field.kind, False):
        raise refused(f"Error converting value {value!r} to the type of {name}.")
    if field.kind == "text" and field.limit and len(value) > field.limit:
        raise refused(f"The field {name} must be a string with a maximum length of {field.limit}.")
    return value
