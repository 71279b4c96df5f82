"""A Pipedrive account in answers as its vendor file shows them, and an adapter on a stand-in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.pipedrive import SPEC
from bridge_gui.vendors.pipedrive.adapter import PipedriveAdapter
from tests.vendors.pipedrive.openapi import Documents
from tests.vendors.standin import Standin

TOKEN = "0123456789abcdef0123456789abcdef01234567"
VAT, TERMS, BUDGET = "a" * 40, "b" * 40, "c" * 40
V1, V2 = "/api/v1", "/api/v2"
ME = {
    "id": 1, "name": "Aino Esimerkki", "email": "kirjanpito@example.com", "default_currency": "EUR",
    "company_id": 77, "company_name": "Esimerkki Oy", "company_domain": "esimerkki", "company_country": "FI",
}  # fmt: skip


def listed(*items: object, following: str | None = None, **more: object) -> dict[str, Any]:
    """A page of v2."""
    return {"success": True, "data": list(items), "additional_data": {"next_cursor": following}} | more


def old(*items: object, start: int = 0, more: bool = False, following: int | None = None) -> dict[str, Any]:
    """A page of v1."""
    place = {"start": start, "limit": 100, "more_items_in_collection": more}
    place |= {"next_start": following} if following is not None else {}
    return {"success": True, "data": list(items) or None, "additional_data": {"pagination": place}}


def deal(number: int, **more: object) -> dict[str, Any]:
    return {
        "id": number, "title": f"Kuukausipalvelu {number}", "owner_id": 1, "person_id": 7, "org_id": 9,
        "pipeline_id": 1, "stage_id": 5, "value": 150.6, "currency": "EUR", "status": "won",
        "add_time": "2026-10-01T08:00:00Z", "update_time": "2026-11-20T09:12:33Z",
        "won_time": "2026-11-20T09:12:33Z", "is_deleted": False, "is_archived": False, "products_count": 1,
        "custom_fields": {VAT: None, TERMS: None},
    } | more  # fmt: skip


def line(number: int, on: int, **more: object) -> dict[str, Any]:
    return {
        "id": number, "deal_id": on, "product_id": 11, "product_variation_id": None, "name": "Kuukausipalvelu",
        "comments": "", "order_nr": number, "quantity": 2, "item_price": 60, "currency": "EUR", "discount": 10,
        "discount_type": "percentage", "tax": 25.5, "tax_method": "exclusive", "sum": 108, "is_enabled": True,
        "billing_frequency": "one-time", "billing_frequency_cycles": None, "billing_start_date": None,
        "add_time": "2026-10-01T08:00:00Z", "update_time": "2026-10-01T08:00:00Z",
    } | more  # fmt: skip


def definition(name: str, code: str, kind: str = "varchar", **more: object) -> dict[str, Any]:
    return {
        "field_name": name, "field_code": code, "field_type": kind, "options": None, "subfields": None,
        "is_custom_field": len(code) == 40, "is_optional_response_field": False,
    } | more  # fmt: skip


def note(number: int, content: str, **more: object) -> dict[str, Any]:
    return {"id": number, "active_flag": True, "content": content, "deal_id": 42} | more


def file(number: int, name: str, **more: object) -> dict[str, Any]:
    return {
        "id": number,
        "active_flag": True,
        "name": name,
        "file_name": f"x{number}.pdf",
        "deal_id": 42,
    } | more


DEAL_FIELDS = listed(
    definition("Otsikko", "title"),
    definition("ALV-tunnus", VAT),
    definition(
        "Maksuehto", TERMS, "enum", options=[{"id": 3, "label": "14 pv"}, {"id": 4, "label": "30 pv"}]
    ),
    definition("Omistaja", "owner_id", "user"),
    definition("Seuraava tehtävä", "next_activity_id", "activity", is_optional_response_field=True),
)
ORG_FIELDS = listed(
    definition("Nimi", "name"), definition("Osoite", "address", "address"), definition("ALV", VAT)
)
PERSON_FIELDS = listed(definition("Nimi", "name"), definition("Sähköposti", "email", "varchar"))


def account() -> Standin:
    """A stand-in that has the definitions and one signed-in user."""
    return (
        Standin()
        .on(f"GET {V1}/users/me", {"success": True, "data": ME})
        .on(f"GET {V2}/dealFields", DEAL_FIELDS)
        .on(f"GET {V2}/organizationFields", ORG_FIELDS)
        .on(f"GET {V2}/personFields", PERSON_FIELDS)
        .on(f"GET {V2}/deals/archived", listed())
        .on(f"GET {V2}/deals/installments", listed())
        .on(f"GET {V2}/products", listed({"id": 11, "name": "Kuukausipalvelu", "code": "KK", "tax": 25.5}))
    )


@contextmanager
def held_to_documents(standin: Standin) -> Iterator[Standin]:
    """At the end everything that was asked is held against the vendor's documents, where they are at hand."""
    yield standin
    standin.close()
    if folder := os.environ.get("BRIDGE_SPECS"):
        documents = Documents(Path(folder))
        wrong = {
            f"{r.method} {r.target}": documents.wrong_request(r)
            for _, r in standin.seen
            if "/api/" in r.target
        }
        assert not {call: why for call, why in wrong.items() if why}


def adapter_on(standin: Standin, **values: str) -> PipedriveAdapter:
    given = {"domain": "esimerkki", "api_token": TOKEN} | values
    context = ConnectionContext(
        name="pipedrive", endpoint=standin.toy.base, values=given, secret=lambda key: given[key],
        store_secret=lambda key, value: None, clock=standin.bench.clock, wire=standin.bench.wire,
    )  # fmt: skip
    opened = SPEC.open(context)
    assert isinstance(opened, PipedriveAdapter)
    return opened
