"""24SevenOffice in Bridge's terms: an organisation with its customers, products and orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from bridge_gui.errors import SetupError
from bridge_gui.sync.capabilities import Company
from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.twentyfoursevenoffice.client import Application, TwentyFourSevenOfficeClient
from bridge_gui.vendors.twentyfoursevenoffice.customers import TwentyFourSevenOfficeCustomers
from bridge_gui.vendors.twentyfoursevenoffice.orders import TwentyFourSevenOfficeOrders
from bridge_gui.vendors.twentyfoursevenoffice.payloads import Named, OrderAnswer, ProductAnswer, TaxAnswer
from bridge_gui.vendors.twentyfoursevenoffice.shelf import TwentyFourSevenOfficeShelf
from bridge_gui.vendors.twentyfoursevenoffice.standing import TwentyFourSevenOfficeStanding
from bridge_gui.vendors.twentyfoursevenoffice.terms import CLASSIC_OFF, CLASSIC_ON, missing

if TYPE_CHECKING:
    from bridge_gui.vendors.twentyfoursevenoffice.soap import SoapClient

_HARMLESS = (
    ("salesorders", OrderAnswer),
    ("products", ProductAnswer),
)
"""Lists whose first entry is read to find out whether it may be."""


class TwentyFourSevenOfficeAdapter(
    TwentyFourSevenOfficeShelf,
    TwentyFourSevenOfficeCustomers,
    TwentyFourSevenOfficeOrders,
    TwentyFourSevenOfficeStanding,
):
    """One organisation at 24SevenOffice; `named` is what the user says it is called."""

    def __init__(
        self,
        client: TwentyFourSevenOfficeClient,
        named: str,
        today: Callable[[], date],
        classic: SoapClient | None = None,
    ) -> None:
        self._client = client
        self._classic = classic
        self._named = named
        self._today = today

    @classmethod
    def open(cls, context: ConnectionContext) -> TwentyFourSevenOfficeAdapter:
        """The adapter of a connection; calls nobody yet."""
        values = context.values
        application = Application(
            client_id=values.get("client_id", "").strip(),
            secret=context.secret("client_secret").strip(),
            organisation=values.get("organization_id", "").strip(),
        )
        client = TwentyFourSevenOfficeClient(context.endpoint, application, context.wire)
        named = values.get("company_name", "").strip()
        return cls(client, named, lambda: context.clock.now().date(), _classic(context, named))

    def company(self) -> Company:
        """Sign in, see that all rights are there, and name the organisation: it must be the one meant."""
        found = self.organisation
        self._check_rights()
        name = found.name or ""
        if self._named and name != self._named:
            near = _folded(name) == _folded(self._named)
            code = "name_near" if near else "other_company"
            raise SetupError(f"twentyfoursevenoffice.{code}", found=name, expected=self._named)
        if self._classic is not None:
            self._classic.check()
        return Company(id=str(found.id), name=name)

    def _check_rights(self) -> None:
        """What the token says it may do; where it says nothing, a few harmless reads."""
        lacking = missing(self._client.scope)
        if lacking:
            raise SetupError("twentyfoursevenoffice.missing_right", right=", ".join(lacking))
        if self._client.scope:
            return
        for path, shape in _HARMLESS:
            self._client.one(path, list[shape], {"limit": 1})  # type: ignore[valid-type]
        self._client.one("taxes", list[TaxAnswer])
        self._client.one("paymentmethods", list[Named])


def _classic(context: ConnectionContext, company: str) -> SoapClient | None:
    """The second sign-in, where it is wanted."""
    values = context.values
    if values.get("classic", CLASSIC_OFF) != CLASSIC_ON:
        return None
    from bridge_gui.vendors.twentyfoursevenoffice.soap import ClassicUser, SoapClient

    user = ClassicUser(
        application=values.get("soap_application", "").strip(),
        name=values.get("soap_user", "").strip(),
        password=context.secret("soap_password"),
        company=company,
    )
    return SoapClient(context.endpoint, user, context.wire, context.access)


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
