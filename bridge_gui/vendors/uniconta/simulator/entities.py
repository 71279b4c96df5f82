"""The fields of Uniconta's records: names as the vendor's own client binds them, kinds as uniconta.md.

A test holds the names against the published list. `MORE` are names that uniconta.md met elsewhere. INFERRED:
kinds, which fields Uniconta itself fills in, and all of the small tables under `SMALL`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bridge_gui.vendors.uniconta.simulator.countries import CHOICES

NAMES: Mapping[str, str] = {
    "DebtorClient": "Account Act Address1 Address2 Address3 BalanceMethod BankAccount"
    " BankAccountType Blocked City CompanyRegNo CompanyState ContactEmail"
    " ContactPerson Country Created CreditMax CrmGroup CurBalance CurBalanceCur"
    " Currency D2CAccount DeliveryAddress1 DeliveryAddress2 DeliveryAddress3"
    " DeliveryCity DeliveryContactEmail DeliveryContactPerson DeliveryCountry"
    " DeliveryId DeliveryName DeliveryPhone DeliveryTerm DeliveryZipCode"
    " Dimension1 Dimension2 Dimension3 Dimension4 Dimension5 DirectDebitActive"
    " EAN EEIsNotVatDeclOrg EORI EmailDocuments Employee EndDiscountPct Group"
    " HasContactEmail HasDocs HasNotes HasWebsite IndustryCode Interests"
    " InvoiceAccount InvoiceEmail InvoiceInXML ItemNameGroup LastInvoice"
    " LayoutGroup LineDiscountPct MicroEnterprise MobilPhone Name OurAccount"
    " Overdue OverdueCur PackagingConsumer Payment PaymentFormat Phone"
    " PostingAccount PriceGroup PriceList PricesInclVat Products RefInPayment"
    " SWIFT Shipment TransType UserLanguage Vat VatNumber VatOperation VatZone"
    " Www ZipCode",
    "DebtorOrderClient": "Account Approved ApprovedDate Approver Blocked Cartons CompanyAddress"
    " ConfirmPrinted ContactName CostValue Country Created CreatedTime CreditMax"
    " CurBalance Currency CustomsNo DeleteLines DeleteOrder DeliveryAddress1"
    " DeliveryAddress2 DeliveryAddress3 DeliveryCity DeliveryContactEmail"
    " DeliveryContactPerson DeliveryCountry DeliveryDate DeliveryDateConfirmed"
    " DeliveryIsInvoiceAddress DeliveryName DeliveryPhone DeliveryTerm"
    " DeliveryZipCode Dimension1 Dimension2 Dimension3 Dimension4 Dimension5"
    " Discount DueDate Employee EndDiscountPct ExchangeRate Group HasDocs"
    " HasNotes Installation InvoiceAccount InvoiceDate InvoiceEmail"
    " InvoiceInterval LastInvoice LastPackNote LayoutGroup Margin MarginRatio"
    " Name NetWeight NextInvoice NoLines Offer OrderNumber OrderTotal OurRef"
    " Overdue PackNotePrinted PackagingConsumer Payment PaymentFormat"
    " PicklistPrinted PostingAccount PostingText PrCategory PriceList"
    " PricesInclVat ProducedQty Project RelatedOrder Remark Requisition"
    " SalesValue Settlements Shipment Split SubscriptionEnded Task"
    " TotalBeforeVAT TotalQty TransType UpdatedAt UpdatingItems Vat Volume"
    " Weight WorkSpace YourRef",
    "DebtorOrderLineClient": "Available AvailableForReservation Cartons CategoryName CostPrice CostValue"
    " Currency CustomerItemNumber Date DeleteLine DeliveryDate Discount"
    " DiscountPct DoInvoice EAN Employee IgnoreBlocked InvItemLocation"
    " InvItemWarehouse IsMarked Item ItemName LineNumber Location Margin"
    " MarginRatio MaxStockLevel MinStockLevel Note OrderNumber PostingAccount"
    " PostingText PrCategory Price PrimaryKey2Id Project PurchaseAccount Qty"
    " QtyDelivered QtyInvoiced QtyNow QtyOrdered QtyReserved ReferenceNumber"
    " Remaining SalesValue SerieBatch SerieBatchMarked Storage Subtotal Task"
    " Text Total Unit UnitGroup UpdatedAt Variant1Name Variant2Name Variant3Name"
    " Variant4Name Variant5Name Vat Volume Warehouse Week Weight WorkSpace",
    "DebtorInvoiceClient": "Account AmountLocalCur Cartons CashDiscount CashDiscountDate CashPayment"
    " CompanyAddress CostRestated CostValue CreditnoteDate Currency CustomsNo"
    " Date Deleted DeliveryAccount DeliveryAddress1 DeliveryAddress2"
    " DeliveryAddress3 DeliveryCity DeliveryContactEmail DeliveryContactPerson"
    " DeliveryCountry DeliveryDate DeliveryName DeliveryPhone DeliveryTerm"
    " DeliveryTermText DeliveryTime DeliveryZipCode DueDate EAN Employee"
    " EndDiscountPct ErrorEmail ErrorOIO ExchangeRate ExchangeSymbol"
    " Installation InvoiceInterval InvoiceNumber IsOneTimeDebtor JournalPostedId"
    " LayoutGroup LineAmount Margin MarginRatio Name NetAmount NetWeight"
    " NumberSerie Offer OrderCreated OrderGroup OrderNumber OurRef PackNote"
    " Payment PrCategory PricesInclVat Project ReferenceNumber Remark"
    " Requisition SalesValue SendTime SendTimeDirectDebit SendTimeOIO Shipment"
    " ShipmentText SystemInfo TotalAmount Vat Vat2 Vat3 VatAmount VatPct VatPct2"
    " VatPct3 VatTotal VatTotal2 VatTotal3 VoidInvoice Volume Voucher VoucherX"
    " Weight WithholdingPct WorkSpace YourRef",
    "DebtorInvoiceLines": "AccountName AmountInclVat Cartons CostPosted CostPrice CostRestated"
    " CostValue Currency Date DateOnOrder DeliveryTime DiscountPct Employee"
    " EndDiscountPct GrossAmount HasSeriaBatch InvoiceNetAmount InvoiceNumber"
    " InvoiceQty InvoiceTotal Item ItemName LineNumber Location Margin"
    " MarginRatio MovementType NetAmount NetDiscount Note OrderNumber PartOfBOM"
    " PostingAccount PrCategory Project ReferenceNumber SalesPrice SalesPriceCur"
    " StockUpdate Subtotal Task Text Unit UnitGroup UnitStr Variant1Name"
    " Variant2Name Variant3Name Variant4Name Variant5Name Vat Volume Warehouse"
    " Week Weight WorkSpace",
    "DebtorTransClient": "Amount AmountCur Credit CreditCur Currency Date Debit DebitCur"
    " DeliveryAccount DocumentRef ExchangeRegulated FromCreditor HasVoucher"
    " Invoice JournalPostedId Open PostType Project ReferenceNumber Text"
    " TransType Voucher VoucherX",
    "DebtorTransOpenClient": "Account Amount AmountCur AmountOpen AmountOpenCur CashDiscount"
    " CashDiscountDate CollectionsLetters Comment Credit CreditCur Currency Date"
    " Debit DebitCur DeliveryAccount DocumentRef DueDate FeeAmount FromCreditor"
    " GraceDate HasVoucher Invoice JournalPostedId LastCollectionLetter"
    " LastCollectionsLetterCode LastInterest Message Name NumberSerie OnHold"
    " OrderNumber Overdue OverdueCur Paid Payment PaymentCharge PaymentFormat"
    " PostType PrimaryKeyId Project ReferenceNumber SendToCollection Text"
    " TransType Vat VatAmount VatOfCashDiscount Voucher VoucherX YourRef",
    "InvItemClient": "AlternativeItem Available AvailableForReservation AverageCost"
    " BOMCostOfLines Blocked BrandGroup Cartons CategoryGroup CostModel"
    " CostPrice CostValue CountryOfOrigin Currency1 Currency2 Currency3 Decimals"
    " DeliveryTime Dimension1 Dimension2 Dimension3 Dimension4 Dimension5"
    " DiscountGroup DutyGroup EAN Group HasDocs HasNotes HideInPurchase"
    " HideInSales Image IncludeInDiscount IntraUnit InvoiceAttachment Item"
    " ItemIncludedInBOM ItemType LastMovement Location MandatorySerialBatch"
    " MandatorySerialBatchMarking MandatoryVariant MaxStockLevel MinStockLevel"
    " Name NetWeight PayrollCategory Photo PrCategory ProducerResponsibility"
    " PurchaseAccount PurchaseCurrency PurchaseMin PurchasePrice PurchaseQty"
    " PurchaseUnit Qty QtyOnStock QtyOrdered QtyReserved SalesPrice1 SalesPrice2"
    " SalesPrice3 SalesQty SalesUnit SerialOrBatch StandardVariant"
    " StatisticsGroup StockPosition SupplierItemId TariffNumber UNSPSC URL Unit"
    " UnitGroup UseAlternative UseStorage UseVariants Volume Warehouse Weight",
    "ContactClient": "AccountName AccountSource AccountStatement CollectionLetter Confirmation"
    " ContactType DCAccount DCType EAN Email GetEmailIfContact HasContactEmail"
    " HasDocs HasNotes InterestNote Interests Invoice Mobil Name Offer Packnote"
    " PrimaryKeyId Products ReferenceId Title",
    "EmployeeClient": "Address1 Address2 ApproveOnEmail Approver Approver2 Approver2Name"
    " ApproverName Blocked City Confirmation CostPrice Dimension1 Dimension2"
    " Dimension3 Dimension4 Dimension5 Email Group HasContactEmail HasDocs"
    " HasNotes Hired Invoice MNENo Mobil Name Number Offer PayId PayrollCategory"
    " PersonalId PrivateEmail PrivateMobil SalesPrice TMApproveDate TMCloseDate"
    " Terminated Title UserLoginId UserName VechicleRegNo Warehouse ZipCode",
    "TableChangeEventClient": "Argument ErrorMessage HasError Job LastEvent Table Url UsePost",
}
MORE: Mapping[str, str] = {
    "DebtorClient": "PrimaryKeyId",
    "DebtorOrderClient": "PrimaryKeyId",
    "DebtorOrderLineClient": "PrimaryKeyId Dimension1 Dimension2 Dimension3 Dimension4 Dimension5",
    "DebtorInvoiceClient": "PrimaryKeyId DeliveryCountryName",
    "DebtorInvoiceLines": "PrimaryKeyId",
    "DebtorTransClient": "PrimaryKeyId Account",
    "InvItemClient": "PrimaryKeyId",
    "EmployeeClient": "PrimaryKeyId",
    "TableChangeEventClient": "PrimaryKeyId",
}
SMALL: Mapping[str, str] = {
    "CompanyClient": "CompanyId Name Address1 ZipCode City Country Currency PrimaryKeyId",
    "DebtorGroupClient": "Group Name PrimaryKeyId",
    "PaymentTermClient": "Payment Name Days PrimaryKeyId",
    "GLVatClient": "Vat Name Rate VatType PrimaryKeyId",
    "InvGroupClient": "Group Name PrimaryKeyId",
}
KEYS: Mapping[str, str] = {
    "DebtorClient": "Account", "DebtorOrderClient": "OrderNumber", "InvItemClient": "Item",
    "EmployeeClient": "Number", "DebtorInvoiceClient": "InvoiceNumber", "DebtorGroupClient": "Group",
    "PaymentTermClient": "Payment", "GLVatClient": "Vat", "InvGroupClient": "Group",
    "CompanyClient": "CompanyId",
}  # fmt: skip
"""The key of an entity; the others have their row id only."""
WRITABLE = (
    "DebtorClient", "DebtorOrderClient", "DebtorOrderLineClient", "InvItemClient", "EmployeeClient",
    "ContactClient", "TableChangeEventClient",
)  # fmt: skip
INTS = (
    "OrderNumber InvoiceNumber PrimaryKeyId PrimaryKey2Id NoLines LastPackNote RelatedOrder Voucher"
    " VoucherX JournalPostedId Cartons InvoiceInterval Decimals Days CompanyId Table PackNote Week"
)
NUMBERS = (
    "CreditMax CurBalance CurBalanceCur EndDiscountPct LineDiscountPct Overdue OverdueCur CostValue"
    " Discount ExchangeRate Margin MarginRatio NetWeight OrderTotal ProducedQty SalesValue"
    " TotalBeforeVAT TotalQty Volume Weight LineNumber Qty Price DiscountPct Total CostPrice QtyNow"
    " QtyDelivered QtyInvoiced QtyOrdered QtyReserved Remaining Subtotal Available"
    " AvailableForReservation MaxStockLevel MinStockLevel AmountLocalCur CashDiscount CostRestated"
    " LineAmount NetAmount TotalAmount VatAmount VatPct VatPct2 VatPct3 VatTotal VatTotal2 VatTotal3"
    " WithholdingPct AmountInclVat CostPosted GrossAmount InvoiceNetAmount InvoiceQty InvoiceTotal"
    " NetDiscount SalesPrice SalesPriceCur Amount AmountCur AmountOpen AmountOpenCur Credit CreditCur"
    " Debit DebitCur ExchangeRegulated FeeAmount PaymentCharge VatOfCashDiscount AverageCost"
    " BOMCostOfLines PurchaseMin PurchasePrice PurchaseQty QtyOnStock SalesPrice1 SalesPrice2"
    " SalesPrice3 SalesQty Rate"
)
FLAGS = (
    "Blocked PricesInclVat DirectDebitActive HasDocs HasNotes HasContactEmail HasWebsite InvoiceInXML"
    " RefInPayment MicroEnterprise EEIsNotVatDeclOrg Approved DeleteLines DeleteOrder"
    " DeliveryIsInvoiceAddress UpdatingItems DeleteLine DoInvoice IgnoreBlocked IsMarked"
    " SerieBatchMarked CashPayment Deleted ErrorEmail ErrorOIO IsOneTimeDebtor VoidInvoice PartOfBOM"
    " StockUpdate HasSeriaBatch FromCreditor HasVoucher Open OnHold Paid SendToCollection HideInPurchase"
    " HideInSales IncludeInDiscount MandatorySerialBatch MandatorySerialBatchMarking MandatoryVariant"
    " UseStorage UseVariants ItemIncludedInBOM AccountStatement CollectionLetter Confirmation"
    " GetEmailIfContact InterestNote Packnote ApproveOnEmail HasError UsePost"
)
DATES = (
    "Created ApprovedDate ConfirmPrinted DeliveryDate DeliveryDateConfirmed DueDate InvoiceDate"
    " NextInvoice PackNotePrinted PicklistPrinted SubscriptionEnded UpdatedAt Date CashDiscountDate"
    " CreditnoteDate OrderCreated SendTime SendTimeDirectDebit SendTimeOIO DateOnOrder GraceDate"
    " LastCollectionLetter LastInterest LastMovement Hired Terminated TMApproveDate TMCloseDate"
    " LastEvent"
)
APART: Mapping[str, Mapping[str, str]] = {
    "DebtorClient": {"LastInvoice": "date"},
    "DebtorOrderClient": {"LastInvoice": "int", "Offer": "int", "Discount": "number"},
    "DebtorTransClient": {"Invoice": "int"},
    "DebtorTransOpenClient": {"Invoice": "int"},
    "ContactClient": {"Invoice": "flag", "Offer": "flag"},
    "EmployeeClient": {"Invoice": "flag", "Offer": "flag", "Blocked": "flag"},
}
LIMITS: Mapping[str, Mapping[str, int]] = {
    "DebtorClient": {
        "Account": 20, "Name": 100, "Address1": 60, "Address2": 60, "Address3": 60, "ZipCode": 12, "City": 30,
    },
}  # fmt: skip
OWN: Mapping[str, str] = {
    "DebtorClient": "CurBalance CurBalanceCur Overdue OverdueCur Created LastInvoice"
    " HasContactEmail HasDocs HasNotes HasWebsite",
    "DebtorOrderClient": "Name CompanyAddress CurBalance CreditMax Overdue Blocked CostValue Margin"
    " MarginRatio NoLines OrderTotal SalesValue TotalBeforeVAT TotalQty"
    " NetWeight Volume Weight Created CreatedTime UpdatedAt LastInvoice"
    " LastPackNote InvoiceDate HasDocs HasNotes ProducedQty ConfirmPrinted"
    " PackNotePrinted PicklistPrinted ExchangeRate",
    "DebtorOrderLineClient": "PrimaryKey2Id Total CostValue Margin MarginRatio SalesValue Subtotal"
    " ItemName Available AvailableForReservation QtyInvoiced QtyDelivered"
    " QtyOrdered QtyReserved Remaining UpdatedAt EAN",
    "InvItemClient": "Available AvailableForReservation AverageCost BOMCostOfLines CostValue"
    " HasDocs HasNotes LastMovement Qty QtyOnStock QtyOrdered QtyReserved"
    " ItemIncludedInBOM",
    "ContactClient": "AccountName AccountSource HasContactEmail HasDocs HasNotes",
    "EmployeeClient": "HasContactEmail HasDocs HasNotes Approver2Name ApproverName UserName",
    "TableChangeEventClient": "HasError ErrorMessage LastEvent Job",
}
"""What Uniconta fills in itself; sent, it is not taken."""
EMPTY: Mapping[str, object] = {"int": 0, "number": 0, "flag": False, "date": "0001-01-01T00:00:00"}


class Field(NamedTuple):
    """One field: text, int, number, flag or date; a text may have a longest length."""

    kind: str
    limit: int = 0


class Entity(NamedTuple):
    """One kind of record."""

    name: str
    key: str
    fields: Mapping[str, Field]
    own: frozenset[str]
    blank: Mapping[str, object]
    """What an empty record shows: figures, flags and dates have no null."""
    choices: tuple[str, ...]

    @property
    def table(self) -> str:
        """Its name without `Client`."""
        return self.name.removesuffix("Client")


def entities() -> dict[str, Entity]:
    """All of them by name."""
    return {name: _entity(name) for name in (*NAMES, *SMALL)}


def _entity(name: str) -> Entity:
    names = f"{NAMES.get(name, SMALL.get(name, ''))} {MORE.get(name, '')}".split()
    fields = {one: Field(_kind(name, one), LIMITS.get(name, {}).get(one, 0)) for one in names}
    own = frozenset({"PrimaryKeyId", *OWN.get(name, "").split()})
    blank = {one: EMPTY[field.kind] for one, field in fields.items() if field.kind in EMPTY}
    choices = tuple(one for one in fields if one in CHOICES)
    return Entity(name, KEYS.get(name, "PrimaryKeyId"), fields, own, blank, choices)


def _kind(entity: str, name: str) -> str:
    apart = APART.get(entity, {}).get(name)
    if apart is not None:
        return apart
    kinds = {"int": INTS, "number": NUMBERS, "flag": FLAGS, "date": DATES}
    return next((kind for kind, names in kinds.items() if name in names.split()), "text")
