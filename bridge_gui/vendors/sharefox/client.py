"""The way into one shop at Sharefox, as one of its administrators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bridge_gui.errors import BridgeError, NoSuchTarget, Refused, SetupError, VendorChanged
from bridge_gui.vendors.sharefox import assumed
from bridge_gui.vendors.sharefox.refusals import translate, translate_sign_in
from bridge_gui.vendors.sharefox.terms import LOCALE, VENDOR
from bridge_gui.web.answer import Answer
from bridge_gui.web.bearer import BearerSignIn, Fetch
from bridge_gui.web.http import HttpClient, Params
from bridge_gui.web.paging import MOST_PAGES
from bridge_gui.web.waiting import Cancel, check
from bridge_gui.web.wire import Wire

LONG = 30 * 24 * 3600.0
"""Seconds an administrator's token is taken to live; a refused one is fetched anew."""


class SharefoxClient:
    """One shop. `fetch` gives the token; each request names the shop by its whole domain, twice.

    QUIRK: what is asked as an administrator wants the domain in a header of its own (sharefox.md 1, code).
    """

    def __init__(self, base: str, domain: str, fetch: Fetch, wire: Wire) -> None:
        sign_in = BearerSignIn(fetch, wire.clock, wire.cancel, wire.redactor.learn)
        self._http = HttpClient(
            base, wire=wire, sign_in=sign_in, translate=translate, headers=headers(domain)
        )
        self._there = False

    def __repr__(self) -> str:
        return f"SharefoxClient({self._http.base})"

    def pages(
        self, path: str, name: str, first: date, cancel: Cancel, limit: int = assumed.PAGE
    ) -> Iterator[list[dict[str, Any]]]:
        """The pages of a list since a day, each row once, until one is short or brings nothing new."""
        seen: set[str] = set()
        for number in range(1, MOST_PAGES):
            check(cancel)
            page = assumed.listed(self._listed(path, assumed.query(first, number, limit)).body, name)
            rows = {assumed.identity(row): row for row in page.rows}
            fresh = {key: row for key, row in rows.items() if key not in seen}
            seen |= fresh.keys()
            if fresh:
                yield list(fresh.values())
            if not fresh or len(page.rows) < limit:
                if page.total is not None and len(seen) < page.total:
                    raise VendorChanged("vendor.page_repeats", vendor=VENDOR, page=number)
                return

    def look(self, path: str, name: str, first: date) -> None:
        """See that a list can be read; changes nothing."""
        assumed.listed(self._listed(path, assumed.query(first, 1, 1)).body, name)

    def found(self, path: str, name: str, first: date) -> dict[str, Any] | None:
        """One thing, None if it is gone; a shop that answers nothing at all is told from that."""
        try:
            answer = self._asked(path)
        except NoSuchTarget:
            if not self._there:
                self.look(f"{path.rstrip('/').rpartition('/')[0]}/", f"{name}s", first)
            return None
        return assumed.single(answer.body, name)

    def allows(self, path: str, method: str) -> bool:
        """Whether the vendor says that a place takes a method; changes nothing."""
        try:
            answer = self._http.read("OPTIONS", path)
        except Refused:
            return False
        told = f"{answer.header('allow')},{answer.header('access-control-allow-methods')}"
        return method in {one.strip().upper() for one in told.split(",")}

    def change(self, path: str, body: Mapping[str, Any]) -> None:
        """Write some fields of one thing."""
        self._http.write("PATCH", path, json=body)

    def _listed(self, path: str, params: Params) -> Answer:
        """A list is always there, unless the interface is not switched on for this shop."""
        try:
            answer = self._asked(path, params)
        except NoSuchTarget as error:
            raise SetupError("sharefox.not_enabled") from error
        self._there = True
        return answer

    def _asked(self, path: str, params: Params | None = None) -> Answer:
        try:
            return self._http.read("GET", path, params=params)
        except NoSuchTarget:
            raise
        except Refused as error:
            raise _read_refused(error, path) from error


def headers(domain: str) -> dict[str, str]:
    """The headers of every request."""
    return {"x-sharefox-shop-domain": domain, "x-sharefox-admin-domain": domain, "locale": LOCALE}


def signing_in(base: str, domain: str, email: str, password: str, wire: Wire) -> Fetch:
    """Fetches a token with an administrator's e-mail and password.

    QUIRK: the address has a slash at its end; without it one is sent on (sharefox.md 2, 9, spec).
    """
    wire.redactor.learn(password)
    door = HttpClient(base, wire=wire, translate=translate_sign_in, headers=headers(domain))

    def fetch() -> tuple[str, float]:
        answer = door.read("POST", assumed.LOGIN, json=assumed.credentials(email, password))
        return assumed.token_of(answer.body), LONG

    return fetch


def _read_refused(error: Refused, path: str) -> BridgeError:
    text = str(error.params.get("text", ""))
    if error.code == "sharefox.not_allowed":
        return SetupError("sharefox.forbidden", text=text)
    if "domain" in text.casefold():
        return SetupError("sharefox.wrong_shop", text=text)
    return VendorChanged("sharefox.read_refused", text=text, path=path)
