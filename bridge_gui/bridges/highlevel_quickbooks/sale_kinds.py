"""The kinds of sales a CRM makes and those who take its money, as a person reads them."""

from __future__ import annotations

from bridge_gui.accounting.crm import SourceKind
from bridge_gui.sync.specs import Option
from bridge_gui.wording.message import mark

KIND_TITLES = {
    SourceKind.ORDER_FORM: mark("Order forms and shop"),
    SourceKind.SUBSCRIPTION: mark("Subscriptions"),
    SourceKind.MEMBERSHIP: mark("Memberships and communities"),
    SourceKind.CALENDAR: mark("Calendar bookings"),
    SourceKind.INVOICE: mark("Invoices"),
    SourceKind.PAYMENT_LINK: mark("Payment links"),
    SourceKind.POINT_OF_SALE: mark("Point of sale"),
    SourceKind.BY_HAND: mark("Payments entered by hand"),
    SourceKind.SHOP_ELSEWHERE: mark("Other shops (Shopify, WooCommerce)"),
    SourceKind.OTHER: mark("Other payments"),
}
SALE_KINDS = tuple(Option(key=kind.value, title=title) for kind, title in KIND_TITLES.items())
PROVIDERS = (
    Option(key="stripe", title="Stripe"),
    Option(key="paypal", title="PayPal"),
    Option(key="square", title="Square"),
    Option(key="authorize-net", title="Authorize.net"),
    Option(key="nmi", title="NMI"),
    Option(key="razorpay", title="Razorpay"),
    Option(key="manual", title=mark("Entered by hand, cash, bank transfer")),
)
