"""What tests/conftest.py forbids is forbidden."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.architecture.tree import ROOT

SAMPLE = """
import logging, warnings
import pytest

def test_quiet():
    logging.getLogger("bridge").warning("this may be said")

def test_stray_error():
    logging.getLogger("bridge").error("this may not")

@pytest.mark.logs_errors
def test_expected_error():
    logging.getLogger("bridge").error("this is meant")

def test_stray_warning():
    warnings.warn("old", DeprecationWarning)
"""


def test_only_loopback_answers():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    with pytest.warns(UserWarning, match="192.0.2.1"), pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 443), timeout=1)


@pytest.mark.skipif(sys.platform == "win32", reason="no unix sockets")
def test_the_keychains_unix_socket_is_reached(tmp_path: Path):
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "s"))
        server.listen()
        client.connect(str(tmp_path / "s"))


def test_stray_warnings_and_error_lines_fail_a_test(tmp_path: Path):
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "test_sample.py").write_text(SAMPLE, "utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:randomly",
        "-p",
        "no:cacheprovider",
        "test_sample.py",
    ]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 failed, 3 passed, 1 error" in result.stdout
    assert "FAILED test_sample.py::test_stray_warning" in result.stdout
    assert "ERROR test_sample.py::test_stray_error" in result.stdout
