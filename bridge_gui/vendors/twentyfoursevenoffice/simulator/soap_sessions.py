"""The SOAP sign-in: a session for one user and one company at a time.

Facts: twentyfoursevenoffice.md section 2.2. Inferred: how long a session idles (a switch), the throttle's
figure and text, the text for a call without a session.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import request

from bridge_gui.sandbox.kit import Doc, instant
from bridge_gui.sandbox.rentals import OWNER, SHOP
from bridge_gui.vendors.twentyfoursevenoffice.simulator.books import Books, named
from bridge_gui.vendors.twentyfoursevenoffice.simulator.sign_in import ORGANIZATION
from bridge_gui.vendors.twentyfoursevenoffice.simulator.soap import COOKIE, Asked, Node, Operation, SoapFault

APPLICATION = "00000000-1111-2222-3333-444444444444"
USERNAME = "bridge@eksempelutleie.example"
PASSWORD = "example-password-of-the-sandbox"  # noqa: S105 - the demo's own
SHOP_IDENTITY, OTHER_IDENTITY = named("identity shop"), named("identity other")
OTHER = "Annet Eksempel AS"
NOWHERE = "00000000-0000-0000-0000-000000000000"


class SessionDesk:
    """Opens sessions, tells and chooses their company."""

    def __init__(self, books: Books) -> None:
        self._books = books

    def operations(self) -> dict[str, Operation]:
        """The operations of the authentication service that a client needs."""
        return {
            "Login": self._login,
            "HasSession": lambda _: self._session() is not None,
            "GetIdentity": lambda _: self._identity(self.needed()["identity"]),
            "GetIdentities": lambda _: self._identities(self.needed()["identity"]),
            "GetIdentitiesWithCredential": self._identities_of,
            "SetIdentityById": self._choose,
        }

    def needed(self) -> Doc:
        """The session of this call; a fault where there is none."""
        session = self._session()
        if session is None:
            raise SoapFault("Client is not authenticated on this identity")
        return session

    def ours(self) -> bool:
        """Whether the session stands in the shop's company."""
        return bool(self.needed()["identity"] == SHOP_IDENTITY)

    def expire(self) -> None:
        """Ends every session."""
        for session in self._books.sessions.find():
            self._books.sessions.drop(session["id"])

    def _login(self, asked: Asked) -> Any:
        """QUIRK: a wrong password is an empty result with 200 (twentyfoursevenoffice.md 2.2)."""
        self._throttle()
        if not _known(asked):
            return ""
        wanted = asked.text("credential", "IdentityId") or NOWHERE
        blocked = self._books.settings["blocked_identity"]
        identity = OTHER_IDENTITY if wanted == NOWHERE else wanted
        if blocked and wanted == NOWHERE:
            raise SoapFault(f"Provided IdentityId is blocked: {OTHER_IDENTITY}")
        if identity not in {SHOP_IDENTITY, OTHER_IDENTITY}:
            return ""
        key = named(f"session {self._books.state.next_number('session')}").replace("-", "")[:24]
        self._books.sessions.put({"id": key, "identity": identity, "used": self._books.now().isoformat()})
        return key

    def _throttle(self) -> None:
        """QUIRK: signing in again and again is slowed down (twentyfoursevenoffice.md 2.2)."""
        begin = (self._books.now() - timedelta(hours=1)).isoformat()
        logins = [at for at in self._books.state.value("logins", []) if at > begin]
        if len(logins) >= self._books.settings["soap_logins"]:
            raise SoapFault("Too many login attempts with these credentials")
        self._books.state.set_value("logins", [*logins, self._books.now().isoformat()])

    def _session(self) -> Doc | None:
        session = self._books.sessions.get(request.cookies.get(COOKIE, ""))
        if session is None:
            return None
        idle = timedelta(seconds=float(self._books.settings["soap_idle"]))
        if instant(session["used"]) + idle <= self._books.now():
            return None
        self._books.sessions.put({**session, "used": self._books.now().isoformat()})
        return session

    def _identities_of(self, asked: Asked) -> list[Node]:
        return self._identities("") if _known(asked) else []

    def _identities(self, current: str) -> list[Node]:
        """QUIRK: the usual company need not be the one that is meant (twentyfoursevenoffice.md 2.2)."""
        both = (OTHER_IDENTITY, SHOP_IDENTITY)
        return [("Identity", self._identity(one, current=one == current)) for one in both]

    def _identity(self, key: str, *, current: bool = True) -> list[Node]:
        shop = key == SHOP_IDENTITY
        name = (self._books.settings["company_name"] or SHOP) if shop else OTHER
        client: list[Node] = [("Id", ORGANIZATION if shop else "100200301"), ("Name", name)]
        blocked = bool(self._books.settings["blocked_identity"]) and not shop
        return [
            ("Id", key),
            ("User", [("Id", named("user")), ("Name", OWNER[0])]),
            ("Client", client),
            ("IsCurrent", current),
            ("IsDefault", not shop),
            ("IsProtected", False),
            ("IsDisabled", blocked),
        ]

    def _choose(self, asked: Asked) -> bool:
        session, wanted = self.needed(), asked.text("identityId")
        if wanted not in {SHOP_IDENTITY, OTHER_IDENTITY}:
            return False
        self._books.sessions.put({**session, "identity": wanted})
        return True


def _known(asked: Asked) -> bool:
    told = tuple(asked.text("credential", name) for name in ("ApplicationId", "Username", "Password"))
    return told == (APPLICATION, USERNAME, PASSWORD)
