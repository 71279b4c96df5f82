"""A webcrm on a stand-in, in answers as the vendor file and the Swagger document have them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from bridge_gui.vendors.webcrm.adapter import WebcrmAdapter
from bridge_gui.vendors.webcrm.client import WebcrmClient
from bridge_gui.web.oauth.access import Access
from tests.vendors.standin import Standin

SINCE = datetime(2026, 11, 20, 8, tzinfo=UTC)
NONE = "0001-01-01T00:00:00+00:00"
LOGIN, QUERIES, FIELDS = "POST /Auth/ApiLogin", "GET /Queries", "GET /FieldsMetadata/All"
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
    return {
        **usual,
        **own("OrganisationCustom", 15),
        **own("OrganisationExtraCustom", 8),
        "OrganisationXInt1": 0,
        **changes,
    }


def own(name: str, most: int) -> dict[str, str]:
    return {f"{name}{number}": "" for number in range(1, most + 1)}


def person(number: int = 311, **changes: Any) -> dict[str, Any]:
    usual = {
        "PersonId": number, "PersonFirstName": "Mette", "PersonMiddleName": "", "PersonLastName": "Prøve", "PersonTitle": "CFO",
        "PersonDirectPhone": "+45 00000001", "PersonMobilePhone": "", "PersonEmail": "mette@byg.example",
        "PersonOrganisationId": 42, "PersonStatus": "Active", "PersonUpdatedAt": "2026-11-20T10:00:00+01:00",
        "PersonCreatedAt": "2026-11-01T10:00:00+01:00", "PersonPassword": "hidden", "PersonLoginLog": "hidden",
    }  # fmt: skip
    return {**usual, **own("PersonCustom", 15), **changes}


def user(number: int = 1, **changes: Any) -> dict[str, Any]:
    usual = {
        "UserId": number, "UserName": "Karen Holm", "UserInitials": "KH", "UserEmail": "karen@eksempel.example",
        "UserTelephone": "", "UserMobilePhone": "", "UserTitle": "Sales", "UserUpdatedAt": NONE,
        "UserCreatedAt": "2020-01-01T10:00:00+01:00", "UserPassword": "hidden", "UserLoginLog": "hidden", "UserTicket": "hidden",
    }  # fmt: skip
    return {**usual, **own("UserCustom", 15), **changes}


def delivery(number: int = 2, **changes: Any) -> dict[str, Any]:
    usual = {
        "DeliveryId": number, "DeliveryNumber": "", "DeliveryOrganisationId": 42, "DeliveryPersonId": 311, "DeliveryResponsible": 1,
        "DeliveryOrderDate": "2026-11-20T00:00:00+01:00", "DeliveryDescription": "Desks", "DeliveryNote": "", "DeliveryCurrencyName": "DKK",
        "DeliveryDiscount": 0.0, "DeliveryOrderValue": 13999.1, "DeliveryOrderGmValue": 7098.6, "DeliveryStatus": "Planned",
        "DeliveryErpId": "", "DeliveryErpStatus": "NotReadyForSynchronization", "DeliveryErpSyncDateTime": NONE,
        "DeliveryUpdatedAt": "2026-11-20T09:00:00+00:00", "DeliveryCreatedAt": "2026-11-20T08:30:00+00:00",
    }  # fmt: skip
    return {**usual, **own("DeliveryCustom", 15), **own("DeliveryOpportunityCustom", 15), **changes}


def line(number: int = 8801, **changes: Any) -> dict[str, Any]:
    usual = {
        "QuotationLineId": number, "QuotationLineOpportunityId": 2, "QuotationLineOrganisationId": 42, "QuotationLineMemo": "",
        **own("QuotationLineData", 9), "QuotationLineData1": "1001", "QuotationLineData2": "Skrivebord", "QuotationLineData4": "-",
        "QuotationLineQuantity": 2.0, "QuotationLinePrice": 2499.5, "QuotationLineCostPrice": 1450.25, "QuotationLineDiscount": 10.0,
        "QuotationLineVatPercentage": 25.0, "QuotationLineSortOrder": 10,
    }  # fmt: skip
    return {**usual, **changes}


def price(number: int = 17, **changes: Any) -> dict[str, Any]:
    head = "QuotationLineLinkedDataItem"
    columns = {f"{head}Data{one}": "-" for one in range(1, 10)}
    usual = {
        f"{head}Id": number, f"{head}EntityType": "Product", **columns, f"{head}Data1": "1000", f"{head}Data2": "Rådgivning",
        f"{head}DataMemo": "", f"{head}ItemGroup": "YDE", f"{head}VatCode": "", f"{head}Price": 950.0, f"{head}CostPrice": 400.0,
    }  # fmt: skip
    return {**usual, **{head + name: value for name, value in changes.items()}}


def field(number: int, name: str, label: str = "", *choices: str, **changes: Any) -> dict[str, Any]:
    usual = {
        "FieldMetadataId": number, "FieldMetadataFriendlyFieldName": name, "FieldMetadataDbFieldName": "o_x", "FieldMetadataLabel": label,
        "FieldMetadataSortOrder": number, "FieldMetadataDisplayType": "D" if choices else "T", "FieldMetadataTextFieldMaxLength": 50,
        "FieldMetadataDropdownListData": [{"Text": one, "Value": one[:2]} for one in choices],
    }  # fmt: skip
    return {**usual, **changes}


def fields() -> list[dict[str, Any]]:
    return [
        field(1101, "OrganisationCustom1", "Debitornr."), field(1102, "OrganisationCustom2", "Faktura-e-mail", FieldMetadataTextFieldMaxLength=0),
        field(1104, "OrganisationCustom4", "Betalingsbetingelse", "07: 7 dage", "14: 14 dage"), field(1109, "OrganisationXInt1", ""),
        field(900, "OrganisationType", "Type", "Emne", "Kunde"), field(901, "OrganisationStatus", "Status", "A Kunde"),
        field(902, "OrganisationName", "Navn", FieldMetadataTextFieldMaxLength=200), field(1201, "DeliveryCustom1", "Dækningsbidrag"),
        field(1301, "UserCustom1", "Medarbejdernr."), field(1401, "PersonCustom1", "Uniconta-id"),
    ]  # fmt: skip


def adapter_on(one: Standin, named: str = "Eksempel Salg ApS") -> WebcrmAdapter:
    return WebcrmAdapter(client_on(one), named)
