"""Listening for the vendors' notices: the secret lies in the keychain only, and a notice has the next run look."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bridge_gui.errors import BridgeError, SetupError
from bridge_gui.store import bridges
from bridge_gui.sync import notices_kept
from bridge_gui.sync.notices_heard import Listening, listen
from bridge_gui.web.notices import NoticeListener, free_port
from tests.bridges.webcrm_uniconta.office import NAME, Office, office

ITEM = "1000"


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path / "data") as made:
        made.set_up(schedule="30 min")
        yield made


def fail(error: BridgeError) -> None:
    raise error


def opened(one: Office) -> Listening:
    heard = listen(one.house, fail)
    assert heard is not None
    return heard


def tell(address: str, method: str = "GET", body: bytes | None = None) -> int:
    """A vendor's notice, by way of the relay."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", body)
        return connection.getresponse().status
    finally:
        connection.close()


def by_path(one: Office) -> dict[str, str]:
    return {address.spec.path: address.local for address in notices_kept.addresses(one.house, NAME)}


def test_it_is_off_until_it_is_switched_on_and_forgotten_when_off(one: Office, tmp_path: Path):
    row, keychain = one.house.bridge(NAME), one.house.keychain
    assert listen(one.house, fail) is None
    assert notices_kept.addresses(one.house, NAME) == ()

    made = notices_kept.switch_on(one.house, NAME)
    assert [address.spec.path for address in made] == ["uniconta", "invitems", "webcrm"]
    secret = keychain.get(row.books.name, notices_kept.SECRET)
    assert secret
    assert all(f"/webhook/{secret}/" in address.path for address in made)
    assert secret not in repr(made)
    assert not [
        path
        for path in (tmp_path / "data").rglob("*")
        if path.is_file() and secret.encode() in path.read_bytes()
    ]

    again = notices_kept.switch_on(one.house, NAME)
    assert again == made
    port = free_port()
    anew = notices_kept.switch_on(one.house, NAME, port=port, anew=True)
    assert {address.port for address in anew} == {port}
    assert not {address.path for address in anew} & {address.path for address in made}

    notices_kept.switch_off(one.house, NAME)
    assert keychain.get(row.books.name, notices_kept.SECRET) is None
    assert listen(one.house, fail) is None

    notices_kept.switch_on(one.house, NAME)
    one.house.forget_secrets(row)
    assert keychain.get(row.books.name, notices_kept.SECRET) is None
    with pytest.raises(SetupError, match=r"notices\.no_secret"):
        listen(one.house, fail)


def test_a_port_that_cannot_be_is_told(one: Office):
    for port in (1, 80, 70_000):
        with pytest.raises(SetupError, match=r"notices\.bad_port"):
            notices_kept.switch_on(one.house, NAME, port=port)
    taken = NoticeListener(free_port(), {}, lambda _bridge, _path, _notice: None)
    try:
        notices_kept.switch_on(one.house, NAME, port=taken.port)
        told: list[BridgeError] = []
        assert listen(one.house, told.append) is None
        assert [(error.code, error.params) for error in told] == [
            ("notices.port_taken", {"port": taken.port})
        ]
    finally:
        taken.close()


def test_a_notice_has_a_changed_item_written_early(one: Office):
    one.set_up(schedule="1 min")
    one.rest(3)
    one.sync()
    notices_kept.switch_on(one.house, NAME)
    heard, addresses = opened(one), by_path(one)
    try:
        one.books("edit_item", number=ITEM, SalesPrice1="961.5")
        one.sync()
        assert price(one) == "950"

        wrong = addresses["invitems"].replace("/webhook/", "/webhook/x")
        assert tell(wrong + "?Key=1000") == 404
        assert heard.early(one.house.bridges()) == ""

        assert tell(addresses["invitems"] + "?CompanyId=1?Table=23?Key=1000?Operation=Update") == 200
        assert heard.early(one.house.bridges()) == NAME
        heard.before_sync(NAME, early=True)
        one.sync()
        assert price(one) == "961.5"
        assert heard.early(one.house.bridges()) == ""

        before = len(one.documents("price"))
        for body in (b'{"Item": "1000"}', b'{"Item": "nobody"}', b"{" * 9000):
            assert tell(addresses["invitems"], "POST", body) == 200
        heard.before_sync(NAME, early=True)
        assert one.sync().written == 0
        assert len(one.documents("price")) == before
    finally:
        heard.close()


