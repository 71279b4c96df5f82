"""A few tables that remember, behind the stand-in: what Uniconta's two doors do with orders and their lines."""

from __future__ import annotations

import json
import socket
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bridge_gui.accounting.trade import NewDebtorOrder, OrderLine
from bridge_gui.vendors.uniconta.terms import ORDER_LINES, ORDERS
from tests.vendors.standin import Standin
from tests.vendors.uniconta.books import WHOLE, feed, table
from tests.web.toys import Act, Received, answer

TABLES = (ORDERS, ORDER_LINES, "DebtorInvoiceClientUser", "DebtorTransOpenClient")


class Shop:
    """Rows by table; `acts` replace the next answers to a write, `drops` are fields that are not kept."""

    def __init__(self, standin: Standin) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.acts: list[Act | None] = []
        self.drops: set[str] = set()
        self.filters = True
        self._ids = 0
        for name in TABLES:
            for place in (table(name), feed(name)):
                standin.on(place, self._read)
            for verb, call in (
                ("POST", "Insert"),
                ("POST", "InsertList"),
                ("PUT", "Update"),
                ("DELETE", "Delete"),
            ):
                standin.on(f"{verb} {WHOLE}/{call}/{name}", self._write)

    def lines(self, number: int) -> list[dict[str, Any]]:
        found = [row for row in self.rows[ORDER_LINES] if row["OrderNumber"] == number]
        return sorted(found, key=lambda row: row["LineNumber"])

    def _read(self, sock: socket.socket, received: Received) -> bool:
        parts = urlsplit(received.target)
        asked = {name: told[0] for name, told in parse_qs(parts.query).items()}
        rows = self.rows[parts.path.rpartition("/")[2]]
        if "Name" in asked and self.filters:
            rows = [row for row in rows if str(row.get(asked["Name"], "")) == asked["Value"]]
        told: Any = {"value": rows} if "/odata/" in parts.path else rows
        return answer(200, json.dumps(told).encode())(sock, received)

    def _write(self, sock: socket.socket, received: Received) -> bool:
        call, name = urlsplit(received.target).path.split("/")[-2:]
        act = self.acts.pop(0) if self.acts else None
        if act is not None:
            return act(sock, received)
        told = json.loads(received.body)
        done = [self.put(call, name, body) for body in (told if isinstance(told, list) else [told])]
        return answer(200, json.dumps(done[0]).encode() if call != "InsertList" else b"")(sock, received)

    def put(self, call: str, name: str, body: dict[str, Any]) -> dict[str, Any]:
        rows = self.rows[name]
        body = {key: value for key, value in body.items() if key not in self.drops}
        if not call.startswith("Insert"):
            rows[:] = [row for row in rows if row["PrimaryKeyId"] != body["PrimaryKeyId"]]
        if call.startswith("Insert"):
            self._ids += 1
            body = {"OrderNumber": 100 + self._ids, **body, "PrimaryKeyId": self._ids}
        return body if call == "Delete" else rows.append(body) or body


def line(mark: str, item: str = "1000", quantity: str = "1", price: str = "100.00", **more: Any) -> OrderLine:
    given = {
        "item": item,
        "quantity": Decimal(quantity),
        "price": Decimal(price),
        "text": "Rådgivning",
    } | more
    return OrderLine(fields={"xWebcrmLine": mark}, **given)


A, B, C = line("line-1"), line("line-2", "1001", "2", "2499.50", discount=Decimal(10)), line("line-3", "1003")


def order(*lines: OrderLine, **more: Any) -> NewDebtorOrder:
    from datetime import date

    given = {
        "debtor": "20001", "day": date(2026, 11, 20), "currency": "DKK", "reference": "Ordre 7", "own": "2",
        "fields": {"xWebcrmId": "delivery-2/1"}, "lines": lines or (A, B),
    } | more  # fmt: skip
    return NewDebtorOrder(**given)
