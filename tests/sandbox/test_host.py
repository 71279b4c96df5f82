from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bridge_gui.sandbox.host import Host
from bridge_gui.sandbox.kit import StateInUse
from tests.sandbox.toy import Client, Toy

ROOT = Path(__file__).resolve().parents[2]


class Served:
    """The toy in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.sandbox.served_toy", str(folder)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        self.vendors = json.loads(self.line)["vendors"]

    def end(self, how: signal.Signals) -> tuple[str, str]:
        self.process.send_signal(how)
        return self.process.communicate(timeout=10)


def test_one_line_is_printed_and_sigterm_ends_it(tmp_path):
    served = Served(tmp_path)
    assert served.vendors["toy"]["credentials"] == {"user": "example"}
    with Client(served.vendors["toy"]["endpoint"]) as client:
        assert client.get("/things")["page"] == 1
    rest, errors = served.end(signal.SIGTERM)
    assert (served.process.returncode, rest, errors) == (0, "", "")


def test_what_was_answered_survives_sigkill_and_so_does_the_address(tmp_path):
    served = Served(tmp_path)
    with Client(served.vendors["toy"]["endpoint"]) as client:
        ids = [client.post("/things", {"name": f"{n}"})["id"] for n in range(50)]
    served.end(signal.SIGKILL)
    again = Served(tmp_path)
    assert again.vendors == served.vendors
    with Client(again.vendors["toy"]["endpoint"]) as client:
        assert [thing["id"] for thing in client.get("/things")["things"]] == ["first", *ids]
        assert client.post("/things", {"name": "next"})["id"] == "51"
    again.end(signal.SIGINT)
    assert again.process.returncode == 0


def test_a_folder_is_served_by_one_host_only(tmp_path):
    with Host({"toy": Toy}, tmp_path), pytest.raises(StateInUse):
        Host({"toy": Toy}, tmp_path).start()
    with Host({"toy": Toy}, tmp_path) as host:
        assert host.addresses


def test_a_taken_port_gives_way_to_a_free_one(tmp_path):
    with Host({"toy": Toy}, tmp_path) as host:
        port = int(host.addresses["toy"].rpartition(":")[2])
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        with Host({"toy": Toy}, tmp_path) as host, Client(host.addresses["toy"]) as client:
            assert host.addresses["toy"] != f"http://127.0.0.1:{port}"
            assert client.get("/things")["page"] == 1


def test_a_wanted_port_is_taken():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with Host({"toy": Toy}, ports={"toy": port}) as host:
        assert host.addresses["toy"] == f"http://127.0.0.1:{port}"


def test_many_clients_at_once_lose_nothing():
    def work(address: str) -> None:
        with Client(address) as client:
            for n in range(20):
                assert client.call("POST", "/things", {"name": f"{n}"})[0] == 200

    with Host({"toy": Toy}) as host:
        threads = [threading.Thread(target=work, args=(host.addresses["toy"],)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with Client(host.addresses["toy"]) as client:
            assert client.get("/_sandbox/")["tables"] == {"things": 401}


def test_stopping_does_not_wait_for_a_long_delay():
    with Host({"toy": Toy}) as host:
        with Client(host.addresses["toy"]) as client:
            client.post("/_sandbox/faults", {"kind": "delay", "seconds": 60})
        waiting = threading.Thread(target=_ask, args=(host.addresses["toy"],))
        waiting.start()
        while not host.simulators["toy"].requests.shown(0)["total"]:
            pass
    waiting.join(5)
    assert not waiting.is_alive()


def _ask(address: str) -> None:
    with Client(address) as client:
        try:
            client.get("/things")
        except (OSError, Exception):  # noqa: BLE001 - cut or answered, both will do
            return


def raw(address: str, text: bytes) -> bytes:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(text)
        line.shutdown(socket.SHUT_WR)
        parts = []
        while part := line.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def test_http_in_its_less_common_forms():
    with Host({"toy": Toy}) as host:
        address = host.addresses["toy"]
        chunked = (
            b"POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
            b'8\r\n{"name":\r\n5;x=y\r\n"ab"}\r\n0\r\n\r\n'
        )
        answer = raw(address, chunked)
        assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
        assert b'"name":"ab"' in answer
        old = raw(address, b"GET /things HTTP/1.0\r\n\r\n")
        assert b"Connection: close" in old
        head = raw(address, b"HEAD /things HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        assert head.endswith(b"\r\n\r\n")
        assert raw(address, b"nonsense\r\n\r\n").startswith(b"HTTP/1.1 400 ")
        assert raw(address, b"") == b""


def test_switches_are_set_before_the_company_is_made():
    class Sized(Toy):
        def plant(self) -> None:
            self.things.put({"id": "lag", "name": f"{self.settings['lag']}"})

    with Host({"toy": Sized}, settings={"toy": {"lag": 7}}) as host, Client(host.addresses["toy"]) as client:
        assert client.get("/things")["things"] == [{"id": "lag", "name": "7"}]
