"""Secrets in the keychain: in pieces, whole at every instant, never in a back end that cannot keep them."""

from __future__ import annotations

import sys
import threading

import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bridge_gui.errors import SetupError
from bridge_gui.web.keychain import Counter, MemoryKeychain, SystemKeychain
from bridge_gui.web.keychain_backend import MemoryBackend, choose, guarded
from bridge_gui.web.keychain_item import USER, Item

LONG = "æ" + "0123456789" * 500


class Windows:
    """As the Credential Locker behaves: 2,560 bytes of UTF-16, and deleting what is absent is an error.

    `dies` counts down the changes; at nought the program dies, before or after the change is made.
    """

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.dies: int | None = None
        self.after = False
        self.changes = 0

    def get_password(self, service, username):
        assert username == USER
        return self.kept.get(service)

    def set_password(self, service, username, password):
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "CredWrite", "The stub received bad data.")
        self._change(lambda: self.kept.__setitem__(service, password))

    def delete_password(self, service, username):
        if service not in self.kept:
            raise keyring.errors.PasswordDeleteError(service)
        self._change(lambda: self.kept.pop(service))

    def _change(self, act) -> None:
        self.changes += 1
        if self.dies == 0 and not self.after:
            raise Died
        act()
        if self.dies == 0:
            raise Died
        if self.dies is not None:
            self.dies -= 1


class Died(BaseException):
    """The program is killed here."""


@pytest.fixture
def windows() -> Windows:
    return Windows()


@pytest.fixture
def item(windows) -> Item:
    return Item(windows, "Bridge/f/payday/client_secret")


@pytest.mark.parametrize(
    "value", ["", "a", "x" * 1000, "x" * 1001, LONG, "😀" * 1300, "a:b=#!", "\n0:=", "þ" * 2560]
)
def test_any_value_comes_back_as_it_was(item, windows, value):
    item.set(value)
    assert item.get() == value
    item.set("other")
    assert item.get() == "other"
    item.set(value)
    item.delete()
    assert (item.get(), windows.kept) == (None, {})


@given(values=some.lists(some.text(max_size=2500), max_size=4))
def test_whatever_is_set_last_is_there_and_nothing_else(values):
    windows = Windows()
    item = Item(windows, "s")
    for value in values:
        item.set(value)
        assert item.get() == value
        assert len(windows.kept) <= 1 + len(value)
    item.delete()
    assert windows.kept == {}


def test_what_was_never_kept_is_none_and_deleting_it_is_nothing(item, windows):
    assert item.get() is None
    item.delete()
    assert windows.changes == 0


VALUES = ["short", LONG, "other " + LONG * 2]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("old", [None, *VALUES], ids=["none", "short", "long", "longer"])
@pytest.mark.parametrize("new", [None, *VALUES], ids=["gone", "short", "long", "longer"])
def test_killed_at_any_change_a_value_is_whole_and_the_next_change_sweeps(old, new, after):
    """`new` None means delete. Killed once, then killed again in the repair, then left in peace."""
    number = 0
    while True:
        windows = Windows()
        item = Item(windows, "s")
        if old is not None:
            item.set(old)
        windows.dies, windows.after = number, after
        try:
            item.delete() if new is None else item.set(new)
        except Died:
            finished = False
        else:
            finished = True
        windows.dies = None
        assert item.get() in ({new} if finished else {old, new})
        item.set("settled " + LONG)
        assert item.get() == "settled " + LONG
        item.delete()
        assert windows.kept == {}
        if finished:
            break
        number += 1
    assert number >= 1 or old is new is None


@pytest.mark.parametrize("number", range(8))
def test_killed_twice_in_a_row(number):
    windows = Windows()
    item = Item(windows, "s")
    item.set(LONG)
    for dies in (number, 7 - number):
        windows.dies = dies
        with pytest.raises(Died):
            item.set(LONG * 2)
        windows.dies = None
        assert item.get() in {LONG, LONG * 2}
    item.delete()
    assert windows.kept == {}


def test_a_set_that_fails_leaves_the_old_value_and_shows_nothing(item, windows):
    item.set("old")

    def fail(service, username, password):
        raise OSError(5, f"cannot keep {password}")

    windows.set_password = fail
    with pytest.raises(SetupError) as caught:
        item.set("new-secret")
    assert caught.value.code == "keychain.refused"
    assert caught.value.__context__ is None
    assert "new-secret" not in repr(caught.value.params) + caught.value.detail
    assert item.get() == "old"


