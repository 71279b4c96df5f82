"""Known secrets, and what looks like one, are in no error, no repr and no log."""

from __future__ import annotations

import base64
import logging
import traceback

import pytest

from bridge_gui.errors import BridgeError
from bridge_gui.web.answer import Answer, Request, without_query
from bridge_gui.web.manners import Manners
from bridge_gui.web.redact import HIDDEN, Redactor
from tests.web.toys import answer, half, raw, reset

SECRET = 's3cr3t/+ð"x'
KNOWN = Redactor(SECRET, "abc")


def told(body: bytes, redactor: Redactor = KNOWN) -> str:
    return redactor.detail(Answer(status=400, url="https://toy.example/a", headers={}, body=body))


@pytest.mark.parametrize(
    "form",
    [
        SECRET, "s3cr3t%2F%2B%C3%B0%22x", '{"value": "s3cr3t/+\\u00f0\\"x"}', base64.b64encode(SECRET.encode()).decode(),
    ],
)  # fmt: skip
def test_a_known_secret_is_hidden_in_each_form_in_which_it_travels(form):
    assert HIDDEN in KNOWN.text(f"before {form} after")
    assert "s3cr3t" not in KNOWN.text(form)
    assert form not in KNOWN.text(form)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('{"accessToken": "eyJhbG", "n": 1}', '{"accessToken": [hidden], "n": 1}'),
        ("client_secret=abc123&page=1", "client_secret=[hidden]&page=1"),
        ("Authorization: Bearer eyJhbGciOi.x-y_z", "Authorization: [hidden]"),
        ('{"refresh_token":"cut off in the mid', '{"refresh_token":[hidden]'),
        ("wrong bearer abcdefgh12345 sent", "wrong bearer [hidden] sent"),
        ("Password: hunter2 is wrong", "Password: [hidden] is wrong"),
        ("{'apiKey': 'k-1'}", "{'apiKey': [hidden]}"),
        ("Invoice 1001 has no price", "Invoice 1001 has no price"),
        ("token expired", "token expired"),
        (
            "Basic authentication of the app registration failed",
            "Basic authentication of the app registration failed",
        ),
    ],
)
def test_what_looks_like_a_secret_is_hidden(text, left):
    assert told(text.encode()) == left


def test_a_detail_is_short_and_on_one_line():
    assert told(b"a\n\n  b\t\xff") == "a b �"
    long = told(b"ab " * 5000)
    assert len(long) == 300
    assert long.endswith("…")


def test_a_secret_too_short_to_be_one_hides_nothing():
    assert told(b"abc abcd") == "abc abcd"


def test_only_harmless_headers_may_be_logged():
    headers = {
        "content-type": "text/html",
        "set-cookie": "a=b",
        "x-request-id": SECRET,
        "www-authenticate": "x",
    }
    got = Answer(status=200, url="https://toy.example/a", headers=headers, body=b"12345")
    assert KNOWN.loggable("GET", got) == {
        "method": "GET", "url": "https://toy.example/a", "status": 200, "bytes": 5, "content-type": "text/html",
        "x-request-id": HIDDEN,
    }  # fmt: skip


def test_an_address_is_kept_without_what_may_be_secret():
    assert without_query("https://user:pass@toy.example:8/a?token=b#c") == "https://toy.example:8/a"


def test_no_repr_shows_headers_query_or_body():
    url = f"https://toy.example/a?key={SECRET}"
    request = Request(method="GET", url=url, headers={"K": SECRET}, body=SECRET.encode())
    got = Answer(status=200, url="https://toy.example/a", headers={"k": SECRET}, body=SECRET.encode())
    assert "s3cr3t" not in repr([request, got, KNOWN])


class Keyed:
    def headers(self, method, url, body):
        return {"X-Key": "hidden-key-1234"}

    def renew(self, stale):
        return False


@pytest.mark.parametrize(
    "act",
    [
        answer(400, b'{"sent": "hidden-key-1234"}'), answer(401, b"hidden-key-1234"), answer(403, b"hidden-body-1234"),
        answer(500, b"hidden-query-1234"), answer(302, headers={"Location": "https://elsewhere.example/?hidden-key-1234"}),
        reset, half, raw(b"hidden-key-1234\r\n\r\n"), raw(b"HTTP/1.1 200 OK\r\nno header at all\r\n\r\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("write", [False, True])
def test_no_error_and_no_log_shows_what_was_sent(toy, bench, caplog, act, write):
    caplog.set_level(logging.DEBUG)
    server = toy(act)
    key, body, query = secrets = ("hidden-key-1234", "hidden-body-1234", "hidden-query-1234")
    table = bench(server.base, sign_in=Keyed(), secrets=secrets, manners=Manners(tries=2))
    call = table.client.write if write else table.client.read
    shown = repr(table.client)
    try:
        call("POST", "/a", params={"q": query}, json={"k": key, "b": body})
    except BridgeError as error:
        shown += "".join(traceback.format_exception(error)) + repr(error) + str(error.params) + error.detail
        while error.__context__ is not None:
            error = error.__context__
            shown += repr(error)
    assert "hidden-" not in shown + caplog.text
