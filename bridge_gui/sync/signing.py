"""Signing in at a vendor's own page while a bridge is set up, with a window and without one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from bridge_gui.errors import SetupError, SignInError
from bridge_gui.store.rows import ConnectionRow
from bridge_gui.sync.capabilities import Company, ReachesCompanies
from bridge_gui.sync.specs import VendorSpec
from bridge_gui.web.address import is_loopback, origin
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.oauth.flow import Signed, SignInFlow
from bridge_gui.web.oauth.page import Text
from bridge_gui.web.oauth.terms import OAuth
from bridge_gui.web.wire import Wire

if TYPE_CHECKING:
    from bridge_gui.sync.opener import Job
    from bridge_gui.sync.setup import Setup

APP_SECRET = "client_secret"  # noqa: S105 - the key of a field


class DraftKeychain(MemoryKeychain):
    """The secrets of a bridge being set up; a sign-in renewed meanwhile is the answer from then on.

    A sign-in of before that is not given anew is the living bridge's own: renewing it turns it over at the
    vendor, so it is written to the real keychain at once, whether the set-up is finished or left.
    """

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self._setup = setup

    def get(self, connection: str, field: str) -> str | None:
        """The secret as it stands."""
        place = self._sign_in(connection, field)
        return (self._setup.secret(place) or None) if place else super().get(connection, field)

    def set(self, connection: str, field: str, value: str) -> None:
        """Keep it: with the answers, or where it came from."""
        place = self._sign_in(connection, field)
        if place:
            self._setup.renewed(place, value)
        else:
            super().set(connection, field, value)

    def _sign_in(self, connection: str, field: str) -> str:
        vendor = connection.rpartition(".")[2]
        spec = self._setup.house.registry.vendors.get(vendor)
        return f"{vendor}.{field}" if spec is not None and spec.sign_in == field else ""


def terms_of(spec: VendorSpec, row: ConnectionRow) -> OAuth:
    """How to sign in at a connection's address."""
    assert spec.oauth is not None
    return spec.oauth(spec.endpoints.get(row.endpoint, row.endpoint), row.values)


def is_sandbox(spec: VendorSpec, row: ConnectionRow) -> bool:
    """Whether it is a sandbox on this computer, which grants at once and needs no person."""
    return spec.oauth is not None and is_loopback(origin(terms_of(spec, row).authorize)[1])


def begin(setup: Setup, vendor: str, text: Text = str) -> SignInFlow:
    """A sign-in with the answers given so far, not listening yet; asks nobody."""
    spec, row = setup.house.registry.vendors[vendor], setup.connection(vendor)
    secret = setup.secret(f"{vendor}.{APP_SECRET}")
    return SignInFlow(terms_of(spec, row), secret=secret, vendor=spec.title, text=text)


def complete(setup: Setup, vendor: str, flow: SignInFlow, job: Job) -> tuple[Company, ...]:
    """Wait for the answer and take it; the companies it leads to, the only one of them chosen already."""
    row = setup.connection(vendor)
    wire = setup.opener.wire(row, job)
    flow.follow(wire)
    signed = flow.wait(wire)
    found = reached(setup, row, signed, job)
    take(setup, vendor, signed)
    choose(setup, vendor, found)
    return found


def take(setup: Setup, vendor: str, signed: Signed) -> None:
    """From now on this sign-in is the answer."""
    spec = setup.house.registry.vendors[vendor]
    setup.answer(f"{vendor}.{spec.sign_in}", signed.grant.dump())
    access = setup.opener.access(setup.connection(vendor).name)
    access.forget()
    access.take(signed.tokens, signed.grant.session, signed.asked)


def reached(setup: Setup, row: ConnectionRow, signed: Signed, job: Job) -> tuple[Company, ...]:
    """The companies a sign-in leads to, where one may lead to several; changes nothing here."""
    spec = setup.house.registry.vendors[row.vendor]
    if not spec.company_field or ReachesCompanies not in spec.capabilities:
        return ()
    adapter: ReachesCompanies = setup.opener.signed_in(row, job, signed)
    return adapter.companies()


def choose(setup: Setup, vendor: str, found: tuple[Company, ...]) -> None:
    """Keep which company is meant: the one answered, or the only one there is; else it stays open."""
    spec = setup.house.registry.vendors[vendor]
    if not spec.company_field or ReachesCompanies not in spec.capabilities:
        return
    if not found:
        raise SetupError("oauth.no_company", vendor=spec.title)
    place = f"{vendor}.{spec.company_field}"
    given = setup.answers.plain.get(place, "")
    meant = [one for one in found if given in (one.id, one.name)] if given else list(found)
    setup.answers.plain.pop(place, None)
    if len(meant) == 1:
        setup.answer(place, meant[0].id)


def require_company(setup: Setup, vendor: str, found: tuple[Company, ...]) -> None:
    """Where nobody can be asked, the company has to be answered already if there are several."""
    spec = setup.house.registry.vendors[vendor]
    if found and not setup.answers.plain.get(f"{vendor}.{spec.company_field}"):
        names = ", ".join(one.name for one in found)
        raise SetupError("oauth.which_company", key=f"{vendor}.{spec.company_field}", names=names)


def wanted(setup: Setup) -> list[str]:
    """The vendors that still have to be signed in to at their own page."""
    found = []
    for spec in setup.form.signs_in():
        place = f"{spec.key}.{spec.sign_in}"
        if spec.sign_in and setup.form.asks(place) and not setup.secret(place):
            found.append(spec.key)
    return found


def sandboxes(setup: Setup, job: Job) -> None:
    """Sign in wherever that is still wanted, at sandboxes on this computer only."""
    for vendor in wanted(setup):
        with begin(setup, vendor) as flow:
            if not is_sandbox(setup.house.registry.vendors[vendor], setup.connection(vendor)):
                raise SignInError("signin.no_secret", vendor=setup.house.registry.vendors[vendor].title)
            _listen_if_free(flow)
            require_company(setup, vendor, complete(setup, vendor, flow, job))


def sandbox_sign_in(spec: VendorSpec, row: ConnectionRow, secret: str, wire: Wire) -> Signed:
    """Sign in to a sandbox on this computer, the whole way but without a person."""
    if not is_sandbox(spec, row):
        raise SignInError("signin.no_secret", vendor=spec.title)
    with SignInFlow(terms_of(spec, row), secret=secret, vendor=spec.title) as flow:
        _listen_if_free(flow)
        flow.follow(wire)
        return flow.wait(wire)


def _listen_if_free(flow: SignInFlow) -> None:
    """A sandbox is signed in to without a port as well: its last page's address comes straight to us."""
    with suppress(SetupError):
        flow.listen()