def test_damage_is_told_and_can_be_written_over(item, windows):
    item.set(LONG)
    head = next(
        service for service in windows.kept if not service.endswith((".0", ".1", ".2", ".3", ".4", ".5"))
    )
    piece = f"{head}/1.1"
    windows.kept[piece] = "changed"
    with pytest.raises(SetupError, match=r"keychain\.damaged"):
        item.get()
    windows.kept[head] = "not ours"
    with pytest.raises(SetupError, match=r"keychain\.damaged"):
        item.get()
    item.set("new")
    assert item.get() == "new"


def test_one_service_per_item_under_one_user(windows):
    keychain = SystemKeychain("folder-1", lambda: windows)
    keychain.set("payday", "client_secret", "a")
    keychain.set("payday", "refresh_token", LONG)
    SystemKeychain("folder-2", lambda: windows).set("payday", "client_secret", "b")
    assert keychain.get("payday", "client_secret") == "a"
    assert all(service.startswith("Bridge/folder-") for service in windows.kept)
    assert "Bridge/folder-1/payday/client_secret" in windows.kept
    keychain.delete("payday", "client_secret")
    keychain.delete("payday", "refresh_token")
    assert list(windows.kept) == ["Bridge/folder-2/payday/client_secret"]


def test_threads_take_turns(windows):
    keychain = SystemKeychain("f", lambda: windows)
    threads = [
        threading.Thread(target=lambda n=n: [keychain.set("c", "x", f"{n}" * 3000) for _ in range(5)])
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keychain.get("c", "x"))) == 1


def test_the_back_end_is_looked_for_at_the_first_use_and_again_after_a_failure(windows):
    asked = []

    def find():
        asked.append(1)
        if len(asked) == 1:
            raise SetupError("keychain.locked")
        return windows

    keychain = SystemKeychain("f", find)
    assert asked == []
    with pytest.raises(SetupError):
        keychain.get("c", "x")
    keychain.set("c", "x", "1")
    assert (keychain.get("c", "x"), len(asked)) == ("1", 2)


def test_memory_keeps_until_the_end_and_shows_nothing():
    keychain = MemoryKeychain()
    keychain.set("payday", "client_secret", LONG)
    assert keychain.get("payday", "client_secret") == LONG
    assert MemoryKeychain().get("payday", "client_secret") is None
    assert "0123" not in repr([keychain, keychain._backend])


def test_the_counter(windows):
    keychain = SystemKeychain("f", lambda: windows)
    counter = Counter(keychain)
    assert counter.get() is None
    counter.set(41)
    counter.set(42)
    assert counter.get() == 42
    keychain.set("folder", "snapshot", "many")
    with pytest.raises(SetupError, match=r"keychain\.damaged"):
        counter.get()


def named(name: str, **members: object) -> object:
    """An object that says it is of the class of that name."""
    module, _, kind = name.rpartition(".")
    return type(kind, (), {"__module__": module, **members})()


def test_only_known_keychains_are_trusted():
    good = named("keyring.backends.SecretService.Keyring")
    assert choose(good) is good
    for name, code in {
        "keyring.backends.fail.Keyring": "none",
        "keyring.backends.null.Keyring": "none",
        "keyrings.alt.file.PlaintextKeyring": "refused",
        "keyrings.alt.file.EncryptedKeyring": "refused",
        "keyring.backends.Other.Keyring": "refused",
    }.items():
        with pytest.raises(SetupError) as caught:
            choose(named(name))
        assert caught.value.code == f"keychain.{code}"


def test_of_a_chain_the_first_trusted_member_is_taken_alone():
    plain, kwallet = (
        named("keyrings.alt.file.PlaintextKeyring"),
        named("keyring.backends.kwallet.DBusKeyring"),
    )
    chain = "keyring.backends.chainer.ChainerBackend"
    assert choose(named(chain, backends=[plain, kwallet])) is kwallet
    for members in ([], [plain]):
        with pytest.raises(SetupError, match=r"keychain\.none"):
            choose(named(chain, backends=members))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (keyring.errors.NoKeyringError, "none"), (keyring.errors.KeyringLocked, "locked"), (keyring.errors.InitError, "locked"),
        (keyring.errors.PasswordSetError, "refused"), (OSError, "refused"), (ValueError, "refused"),
    ],
)  # fmt: skip
def test_errors_of_the_back_end_become_ours(error, code):
    def fail():
        raise error("with a secret in it")

    with pytest.raises(SetupError) as caught:
        guarded(fail)
    assert caught.value.code == f"keychain.{code}"
    assert "secret" not in str(caught.value) + caught.value.detail


def test_the_tests_own_setting_is_no_keychain():
    with pytest.raises(SetupError, match=r"keychain\.none"):
        SystemKeychain("f").get("a", "b")


def test_a_memory_back_end_is_a_back_end():
    back = MemoryBackend()
    back.delete_password("a", "b")
    back.set_password("a", "b", "c")
    assert back.get_password("a", "b") == "c"
    assert "keyring" in sys.modules