def test_a_notice_has_a_changed_debtor_written_early(one: Office):
    one.set_up(schedule="1 min")
    one.rest(4)
    one.sync()
    notices_kept.switch_on(one.house, NAME)
    heard, addresses = opened(one), by_path(one)
    try:
        one.books("edit_debtor", number="20001", Phone="+45 11 22 33 44")
        one.sync()
        assert telephone(one) != "+45 11 22 33 44"
        assert tell(addresses["uniconta"] + "?CompanyId=1&Table=50&Key=20001&Action=update") == 200
        heard.before_sync(NAME, early=True)
        one.sync()
        assert telephone(one) == "+45 11 22 33 44"
    finally:
        heard.close()


def until_heard(one: Office, heard: Listening) -> None:
    """Wait for the vendors' own calls, which come a moment after the change."""
    end = time.monotonic() + 20
    while heard.early(one.house.bridges()) != NAME:
        assert time.monotonic() < end, "nobody has called"
        time.sleep(0.02)


def test_what_is_changed_at_either_vendor_is_told_by_itself_and_on_the_other_side_at_once(tmp_path: Path):
    told = {"post_notices": True}
    with office(tmp_path, uniconta={**told, "notice_separator": "?"}, webcrm=told) as one:
        one.set_up(schedule="1 min", way_people="off", way_staff="off", orders="no")
        one.rest(3)
        one.sync()
        notices_kept.switch_on(one.house, NAME)
        heard, addresses = opened(one), by_path(one)
        try:
            one.books("add_change_url", Table=50, Url=addresses["uniconta"])
            one.books("add_change_url", Table=23, Url=addresses["invitems"], UsePost=True)
            one.seller("add_hook", entity="Organisation", url=addresses["webcrm"], event="Update")
            for change, there in (
                (lambda: one.books("edit_item", number=ITEM, SalesPrice1="961.5"), "961.5"),
                (
                    lambda: one.books("edit_debtor", number="20001", Phone="+45 11 22 33 44"),
                    "+45 11 22 33 44",
                ),
                (lambda: one.seller("edit_organisation", id=1, OrganisationTelephone="+45 55"), "+45 55"),
            ):
                change()
                until_heard(one, heard)
                heard.before_sync(NAME, early=True)
                one.sync()
                assert there in (price(one), telephone(one), debtor_phone(one))
                settle(one, heard)
        finally:
            heard.close()


def settle(one: Office, heard: Listening) -> None:
    """What Bridge wrote itself is told as well, and comes to nothing."""
    one.pass_time(minutes=3)
    heard.before_sync(NAME, early=True)
    assert one.sync().written == 0


def debtor_phone(one: Office) -> str:
    row = next(row for row in one.table("uniconta", "DebtorClient") if row.get("xWebcrmId") == "org-1")
    return str(row.get("Phone", ""))


def telephone(one: Office) -> str:
    rows = one.table("webcrm", "Organisation")
    return str(next(row for row in rows if row["OrganisationId"] == 2).get("OrganisationTelephone", ""))


def price(one: Office) -> str:
    rows = one.table("webcrm", "QuotationLineLinkedDataItem")
    row = next(row for row in rows if row["QuotationLineLinkedDataItemData1"] == ITEM)
    return str(row["QuotationLineLinkedDataItemPrice"])


def test_a_named_record_is_read_afresh_and_only_if_it_is_known(one: Office):
    one.rest(2)
    notices_kept.switch_on(one.house, NAME)
    heard, addresses = opened(one), by_path(one)
    try:
        for record in ("1", "4711"):
            body = f'"https://api.b2b.example/Organisations/{record}"'.encode()
            assert tell(addresses["webcrm"], "POST", body) == 200
        heard.before_sync(NAME, early=True)
        assert one.source("organisations", "org-1").recheck_at is not None
        assert one.source("organisations", "org-4711") is None
        run = one.sync()
        assert run.written == 0
        assert one.source("organisations", "org-1").recheck_at is None
    finally:
        heard.close()


def test_who_does_not_run_by_itself_is_left_alone(one: Office):
    notices_kept.switch_on(one.house, NAME)
    heard, addresses = opened(one), by_path(one)
    try:
        assert tell(addresses["uniconta"]) == 200
        assert heard.early(one.house.bridges()) == NAME
        row = one.house.bridge(NAME)
        with one.house.database.write() as connection:
            bridges.stop_bridge(connection, row.id, "signin.refused", {})
        assert heard.early(one.house.bridges()) == ""
        one.set_up(schedule="manual")
        assert heard.early(one.house.bridges()) == ""
    finally:
        heard.close()
