"""The door: Basic sign-in with the company, rights, and calls that grow slow beyond the day's 5,000.

Facts: uniconta.md 2, 4. INFERRED: a wrong company is a 401 like a wrong password; refused sign-ins do not
count; midnight is Danish.
"""

from __future__ import annotations

import base64
import binascii
import threading
from datetime import timedelta

from flask import request

from bridge_gui.sandbox.kit import Doc, instant
from bridge_gui.vendors.uniconta.simulator.books import COMPANY, Books
from bridge_gui.vendors.uniconta.simulator.says import nobody

LOGIN = "bro"
PASSWORD = "Bro-2026-kun-til-demo"  # noqa: S105 - the demo's


class Door:
    """Checks each request before it is answered."""

    def __init__(self, books: Books, stopping: threading.Event) -> None:
        self._books = books
        self._stopping = stopping

    def check(self) -> None:
        """Refuses who may not come in; beyond the day's calls everything takes longer."""
        name, password = _credentials()
        if password != self.password() or not self._named(name):
            raise nobody()
        delay = self._counted()
        if delay:
            self._stopping.wait(delay)

    def password(self) -> str:
        """The password of today."""
        told: str = self._books.state.value("password") or PASSWORD
        return told

    def new_password(self) -> str:
        """A person sets another password."""
        made = f"Bro-{self._books.state.next_number('password', 2)}-kun-til-demo"
        self._books.state.set_value("password", made)
        return made

    def calls(self) -> Doc:
        """How many calls there were today, and how many seconds each takes more."""
        kept = self._kept()
        return {"day": kept["day"], "count": kept["count"], "delay": self._delay(kept)}

    def use(self, count: int) -> Doc:
        """Calls that the company's other programs make today."""
        kept = self._kept()
        self._books.state.set_value("calls", {**kept, "count": kept["count"] + count})
        return self.calls()

    def _named(self, name: str) -> bool:
        """QUIRK: two zeros, the company, a stroke, the login (uniconta.md 2).

        With the company in the path the bare login does too.
        """
        company, stroke, login = name.rpartition("/")
        path = [part for part in request.path.split("/") if part.isdigit()]
        placed = bool(path) and path[0] != COMPANY
        if login != LOGIN or placed:
            return False
        if not stroke:
            return bool(path) or bool(self._books.settings["default_company"])
        if self._books.settings["any_zeros"]:
            return company.lstrip("0") == COMPANY
        return company == f"00{COMPANY}"

    def _counted(self) -> float:
        kept = self._kept()
        kept["count"] += 1
        limit = int(self._books.settings["daily_calls"])
        steps = (kept["count"] - 1) // limit
        if steps:
            until = self._books.clock.now() + timedelta(hours=24)
            kept |= {"steps": max(steps, kept["steps"]), "until": until.isoformat()}
        self._books.state.set_value("calls", kept)
        return self._delay(kept)

    def _delay(self, kept: Doc) -> float:
        """QUIRK: the count begins anew at midnight, the delay stays for 24 hours (uniconta.md 4)."""
        if not kept["steps"] or self._books.clock.now() >= instant(kept["until"]):
            return 0.0
        return float(kept["steps"]) * float(self._books.settings["slow_seconds"])

    def _kept(self) -> Doc:
        kept = dict(self._books.state.value("calls") or {"day": "", "count": 0, "steps": 0, "until": ""})
        if kept["steps"] and self._books.clock.now() >= instant(kept["until"]):
            kept |= {"steps": 0, "until": ""}
        if kept["day"] != self._books.today():
            kept |= {"day": self._books.today(), "count": 0}
        return kept


def _credentials() -> tuple[str, str]:
    scheme, _, told = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        raise nobody()
    try:
        name, _, password = base64.b64decode(told, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise nobody() from error
    return name, password
