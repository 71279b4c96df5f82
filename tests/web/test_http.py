"""What goes out, what comes back, and who has the say about a refusal."""

from __future__ import annotations

import gzip
from decimal import Decimal

import msgspec
import pytest

from bridge_gui import __version__
from bridge_gui.errors import (
    OutcomeUnknown,
    Passing,
    Refused,
    SetupError,
    SignInError,
    VendorChanged,
)
from bridge_gui.web.http import HttpClient
from bridge_gui.web.manners import Manners
from bridge_gui.web.meter import Meter
from bridge_gui.web.pace import Pace, Pacer
from bridge_gui.web.waiting import SystemClock, never
from bridge_gui.web.wire import system_wire
from tests.web.toys import answer, half, raw


class Line(msgspec.Struct):
    amount: Decimal
    name: str


class Signer:
    """Signs the bytes it is shown; can renew a number of times."""

    def __init__(self, renewals: int = 99) -> None:
        self.renewals = renewals
        self.number = 0
        self.seen: list[tuple[str, str, bytes]] = []

    def headers(self, method, url, body):
        self.seen.append((method, url, body))
        return {"Authorization": f"Bearer token-{self.number}"}

    def renew(self, stale):
        assert stale == {"Authorization": f"Bearer token-{self.number}"}
        self.number += 1
        return self.number <= self.renewals


def test_the_signer_sees_the_very_bytes_and_address_that_are_sent(toy, bench):
    server, signer = toy(answer()), Signer()
    table = bench(server.base + "/v1/", sign_in=signer)
    table.client.write(
        "POST", "/a b", params={"q": "ð&", "page": 2, "id": ["1", "2"]}, json=[Line(Decimal("54000.00"), "þ")]
    )
    got = server.received[0]
    assert got.body == '[{"amount":54000.00,"name":"þ"}]'.encode()
    assert got.target == "/v1/a b?q=%C3%B0%26&page=2&id=1&id=2".replace(" ", "%20")
    assert signer.seen == [("POST", server.base + got.target, got.body)]
    assert got.headers["content-type"] == "application/json"
    assert got.headers["content-length"] == str(len(got.body))


def test_our_own_user_agent_and_no_authorization_without_a_sign_in(toy, bench, monkeypatch, tmp_path):
    (tmp_path / ".netrc").write_text("default login a password b\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    server = toy(answer())
    bench(server.base).client.read("GET", "a", headers={"X-Own": "1"})
    headers = server.received[0].headers
    assert headers["user-agent"] == f"Bridge/{__version__}"
    assert (headers["accept"], headers["x-own"]) == ("application/json", "1")
    assert not {"authorization", "cookie", "content-type", "content-length"} & set(headers)


def test_cookies_are_not_kept(toy, bench):
    server = toy(answer(headers={"Set-Cookie": "a=b"}))
    table = bench(server.base)
    table.client.read("GET", "a")
    table.client.read("GET", "a")
    assert "cookie" not in server.received[1].headers


def test_a_packed_answer_is_unpacked(toy, bench):
    packed = gzip.compress(b'{"a":1}')
    server = toy(answer(body=packed, headers={"Content-Encoding": "gzip", "X-Page": "3"}))
    got = bench(server.base).client.read("GET", "/a?token=s")
    assert (got.body, got.header("x-page"), got.url, got.host) == (
        b'{"a":1}',
        "3",
        f"{server.base}/a",
        "127.0.0.1",
    )


def test_an_empty_answer_is_an_answer(toy, bench):
    server = toy(raw(b"HTTP/1.1 204 No Content\r\n\r\n"), raw(b"HTTP/1.1 200 OK\r\n\r\n"))
    table = bench(server.base)
    assert [table.client.write("DELETE", "/a").status, table.client.read("HEAD", "/a").status] == [204, 200]


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_too_big_is_refused(toy, bench, packed):
    body = b"a" * 5000
    act = (
        answer(body=gzip.compress(body), headers={"Content-Encoding": "gzip"})
        if packed
        else answer(body=body)
    )
    server = toy(act)
    table = bench(server.base, manners=Manners(max_body=4000))
    with pytest.raises(VendorChanged, match=r"net\.too_big"):
        table.client.read("GET", "/a")
    with pytest.raises(OutcomeUnknown):
        table.client.write("POST", "/a")


def test_a_link_of_the_vendors_own_is_followed_and_no_other(toy, bench):
    server = toy(answer())
    client = bench(server.base).client
    client.read("GET", server.base + "/next?page=2")
    assert server.received[0].target == "/next?page=2"
    for link in (
        "https://elsewhere.example/next",
        "http://127.0.0.1:1/next",
        server.base.replace("http", "https"),
    ):
        with pytest.raises(VendorChanged, match=r"net\.redirected"):
            client.read("GET", link)


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (400, Refused, "net.refused"), (404, Refused, "net.refused"), (401, SignInError, "signin.refused"),
        (403, SetupError, "signin.forbidden"), (429, Passing, "net.too_many"), (502, Passing, "net.server_error"),
    ],
)  # fmt: skip
def test_the_general_reading_of_statuses(toy, bench, status, kind, code):
    server = toy(answer(status, b'{"message": "no"}'))
    with pytest.raises(kind) as caught:
        bench(server.base, manners=Manners(tries=1)).client.read("GET", "/a")
    assert (caught.value.code, caught.value.detail) == (code, '{"message": "no"}')


