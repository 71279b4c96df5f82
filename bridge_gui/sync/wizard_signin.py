"""The wizard's part of signing in at a vendor's own page: begun, waited for, pasted, taken or dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridge_gui.errors import SetupError
from bridge_gui.sync import signing
from bridge_gui.sync.capabilities import Company
from bridge_gui.web.oauth.flow import Signed, SignInFlow
from bridge_gui.web.oauth.page import Text

if TYPE_CHECKING:
    from bridge_gui.sync.events import Listener
    from bridge_gui.sync.house import House
    from bridge_gui.sync.setup import Setup
    from bridge_gui.sync.specs import VendorSpec
    from bridge_gui.sync.wizard import Trouble, What, Work
    from bridge_gui.web.waiting import Cancel


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """What a sign-in led to; nothing of it is kept yet."""

    signed: Signed
    companies: tuple[Company, ...]


class SigningIn:
    """What a wizard knows of the sign-in that is under way, and of those that are done."""

    setup: Setup
    error: Trouble | None
    busy: Work | None
    _house: House

    if TYPE_CHECKING:

        def vendor(self, key: str) -> VendorSpec: ...  # noqa: D102
        def problems(self) -> dict[str, Trouble]: ...  # noqa: D102
        def answer(self, place: str, value: str) -> None: ...  # noqa: D102
        def _begin(self, what: What, run: Callable[[Cancel, Listener], Any], vendor: str = "") -> Work: ...

    def __init__(self) -> None:
        self.signing: SignInFlow | None = None
        self.no_port: SetupError | None = None
        self._companies: dict[str, tuple[Company, ...]] = {}
        self._began_with: tuple[str, ...] = ()

    def may_sign_in(self, place: str) -> bool:
        """Whether the vendor's other questions are answered as far as the sign-in needs them."""
        spec = self.vendor(place.partition(".")[0])
        needed = {f"{spec.key}.{asked.key}" for asked in spec.fields} | {f"{spec.key}.endpoint"}
        return not (needed & set(self.problems()) - {place})

    def is_signed_in(self, place: str) -> bool:
        """Whether there is a sign-in, new or kept."""
        return bool(self.setup.secret(place))

    def redirects(self, place: str) -> tuple[str, ...]:
        """The addresses to be registered with the app at the vendor."""
        vendor = place.partition(".")[0]
        return signing.terms_of(self.vendor(vendor), self.setup.connection(vendor)).redirects

    def host(self, place: str) -> str:
        """Whose page is opened."""
        vendor = place.partition(".")[0]
        return signing.terms_of(self.vendor(vendor), self.setup.connection(vendor)).host

    def companies(self, place: str) -> tuple[Company, ...]:
        """The companies that the sign-in leads to, as far as they are known."""
        return self._companies.get(place.partition(".")[0], ())

    def company_place(self, place: str) -> str:
        """Where the chosen company is kept, empty where a sign-in leads to one only."""
        spec = self.vendor(place.partition(".")[0])
        return f"{spec.key}.{spec.company_field}" if spec.company_field else ""

    def lacks_company(self, place: str) -> bool:
        """Whether a sign-in is there, and it is still open which company is meant."""
        vendor, _, key = place.partition(".")
        spec = self._house.registry.vendors.get(vendor)
        if spec is None or not key or spec.sign_in != key or not self.is_signed_in(place):
            return False
        company = self.company_place(place)
        return bool(company) and not self.setup.answers.plain.get(company)

    def sign_in(self, place: str, text: Text = str) -> Work | None:
        """Begin a sign-in; its address is `signing.address` from now on."""
        if self.busy is not None or not self.may_sign_in(place):
            return None
        vendor = place.partition(".")[0]
        self.error, self.no_port = None, None
        flow = signing.begin(self.setup, vendor, text)
        try:
            flow.listen()
        except SetupError as error:  # pasting is left
            self.no_port = error
        self.signing, self._began_with = flow, self._asked_with(vendor)
        setup, row, house = self.setup, self.setup.connection(vendor), self._house

        def run(cancel: Cancel, _tell: Listener) -> SignedIn:
            with flow, house.job(cancel) as job:
                wire = setup.opener.wire(row, job)
                flow.follow(wire)
                signed = flow.wait(wire)
                return SignedIn(signed=signed, companies=signing.reached(setup, row, signed, job))

        return self._begin("sign_in", run, vendor)

    def paste(self, text: str) -> SetupError | None:
        """Take the last page's address as pasted; gives what is wrong with it."""
        return self.signing.offer(text) if self.signing is not None else None

    def _signed(self, vendor: str, result: SignedIn) -> SetupError | None:
        """Take a finished sign-in, unless it was begun with other answers."""
        self.signing = None
        if self._began_with != self._asked_with(vendor):
            return SetupError("oauth.other_page")
        signing.take(self.setup, vendor, result.signed)
        self._companies[vendor] = result.companies
        try:
            signing.choose(self.setup, vendor, result.companies)
        except SetupError as error:
            return error
        return None

    def _outdate(self, place: str) -> None:
        """Another app or address: a sign-in made with the old one counts no longer."""
        vendor, _, key = place.partition(".")
        spec = self._house.registry.vendors.get(vendor)
        if spec is not None and spec.sign_in and key not in (spec.sign_in, spec.company_field):
            self.setup.answers.secrets.pop(f"{vendor}.{spec.sign_in}", None)
            self._companies.pop(vendor, None)

    def _asked_with(self, vendor: str) -> tuple[str, ...]:
        """The answers that a sign-in depends on."""
        spec, answers = self.vendor(vendor), self.setup.answers
        others = (spec.sign_in, spec.company_field)
        places = [f"{vendor}.{asked.key}" for asked in spec.fields if asked.key not in others]
        places.append(f"{vendor}.endpoint")
        return tuple(answers.plain.get(place) or self.setup.secret(place) for place in places)
