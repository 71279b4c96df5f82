"""Uniconta's own words out of any body at all: JSON in whatever form, a text, a web page.

What an error looks like is documented nowhere, so nothing is relied on; what comes out is one line, bounded,
readable, and holds no secret.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

from bridge_gui.web.decode import exact_json

LONGEST = 300
_LOOKED_AT = 65_536
_SLACK = 512
_DEEPEST = 6
_MOST_PARTS = 6
_TELLING = (
    "message", "exceptionmessage", "errormessage", "error_description", "detail", "description", "title",
    "odata.error", "error", "errors", "modelstate", "value", "errorcode", "err", "code", "errorproperty",
    "errorvalue", "innererror",
)  # fmt: skip
_NEVER = re.compile(r"(?i)stack|trace|type|secret|token|passw|authoriz|signature|api_?key|cookie|jwt|lang")
_UNREAD = re.compile(r"(?is)<(script|style|head)\b.*?</\1\s*>|<!--.*?-->")
_TAG = re.compile(r"<[^>]*>?")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+")

Hide = Callable[[str], str]


def words(body: bytes, hide: Hide) -> str:
    """What the body says; empty where it says nothing."""
    parts: list[str] = []
    for part in _parts(body):
        text = shown(part, hide)
        if text and text not in parts:
            parts.append(text)
    return _cut("; ".join(parts[:_MOST_PARTS]))


def shown(text: str, hide: Hide) -> str:
    """A text on one line, without secrets and without signs that are not seen, at most 300 long."""
    plain = html.unescape(_TAG.sub(" ", _UNREAD.sub(" ", text))) if _is_page(text) else text
    return _cut(" ".join(_UNSEEN.sub(" ", hide(hide(text) if plain == text else plain)).split()))


def whole(body: bytes) -> Any:
    """The body as JSON with exact numbers; `ValueError` for anything else."""
    return exact_json(body)


def _parts(body: bytes) -> Iterator[str]:
    text = _text(body)
    try:
        told = whole(body)
    except ValueError:
        yield text
        return
    found = list(_telling(told, 0))
    yield from found or _strings(told, 0)


def _text(body: bytes) -> str:
    """The beginning of the body. What was cut off may end in half a secret, so the end of it goes too."""
    encoding = "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = body[:_LOOKED_AT].decode(encoding, "replace")
    return text if len(body) <= _LOOKED_AT else text[:-_SLACK]


def _telling(value: Any, depth: int) -> Iterator[str]:
    """The texts under names that usually hold an explanation, in that order."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        named = {str(key).casefold(): inner for key, inner in value.items()}
        for name in _TELLING:
            if name in named:
                yield from _under(named[name], depth + 1)
    elif isinstance(value, list):
        for inner in value[:_MOST_PARTS]:
            yield from _telling(inner, depth + 1)
    else:
        yield from _strings(value, depth)


def _under(value: Any, depth: int) -> Iterator[str]:
    """What an explaining name holds; an object there may name fields of its own."""
    found = list(_telling(value, depth))
    yield from found or _strings(value, depth)


def _strings(value: Any, depth: int) -> Iterator[str]:
    """All texts there are, but those under names that a reader has nothing from."""
    if depth > _DEEPEST or value is None or isinstance(value, bool):
        return
    if isinstance(value, dict):
        for key, inner in list(value.items())[:50]:
            if not _NEVER.search(str(key)):
                for text in _strings(inner, depth + 1):
                    yield f"{key}: {text}" if depth else text
    elif isinstance(value, list):
        for inner in value[:_MOST_PARTS]:
            yield from _strings(inner, depth + 1)
    else:
        yield str(value)


def _is_page(text: str) -> bool:
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
