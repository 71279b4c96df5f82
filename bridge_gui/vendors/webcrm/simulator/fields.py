"""The fields of webcrm's records: names, kinds and lengths as the vendor's Swagger document has them.

A test holds these tables against the document. Inferred: which of them webcrm itself writes (`own`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

STAMPS = "CreatedAt:date CreatedBy UpdatedAt:date UpdatedBy"
CUSTOM = "Plus1-20 Custom1-15 Memo"
LINKED_TO = (
    "Undefined", "Organisation", "Person", "Activity", "Meeting", "Opportunity", "Delivery", "Product",
    "SupportCase", "SupportFaq",
)  # fmt: skip
STATUSES = ("New", "Planned", "OnGoing", "Completed", "GeneralDelivery")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "OrganisationLastItemType": (
        "Undefined",
        "Activity",
        "Opportunity",
        "Delivery",
        "Meeting",
        "SupportCase",
    ),
    "PersonStatus": ("Active", "Resigned", "Other", "Guest"),
    "DeliveryStatus": STATUSES,
    "DeliveryRisk": ("NoRisk", "Small", "Medium", "High", "Crises"),
    "DeliveryErpStatus": ("NotReadyForSynchronization", "ReadyForSynchronization", "Synchronized"),
    "QuotationLineLinkedDataItemEntityType": LINKED_TO,
    "UserAddressFormat": ("Scandinavian", "UK", "US"),
    "UserBccMode": ("NoTag", "TagBeginning", "TagEnd"),
    "UserCalendarColorScheme": (*(f"Scheme{at}" for at in range(10)), "Dashboard"),
    "UserDateFormat": ("DDhMMhYYYY", "YYYYhMMhDD", "MMsDDsYYYY", "DDpMMpYYYY", "YYYYpMMpDD"),
    "UserSupportCaseNotificationType": ("Never", "StatusEmail", "StatusEmailAndMessage", "Default"),
    "UserSupportCaseStatus": ("Available", "Busy", "OffLine", "Absent"),
    "UserSynchronizationMode": ("Enabled", "Disabled"),
    "UserTimeFormat": ("Hours24", "Hours12"),
}
TEXTS: Mapping[str, str] = {
    "Organisation": "Address:250 Alert:50 ApprovalStatus:int City:50 Comment CompareName:500 Country:50"
    " DivisionName:200 Domain:50 ExtraCustom1-8:50 Fax:50 Gps:50 Id:int ImageFileExtension Industry:50"
    " LastDisplayedAt:date LastItemType LastItemUpdatedAt:date MarketDataId MarketDataProviderId:int"
    " Name:200 NoAds:flag History OutlookSync:int OverlayUrl Owner:int Owner2:int PostCode"
    " ReportTemp:int Sla:int State Status Telephone:50 TelephoneSearch TerritoryId:int Type"
    " VatCountry:10 VatGroup:20 VatNumber:50 VatStatus VatVerifiedAt:date Www:50 XDate1-2:date"
    " XInt1-8:int XMemo1-2 XText1-8:50",
    "Person": "Birthday:date BlockMassEmail:flag BlockMassEmail2:flag CampaignPassword"
    " CampaignWrongPasswordCount:int CheckMark1-10:flag Comment DirectPhone Email Email2"
    " EmailBounces:flag Email2Bounces:flag FirstName Id:int ImageFileExtension LastLoginDateTime:date"
    " LastName LoginLog MarketDateId MemberGroupId:int MemberLanguageId:int MemberNumber MemberPassword"
    " MemberStartDate:date MemberStatusId:int MemberWrongPasswordCount:int MiddleName MobilePhone Name"
    " History OrganisationId:int Password Salutation Skype SortOrder:int Status SupportLanguageId:int"
    " TelephoneSearch Title",
    "Delivery": "AssignedTo:int AssignedTo2:int Comment CurrencyName Description Discount:number ErpId"
    " ErpReadOnly ErpStatus ErpSyncDateTime:date GmRevenue1-12:number History Id:int NextFollowUp:date Note"
    " Number OpportunityCustom1-15 OpportunityMemo OpportunityPlus1-20 OrderDate:date OrderGmValue:number"
    " OrderValue:number OrganisationId:int Percent:int PersonId:int Product ProductId:int"
    " QuotationLanguageId:int Responsible:int Revenue1-12:number Risk Search1 Search2 SpentTime Status"
    " Type:int UserGroupId:int WinPercent:int WinPercent2:int WinYesNo:flag WonDate:date",
    "QuotationLine": "Comment CostPrice:number Data1-9 Discount:number Id:int ListPrice:number Memo"
    " OpportunityId:int OrganisationId:int PersonId:int Price:number Quantity:number SortOrder:int"
    " StockStatus VatPercentage:number",
    "QuotationLineLinkedDataItem": "CostPrice:number VatCode Data1-9 DataMemo EntityType Id:int ItemGroup"
    " Price:number",
    "User": "AccessId:int AccessLevel:int AddressFormat AdvancedGroups AuthenticationCode BccEmail BccMode"
    " BccTag BudgetNote CalendarColorScheme CurrencyName DateFormat DecimalPoint"
    " DefaultSupportCaseChannel:int DefaultMemberGroupId:int DefaultOpportunity2ndResponsible:int"
    " DefaultOrganisation2ndResponsible:int Email GmtDifference:int GroupId:int Id:int Initials"
    " IntegrationId IpRestrict IsRestApiEnabled:flag IsSpellCheckerEnabled:flag"
    " IsSupportCaseAvailableStatusEnabled:flag LanguageId:int LastLoginDateTime:date"
    " LastTryDateTime:date LoginCount:int LoginLog LoginName MobilePhone Name Password"
    " PasswordInUrl:flag PasswordUpdatedAt:date PhoneParameters SmsLogin:int SoftCall"
    " SupportCaseExpirationDateTime:date SupportCaseLatest:date SupportCaseNotificationType"
    " SupportCaseStatus SynchronizationMode Telephone Territories Ticket TicketExpirationDateTime:date"
    " TimeFormat Title WrongPasswordCount:int Custom1-15 Memo",
}
CUSTOMS = {"Organisation": CUSTOM, "Person": CUSTOM, "Delivery": CUSTOM}
OWN = {
    "Organisation": "CompareName History LastDisplayedAt LastItemType LastItemUpdatedAt TelephoneSearch"
    " VatStatus VatVerifiedAt",
    "Person": "Name History TelephoneSearch LoginLog LastLoginDateTime",
    "Delivery": "History Search1 Search2",
    "User": "LoginCount LoginLog LastLoginDateTime LastTryDateTime PasswordUpdatedAt",
}
EMPTY_DATE = "0001-01-01T00:00:00+00:00"
EMPTY: Mapping[str, object] = {"text": "", "int": 0, "number": 0, "flag": False, "date": EMPTY_DATE}


class Field(NamedTuple):
    """One field; a text may have a longest length, an enumeration its values."""

    kind: str
    limit: int = 0
    values: tuple[str, ...] = ()

    @property
    def empty(self) -> object:
        """What stands there when nothing was written."""
        return self.values[0] if self.values else EMPTY[self.kind]


class Shape(NamedTuple):
    """One kind of record: the prefix of its names, its fields, and those that webcrm itself writes."""

    prefix: str
    fields: Mapping[str, Field]
    own: frozenset[str]

    @property
    def key(self) -> str:
        """The name of its id."""
        return f"{self.prefix}Id"


def shape(prefix: str) -> Shape:
    """The table of one kind of record, by the prefix of its fields."""
    stamps = "" if prefix == "QuotationLineLinkedDataItem" else STAMPS
    text = f"{TEXTS[prefix]} {stamps} {CUSTOMS.get(prefix, '')}"
    fields: dict[str, Field] = {}
    for word in text.split():
        stem, _, told = word.partition(":")
        for name in _counted(stem):
            fields[prefix + name] = _field(prefix + name, told)
    own = f"{OWN.get(prefix, '')} {stamps}".split()
    return Shape(prefix, fields, frozenset(prefix + word.partition(":")[0] for word in own))


def _counted(stem: str) -> list[str]:
    """`Data1-9` is nine names."""
    head, dash, last = stem.partition("-")
    if not dash:
        return [head]
    return [f"{head[:-1]}{number}" for number in range(1, int(last) + 1)]


def _field(name: str, told: str) -> Field:
    if name in CHOICES:
        return Field("choice", values=CHOICES[name])
    return Field("text", int(told)) if told.isdigit() else Field(told or "text")
