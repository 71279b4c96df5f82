"""What a scheduler reads: exit codes and errors as data."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from bridge_gui.app import means
from bridge_gui.cli.codes import RISING, Exit, of_error, of_run, worst
from bridge_gui.cli.run import main
from bridge_gui.errors import Cancelled, Passing, Refused, SetupError, SignInError, VendorChanged
from bridge_gui.store.folder import Busy
from bridge_gui.store.rows import Outcome, RunRow
from tests.cli.program import KIND, Bridge, Sandbox


def test_nothing_yet(empty: Bridge):
    assert empty("status").data["bridges"] == []
    assert empty.look("documents").data == []
    assert empty.look("attention").data == []
    assert empty.look("documents", "--csv", json=False).out.startswith("Bridge,")
    assert empty.look("sync", "--all").data == {"bridges": []}
    for words in (("sync",), ("sync", "x"), ("watch",), ("disconnect", "x"), ("sync", "--preview")):
        ended = empty.look(*words)
        assert (ended.code, ended.error) == (2, "cli.no_bridges")
    assert not empty.folder.parent.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nonsense"], "cli.usage"),
        (["sync", "--nonsense"], "cli.usage"),
        (["connect", KIND], "cli.usage"),
        (["connect", "no_such_kind", "--questions"], "bridge.no_such_kind"),
        (["connect", KIND, "--answers", "no-such-file.toml"], "answers.no_file"),
        (["sandbox", "--vendors", "nobody"], "cli.no_vendor"),
        (["demo", "--advance", "-1"], "cli.usage"),
        (["sync", "--secrets", "in-the-arguments"], "cli.usage"),
    ],
)
def test_wrong_use(empty: Bridge, words: list[str], code: str):
    ended = empty.look(*words)
    assert (ended.code, ended.error) == (2, code)
    assert ended.err
    assert "in-the-arguments" not in ended.out + ended.err
    assert not empty.folder.exists()


def test_options_stand_before_or_after(empty: Bridge, tmp_path: Path):
    other = str(tmp_path / "other")
    assert empty.look("status", "--data-dir", other).data["bridges"] == []
    assert empty.look("--json", "status", json=False).data["bridges"] == []
    assert "usage" in empty("sync", "--help", json=False).out


def test_several_bridges(bridge: Bridge, sandbox: Sandbox):
    assert bridge.connect(days=0, name="Kaffihús A").code == 0
    assert bridge("sync", secrets=True).data["bridges"][0]["bridge"] == "Kaffihús A"
    assert bridge.connect(days=0, name="B").code == 0
    ended = bridge("sync", secrets=True)
    assert (ended.code, ended.error) == (2, "cli.which")
    assert "B, Kaffihús A" in ended.data["error"]["advice"]
    assert bridge("sync", "C", secrets=True).error == "bridge.unknown"
    assert bridge.look("documents", "C").error == "bridge.unknown"
    own = '[salescloud]\nsecret_key = "wrong"\n["B".salescloud]\nsecret_key = "{}"\n[payday]\nclient_secret = "{}"\n'
    given = own.format(*sandbox.secrets().values())
    ended = bridge("sync", "--all", "--secrets", "-", stdin=given)
    assert ended.code == 3
    assert [one["outcome"] for one in ended.data["bridges"]] == ["finished", "failed"]
    assert (
        bridge("sync", "--all", "--secrets", "-", stdin="[C.payday]\nclient_secret='x'").error
        == "bridge.unknown"
    )


def test_sign_in_and_reach(bridge: Bridge, sandbox: Sandbox):
    assert bridge.connect(days=0).code == 0
    assert bridge("sync", secrets=True).code == 0
    no_secret = bridge("sync")
    assert no_secret.code == 3
    assert "--secrets -" in no_secret.err
    sandbox.control("payday", "person", {"action": "renew_secret"})
    refused = bridge("sync", secrets=True)
    assert (refused.code, refused.data["bridges"][0]["outcome"]) == (3, "failed")
    assert "ClientSecret" in refused.err
    assert bridge.look("attention").data[0]["what"] == "bridge"
    answers = bridge.folder.parent / f"{KIND}.toml"
    away = answers.read_text("utf-8").replace(sandbox.vendors["payday"]["endpoint"], "http://127.0.0.1:9")
    answers.write_text(away, "utf-8")
    ended = bridge("connect", KIND, "--answers", str(answers), secrets=True)
    assert (ended.code, ended.error) == (4, "net.unreachable")


def test_unforeseen(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def broken():
        raise ZeroDivisionError("secret payload")

    whole = dataclasses.replace(means(), registry=means().registry)
    broken_means = dataclasses.replace(whole, folder=broken)
    assert main(["status", "--data-dir", str(tmp_path), "--json"], whole) == 0
    capsys.readouterr()
    assert main(["self-check", "--json"], dataclasses.replace(whole, check_window=lambda _: broken())) == 1
    capsys.readouterr()
    assert (
        main(
            ["--data-dir", str(tmp_path / "d"), "--json"],
            dataclasses.replace(whole, window=lambda *_: broken()),
        )
        == 6
    )
    said = json.loads(capsys.readouterr().out)["error"]
    assert said["code"] == "unexpected"
    report = Path(said["report"]).read_text("utf-8")
    assert "ZeroDivisionError" in report
    assert "secret payload" not in report
    assert main(["status"], broken_means) == 6
    capsys.readouterr()
    assert main(["status", "--json"], dataclasses.replace(whole, registry=broken, folder=broken)) == 6
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "unexpected"


def row(outcome: Outcome, code: str = "", **counts: int) -> RunRow:
    return RunRow(id=1, bridge="b", started_at=None, ended_at=None, outcome=outcome, code=code, **counts)


@pytest.mark.parametrize(
    ("run", "stopped", "code"),
    [
        (row(Outcome.FINISHED), False, Exit.DONE),
        (row(Outcome.FINISHED, attention=1), False, Exit.ATTENTION),
        (row(Outcome.FINISHED, failed=1), False, Exit.ATTENTION),
        (row(Outcome.PAUSED), False, Exit.DONE),
        (row(Outcome.PAUSED, "net.too_many"), False, Exit.DONE),
        (row(Outcome.PAUSED, "net.unreachable"), False, Exit.OUT_OF_REACH),
        (row(Outcome.FAILED, "net.html"), False, Exit.OUT_OF_REACH),
        (row(Outcome.FAILED, "vendor.sign_in"), True, Exit.SIGN_IN),
        (row(Outcome.FAILED, "keychain.none"), True, Exit.SIGN_IN),
        (row(Outcome.FAILED, "vendor.plan"), True, Exit.WRONG),
        (row(Outcome.FAILED, "vendor.changed"), False, Exit.UNEXPECTED),
        (row(Outcome.FAILED, "unexpected"), False, Exit.UNEXPECTED),
        (row(Outcome.FAILED, "store.disk_full"), False, Exit.WRONG),
        (row(Outcome.FAILED, "store.locked"), False, Exit.BUSY),
        (row(Outcome.CANCELLED), False, Exit.STOPPED),
    ],
)
def test_the_code_of_a_run(run: RunRow, stopped: bool, code: Exit):
    button = {"vendor.sign_in": "Sign in again"}
    assert of_run(run, lambda name: button.get(name, ""), stopped=stopped) is code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SetupError("x"), Exit.WRONG),
        (Refused("x"), Exit.WRONG),
        (SignInError("x"), Exit.SIGN_IN),
        (SetupError("keychain.locked"), Exit.SIGN_IN),
        (Passing("x"), Exit.OUT_OF_REACH),
        (VendorChanged("net.html"), Exit.OUT_OF_REACH),
        (VendorChanged("vendor.changed"), Exit.UNEXPECTED),
        (Busy("folder.busy"), Exit.BUSY),
        (RuntimeError(), Exit.UNEXPECTED),
        (Cancelled(), Exit.STOPPED),
        (KeyboardInterrupt(), Exit.STOPPED),
    ],
)
def test_the_code_of_an_error(error: BaseException, code: Exit):
    assert of_error(error) is code


def test_the_worst_code_counts():
    assert worst([]) is Exit.DONE
    assert worst([Exit.ATTENTION, Exit.DONE]) is Exit.ATTENTION
    assert worst([Exit.SIGN_IN, Exit.OUT_OF_REACH]) is Exit.SIGN_IN
    assert set(RISING) == set(Exit)
