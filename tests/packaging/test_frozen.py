"""The frozen program, where `python3 dev.py build` has made one of these very sources."""

import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

import dev
from bridge_gui.vendors.twentyfoursevenoffice.simulator import soap_sessions
from tests.architecture.tree import ROOT, project_files

LINUX = pytest.mark.skipif(not dev.LINUX, reason="ELF")
CEILING_MB = 200
SHAREFOX = "sharefox_twentyfourseven"

# What every Linux has with its C library, and what the packages in requirements/debian.toml bring.
SYSTEM = re.compile(
    r"ld-linux.*|lib(c|m|dl|rt|util|pthread|resolv)\.so\.\d"
    r"|libE?GL\.so\.1|libxcb\.so\.1|libwayland-(client|cursor|egl)\.so\.\d"
)


@pytest.fixture(scope="module")
def program() -> Path:
    """The frozen program; in CI it must be there."""
    path = dev.frozen_program()
    sources = [ROOT / "build.spec", *(p for p in project_files() if p.is_relative_to(ROOT / "bridge_gui"))]
    stale = not path.exists() or max(p.stat().st_mtime for p in sources) > path.stat().st_mtime
    if stale and not os.environ.get("CI"):
        pytest.skip("no frozen program of these sources; make one with: python3 dev.py build")
    assert not stale, "the frozen program is older than its sources"
    return path


def surroundings(folder: Path) -> dict[str, str]:
    """Those of a computer that has neither the sources nor a Python."""
    environment = {
        "HOME": str(folder),
        "PATH": "/usr/bin:/bin",
        "QT_QPA_PLATFORM": "offscreen",
        "LANG": "C.UTF-8",
    }
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment


def run(program: Path, folder: Path, *arguments: str, told: str = "") -> subprocess.CompletedProcess[str]:
    """Run it there."""
    command = [str(program), "--data-dir", str(folder / "data"), *arguments]
    return subprocess.run(
        command, cwd=folder, env=surroundings(folder), input=told, capture_output=True, encoding="utf-8",
        timeout=60, check=False,
    )  # fmt: skip


@contextmanager
def sandbox(program: Path, folder: Path, *vendors: str) -> Iterator[dict[str, Any]]:
    """Vendors imitated by the frozen program itself."""
    command = [str(program), "--data-dir", str(folder / "data"), "sandbox", "--vendors", ",".join(vendors)]
    with subprocess.Popen(
        command, cwd=folder, env=surroundings(folder), stdout=subprocess.PIPE, encoding="utf-8"
    ) as served:
        try:
            assert served.stdout is not None
            yield json.loads(served.stdout.readline())["vendors"]
        finally:
            served.terminate()


def test_it_checks_itself(program: Path, tmp_path: Path):
    result = run(program, tmp_path, "self-check")
    assert result.returncode == 0, result.stdout + result.stderr


def test_it_finds_the_bridges_that_the_sources_have(program: Path, tmp_path: Path):
    for kind in [module.name for module in pkgutil.iter_modules([str(ROOT / "bridge_gui" / "bridges")])]:
        result = run(program, tmp_path, "connect", kind, "--questions")
        assert result.returncode == 0, result.stdout + result.stderr
        assert f"connect {kind} --answers" in result.stdout


