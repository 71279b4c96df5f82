"""What holds for every test: loopback only, no stray warning, no stray error line, no keychain of the user's."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import socket_allow_hosts

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

settings.register_profile(
    "ci", derandomize=True, max_examples=100, deadline=None, database=None, print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_configure(config: pytest.Config) -> None:
    """The marks of this house."""
    config.addinivalue_line("markers", "logs_errors: this test makes the program log at ERROR, and says so")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Loopback and unix sockets only; anything else is refused by the socket itself."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


class _Errors(logging.Handler):
    """Keeps every line at ERROR or above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_stray_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """An ERROR line in the log fails the test, unless it is marked `logs_errors`."""
    handler = _Errors()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if handler.lines and request.node.get_closest_marker("logs_errors") is None:
        pytest.fail("stray error lines in the log:\n" + "\n".join(handler.lines))


@pytest.fixture(scope="session")
def specs() -> Path:
    """The folder of the vendors' own machine-readable documents, which are not ours to hand on."""
    folder = os.environ.get("BRIDGE_SPECS", "")
    if not folder:
        pytest.skip("BRIDGE_SPECS does not say where the vendors' documents lie")
    return Path(folder)
