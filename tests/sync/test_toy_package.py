"""A new vendor is one new folder, a new bridge one new file, and nothing else is touched.

The folders and the file are written into a temporary place; the program finds them and works with them over
real HTTP, beside the vendors and bridges it came with.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from bridge_gui.cli.demo_companies import open_demo
from bridge_gui.errors import SetupError, SignInError
from bridge_gui.sandbox.host import Host
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import DocumentFilter
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.setup import Setup
from bridge_gui.sync.specs import Role
from bridge_gui.web.keychain import MemoryKeychain
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.wording.render import Wording

ROOT = Path(__file__).parent.parent.parent
HEAVY = ("flask", "requests", "urllib3", "sqlalchemy", "zeep", "PySide6", "alembic", "keyring")
KEY = "toy-key-1"

VENDOR = """
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.specs import Field, FieldKind, Role, VendorSpec
from bridge_gui.web.pace import Pace
from bridge_gui.wording.message import Message, mark

def _open(context):
    from {package}.adapter import Adapter
    return Adapter(context)

def _simulator():
    from {package}.simulator import {title}Simulator
    return {title}Simulator

SPEC = VendorSpec(
    key="{key}", title="{title}", role=Role.{role}, login="key", pace=Pace(5.0), open=_open, simulator=_simulator,
    fields=(Field(key="key", kind=FieldKind.SECRET, label=mark("Key")),),
    endpoints={{"production": "https://{key}.example"}}, capabilities=(NamesCompany,), hosts=("pages.{key}.example",),
    messages=(Message(
        code="{key}.refused", sentence=mark("{title} does not take {{number}}."), advice=mark("Ask {title} why."),
    ),),
)
"""

ADAPTER = """
import msgspec
from bridge_gui.errors import Refused, SignInError
from bridge_gui.sync.capabilities import Company
from bridge_gui.web.http import HttpClient

def _translate(answer):
    if answer.status == 401:
        return SignInError("net.unauthorized", host=answer.host)
    return Refused("{key}.refused", number=answer.body.decode()) if answer.status == 409 else None

class Adapter:
    def __init__(self, context):
        headers = {{"X-Key": context.secret("key")}}
        self.http = HttpClient(context.endpoint, wire=context.wire, headers=headers, translate=_translate)

    def get(self, path, **params):
        return msgspec.json.decode(self.http.read("GET", path, params=params).body)

    def post(self, path, sent):
        return msgspec.json.decode(self.http.write("POST", path, json=sent).body)

    def company(self):
        return Company(**self.get("company"))
"""

SIMULATOR = """
from flask import request
from bridge_gui.sandbox.kit import Held, Refusal, Simulator, exact

class {title}Simulator(Simulator):
    key = "{key}"

    def __init__(self, *args):
        super().__init__(*args)
        self.things = self.state.table("things", indices=("mark",))

    def credentials(self):
        return {{"key": "toy-key-1"}}

    def guard(self):
        if request.headers.get("X-Key") != "toy-key-1":
            raise Refusal(401, "who are you")

    def plant(self):
        for number in range({planted}):
            thing = {{"id": f"S{{number}}", "amount": 100 + number, "day": self.clock.now().date().isoformat()}}
            self.things.put(thing)

    def documents(self):
        for thing in self.things.find():
            mark = thing.get("mark", thing["id"])
            yield Held(kind="thing", id=thing["id"], total=exact(thing["amount"]), currency="EUR", day=thing["day"], texts=(mark,))

    def routes(self):
        listing = lambda: self.things.find(*([("mark", "=", request.args["mark"])] if "mark" in request.args else []))
        return [
            ("GET", "/company", lambda: {{"id": "{key}-1", "name": "{title} of the toys"}}),
            ("GET", "/things", listing), ("POST", "/things", self.add), ("POST", "/void", self.void),
        ]

    def add(self):
        sent = request.get_json()
        if sent["amount"] == 102:
            raise Refusal(409, sent["mark"])
        made = {{"id": f"D{{self.state.next_number('thing')}}", **sent}}
        self.things.put(made)
        return made

    def void(self):
        made = self.things.get(request.get_json()["id"])
        if made["amount"] == 101:
            raise Refusal(409, made["mark"])
        self.things.put(dict(made, voided=True))
        return made
"""

BRIDGE = """
from __future__ import annotations
from datetime import date
from decimal import Decimal
from bridge_gui.accounting.documents import DocumentState, Ref
from bridge_gui.sync.capabilities import NamesCompany
from bridge_gui.sync.flow import Absent, Flow, Found, Held, Page, Record, Several, Written
from bridge_gui.sync.service import PreviewDocument
from bridge_gui.sync.specs import BridgeSpec, Field, FieldKind, Role
from bridge_gui.sync.step import LinkTo, Step, mark_of
from bridge_gui.wording.message import Message, mark

