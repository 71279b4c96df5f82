"""A company at Uniconta in answers as its vendor file shows them, and an adapter on a stand-in."""

from __future__ import annotations

import json
import os
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bridge_gui.sync.opening import ConnectionContext
from bridge_gui.vendors.uniconta import SPEC
from bridge_gui.vendors.uniconta.adapter import UnicontaAdapter
from bridge_gui.vendors.uniconta.budget import Budget
from bridge_gui.vendors.uniconta.client import UnicontaClient, User
from tests.vendors.standin import Standin

PASSWORD = "hemmeligt/kodeord+1"
GIVEN = {"company_id": "0012345", "login": "bridge", "password": PASSWORD}
WHOLE, FEED = "/api/Entities", "/odata/12345"
OWN_FIELDS = {"xWebcrmId", "xWebcrmLine", "xTal"}
NAMED = {"PrimaryKeyId", "RowId", "MobilPhone"}
"""Named in the vendor file besides what the document lists (uniconta.md 3.1, 3.4)."""


def client_on(standin: Standin, limit: int = 5000) -> UnicontaClient:
    user = User(company="12345", login="bridge", password=PASSWORD)
    wire = standin.bench.wire
    return UnicontaClient(standin.toy.base, user, wire, Budget(limit, wire.clock))


def adapter_on(standin: Standin, **values: str) -> UnicontaAdapter:
    given = GIVEN | values
    context = ConnectionContext(
        name="books", endpoint=standin.toy.base, values=given, secret=lambda key: given[key],
        store_secret=lambda key, value: None, clock=standin.bench.wire.clock, wire=standin.bench.wire,
    )  # fmt: skip
    opened = SPEC.open(context)
    assert isinstance(opened, UnicontaAdapter)
    assert all(isinstance(opened, kind) for kind in SPEC.capabilities)
    return opened


def table(name: str) -> str:
    """The place at which a whole table is asked for."""
    return f"GET {WHOLE}/{name}"


def feed(name: str) -> str:
    """The place at which records are asked for by a filter."""
    return f"GET {FEED}/{name}"


def writes(standin: Standin) -> list[tuple[str, Any]]:
    """What was written, by verb and table, in order."""
    return [
        (place.removeprefix(f"{received.method} {WHOLE}/"), json.loads(received.body, parse_float=Decimal))
        for place, received in standin.seen
        if received.method != "GET"
    ]


@contextmanager
def held_to_names(standin: Standin) -> Iterator[Standin]:
    """At the end each sign-in, address and field that was sent is held against the vendor's own names."""
    yield standin
    standin.close()
    folder = os.environ.get("BRIDGE_SPECS", "")
    known = (
        json.loads((Path(folder) / "uniconta" / "entity-fields.json").read_text())["entities"]
        if folder
        else {}
    )
    for place, received in standin.seen:
        assert PASSWORD not in received.target
        scheme, _, pair = received.headers["authorization"].partition(" ")
        whole = urlsplit(received.target).path.startswith(WHOLE)
        name = "0012345/bridge" if whole else "bridge"
        assert (scheme, b64decode(pair).decode()) == ("Basic", f"{name}:{PASSWORD}")
        entity = place.rpartition("/")[2].removesuffix("User")
        if received.body and entity in known:
            told = json.loads(received.body)
            for body in told if isinstance(told, list) else [told]:
                assert not body.keys() - set(known[entity]) - NAMED - OWN_FIELDS, place
