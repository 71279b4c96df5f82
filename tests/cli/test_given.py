"""Secrets on standard input: in memory only, in front of the keychain."""

from __future__ import annotations

import pytest

from bridge_gui.app import registry
from bridge_gui.cli.given import Given, Layered
from bridge_gui.errors import SetupError
from bridge_gui.sync.registry import Registry
from bridge_gui.web.keychain import MemoryKeychain


@pytest.fixture(scope="module")
def known() -> Registry:
    return registry()


class NoKeychain:
    """A computer without a keychain."""

    def get(self, connection: str, field: str) -> str | None:
        raise SetupError("keychain.none")

    def set(self, connection: str, field: str, value: str) -> None:
        raise SetupError("keychain.none")

    def delete(self, connection: str, field: str) -> None:
        raise SetupError("keychain.none")


def test_a_bridges_own_secret_comes_before_the_vendors(known: Registry):
    given = Given({"payday": {"client_secret": "all"}, "A b": {"payday": {"client_secret": "own"}}}, known)
    assert given.find("A b.payday", "client_secret") == "own"
    assert given.find("c.payday", "client_secret") == "all"
    assert given.find("c.salescloud", "secret_key") is None
    assert "own" not in repr(given)
    assert "own" not in repr(Layered(given, MemoryKeychain()))
    with pytest.raises(SetupError, match=r"bridge\.unknown"):
        given.check_names({"c"})


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"payday": "x"}, "answers.unknown_key"),
        ({"payday": {"client_id": "x"}}, "answers.unknown_key"),
        ({"nobody": {"client_secret": "x"}}, "answers.unknown_key"),
        ({"payday": {"client_secret": 7}}, "answers.type"),
        ({"name": {"nobody": {"client_secret": "x"}}}, "answers.unknown_key"),
    ],
)
def test_what_is_no_secret(known: Registry, tables: dict[str, object], code: str):
    with pytest.raises(SetupError) as caught:
        Given(tables, known)
    assert caught.value.code == code


def test_what_was_given_never_reaches_the_keychain(known: Registry):
    below = MemoryKeychain()
    layered = Layered(Given({"payday": {"client_secret": "given"}}, known), below)
    layered.set("a.payday", "client_secret", "renewed")
    layered.set("a.salescloud", "secret_key", "kept")
    assert layered.get("a.payday", "client_secret") == "renewed"
    assert below.get("a.payday", "client_secret") is None
    assert layered.get("a.salescloud", "secret_key") == below.get("a.salescloud", "secret_key") == "kept"
    layered.delete("a.salescloud", "secret_key")
    assert below.get("a.salescloud", "secret_key") is None


def test_without_a_keychain(known: Registry):
    layered = Layered(Given({"payday": {"client_secret": "given"}}, known), NoKeychain())
    assert layered.get("a.payday", "client_secret") == "given"
    layered.delete("a.payday", "client_secret")
    for ask in (layered.get, layered.delete):
        with pytest.raises(SetupError, match=r"keychain\.none"):
            ask("a.salescloud", "secret_key")
