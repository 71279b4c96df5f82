"""Signing in at the vendor's page: over loopback, by pasting, refused, by strangers, and to nobody."""

from __future__ import annotations

import http.client
import socket
import threading
from base64 import urlsafe_b64encode
from datetime import timedelta
from hashlib import sha256
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from bridge_gui.errors import Cancelled, SetupError, SignInError
from bridge_gui.web.oauth.flow import PATIENCE, SignInFlow
from bridge_gui.web.oauth.terms import OAuth
from tests.vendors.standin import Standin, said
from tests.web.toys import answer, refusing_port

TOKENS = {"access_token": "access-one", "expires_in": 1800, "refresh_token": "refresh-one", "scope": "a b"}


@pytest.fixture
def standin():
    one = Standin().on("POST /token", TOKENS)
    yield one
    one.close()


def terms(standin, **more):
    given = {
        "authorize": f"{standin.toy.base}/authorize",
        "token": f"{standin.toy.base}/token",
        "client_id": "APP1",
        "scopes": ("offline_access", "invoices"),
        "redirects": tuple(f"http://localhost:{refusing_port()}/callback" for _ in range(3)),
        "grace": timedelta(minutes=30),
    }
    return OAuth(**{**given, **more})


def started(standin, **more):
    flow = SignInFlow(terms(standin, **more), vendor="Toy")
    flow.listen()
    return flow


def asked(flow):
    return {key: values[0] for key, values in parse_qs(urlsplit(flow.address).query).items()}


def last_page(flow, **values):
    return f"{flow.redirect}?{urlencode({'code': 'c-1', 'state': asked(flow)['state'], **values})}"


def browse(url, host=None):
    parts = urlsplit(url)
    line = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=5)
    line.request("GET", f"{parts.path}?{parts.query}", headers={"Host": host or f"localhost:{parts.port}"})
    got = line.getresponse()
    page = got.read().decode()
    line.close()
    return got.status, page, dict(got.getheaders())


def form(received):
    return {key: values[0] for key, values in parse_qs(received.body.decode()).items()}


def test_the_page_is_asked_with_everything_pkce_wants(standin):
    with started(standin) as flow:
        given = asked(flow)
        assert flow.address.startswith(f"{standin.toy.base}/authorize?")
        assert given["client_id"] == "APP1"
        assert given["response_type"] == "code"
        assert given["redirect_uri"] == flow.redirect == flow.oauth.redirects[0]
        assert given["scope"] == "offline_access invoices"
        assert given["code_challenge_method"] == "S256"
        assert len(given["state"]) >= 32


def test_the_answer_on_loopback_is_exchanged_with_the_verifier_of_the_challenge(standin):
    with started(standin) as flow:
        challenge = asked(flow)["code_challenge"]
        status, page, headers = browse(last_page(flow))
        assert status == 200
        assert "close this page" in page
        assert "c-1" not in page
        assert headers["Referrer-Policy"] == "no-referrer"
        signed = flow.wait(standin.bench.wire)
    (sent,) = standin.asked("POST /token")
    told = form(sent)
    assert sent.headers["content-type"] == "application/x-www-form-urlencoded"
    assert "authorization" not in sent.headers
    assert told["grant_type"] == "authorization_code"
    assert told["client_id"] == "APP1"
    assert told["code"] == "c-1"
    assert told["redirect_uri"] == flow.redirect
    assert 43 <= len(told["code_verifier"]) <= 128
    digest = sha256(told["code_verifier"].encode()).digest()
    assert urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
    assert signed.grant.refresh == "refresh-one"
    assert signed.tokens.access_token == "access-one"
    assert "refresh-one" not in repr(signed)
    assert "access-one" not in repr(signed)
    assert "access-one" not in signed.grant.dump()


def test_afterwards_nobody_listens_and_the_port_is_free_again(standin):
    with started(standin) as flow:
        browse(last_page(flow))
        flow.wait(standin.bench.wire)
        port = urlsplit(flow.redirect).port
        socket.create_server(("127.0.0.1", port)).close()


def test_it_listens_on_this_computer_only(standin):
    with started(standin) as flow:
        addresses = {server.server_address[0] for server in flow._listener._servers}
        assert addresses <= {"127.0.0.1", "::1"}
        assert "127.0.0.1" in addresses


