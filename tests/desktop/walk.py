"""Walks the accessibility tree of the running program as a screen reader sees it; prints what it found.

Run under a session bus of its own: `dbus-run-session -- python walk.py DATA_FOLDER`. Speaks AT-SPI over
D-Bus with jeepney, which keyring brings along.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from jeepney import DBusAddress, MatchRule, Properties, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

ACCESSIBLE, ACTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Action"
ROOT = DBusAddress("/org/a11y/atspi/accessible/root", "org.a11y.atspi.Registry", ACCESSIBLE)
FOCUSABLE, SHOWING = 11, 25
LABELLED_BY = 2
MOST_CHILDREN = 16
DEEPEST = 40
SECONDS = 45


class Node(NamedTuple):
    """One thing a screen reader may speak of."""

    address: DBusAddress
    role: str
    name: str
    states: frozenset[int]
    trail: tuple[str, ...]
    described: str = ""

    @property
    def focusable(self) -> bool:
        return FOCUSABLE in self.states and SHOWING in self.states

    def told(self) -> dict[str, Any]:
        told = {"role": self.role, "name": self.name, "described": self.described}
        return told | {"trail": " > ".join(self.trail[-4:])}


class Tree:
    """The program's part of the tree."""

    def __init__(self, bus: DBusConnection) -> None:
        self.bus = bus

    def ask(
        self, address: DBusAddress, method: str, signature: str | None = None, body: tuple[Any, ...] = ()
    ):
        reply = self.bus.send_and_get_reply(new_method_call(address, method, signature, body), timeout=10)
        return reply.body

    def text_of(self, address: DBusAddress, what: str) -> str:
        reply = self.bus.send_and_get_reply(Properties(address).get(what), timeout=10)
        return str(reply.body[0][1]) if isinstance(reply.body[0], tuple) else ""

    def children(self, address: DBusAddress) -> list[DBusAddress]:
        (found,) = self.ask(address, "GetChildren")
        return [DBusAddress(path, name, ACCESSIBLE) for name, path in found[:MOST_CHILDREN]]

    def node(self, address: DBusAddress, trail: tuple[str, ...]) -> Node:
        (role,) = self.ask(address, "GetRoleName")
        ((low, high),) = self.ask(address, "GetState")
        bits = low | high << 32
        name = self.text_of(address, "Name")
        states = frozenset(at for at in range(64) if bits >> at & 1)
        described = self._described(address) if role == "combo box" else ""
        return Node(address, role, name, states, (*trail, f"{role} “{name}”"), described)

    def _described(self, address: DBusAddress) -> str:
        """What a list is called: Qt gives the chosen text as its name here, and what it is for apart."""
        (relations,) = self.ask(address, "GetRelationSet")
        labels = [one for kind, ones in relations if kind == LABELLED_BY for one in ones]
        texts = [self.text_of(DBusAddress(path, name, ACCESSIBLE), "Name") for name, path in labels]
        return " ".join([*texts, self.text_of(address, "Description")]).strip()

    def walk(self, address: DBusAddress, trail: tuple[str, ...] = ()) -> Iterator[Node]:
        """Everything that shows, from here down; what vanishes meanwhile is left out."""
        try:
            node = self.node(address, trail)
            shown = SHOWING in node.states or len(trail) < 2
            below = self.children(address) if shown and len(trail) < DEEPEST else []
        except (ValueError, TypeError):
            return
        yield node
        for child in below:
            yield from self.walk(child, node.trail)

    def showing(self) -> list[Node]:
        return [
            node
            for app in self.children(ROOT)
            for node in self.walk(app)
            if SHOWING in node.states or node.role == "application"
        ]

    def find(self, role: str, name: str, seconds: float = SECONDS) -> Node:
        """The first that shows with this role whose name begins so."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for node in self.showing():
                if node.role == role and node.name.startswith(name):
                    return node
            time.sleep(0.2)
        raise SystemExit(f"nothing is called {name!r} ({role}); there are: {names(self.showing())}")

    def press(self, role: str, name: str) -> None:
        """What the first action of it does: a click, or bringing a tab to the front."""
        address = self.find(role, name).address
        done = DBusAddress(address.object_path, address.bus_name, ACTION)
        self.ask(done, "DoAction", "i", (0,))
        time.sleep(1.0)


def names(nodes: list[Node]) -> list[str]:
    return sorted({f"{node.role} {node.name}" for node in nodes if node.name})


def accessibility_bus() -> DBusConnection:
    session = open_dbus_connection(bus="SESSION")
    launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
    reply = session.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=20)
    session.close()
    return open_dbus_connection(bus=reply.body[0])


class Ears:
    """Hears what is announced from its beginning on."""

    def __init__(self, bus: DBusConnection) -> None:
        self.bus = bus
        rule = MatchRule(type="signal", interface="org.a11y.atspi.Event.Object", member="Announcement")
        bus.send_and_get_reply(message_bus.AddMatch(rule), timeout=10)
        registry = DBusAddress(
            "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry"
        )
        asked = new_method_call(registry, "RegisterEvent", "sass", ("object:announcement", [], ""))
        bus.send_and_get_reply(asked, timeout=10)
        self._filter = bus.filter(rule)
        self._queue = self._filter.__enter__()

    def heard(self, seconds: float = SECONDS) -> str:
        """The next thing that is announced, empty if nothing is."""
        try:
            message = self.bus.recv_until_filtered(self._queue, timeout=seconds)
        except TimeoutError:
            return ""
        return str(message.body[3][1])


def start(data: str) -> tuple[subprocess.Popen[bytes], subprocess.Popen[bytes]]:
    reading, writing = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as told:
        display = told.readline().strip()
    changes = {"DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    program = subprocess.Popen(
        [sys.executable, "-m", "bridge_gui", "--demo", "--data-dir", data], env=os.environ | changes
    )
    return screen, program


def visit(tree: Tree) -> dict[str, list[Node]]:
    """Everything that shows, page by page."""
    tree.find("push button", "Sync now")
    pages = {}
    tabs = [node.name for node in tree.showing() if node.role == "page tab"]
    for tab in tabs:
        tree.press("page tab", tab)
        if tab in ("Mappings", "Settings"):
            tree.find("push button", "Load again")
            time.sleep(3.0)
        pages[tab] = tree.showing()
    tree.press("push button", "Add a bridge")
    time.sleep(2.0)
    pages["wizard"] = tree.showing()
    return pages


def main(data: str) -> None:
    bus = accessibility_bus()
    tree = Tree(bus)
    screen, program = start(data)
    try:
        ears = Ears(bus)
        tree.press("push button", "Sync now")
        said = ears.heard()
        pages = visit(tree)
    finally:
        for one in (program, screen):
            one.terminate()
            one.wait(20)
    result = {name: [node.told() for node in nodes if node.focusable] for name, nodes in pages.items()}
    print(json.dumps({"said": said, "pages": result}))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(sys.argv[1])
