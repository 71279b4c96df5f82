"""Renewal: one at a time, kept before it is used, the old value in its grace, and what a crash leaves."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import parse_qs

import pytest

from bridge_gui.errors import Passing, SetupError, SignInError
from bridge_gui.web.http import HttpClient
from bridge_gui.web.oauth.access import Access, OAuthSignIn
from bridge_gui.web.oauth.grant import Grant, ends_on, load
from bridge_gui.web.oauth.terms import OAuth
from bridge_gui.web.oauth.tokens import TokenDoor
from tests.vendors.standin import Standin, plain, said
from tests.web.toys import half, hang_up

GRACE = timedelta(minutes=30)


class Vendor:
    """Rotates at every renewal; the value before works for half an hour, older ones never."""

    def __init__(self, standin, clock, seconds=1800):
        self.standin, self.clock, self.seconds = standin, clock, seconds
        self.number, self.rotated, self.lose = 1, clock.now(), 0
        self.lock = threading.Lock()
        standin.on("POST /token", self)

    def __call__(self, sock, received):
        with self.lock:
            given = parse_qs(received.body.decode())["refresh_token"][0]
            in_grace = self.clock.now() - self.rotated < GRACE
            if given != f"r{self.number}" and not (given == f"r{self.number - 1}" and in_grace):
                return said({"error": "invalid_grant"}, 400)(sock, received)
            self.number += 1
            self.rotated = self.clock.now()
            if self.lose:
                self.lose -= 1
                return hang_up(sock, received)
            time.sleep(0.02)
            body = {
                "access_token": f"a{self.number}",
                "expires_in": self.seconds,
                "refresh_token": f"r{self.number}",
            }
            return said(body)(sock, received)


class Chain:
    """A keychain of one place."""

    def __init__(self, text):
        self.text, self.locked, self.kept = text, 0, []

    def get(self):
        return self.text

    def set(self, text):
        if self.locked:
            self.locked -= 1
            raise SetupError("keychain.locked")
        self.kept.append(load(text).refresh)
        self.text = text


@pytest.fixture
def standin():
    one = Standin().on("GET /data", {"ok": True})
    yield one
    one.close()


class World:
    def __init__(self, standin, **more):
        self.standin, self.bench = standin, standin.bench
        self.clock = self.bench.clock
        self.vendor = Vendor(standin, self.clock)
        base = standin.toy.base
        given = {
            "authorize": f"{base}/a",
            "token": f"{base}/token",
            "revoke": f"{base}/revoke",
            "client_id": "APP",
        }
        self.oauth = OAuth(**{**given, "grace": GRACE, **more})
        grant = Grant(session="s", refresh="r1", at=self.clock.now())
        self.chain, self.access, self.noted = Chain(grant.dump()), Access(), []

    def sign_in(self, access=None):
        door = TokenDoor(self.oauth, "", self.bench.wire, "Toy")
        return OAuthSignIn(
            door, self.oauth, access or self.access, kept=self.chain.get, keep=self.chain.set,
            wire=self.bench.wire, noted=self.noted.append,
        )  # fmt: skip

    def header(self, sign_in=None):
        return (sign_in or self.sign_in()).headers("GET", "https://x", b"")["Authorization"]

    @property
    def grant(self):
        return load(self.chain.text)


@pytest.fixture
def world(standin):
    return World(standin)


def test_the_renewed_value_is_kept_before_the_new_access_is_used(world):
    assert world.header() == "Bearer a2"
    assert (world.grant.refresh, world.grant.before) == ("r2", "r1")
    assert world.noted == [world.clock.now()]
    assert "a2" not in world.chain.text


def test_what_cannot_be_kept_is_not_used_and_is_kept_first_next_time(world):
    world.chain.locked = 1
    with pytest.raises(SetupError):
        world.header()
    assert world.access.token == ""
    assert world.grant.refresh == "r1"
    assert world.header() == "Bearer a3"
    assert world.chain.kept == ["r2", "r3"]


def test_a_program_that_died_before_keeping_it_goes_on_with_the_old_value(world):
    world.chain.locked = 1
    with pytest.raises(SetupError):
        world.header()
    world.access = Access()  # the program was started anew
    world.clock.seconds += 29 * 60
    assert world.header() == "Bearer a3"
    assert world.grant.refresh == "r3"


def test_a_lost_answer_is_asked_for_again_with_the_old_value(world):
    world.vendor.lose = 1
    assert world.header() == "Bearer a3"
    assert world.grant.refresh == "r3"


def test_without_a_grace_a_lost_answer_is_not_asked_for_again(standin):
    world = World(standin, grace=timedelta(0))
    world.vendor.lose = 1
    with pytest.raises(Passing) as caught:
        world.header()
    assert caught.value.code == "net.cut"
    assert len(standin.asked("POST /token")) == 1


def test_the_value_before_is_tried_in_its_grace_only(world):
    world.header()
    world.vendor.number = (
        1  # the vendor never saw the rotation through (a restored backup of the keychain does the same)
    )
    world.vendor.rotated = world.clock.now()
    world.access.forget()
    assert world.header() == "Bearer a2"
    assert world.grant.refresh == "r2"


def test_an_ended_sign_in_is_said_with_both_values_tried(world):
    world.header()
    world.vendor.number = 9
    world.access.forget()
    with pytest.raises(SignInError) as caught:
        world.header()
    assert caught.value.code == "oauth.ended"
    given = [parse_qs(one.body.decode())["refresh_token"][0] for one in world.standin.asked("POST /token")]
    assert given == ["r1", "r2", "r1"]
    world.clock.seconds += 1801
    with pytest.raises(SignInError):
        world.header()
    assert len(world.standin.asked("POST /token")) == 4


def test_many_jobs_of_one_connection_renew_once(world):
    seen = []
    threads = [threading.Thread(target=lambda: seen.append(world.header())) for _ in range(12)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert seen == ["Bearer a2"] * 12
    assert len(world.standin.asked("POST /token")) == 1


def test_access_lasts_its_time_and_is_renewed_a_minute_early(world):
    world.header()
    world.clock.seconds += 1739
    assert world.header() == "Bearer a2"
    world.clock.seconds += 1
    assert world.header() == "Bearer a3"


def test_refused_access_is_renewed_once_for_all_who_held_it(world):
    sign_in = world.sign_in()
    stale = {"Authorization": world.header(sign_in)}
    assert sign_in.renew(stale)
    assert world.sign_in().renew(stale)
    assert world.header() == "Bearer a3"


def test_a_call_with_refused_access_is_repeated_once_after_renewal(world):
    world.standin.on("GET /data", plain("expired", 401), {"ok": True})
    client = HttpClient(world.standin.toy.base, wire=world.bench.wire, sign_in=world.sign_in())
    assert client.read("GET", "data").status == 200
    assert [one.headers["authorization"] for one in world.standin.asked("GET /data")] == [
        "Bearer a2",
        "Bearer a3",
    ]


def test_a_new_sign_in_under_the_same_name_takes_nothing_of_the_old(world):
    world.chain.locked = 1
    with pytest.raises(SetupError):
        world.header()
    world.chain.text = Grant(session="other", refresh="r2", at=world.clock.now()).dump()
    assert world.header() == "Bearer a3"
    assert world.chain.kept == ["r3"]
    assert world.grant.session == "other"


def test_a_vendor_that_does_not_rotate_keeps_its_value(standin):
    world = World(standin)
    standin.on("POST /token", {"access_token": "x", "expires_in": 60})
    assert world.header() == "Bearer x"
    assert (world.grant.refresh, world.grant.before) == ("r1", "")


@pytest.mark.parametrize("body", [plain("<html>", 200), half, plain("busy", 503)])
def test_nonsense_ends_no_sign_in(world, body):
    world.standin.on("POST /token", body)
    with pytest.raises(Exception) as caught:
        world.header()
    assert not isinstance(caught.value, SignInError)
    assert world.grant.refresh == "r1"


def test_damaged_text_in_the_keychain_is_said(world):
    world.chain.text = "r1"
    with pytest.raises(SetupError) as caught:
        world.header()
    assert caught.value.code == "keychain.damaged"


def test_revoking_sends_the_value_and_the_app(world):
    world.standin.on("POST /revoke", plain("", 200))
    TokenDoor(world.oauth, "", world.bench.wire, "Toy").revoke("r1")
    (sent,) = world.standin.asked("POST /revoke")
    assert parse_qs(sent.body.decode()) == {
        "token": ["r1"],
        "token_type_hint": ["refresh_token"],
        "client_id": ["APP"],
    }


def test_disuse_is_told_from_its_day_on(world):
    oauth = replace(world.oauth, disuse=timedelta(days=60), warn_after=timedelta(days=45))
    used = world.clock.now()
    assert ends_on(oauth, used, used + timedelta(days=44, hours=23)) is None
    assert ends_on(oauth, used, used + timedelta(days=45)) == date(2027, 1, 19)
    assert ends_on(world.oauth, used, used + timedelta(days=99)) is None


def test_nothing_secret_is_shown(world):
    world.header()
    shown = f"{world.grant!r} {world.access!r} {world.sign_in()!r}"
    assert not any(value in shown for value in ("r1", "r2", "a2"))