@pytest.mark.parametrize("change", ["state", "path", "host", "none"])
def test_a_stranger_on_the_port_changes_nothing(standin, change):
    with started(standin) as flow:
        good = last_page(flow)
        bad = {
            "state": good.replace("state=", "state=x"),
            "path": good.replace("/callback", "/other"),
            "none": flow.redirect + "?error=access_denied",
        }.get(change, good)
        status, page, _ = browse(bad, host="evil.example:80" if change == "host" else None)
        assert status == 404
        assert "waiting" in page
        assert not standin.asked("POST /token")
        assert browse(good)[0] == 200
        assert flow.wait(standin.bench.wire).grant.refresh == "refresh-one"


def test_a_second_answer_is_not_a_second_exchange(standin):
    with started(standin) as flow:
        browse(last_page(flow))
        browse(last_page(flow, code="c-2"))
        flow.wait(standin.bench.wire)
    assert [form(one)["code"] for one in standin.asked("POST /token")] == ["c-1"]


def test_a_taken_port_leads_to_the_next(standin):
    oauth = terms(standin)
    first = urlsplit(oauth.redirects[0]).port
    with socket.create_server(("127.0.0.1", first)), SignInFlow(oauth) as flow:
        flow.listen()
        assert flow.redirect == oauth.redirects[1]
        assert asked(flow)["redirect_uri"] == oauth.redirects[1]


def test_no_free_port_is_said_and_pasting_still_works(standin):
    oauth = terms(standin)
    ports = [urlsplit(one).port for one in oauth.redirects]
    taken = [socket.create_server(("127.0.0.1", port)) for port in ports]
    try:
        with SignInFlow(oauth, vendor="Toy") as flow:
            with pytest.raises(SetupError) as caught:
                flow.listen()
            assert caught.value.code == "oauth.no_port"
            assert caught.value.params == {"ports": ", ".join(map(str, ports))}
            assert flow.offer(last_page(flow)) is None
            assert flow.wait(standin.bench.wire).grant.refresh == "refresh-one"
    finally:
        for one in taken:
            one.close()


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("", "oauth.paste"),
        ("https://login.example/x", "oauth.paste"),
        ("{other}", "oauth.other_page"),
        ("{codeless}", "oauth.paste"),
    ],
)
def test_a_wrong_paste_is_said_and_may_be_mended(standin, pasted, code):
    with started(standin) as flow:
        other = last_page(flow, state="another")
        codeless = f"{flow.redirect}?state={asked(flow)['state']}"
        assert flow.offer(pasted.format(other=other, codeless=codeless)).code == code
        assert flow.offer("  " + last_page(flow) + "\n") is None
        assert flow.wrong is None
        assert flow.wait(standin.bench.wire).grant.refresh == "refresh-one"


def test_where_the_vendor_refuses_loopback_only_pasting_is_left(standin):
    page = "https://developer.example/redirect"
    with started(standin, redirects=(page,), pkce=False) as flow:
        assert not flow.listening
        assert asked(flow)["redirect_uri"] == page
        assert "code_challenge" not in asked(flow)
        assert flow.offer(last_page(flow, realmId="123")) is None
        signed = flow.wait(standin.bench.wire)
    assert signed.grant.extra == {"realmId": "123"}
    assert form(standin.asked("POST /token")[0])["redirect_uri"] == page


def test_a_secret_goes_into_the_header_where_the_vendor_wants_it(standin):
    flow = SignInFlow(terms(standin, basic=True), secret="s:e/c", vendor="Toy")
    flow.listen()
    with flow:
        browse(last_page(flow))
        flow.wait(standin.bench.wire)
    (sent,) = standin.asked("POST /token")
    assert sent.headers["authorization"] == "Basic QVBQMTpzJTNBZSUyRmM="
    assert "client_id" not in form(sent)
    assert b"s%3Ae" not in sent.body


