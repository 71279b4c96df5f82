"""Idempotency-Key: the same call with the same key gets the same answer for six minutes.

Facts: xero.md section 4. Inferred: the text of both refusals but its known end, that 401, 403, 404 and 429
are not remembered, and that a call is another one when its method, address or body differs.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from flask import Response, request

from bridge_gui.sandbox.kit import Doc, instant
from bridge_gui.vendors.xero.simulator.books import Books
from bridge_gui.vendors.xero.simulator.forms import broken
from bridge_gui.vendors.xero.simulator.limits import API

LIFE = timedelta(minutes=6)
LONGEST = 128
REPLAYED = "xero.replayed"


class Keys:
    """Remembers answers; refusals outside the state, because a refusal undoes what it wrote there."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._answers = books.state.table("answers")
        self._refused: dict[str, Doc] = {}

    def replayed(self) -> Response | None:
        """The remembered answer; a key that was used for another call is refused."""
        key = self._key()
        if not key:
            return None
        if len(key) > LONGEST:
            raise broken(f"Idempotency key must be at most {LONGEST} characters.")
        known = self._answers.get(key) or self._refused.get(key)
        if known is None or instant(known["at"]) + LIFE <= self._books.now():
            return None
        request.environ[REPLAYED] = True
        if known["call"] != _call():
            raise broken(f"Idempotency key {key} is used with a different request.")
        return Response(known["body"], known["status"], content_type=known["type"])

    def remembered(self, answer: Response) -> Response:
        """Keeps the answer of a call with a key."""
        key = self._key()
        fresh = key and not request.environ.get(REPLAYED)
        if fresh and answer.status_code in {200, 204, 400}:
            kept = self._kept(key, answer)
            if answer.status_code == 400:
                self._refused[key] = kept
            else:
                self._refused.pop(key, None)
                self._answers.put(kept)
        return answer

    def _kept(self, key: str, answer: Response) -> Doc:
        return {
            "id": key,
            "at": self._books.now().isoformat(),
            "call": _call(),
            "status": answer.status_code,
            "type": answer.content_type,
            "body": answer.get_data(as_text=True),
        }

    @staticmethod
    def _key() -> str:
        writes = request.method in {"POST", "PUT", "PATCH"} and request.path.startswith(API)
        return request.headers.get("Idempotency-Key", "") if writes else ""


def _call() -> Any:
    body = hashlib.sha256(request.get_data()).hexdigest()
    return [request.method, request.full_path, body]
