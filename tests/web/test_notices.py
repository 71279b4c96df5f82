"""Change notices over real HTTP: only the right secret is heard, nothing is repeated, and it always closes."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bridge_gui.errors import SetupError
from bridge_gui.web import notices
from bridge_gui.web.notices import LARGEST_BODY, NoticeListener, free_port, new_secret, path_of
from bridge_gui.web.notices_read import LONGEST_TEXT, MOST_FIELDS, ChangeNotice, read_notice

SECRET, OTHER = new_secret(), new_secret()


class Ear:
    """Understands the path "known" and remembers what it was told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ChangeNotice]] = []
        self.threads: set[int] = set()

    def __call__(self, bridge: str, path: str, notice: ChangeNotice) -> int | None:
        if path != "known":
            return None
        self.threads.add(threading.get_ident())
        self.heard.append((bridge, notice))
        return 200


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def listener(ear: Ear) -> Iterator[NoticeListener]:
    opened = NoticeListener(free_port(), {"one": SECRET, "two": OTHER}, ear)
    yield opened
    opened.close()


def ask(listener: NoticeListener, method: str, path: str, body: bytes | None = None, **headers: str):
    """One request as a relay passes it on: the status, the headers and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", listener.port, timeout=10)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def raw(listener: NoticeListener, sent: bytes) -> bytes:
    """What comes back for these bytes."""
    with socket.create_connection(("127.0.0.1", listener.port), timeout=10) as connection:
        connection.sendall(sent)
        answer = b""
        while more := connection.recv(4096):
            answer += more
    return answer


def test_both_forms_of_a_notice_are_heard(listener: NoticeListener, ear: Ear):
    asked = "?CompanyId=1&Table=50&RowId=7&Key=20001&Action=update"
    assert ask(listener, "GET", path_of(SECRET, "known") + asked)[0] == 200
    body = json.dumps({"Item": "1000", "SalesPrice1": 9.5, "RowId": 12, "Lines": [1]}).encode()
    assert ask(listener, "POST", path_of(OTHER, "known"), body)[0] == 200
    (first, query), (second, posted) = ear.heard
    assert (first, query.first("account", "key")) == ("one", "20001")
    assert (second, dict(posted.fields)) == ("two", {"Item": "1000", "RowId": "12"})
    assert len(ear.threads) == 1


def test_anything_else_is_not_found_and_changes_nothing(listener: NoticeListener, ear: Ear):
    right = path_of(SECRET, "known")
    for method, path in (
        ("GET", path_of(new_secret(), "known")), ("POST", path_of(new_secret(), "known")),
        ("GET", path_of(SECRET[:-1], "known")), ("GET", path_of(SECRET + "A", "known")),
        ("GET", path_of(SECRET, "unknown")), ("GET", "/"), ("GET", f"/webhook/{SECRET}"),
        ("GET", f"/webhook//{SECRET}/known"), ("GET", "/webhook/../etc/passwd"), ("GET", f"/x{right}"),
        ("PUT", right), ("DELETE", right), ("HEAD", right), ("OPTIONS", right), ("TRACE", right),
    ):  # fmt: skip
        assert ask(listener, method, path)[0] == 404, (method, path)
    assert not ear.heard


def test_nothing_of_a_request_is_repeated_or_written_down(listener: NoticeListener, capfd):
    bait = "bait-4711"
    for answer in (
        raw(listener, f"{bait.upper()} /{bait} HTTP/1.1\r\nX: {bait}\r\n\r\n".encode()),
        raw(listener, f"GET {path_of(SECRET, 'known')}?{bait} HTTP/1.1\r\nHost: {bait}\r\n\r\n".encode()),
        raw(listener, f"{bait}\r\n\r\n".encode()),
        raw(listener, f"GET /{bait} HTTP/9.{bait}\r\n\r\n".encode()),
    ):
        head, _, body = answer.partition(b"\r\n\r\n")
        assert bait.encode() not in answer.lower()
        assert SECRET.encode() not in answer
        assert body == b""
        assert head == b"" or head.split(b" ")[1] in (b"404", b"200")
    assert capfd.readouterr() == ("", "")


def test_a_huge_body_is_not_read(listener: NoticeListener, ear: Ear):
    head = f"POST {path_of(SECRET, 'known')} HTTP/1.1\r\nContent-Length: {10**9}\r\n\r\n"
    assert raw(listener, head.encode()).startswith(b"HTTP/1.1 413 ")
    assert not ear.heard
    fits = json.dumps({"Key": "7", "Note": "x" * (LARGEST_BODY - 200)}).encode()
    assert ask(listener, "POST", path_of(SECRET, "known"), fits)[0] == 200
    assert dict(ear.heard[0][1].fields) == {"Key": "7"}
    endless = b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 200_000
    with suppress(ConnectionError):  # hung up on while it still sends
        assert raw(listener, endless).startswith(b"HTTP/1.1 404 ")
    assert ask(listener, "GET", path_of(SECRET, "known"))[0] == 200


def test_a_wrong_length_is_refused_and_pieces_are_enough(listener: NoticeListener, ear: Ear):
    path = path_of(SECRET, "known")
    for length in ("-1", "1e3", "\u0669", "9" * 40, "0x10"):
        head = f"POST {path} HTTP/1.1\r\nContent-Length: {length}\r\n\r\n".encode()
        assert raw(listener, head).startswith(b"HTTP/1.1 404 "), length
    assert not ear.heard
    pieces = f"POST {path} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n"
    assert raw(listener, pieces.encode()).startswith(b"HTTP/1.1 200 ")
    assert len(ear.heard) == 1


def test_who_dawdles_is_hung_up_on(monkeypatch, ear: Ear):
    monkeypatch.setattr(notices, "SECONDS", 0.6)
    listener = NoticeListener(free_port(), {"one": SECRET}, ear)
    try:
        began = time.monotonic()
        with socket.create_connection(("127.0.0.1", listener.port), timeout=10) as slow:
            slow.sendall(b"POST /webhook/ HTTP/1.1\r\nContent-Length: 50\r\n\r\n{")
            assert ask(listener, "GET", path_of(SECRET, "known"))[0] == 200
        assert time.monotonic() - began < 8
    finally:
        listener.close()


def test_it_closes_at_once_even_while_somebody_dawdles(ear: Ear):
    listener = NoticeListener(free_port(), {"one": SECRET}, ear)
    with socket.create_connection(("127.0.0.1", listener.port), timeout=10) as slow:
        slow.sendall(b"GET /webhook/")
        time.sleep(0.3)
        began = time.monotonic()
        listener.close()
        assert time.monotonic() - began < 3
    assert not [one for one in threading.enumerate() if one.name == "notices"]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", listener.port), timeout=2)
    NoticeListener(listener.port, {"one": SECRET}, ear).close()


def test_a_port_in_use_is_told(listener: NoticeListener, ear: Ear):
    with pytest.raises(SetupError) as told:
        NoticeListener(listener.port, {"one": SECRET}, ear)
    assert (told.value.code, told.value.params) == ("notices.port_taken", {"port": listener.port})


def test_it_listens_on_loopback_only(listener: NoticeListener):
    assert listener._server.server_address[0] == "127.0.0.1"
    assert SECRET not in repr(vars(listener))


def test_question_marks_between_parameters_and_letters_of_any_size():
    notice = read_notice("CompanyId=1?Table=23?key=10%2F0+0?Operation=Update", b"")
    assert notice.first("Item", "Key") == "10/0 0"
    assert notice.first("Missing") == ""


@pytest.mark.parametrize("body", [b"[" * 60_000, b"\xff\xfe{", b"null", b'"x"', b"{", b"1" * 6000, b""])
def test_a_body_of_any_kind_is_only_text(body: bytes):
    notice = read_notice("Key=1", body)
    assert dict(notice.fields) == {"Key": "1"}


def test_long_and_many_fields_are_left_out():
    many = "&".join(f"f{number}=1" for number in range(5 * MOST_FIELDS))
    assert len(read_notice(many, b"").fields) == MOST_FIELDS
    assert not read_notice(f"Key={'9' * (LONGEST_TEXT + 1)}", b"").fields
