"""Signing in from a terminal: which page to open, waiting, pasting a line, and no port."""

from __future__ import annotations

import io
import threading
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from bridge_gui.cli.sign_in import TerminalSignIn
from bridge_gui.errors import SetupError
from bridge_gui.web.oauth.flow import SignInFlow
from bridge_gui.web.oauth.terms import OAuth
from bridge_gui.wording.render import Wording
from tests.vendors.standin import Standin
from tests.web.toys import refusing_port

TOKENS = {"access_token": "access-one", "expires_in": 1800, "refresh_token": "refresh-one"}


class Terminal:
    def __init__(self, secrets=None):
        self.options = SimpleNamespace(secrets=secrets)
        self.words = SimpleNamespace(text=lambda text, **values: text.format(**values))
        self.notes: list[str] = []
        self.out = SimpleNamespace(note=self.notes.append, told=lambda said: self.notes.append(said.sentence))
        self.say = Wording().say


@pytest.fixture
def standin():
    one = Standin().on("POST /token", TOKENS)
    yield one
    one.close()


def flow_at(standin, host="https://login.example"):
    redirect = f"http://localhost:{refusing_port()}/callback"
    oauth = OAuth(
        authorize=f"{host}/authorize",
        token=f"{standin.toy.base}/token",
        client_id="APP",
        redirects=(redirect,),
    )
    return SignInFlow(oauth, vendor="Toy")


def test_the_page_is_told_and_a_pasted_line_is_taken(standin, monkeypatch):
    terminal = Terminal()
    door = TerminalSignIn(terminal)
    with flow_at(standin) as flow:
        door._listen(flow)
        door._tell(flow, "Toy")
        assert any("login.example" in line for line in terminal.notes)
        assert flow.address in terminal.notes
        state = parse_qs(urlsplit(flow.address).query)["state"][0]
        lines = f"\nnonsense\n{flow.redirect}?code=c&state={state}\n"
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        door._read(flow)
        assert flow.wait(standin.bench.wire).grant.refresh == "refresh-one"
    assert "This is not the address of the last page." in terminal.notes


def test_standard_input_with_the_secrets_is_not_read(standin, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    door = TerminalSignIn(Terminal(secrets="-"))
    with flow_at(standin) as flow:
        with pytest.raises(SetupError) as caught:
            door._read(flow)
        assert caught.value.code == "oauth.paste"
        door._listen(flow)
        before = threading.active_count()
        door._read(flow)
        assert threading.active_count() == before


def test_a_taken_port_is_said_where_pasting_is_left(standin, monkeypatch):
    import socket

    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    flow = flow_at(standin)
    with socket.create_server(("127.0.0.1", urlsplit(flow.oauth.redirects[0]).port)):
        terminal = Terminal()
        TerminalSignIn(terminal)._listen(flow)
        assert "ports" in terminal.notes[0]
        with pytest.raises(SetupError):
            TerminalSignIn(Terminal(secrets="-"))._listen(flow)
