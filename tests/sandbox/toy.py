"""A vendor of the tests' own, and a plain client for it."""

from __future__ import annotations

import http.client
import json
from typing import Any, Self

from flask import request

from bridge_gui.sandbox.kit import Held, Refusal, Simulator, exact


class Toy(Simulator):
    key = "toy"
    defaults = {"lag": 0}  # noqa: RUF012

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.things = self.state.table("things", indices=("name",))
        self.signed_out = 0

    def plant(self) -> None:
        self.things.put({"id": "first", "name": "Þröstur"})

    def credentials(self):
        return {"user": "example"}

    def expire_tokens(self) -> None:
        self.signed_out += 1

    def trade(self, day) -> None:
        self.things.put({"id": f"day {day}", "name": day.isoformat()})

    def documents(self):
        return [
            Held(kind="thing", id=thing["id"], total=exact(0), currency="EUR", day="", texts=(thing["name"],))
            for thing in self.things.find()
        ]

    def people(self):
        return {"rename": lambda sent: self.things.put({"id": sent["id"], "name": sent["name"]})}

    def routes(self):
        return [("GET", "/things", self.listing), ("POST", "/things", self.add), ("POST", "/bad", self.bad)]

    def listing(self):
        return {"page": int(request.args.get("page", 1)), "things": self.things.find()}

    def add(self):
        sent = request.get_json()
        number = self.state.next_number("thing")
        self.things.put({"id": str(number), **sent})
        if sent.get("refused"):
            raise Refusal(400, {"message": "no"}, keep=sent["refused"] == "in part")
        return {"id": str(number), **sent}

    def bad(self):
        self.things.put({"id": "half"})
        raise RuntimeError("a simulator's own mistake")


class Client:
    """One kept-alive connection; answers are status and decoded body, or the error as it came."""

    def __init__(self, address: str) -> None:
        self._address = address.removeprefix("http://")
        self.connection = http.client.HTTPConnection(self._address, timeout=10)
        self.headers: dict[str, str] = {}
        self.answer_headers: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def raw(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        headers = {"Content-Type": "application/json", **self.headers}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            self.answer_headers = dict(answer.headers)
            return answer.status, answer.read()
        except BaseException:
            self.connection.close()
            raise

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        status, text = self.raw(method, path, sent)
        try:
            return status, json.loads(text)
        except ValueError:
            return status, text.decode()

    def get(self, path: str) -> Any:
        return self.call("GET", path)[1]

    def post(self, path: str, body: Any) -> Any:
        return self.call("POST", path, body)[1]