class Make(Step, frozen=True, kw_only=True, omit_defaults=True, tag="stall_drawer.make"):
    amount: int

class Sales(Flow):
    key, kind = "sales", "paper"

    def __init__(self, context):
        self.stall, self.drawer = context.sales, context.books
        self.limit = int(context.settings["limit"])

    def read(self, since, cancel):
        yield Page(records=tuple(map(record, self.stall.get("things"))))

    def fetch(self, ids, cancel):
        return [record(thing) for thing in self.stall.get("things") if thing["id"] in ids]

    def plan(self, record, known):
        if known.links:
            return []
        if record.content > self.limit:
            return Held(code="stall_drawer.too_much", params={"number": record.id})
        return [Make(
            name="make:1", link=LinkTo(kind="paper", source_id=record.id), lane=record.id, mark=mark_of(record.id, 1),
            day=record.day, number=record.id, total=record.total, currency="EUR", amount=record.content,
        )]

    def find(self, steps, cancel):
        return [found(self.drawer.get("things", mark=step.mark)) for step in steps]

    def write(self, step, key, target):
        made = self.drawer.post("things", {"mark": step.mark, "amount": step.amount})
        return Written(ref=Ref(id=made["id"]), content=b"{}", state=DocumentState.POSTED)

def record(thing):
    day, total = date.fromisoformat(thing["day"]), Decimal(thing["amount"])
    return Record(id=thing["id"], day=day, content=thing["amount"], number=thing["id"], total=total, currency="EUR")

def found(things):
    if len(things) > 1:
        return Several(refs=tuple(Ref(id=thing["id"]) for thing in things))
    return Found(ref=Ref(id=things[0]["id"]), equal=True, content=b"{}") if things else Absent()

class Opened:
    def __init__(self, context):
        self.flows = (Sales(context),)

    def describe(self, step):
        return PreviewDocument(
            kind="paper", number=step.number, party="", day=step.day.isoformat(), total=step.total, currency="EUR",
        )

    def options(self, name):
        return ()

    def suggest(self, name):
        return {}