def test_a_401_is_renewed_once_and_repeated_once_even_for_a_write(toy, bench):
    server, signer = toy(answer(401), answer(201)), Signer()
    table = bench(server.base, sign_in=signer)
    assert table.client.write("POST", "/a", json=1).status == 201
    assert [got.headers["authorization"] for got in server.received] == ["Bearer token-0", "Bearer token-1"]
    assert [got.body for got in server.received] == [b"1", b"1"]
    assert table.hurry.waits == []


def test_a_401_never_loops(toy, bench):
    server, signer = toy(answer(401)), Signer()
    with pytest.raises(SignInError):
        bench(server.base, sign_in=signer).client.read("GET", "/a")
    assert (len(server.received), signer.number) == (2, 1)


def test_a_sign_in_that_cannot_renew_is_not_tried_again(toy, bench):
    server, signer = toy(answer(401)), Signer(renewals=0)
    with pytest.raises(SignInError):
        bench(server.base, sign_in=signer).client.write("POST", "/a")
    assert len(server.received) == 1


def test_a_401_that_is_no_sign_in_failure_is_what_the_vendor_says_it_is(toy, bench):
    server, signer = toy(answer(401, b"Please complete the required system setup")), Signer()
    table = bench(
        server.base, sign_in=signer, translate=lambda got: Refused("toy.setup") if got.status == 401 else None
    )
    with pytest.raises(Refused, match=r"toy\.setup"):
        table.client.write("POST", "/a")
    assert (len(server.received), signer.number) == (1, 0)


def test_a_sign_in_failure_inside_a_200_is_renewed_too(toy, bench):
    server, signer = toy(answer(body=b"signature refused"), answer(body=b"fine")), Signer()
    table = bench(
        server.base,
        sign_in=signer,
        translate=lambda got: SignInError("toy.no") if b"refused" in got.body else None,
    )
    assert table.client.read("POST", "/graphql", json={}).body == b"fine"


def test_a_definite_refusal_in_a_500_is_believed_of_the_vendors_room(toy, bench):
    server = toy(answer(500, b"Duplicate number"))
    table = bench(server.base, translate=lambda got: Refused("toy.duplicate") if b"Dup" in got.body else None)
    with pytest.raises(Refused):
        table.client.write("POST", "/a")
    assert len(server.received) == 1


def test_later_in_the_vendors_own_words_is_later(toy, bench):
    server = toy(answer(403, b"<html>blocked"), answer())
    table = bench(
        server.base,
        translate=lambda got: Passing("toy.blocked", retry_after=900) if got.status == 403 else None,
    )
    with pytest.raises(Passing) as caught:
        table.client.write("POST", "/a")
    assert (caught.value.code, caught.value.retry_after) == ("toy.blocked", 900)


def test_later_of_a_broken_vendor_leaves_a_write_in_doubt(toy, bench):
    server = toy(answer(503))
    with pytest.raises(OutcomeUnknown):
        bench(server.base, translate=lambda got: Passing("toy.busy")).client.write("POST", "/a")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_read_follows_a_redirect_on_the_same_host(toy, bench, status):
    server, signer = toy(answer(status, headers={"Location": "/b?x=1"}), answer()), Signer()
    table = bench(server.base, sign_in=signer)
    assert table.client.read("GET", "/a").url == f"{server.base}/b"
    assert signer.seen[1][1] == f"{server.base}/b?x=1"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_authorization_never_goes_to_another_host(toy, bench, status):
    other = toy(answer())
    server = toy(answer(status, headers={"Location": other.base + "/b"}))
    with pytest.raises(VendorChanged) as caught:
        bench(server.base, sign_in=Signer()).client.read("GET", "/a")
    assert caught.value.code == "net.redirected"
    assert other.received == []


