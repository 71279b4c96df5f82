"""The way into one organisation at 24SevenOffice: one thing, a list to its end, one write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from msgspec import Struct

from bridge_gui.errors import BridgeError, NoSuchTarget, Refused, SetupError, VendorChanged
from bridge_gui.vendors.twentyfoursevenoffice import assumed
from bridge_gui.vendors.twentyfoursevenoffice.payloads import TokenAnswer
from bridge_gui.vendors.twentyfoursevenoffice.refusals import translate, translate_sign_in
from bridge_gui.vendors.twentyfoursevenoffice.terms import AUDIENCE, V1, VENDOR, login_base, scope_of
from bridge_gui.web.answer import Answer
from bridge_gui.web.bearer import BearerSignIn
from bridge_gui.web.decode import decode, decode_written
from bridge_gui.web.http import HttpClient
from bridge_gui.web.paging import PageGuard
from bridge_gui.web.waiting import Cancel, check
from bridge_gui.web.wire import Wire

Shape = TypeVar("Shape")
Query = dict[str, str | int]
MOST = 100
"""The longest page of customers; other lists say no number."""
_LIMITED = frozenset({"customers", "products", "salesorders", "transactionlines"})
_NEXT = re.compile(r'<([^>]*)>\s*;[^,]*\brel="?next"?')
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Application(Struct, frozen=True, kw_only=True):
    """The customer's own application and the organisation it is connected with."""

    client_id: str
    secret: str
    organisation: str

    def __repr__(self) -> str:
        return f"Application({self.client_id!r}, organisation={self.organisation!r})"


class TwentyFourSevenOfficeClient:
    """One organisation; `scope` is what the last token said it may do."""

    def __init__(self, base: str, application: Application, wire: Wire) -> None:
        wire.redactor.learn(application.secret)
        self._application = application
        self.cancel = wire.cancel
        self.host = urlsplit(base).hostname or ""
        self.scope = ""
        self._login = HttpClient(login_base(base), wire=wire, translate=translate_sign_in)
        sign_in = BearerSignIn(self._token, wire.clock, wire.cancel, wire.redactor.learn)
        self._http = HttpClient(base, wire=wire, sign_in=sign_in, translate=translate)

    def __repr__(self) -> str:
        return f"TwentyFourSevenOfficeClient({self._http.base})"

    def one(self, path: str, shape: type[Shape], params: Query | None = None) -> Shape:
        """One thing, or a list without pages; `NoSuchTarget` for what is gone."""
        return decode(self._read(path, params or {}), shape, vendor=VENDOR)

    def found(self, path: str, shape: type[Shape]) -> Shape | None:
        """One thing, None if it is gone."""
        try:
            return self.one(path, shape)
        except NoSuchTarget:
            return None

    def pages(
        self, path: str, shape: type[Shape], params: Query, cancel: Cancel | None = None
    ) -> Iterator[list[Shape]]:
        """The pages of a list to its end, by its Link header, else by number while pages are full.

        QUIRK: an empty page can have a next one, a link can point back (twentyfoursevenoffice.md 6, code).
        """
        guard = PageGuard(VENDOR)
        asked: Query = {**({"limit": MOST} if path in _LIMITED else {}), **params}
        while True:
            check(cancel or self.cancel)
            answer = self._read(path, asked)
            page = decode(answer, list[shape], vendor=VENDOR)  # type: ignore[valid-type]
            yield page
            following = _following(answer, asked, len(page))
            if following is None:
                return
            guard.see(urlencode(asked).encode())
            if page:
                guard.see(answer.body)
            asked = following

    def all(self, path: str, shape: type[Shape], params: Query, cancel: Cancel | None = None) -> list[Shape]:
        """A whole list."""
        return [row for page in self.pages(path, shape, params, cancel) for row in page]

    def write(self, method: str, path: str, body: object, shape: type[Shape]) -> Shape:
        """Write something; never sent twice unless the first was surely in vain."""
        answer = self._sent(method, path, body)
        return decode_written(answer, shape, vendor=VENDOR)

    def delete(self, path: str) -> None:
        """Delete something; `NoSuchTarget` if it is gone."""
        self._sent("DELETE", path, None)

    def _sent(self, method: str, path: str, body: object) -> Answer:
        try:
            return self._http.write(method, f"{V1}/{path}", json=body)
        except SetupError as error:
            raise self._named(error, method, path) from error

    def _read(self, path: str, params: Query) -> Answer:
        try:
            return self._http.read("GET", f"{V1}/{path}", params=params)
        except SetupError as error:
            raise self._named(error, "GET", path) from error
        except NoSuchTarget:
            raise
        except Refused as error:
            text = str(error.params.get("text", ""))
            raise VendorChanged("twentyfoursevenoffice.read_refused", text=text, path=path) from error

    def _named(self, error: BridgeError, method: str, path: str) -> BridgeError:
        """A refused right with its name, since the answer does not tell it."""
        if error.code != "twentyfoursevenoffice.forbidden":
            return error
        scope = scope_of(method, f"/{V1}/{path}")
        return SetupError("twentyfoursevenoffice.missing_right", right=scope, detail=str(error.params))

    def _token(self) -> tuple[str, float]:
        own = self._application
        form = {
            "grant_type": "client_credentials",
            "client_id": own.client_id,
            "client_secret": own.secret,
            "audience": AUDIENCE,
            "login_organization": own.organisation,
        }
        answer = self._login.read("POST", "oauth/token", body=urlencode(form).encode(), headers=_FORM)
        token = decode(answer, TokenAnswer, vendor=VENDOR)
        self.scope = token.scope
        return token.access_token, token.expires_in or assumed.TOKEN_LIFE


def _following(answer: Answer, asked: Query, count: int) -> Query | None:
    """What to ask for the next page: the questions of the next link, at our own address; None at the end."""
    links = answer.header("link")
    if links:
        found = _NEXT.search(links)
        return {**asked, **dict(parse_qsl(urlsplit(found[1]).query))} if found else None
    if count < int(asked.get("limit", count + 1)):
        return None
    return {**asked, "page": int(asked.get("page", 1)) + 1}