SPEC = BridgeSpec(
    key="stall_drawer", title="Stall to Drawer", sales="stall", books="drawer", pages=(), open=Opened,
    settings=(
        Field(key="start_date", kind=FieldKind.DATE, label=mark("Start date"), default="today"),
        Field(key="limit", kind=FieldKind.NUMBER, label=mark("Limit"), default="103"),
    ),
    steps=lambda: (Make,), needs={Role.SALES: (NamesCompany,), Role.BOOKS: (NamesCompany,)},
    demo={"settings.limit": "102"},
    messages=(Message(code="stall_drawer.too_much", sentence=mark("{number} is too much for one drawer.")),),
)
"""


def vendor_folder(room: Path, key: str, role: str, planted: int = 0) -> None:
    """One new folder."""
    words = {
        "key": key,
        "title": key.title(),
        "role": role,
        "planted": planted,
        "package": f"{room.name}.{key}",
    }
    folder = room / key
    folder.mkdir()
    for name, text in (("__init__", VENDOR), ("adapter", ADAPTER), ("simulator", SIMULATOR)):
        (folder / f"{name}.py").write_text(text.format(**words), "utf-8")


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """The two packages' names; nothing of them is left afterwards."""
    for name in ("toy_vendors", "toy_bridges"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    vendor_folder(tmp_path / "toy_vendors", "stall", "SALES", planted=5)
    vendor_folder(tmp_path / "toy_vendors", "drawer", "BOOKS")
    (tmp_path / "toy_bridges" / "stall_drawer.py").write_text(BRIDGE, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    yield "toy_vendors", "toy_bridges"
    for name in [name for name in sys.modules if name.startswith("toy_")]:
        del sys.modules[name]


@pytest.fixture
def registry(rooms):
    return Registry.discover(["bridge_gui.vendors", rooms[0]], ["bridge_gui.bridges", rooms[1]])


@pytest.fixture
def host(registry):
    with Host({key: registry.vendors[key].simulator() for key in ("stall", "drawer")}) as served:
        yield served


@pytest.fixture
def house(registry, tmp_path):
    keychain = MemoryKeychain()
    made = House(DataFolder(tmp_path / "data"), registry, lambda folder: keychain, SystemClock())
    yield made
    made.close()


def set_up(house, host, key=KEY, **settings):
    setup = Setup(house, "stall_drawer", "toys")
    for vendor, place in host.vendors().items():
        setup.answer(f"{vendor}.endpoint", place["endpoint"])
        setup.answer(f"{vendor}.key", key)
    for name, value in settings.items():
        setup.answer(f"settings.{name}", value)
    return setup.finish(never())


def drawn(host):
    return [(thing["mark"], thing["amount"]) for thing in host.simulators["drawer"].things.find()]


def test_they_are_found_beside_those_the_program_came_with(registry):
    own = Registry.discover(["bridge_gui.vendors"], ["bridge_gui.bridges"])
    assert set(registry.vendors) - set(own.vendors) == {"stall", "drawer"}
    assert set(registry.bridges) - set(own.bridges) == {"stall_drawer"}
    assert [vendor.key for vendor in registry.sides(registry.bridge("stall_drawer"))] == ["stall", "drawer"]


def test_they_are_connected_previewed_and_synced_over_http(house, host):
    finished = set_up(house, host)
    assert finished.companies == {"stall": "Stall of the toys", "drawer": "Drawer of the toys"}
    preview = house.preview("toys", never(), nobody)
    assert [(document.number, document.total) for document in preview.documents] == [
        ("S0", 100), ("S1", 101), ("S2", 102), ("S3", 103),
    ]  # fmt: skip
    assert drawn(host) == []
    done = house.sync("toys", never(), nobody)
    assert (done.outcome.value, done.read, done.written, done.failed) == ("finished", 5, 3, 1)
    assert drawn(host) == [("S0/1", 100), ("S1/1", 101), ("S3/1", 103)]
    assert set(done.calls) == {"stall", "drawer"}
    shown = {row.source_number: row.state for row in house.documents(DocumentFilter(), 0, 10)}
    assert shown["S0"] == "posted"
    assert shown["S4"] == "held"


def test_a_second_run_writes_nothing(house, host):
    set_up(house, host)
    house.sync("toys", never(), nobody)
    before = drawn(host)
    assert house.sync("toys", never(), nobody).written == 0
    assert drawn(host) == before


def test_their_own_codes_are_said_in_their_own_words(house, host, registry):
    set_up(house, host)
    house.sync("toys", never(), nobody)
    words = Wording(registry.messages())
    said = {row.source_id: words.say(row.code, row.params) for row in house.attention("toys")}
    assert said["S2"] == ("Drawer does not take S2/1.", "Ask Drawer why.", "")
    assert said["S4"].sentence == "S4 is too much for one drawer."


def test_what_was_held_goes_once_its_setting_is_mended(house, host):
    set_up(house, host)
    house.sync("toys", never(), nobody)
    set_up(house, host, limit="200")
    house.sync("toys", never(), nobody)
    assert ("S4/1", 104) in drawn(host)
    assert {row.source_id for row in house.attention("toys")} == {"S2"}


def test_the_demo_serves_and_connects_them(rooms, tmp_path):
    registry = Registry.discover([rooms[0]], [rooms[1]])
    with open_demo(DataFolder(tmp_path / "demo"), registry, SystemClock(), never()) as demo:
        assert [status.row.name for status in demo.house.bridges()] == ["stall_drawer"]
        assert demo.house.sync("stall_drawer", never(), nobody).written == 2
        assert [mark for mark, _ in drawn(demo.host)] == ["S0/1", "S1/1"]


def test_a_wrong_key_is_told_and_nothing_is_kept(house, host):
    with pytest.raises(SignInError):
        set_up(house, host, key="another")
    assert house.bridges() == []


def test_a_kind_nobody_has_is_answered_with_those_there_are(registry):
    with pytest.raises(SetupError) as raised:
        registry.bridge("stall_bucket")
    assert raised.value.params["kinds"] == ", ".join(sorted(registry.bridges))


class WritesPoems:
    """A capability no toy has."""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"needs": {Role.BOOKS: (WritesPoems,)}}, "stall_drawer: drawer lacks WritesPoems"),
        ({"needs": {Role.SALES: (WritesPoems, int)}}, "stall_drawer: stall lacks WritesPoems, int"),
        ({"sales": "drawer"}, "stall_drawer: no sales vendor drawer"),
        ({"books": "bucket"}, "stall_drawer: no books vendor bucket"),
    ],
)
def test_a_bridge_whose_vendors_do_not_fit_is_refused_with_names(registry, changes, said):
    spec = replace(registry.bridge("stall_drawer"), **changes)
    with pytest.raises(TypeError) as raised:
        Registry(list(registry.vendors.values()), [spec])
    assert str(raised.value) == said


def test_reading_all_specs_imports_nothing_heavy():
    code = """
    import sys
    from bridge_gui.sync.registry import Registry
    found = Registry.discover(["bridge_gui.vendors"], ["bridge_gui.bridges"])
    assert found.vendors and found.bridges and found.messages()
    print(*sorted({name.partition(".")[0] for name in sys.modules}))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=60,
    )
    assert not set(HEAVY) & set(done.stdout.split())
