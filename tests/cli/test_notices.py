"""`notices` and `watch`: a vendor's notice over HTTP has a change written long before the schedule would."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bridge_gui.cli.means import Means
from bridge_gui.cli.run import main
from bridge_gui.sync.notices_kept import SECRET
from bridge_gui.web.notices import NoticeListener, free_port
from tests.bridges.webcrm_uniconta.office import NAME, Office, office
from tests.cli.program import wait_until

ITEM = "1000"


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Office]:
    with office(tmp_path / "data") as made:
        made.set_up(schedule="30 min")
        made.rest(2)
        yield made


def run(one: Office, *words: str) -> int:
    """A command line within this process: with the house's own keychain."""

    def no_window(*_: object, **__: object) -> Any:
        raise AssertionError

    means = Means(
        registry=lambda: one.house.registry, keychain=lambda _folder: one.house.keychain, clock=one.clock,
        folder=lambda: one.house.folder.path, window=no_window, check_window=no_window, pictures=no_window,
        dismiss=no_window, stay_away=no_window,
    )  # fmt: skip
    return main(["--data-dir", str(one.house.folder.path), *words], means)


def told(one: Office, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    code = run(one, "notices", *words, "--json")
    said = json.loads(capsys.readouterr().out)
    return said["error"]["code"] if code else said


def notice(address: str, query: str = "") -> int:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=10)
    try:
        connection.request("GET", parts.path + query)
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


def price(one: Office) -> str:
    rows = one.table("webcrm", "QuotationLineLinkedDataItem")
    row = next(row for row in rows if row["QuotationLineLinkedDataItemData1"] == ITEM)
    return str(row["QuotationLineLinkedDataItemPrice"])


def runs(one: Office) -> int:
    return len(one.house.runs(NAME, 100))


def watched(one: Office, doing: Callable[[], None]) -> int:
    """`watch` in this thread while another does this; then it is stopped as by Ctrl+C."""
    failed: list[BaseException] = []

    def play() -> None:
        try:
            doing()
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failed.append(error)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=play)
    thread.start()
    code = run(one, "watch")
    thread.join(20)
    assert not failed, failed
    return code


def test_it_is_switched_on_shown_and_switched_off(one: Office, capsys: pytest.CaptureFixture[str]):
    assert told(one, capsys, NAME) == {"bridge": NAME, "on": False, "port": None, "addresses": []}
    port = free_port()
    on = told(one, capsys, NAME, "--on", "--port", str(port))
    assert (on["on"], on["port"]) == (True, port)
    assert [address["path"].rpartition("/")[2] for address in on["addresses"]] == [
        "uniconta", "invitems", "webcrm",
    ]  # fmt: skip
    assert told(one, capsys, NAME) == on
    new = told(one, capsys, NAME, "--new")
    assert new["port"] == port
    assert new["addresses"][0]["path"] != on["addresses"][0]["path"]
    assert run(one, "notices", NAME) == 0
    assert new["addresses"][1]["local"] in capsys.readouterr().out
    assert not told(one, capsys, NAME, "--off")["on"]
    assert one.house.keychain.get(one.house.bridge(NAME).books.name, SECRET) is None
    assert told(one, capsys, "nobody") == "bridge.unknown"
    assert told(one, capsys, NAME, "--on", "--port", "80") == "notices.bad_port"


def test_watch_syncs_early_for_a_notice_and_closes_with_the_program(
    one: Office, capsys: pytest.CaptureFixture[str]
):
    on = told(one, capsys, NAME, "--on")
    item, debtor = on["addresses"][1]["local"], on["addresses"][0]["local"]
    before = runs(one)

    def vendor() -> None:
        forged = item.replace("/webhook/", "/webhook/A")
        wait_until(lambda: notice(forged) == 404)
        one.books("edit_item", number=ITEM, SalesPrice1="961.5")
        time.sleep(3)
        assert (price(one), runs(one)) == ("950", before)
        assert notice(item, f"?CompanyId=1&Table=23&Key={ITEM}&Action=update") == 200
        wait_until(lambda: price(one) == "961.5")
        statuses = [notice(debtor) for _ in range(150)]
        assert {200, 429} == set(statuses)

    assert watched(one, vendor) == 130
    said = capsys.readouterr()
    secret = one.house.keychain.get(one.house.bridge(NAME).books.name, SECRET)
    assert secret
    assert secret not in said.out + said.err
    assert runs(one) <= before + 3
    assert notice(item) == 0
    lines = one.house.log(NAME, before=None, limit=1000)
    assert not any(secret in str(line) for line in lines)


def test_watch_goes_on_when_the_port_is_taken(one: Office, capsys: pytest.CaptureFixture[str]):
    with_it = told(one, capsys, NAME, "--on")
    other = NoticeListener(with_it["port"], {}, lambda _bridge, _path, _notice: None)
    try:
        one.pass_time(minutes=31)
        before = runs(one)
        assert watched(one, lambda: wait_until(lambda: runs(one) > before)) == 130
    finally:
        other.close()
    assert f"port {with_it['port']}" in capsys.readouterr().err