@pytest.mark.parametrize(
    ("word", "kind", "code"),
    [
        ("access_denied", SignInError, "oauth.denied"),
        ("invalid_scope", SetupError, "oauth.scope"),
        ("unauthorized_client", SetupError, "oauth.client"),
        ("server_error", SignInError, "oauth.refused"),
        ("<b>odd", SignInError, "oauth.refused"),
    ],
)
def test_the_vendors_no_is_told(standin, word, kind, code):
    with started(standin) as flow:
        state = asked(flow)["state"]
        assert browse(f"{flow.redirect}?{urlencode({'error': word, 'state': state})}")[0] == 200
        with pytest.raises(kind) as caught:
            flow.wait(standin.bench.wire)
    assert caught.value.code == code
    assert "<" not in str(caught.value)


@pytest.mark.parametrize(
    ("said_by", "kind", "code"),
    [
        (said({"error": "invalid_grant"}, 400), SignInError, "oauth.used"),
        (said({"error": "invalid_client"}, 401), SetupError, "oauth.client"),
        (said({"error": "invalid_scope"}, 400), SetupError, "oauth.scope"),
        (said({"error": "odd_thing"}, 400), SignInError, "oauth.refused"),
        (said({"error": "invalid_grant"}, 200), SignInError, "oauth.used"),
        (said({"access_token": "a", "expires_in": 5}), SetupError, "oauth.scope"),
    ],
)
def test_the_exchange_may_be_refused(standin, said_by, kind, code):
    standin.on("POST /token", said_by)
    with started(standin) as flow:
        browse(last_page(flow))
        with pytest.raises(kind) as caught:
            flow.wait(standin.bench.wire)
    assert caught.value.code == code
    assert len(standin.asked("POST /token")) == 1


def test_without_an_answer_it_waits_a_quarter_of_an_hour(standin):
    with started(standin) as flow:
        clock = standin.bench.clock
        threading.Timer(0.3, lambda: setattr(clock, "seconds", clock.seconds + PATIENCE)).start()
        with pytest.raises(SignInError) as caught:
            flow.wait(standin.bench.wire)
    assert caught.value.code == "oauth.waited"


def test_stopping_ends_the_wait_and_frees_the_port(standin):
    stop = threading.Event()
    standin.bench.wire = type(standin.bench.wire)(**{**vars(standin.bench.wire), "cancel": stop})
    with started(standin) as flow:
        threading.Timer(0.2, stop.set).start()
        with pytest.raises(Cancelled):
            flow.wait(standin.bench.wire)
        socket.create_server(("127.0.0.1", urlsplit(flow.redirect).port)).close()


def test_a_sandbox_on_this_computer_is_signed_in_to_without_a_browser(standin):
    with started(standin) as flow:
        standin.on("GET /authorize", answer(302, b"", {"Location": last_page(flow)}))
        flow.follow(standin.bench.wire)
        assert flow.wait(standin.bench.wire).grant.refresh == "refresh-one"
    assert "/callback" not in [urlsplit(one.target).path for _, one in standin.seen]


def test_a_sandbox_is_signed_in_to_without_a_port(standin):
    with SignInFlow(terms(standin), vendor="Toy") as flow:
        standin.on("GET /authorize", answer(302, b"", {"Location": last_page(flow)}))
        flow.follow(standin.bench.wire)
        assert flow.wait(standin.bench.wire).grant.refresh == "refresh-one"
    with SignInFlow(terms(standin), vendor="Toy") as flow:
        standin.on(
            "GET /authorize", answer(302, b"", {"Location": f"{flow.redirect}?code=c-1&state=another"})
        )
        with pytest.raises(SetupError):
            flow.follow(standin.bench.wire)


def test_a_vendor_elsewhere_is_never_followed(standin):
    with started(standin, authorize="https://login.example/authorize") as flow:
        flow.follow(standin.bench.wire)
        assert flow.host == "login.example"
    assert not standin.seen


def test_a_sandbox_that_leads_elsewhere_is_not_followed_there(standin):
    with started(standin) as flow:
        standin.on("GET /authorize", answer(302, b"", {"Location": "http://127.0.0.1:1/else"}))
        with pytest.raises(SignInError):
            flow.follow(standin.bench.wire)


def test_plain_http_to_another_computer_is_refused():
    with pytest.raises(SetupError) as caught:
        SignInFlow(
            OAuth(authorize="http://login.example/a", token="t", client_id="c", redirects=("https://x",))
        )
    assert caught.value.code == "address.not_https"