@pytest.mark.parametrize(
    ("status", "error"),
    [(307, VendorChanged), (308, VendorChanged), (302, OutcomeUnknown), (303, OutcomeUnknown)],
)
def test_a_write_follows_no_redirect(toy, bench, status, error):
    server = toy(answer(status, headers={"Location": "/b"}))
    with pytest.raises(error):
        bench(server.base).client.write("POST", "/a")
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "link",
    [
        "http://[::1",
        "http://127.0.0.1:99999/",
        "//evil.example/x",
        "javascript:1",
        "http://user@evil.example",
    ],
)
def test_a_redirect_to_nonsense_is_refused(toy, bench, link):
    server = toy(answer(302, headers={"Location": link}))
    with pytest.raises(VendorChanged, match=r"net\.redirected"):
        bench(server.base).client.read("GET", "/a")
    assert len(server.received) == 1


def test_a_redirect_is_quoted_and_loses_its_fragment(toy, bench):
    server = toy(answer(302, headers={"Location": "/b c?q=1#part"}), answer())
    bench(server.base).client.read("GET", "/a")
    assert server.received[1].target == "/b%20c?q=1"


def test_a_path_may_hold_an_address_in_its_query(toy, bench):
    server = toy(answer())
    bench(server.base).client.read("GET", "a?to=http://elsewhere.example")
    assert server.received[0].target == "/a?to=http://elsewhere.example"


def test_a_header_is_sent_once_whatever_its_case(toy, bench):
    server = toy(answer())
    bench(server.base).client.write(
        "POST", "a", json=1, headers={"content-type": "application/vnd.toy", "ACCEPT": "*/*"}
    )
    assert (server.received[0].headers["content-type"], server.received[0].headers["accept"]) == (
        "application/vnd.toy",
        "*/*",
    )


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_reading_post_does_not_become_a_get(toy, bench, status):
    server = toy(answer(status, headers={"Location": "/b"}))
    with pytest.raises(VendorChanged):
        bench(server.base).client.read("POST", "/graphql", json={})


def test_a_ring_of_redirects_ends(toy, bench):
    server = toy(answer(302, headers={"Location": "/a"}))
    with pytest.raises(VendorChanged):
        bench(server.base).client.read("GET", "/a")
    assert len(server.received) == 4


def test_the_pace_is_asked_before_every_sending(toy, bench):
    server = toy(answer(503), answer(301, headers={"Location": "/b"}), answer())
    table = bench(server.base)
    turns: list[int] = []
    table.wire.pacer.turn = lambda cancel: turns.append(1)
    table.client.read("GET", "/a")
    assert (len(turns), table.calls) == (3, 3)


def test_a_pasted_secret_with_a_line_break_is_a_matter_of_set_up(toy, bench):
    class Pasted(Signer):
        def headers(self, method, url, body):
            return {"X-Key": "se\ncret"}

    server = toy(answer())
    with pytest.raises(SetupError) as caught:
        bench(server.base, sign_in=Pasted()).client.read("GET", "/a")
    assert (caught.value.code, caught.value.params) == ("signin.unprintable", {"header": "X-Key"})
    assert server.received == []


@pytest.mark.parametrize("read", [0.2, 5.0])
def test_silence_is_waited_for_no_longer_than_the_vendor_is_allowed(toy, bench, read):
    import time

    from tests.web.toys import silent, trickle

    server = toy(silent if read < 1 else trickle)
    table = bench(server.base, manners=Manners(read=read, whole=0.6, tries=1))
    begun = time.monotonic()
    with pytest.raises(Passing, match=r"net\.timeout"):
        table.client.read("GET", "/a")
    assert time.monotonic() - begun < 1.5


def test_the_trouble_is_told_without_the_librarys_own_words(toy, bench):
    server = toy(half)
    with pytest.raises(Passing) as caught:
        bench(server.base, manners=Manners(tries=1)).client.read("GET", "/a?token=hidden-thing")
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or "hidden" not in repr(caught.value.__context__)


def test_the_wire_of_the_real_program(toy):
    clock, meter = SystemClock(), Meter()
    wire = system_wire("toy", Pacer(Pace(100), clock), meter, clock, never())
    server = toy(answer())
    assert HttpClient(server.base, wire=wire).read("GET", "/a").status == 200
    wire.transport.close()
    assert meter.snapshot() == {"toy": 1}
    assert 0 <= wire.jitter() < 1
