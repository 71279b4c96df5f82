"""Payday's calls, one method each, in Payday's own forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, TypeVar

from msgspec import Struct

from bridge_gui.errors import NoSuchTarget, Refused, VendorChanged
from bridge_gui.vendors.payday.payloads import (
    AccountAnswer,
    CompanyAnswer,
    JournalAnswer,
    JournalBody,
    Paging,
    PaymentTypeAnswer,
    StatementLine,
    TokenAnswer,
    first_array,
)
from bridge_gui.vendors.payday.refusals import translate, translate_sign_in
from bridge_gui.web.bearer import BearerSignIn
from bridge_gui.web.decode import UNREADABLE, decode, decode_written
from bridge_gui.web.http import HttpClient, Params
from bridge_gui.web.paging import PageGuard
from bridge_gui.web.waiting import check
from bridge_gui.web.wire import Wire

VENDOR = "Payday"
PER_PAGE = 500
_HEADERS = {"Api-Version": "alpha", "Content-Type": "application/json"}
Shape = TypeVar("Shape")
By = Literal["created", "date"]
_MOVED_TRIES = 3


class PaydayClient:
    """One company's Payday; signs in by itself and keeps the token in memory."""

    def __init__(self, base: str, client_id: str, client_secret: str, wire: Wire) -> None:
        wire.redactor.learn(client_secret)
        self._pair = {"clientId": client_id, "clientSecret": client_secret}
        self._wire = wire
        self._door = HttpClient(base, wire=wire, translate=translate_sign_in, headers=_HEADERS)
        sign_in = BearerSignIn(self._token, wire.clock, wire.cancel, wire.redactor.learn)
        self._http = HttpClient(base, wire=wire, sign_in=sign_in, translate=translate, headers=_HEADERS)

    def __repr__(self) -> str:
        return f"PaydayClient({self._http.base})"

    def company(self) -> CompanyAnswer:
        """Whose books these are."""
        return self._get("companies/me", CompanyAnswer)

    def payment_types(self) -> list[PaymentTypeAnswer]:
        """The payment types for sales."""
        return self._get("sales/paymenttypes", list[PaymentTypeAnswer])

    def accounts(self) -> list[AccountAnswer]:
        """The whole chart of accounts."""
        return self._get("accounting/accounts", list[AccountAnswer])

    def post_journal(self, body: JournalBody) -> JournalAnswer:
        """Make one journal entry; never sent twice unless the first certainly had no effect."""
        answer = self._http.write("POST", "accounting/journal", json=body)
        return decode_written(answer, JournalAnswer, vendor=VENDOR)

    def journal(self) -> list[JournalAnswer] | None:
        """Every journal entry, each once; None when the list kept moving while it was read."""
        return self._steady("accounting/journal", {}, JournalAnswer)

    def statement(self, by: By, first: date, last: date) -> list[StatementLine] | None:
        """The ledger lines made, or dated, from one day to another; None when they kept moving."""
        window = {f"{by}From": first.isoformat(), f"{by}To": last.isoformat()}
        return self._steady("accounting/accountStatement", window, StatementLine)

    def found(self, path: str, shape: type[Shape], params: Params | None = None) -> Shape | None:
        """One thing, None where Payday says that there is none."""
        try:
            body = self._body(path, params)
        except NoSuchTarget:
            return None
        return decode(body, shape, vendor=VENDOR)

    def listed(self, path: str, params: dict[str, str], shape: type[Shape]) -> list[Shape] | None:
        """A whole list, each row once; None when it kept moving while it was read."""
        return self._steady(path, params, shape)

    def send(self, method: str, path: str, body: Struct, shape: type[Shape]) -> Shape | None:
        """Write something; the answer, None where it has no body. Never sent twice unless surely in vain."""
        answer = self._http.write(method, path, json=body)
        return decode_written(answer, shape, vendor=VENDOR) if answer.body.strip() else None

    def _token(self) -> tuple[str, float]:
        answer = self._door.read("POST", "auth/token", json=self._pair)
        token = decode(answer, TokenAnswer, vendor=VENDOR)
        return token.access_token, float(token.expires_in)

    def _get(self, path: str, shape: type[Shape], params: Params | None = None) -> Shape:
        return decode(self._get_body(path, params), shape, vendor=VENDOR)

    def _get_body(self, path: str, params: Params | None) -> bytes:
        try:
            return self._body(path, params)
        except Refused as error:
            text = error.params.get("text") or f"{error.params.get('status')}"
            raise VendorChanged("payday.read_refused", text=text, path=path) from error

    def _body(self, path: str, params: Params | None) -> bytes:
        return self._http.read("GET", path, params=params).body

    def _steady(self, path: str, params: dict[str, str], shape: type[Shape]) -> list[Shape] | None:
        """A whole list whose size stayed the same while its pages were read."""
        for _ in range(_MOVED_TRIES):
            pages = list(self._pages(path, params, shape))
            if len({paging.total for paging, _ in pages}) <= 1:
                return _once(row for _, rows in pages for row in rows)
        return None

    def _pages(
        self, path: str, params: dict[str, str], shape: type[Shape]
    ) -> Iterator[tuple[Paging, list[Shape]]]:
        """The pages of a list, as many as the answers themselves say there are."""
        guard = PageGuard(VENDOR)
        number = 1
        while True:
            check(self._wire.cancel)
            body = self._get_body(path, {**params, "page": number, "perpage": PER_PAGE})
            paging, rows, raw = _page(body, shape)
            yield paging, rows
            if number >= paging.pages or not rows:
                return
            guard.see(raw)
            number += 1


def _page(body: bytes, shape: type[Shape]) -> tuple[Paging, list[Shape], bytes]:
    try:
        raw = first_array(body)
    except UNREADABLE:
        raw = body  # let `decode` say what is wrong with it
    paging = Paging() if raw is body else decode(body, Paging, vendor=VENDOR)
    rows: Any = decode(raw, list[shape], vendor=VENDOR)  # type: ignore[valid-type]
    return paging, rows, raw


def _once(rows: Iterator[Shape]) -> list[Shape]:
    """Each row once, by its id where it has one."""
    seen: dict[object, Shape] = {}
    for number, row in enumerate(rows):
        identity = getattr(row, "id", None)
        seen.setdefault(("row", number) if identity is None else identity, row)
    return list(seen.values())