def test_it_signs_in_and_reads_over_soap(program: Path, tmp_path: Path):
    """zeep, lxml and the services' description are in it, and do what they do in the sources."""
    with sandbox(program, tmp_path, "sharefox", "twentyfoursevenoffice") as vendors:
        shop, books = vendors["sharefox"], vendors["twentyfoursevenoffice"]
        (tmp_path / "answers.toml").write_text(answers(shop, books), "utf-8")
        secrets = f"""
            sharefox.token = "{shop["credentials"]["token"]}"
            twentyfoursevenoffice.client_secret = "{books["credentials"]["client_secret"]}"
            twentyfoursevenoffice.soap_password = "{soap_sessions.PASSWORD}"
        """
        words = ("connect", SHAREFOX, "--answers", "answers.toml", "--secrets", "-")
        refused = run(program, tmp_path, *words, told=secrets.replace(soap_sessions.PASSWORD, "wrong"))
        assert (refused.returncode, "second sign-in" in refused.stderr) == (3, True)
        made = run(program, tmp_path, *words, told=secrets)
        assert made.returncode == 0, made.stdout + made.stderr
        (order,) = synced(program, tmp_path, secrets)
        for act in ("publish_invoice", "pay_invoice"):
            body = json.dumps({"action": act, "id": int(order["target"]["id"])}).encode()
            with urlopen(f"{books['endpoint']}/_sandbox/person", body, timeout=10) as acted:
                assert acted.status == 200
        told = [one["kind"] for one in synced(program, tmp_path, secrets)]
        with urlopen(f"{books['endpoint']}/_sandbox/requests", timeout=10) as asked:
            counts = json.loads(asked.read())["counts"]
    assert sorted(told) == ["order", "standing"], "the shop was not told that it is paid"
    services = {path.rsplit("/", 1)[1].lower() for path in counts if path.endswith(".asmx")}
    assert services == {"authenticate.asmx", "invoiceservice.asmx", "transactionservice.asmx"}


def synced(program: Path, folder: Path, secrets: str) -> list[dict[str, Any]]:
    """The documents after a sync."""
    done = run(program, folder, "sync", "--secrets", "-", told=secrets)
    assert done.returncode == 0, done.stdout + done.stderr
    return list(json.loads(run(program, folder, "documents", "--json").stdout))


def answers(shop: dict[str, Any], books: dict[str, Any]) -> str:
    """Those that connect Sharefox with 24SevenOffice's second sign-in."""
    return f"""
        [sharefox]
        endpoint = "{shop["endpoint"]}"
        shop_domain = "{shop["credentials"]["shop_domain"]}"
        [twentyfoursevenoffice]
        endpoint = "{books["endpoint"]}"
        company_name = "{books["credentials"]["company_name"]}"
        client_id = "{books["credentials"]["client_id"]}"
        organization_id = "{books["credentials"]["organization_id"]}"
        classic = "on"
        soap_application = "{soap_sessions.APPLICATION}"
        soap_user = "{soap_sessions.USERNAME}"
        [settings]
        orders_2 = true
        prices = "exclusive"
        types = "printed"
        start_date = "{datetime.now(UTC).date() - timedelta(days=45)}"
        schedule = "manual"
    """


def test_it_also_runs_from_another_folder(program: Path, tmp_path: Path):
    moved = shutil.copytree(dev.frozen_folder(), tmp_path / "a folder with a blank é", symlinks=True)
    result = run(moved / program.relative_to(dev.frozen_folder()), tmp_path, "self-check")
    assert result.returncode == 0, result.stdout + result.stderr


def test_it_is_not_larger_than_it_need_be(program: Path):
    files = [path for path in dev.frozen_folder().rglob("*") if path.is_file() and not path.is_symlink()]
    assert sum(path.stat().st_size for path in files) < CEILING_MB * 1_000_000


@LINUX
def test_it_asks_of_the_system_only_what_the_package_depends_on(program: Path):
    files = [path for path in dev.frozen_folder().rglob("*") if path.is_file() and not path.is_symlink()]
    binaries = [path for path in files if path.read_bytes()[:4] == b"\x7fELF"]
    shown = subprocess.run(["readelf", "-d", *binaries], capture_output=True, text=True, check=True).stdout
    needed = set(re.findall(r"NEEDED.*\[(.+)\]", shown))
    missing = needed - {path.name for path in dev.frozen_folder().rglob("*.so*")}
    assert {name for name in missing if not SYSTEM.fullmatch(name)} == set()


def test_nothing_of_the_checkout_is_left_in_it(program: Path):
    names = {path.name for path in dev.frozen_folder().rglob("*")}
    assert not names & {"tests", "dev.py", "make.py", "conftest.py", ".venv"}


def test_the_licences_of_all_it_carries_are_in_it(program: Path):
    (path,) = dev.frozen_folder().rglob("licences.txt")
    text = path.read_text("utf-8")
    carried = {"PySide6_Essentials", "SQLAlchemy", "Python", "msgspec", "alembic"}
    assert carried <= {line.split()[0] for line in text.splitlines()[:200] if ": " in line}
    assert "libreadline" not in text
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
