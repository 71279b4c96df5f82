"""The client that every vendor's client stands on.

Order in a call: pace, sign-in, send, translate the error, repeat if that is safe, hand back. It knows
nothing of any vendor: what a refusal means is told by `translate`, patience and keys by `Manners`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from bridge_gui import __version__
from bridge_gui.errors import BridgeError, VendorChanged
from bridge_gui.web.address import normalise, origin, quoted
from bridge_gui.web.answer import Answer, merged
from bridge_gui.web.call import Call, Draft
from bridge_gui.web.manners import Manners
from bridge_gui.web.retry import Kind
from bridge_gui.web.signin import SignIn
from bridge_gui.web.wire import Wire

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
USER_AGENT = f"Bridge/{__version__}"
_HEADERS = {"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "gzip"}

Translate = Callable[[Answer], BridgeError | None]
"""The vendor's reading of an answer, asked first, for every status, 200 included: the error, or None.

None leaves a status of 400 or over to the general rules. A `SignInError` is renewed and repeated once;
a `Passing` is repeated when it is soon; anything else is raised as it is.
"""
Params = Mapping[str, str | int | Sequence[str] | Sequence[int]]


def no_translation(_answer: Answer) -> BridgeError | None:
    """Leave everything to the general rules."""
    return None


class HttpClient:
    """Speaks to one address over one wire; one call at a time per thread, any number of threads."""

    def __init__(
        self,
        base: str,
        *,
        wire: Wire,
        sign_in: SignIn | None = None,
        translate: Translate = no_translation,
        manners: Manners | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.base = normalise(base)
        self._wire = wire
        self._sign_in = sign_in
        self._translate = translate
        self._manners = manners or Manners()
        self._headers = merged(_HEADERS, headers or {})
        self._encode = msgspec.json.Encoder(decimal_format="number").encode

    def __repr__(self) -> str:
        return f"HttpClient({self.base})"

    def read(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """A call that changes nothing at the vendor, whatever its method: repeated until it succeeds.

        Raises `Passing`, `SetupError`, `SignInError`, `VendorChanged`, `Cancelled`, or what `translate` says.
        """
        return self._run(
            Kind.READ, self._draft(method, path, params=params, json=json, body=body, headers=headers)
        )

    def write(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        key: str | None = None,
    ) -> Answer:
        """A call that may change something: sent again only when it certainly had no effect.

        Raises as `read` does when the vendor certainly did not act, else `OutcomeUnknown`. With a `key`,
        at a vendor that has keys, it is repeated within this one call.
        """
        draft = self._draft(method, path, params=params, json=json, body=body, headers=headers)
        if not (key and self._manners.keyed):
            return self._run(Kind.WRITE, draft)
        return self._run(Kind.KEYED, self._with_key(draft, key))

    def _run(self, kind: Kind, draft: Draft) -> Answer:
        return Call(
            kind,
            draft,
            wire=self._wire,
            sign_in=self._sign_in,
            translate=self._translate,
            manners=self._manners,
        ).run()

    def _draft(
        self,
        method: str,
        path: str,
        *,
        params: Params | None,
        json: Any,
        body: bytes,
        headers: Mapping[str, str] | None,
    ) -> Draft:
        typed = {} if json is None else {"Content-Type": "application/json"}
        head = merged(self._headers, typed, headers or {})
        body = body if json is None else self._encode(json)
        return Draft(method, _with_params(self._url(path), params), head, body)

    def _url(self, path: str) -> str:
        """The whole address of a path, or of a link the vendor gave, which must not lead elsewhere."""
        if not _ABSOLUTE.match(path):
            return f"{self.base}/{quoted(path.removeprefix('/'))}"
        if origin(path) != origin(self.base):
            raise VendorChanged("net.redirected", host=origin(self.base)[1], to=origin(path)[1])
        return quoted(path)

    def _with_key(self, draft: Draft, key: str) -> Draft:
        if self._manners.key_header:
            return draft._replace(headers=merged(draft.headers, {self._manners.key_header: key}))
        return draft._replace(url=_with_params(draft.url, {self._manners.key_param: key}))


def _with_params(url: str, params: Params | None) -> str:
    if not params:
        return url
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params, doseq=True)}"
