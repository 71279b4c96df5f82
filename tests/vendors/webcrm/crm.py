"""A webcrm on a stand-in, in answers as the vendor file and the Swagger document have them."""

from __future__ import annotations

from typing import Any

from bridge_gui.vendors.webcrm.client import WebcrmClient
from bridge_gui.web.oauth.access import Access
from tests.vendors.standin import Standin

LOGIN, QUERIES = "POST /Auth/ApiLogin", "GET /Queries"
CODE = "0b7c1d4e-1111-2222-3333-444455556666"


def token(value: str = "67b9aa01", **changes: Any) -> dict[str, Any]:
    usual = {
        "AccessToken": value, "RefreshToken": "a1b2", "TokenType": "Bearer", "ExpiresIn": 3600, "IsError": False,
        "Error": None, "ErrorDescription": None,
    }  # fmt: skip
    return {**usual, **changes}


def client_on(one: Standin, access: Access | None = None) -> WebcrmClient:
    return WebcrmClient(one.toy.base, CODE, one.bench.wire, access)


def organisation(number: int = 42, **changes: Any) -> dict[str, Any]:
    usual = {
        "OrganisationId": number, "OrganisationName": "Example ApS", "OrganisationAddress": "Example Street 1\r\n2nd floor",
        "OrganisationPostCode": "8000", "OrganisationCity": "Aarhus C", "OrganisationCountry": "Danmark", "OrganisationState": "",
        "OrganisationTelephone": "+45 00000000", "OrganisationVatNumber": "12345678", "OrganisationVatGroup": "",
        "OrganisationType": "Kunde", "OrganisationStatus": "A Kunde", "OrganisationOwner": 7, "OrganisationOwner2": 0,
        "OrganisationWww": "", "OrganisationUpdatedAt": "2026-11-20T09:00:00+00:00", "OrganisationUpdatedBy": "JS",
        "OrganisationCreatedAt": "2026-11-01T09:00:00+00:00",
    }  # fmt: skip
    customs = {f"OrganisationCustom{number}": "" for number in range(1, 16)}
    extras = {f"OrganisationExtraCustom{number}": "" for number in range(1, 9)}
    return {**usual, **customs, **extras, **changes}
