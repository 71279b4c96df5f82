"""What the packages for Linux say of themselves, and those that were made of these sources."""

import configparser
import os
import re
import subprocess
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

import dev
from bridge_gui import __version__
from installers import __main__ as package
from installers import archive, debian, frozen

pytestmark = pytest.mark.skipif(not dev.LINUX or not Path("/usr/bin/dpkg-deb").exists(), reason="no dpkg")
PIECES = debian.PIECES


@pytest.fixture(scope="module")
def made() -> Path:
    """The Debian package in dist/; in CI it must be there."""
    path = frozen.DIST / f"{frozen.NAME}_{debian.version()}_{debian.architecture()}.deb"
    if not path.exists() and not os.environ.get("CI"):
        pytest.skip("no package; make one with: python3 dev.py package --quick")
    return path


def asked(path: Path, *words: str) -> str:
    return subprocess.run(
        ["dpkg-deb", *words[:1], path, *words[1:]], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize(
    ("ours", "debians"), [("1.2.0", "1.2.0"), ("1.2.0rc1", "1.2.0~rc1"), ("1.2.0.dev3", "1.2.0~dev3")]
)
def test_a_candidate_is_older_than_its_release(ours: str, debians: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(debian, "VERSION", ours)
    assert debian.version() == debians
    if ours != "1.2.0":
        subprocess.run(["dpkg", "--compare-versions", debians, "lt", "1.2.0"], check=True)


def test_it_depends_on_all_that_a_bare_debian_lacks():
    wanted = {**dev.debian_packages("qt"), **dev.debian_packages("display")}
    assert debian.depends("2.34") == ["libc6 (>= 2.34)", *wanted.values()]


def test_the_menu_entry_starts_the_program_in_every_language():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str
    entry.read(PIECES / "bridge-gui.desktop", "utf-8")
    fields = entry["Desktop Entry"]
    assert (fields["Exec"], fields["Icon"], fields["Terminal"]) == ("bridge-gui", "bridge-gui", "false")
    languages = {"da", "fi", "is", "nb", "ro", "sv"}
    for key in ("Comment", "GenericName"):
        assert {name[len(key) + 1 : -1] for name in fields if name.startswith(f"{key}[")} == languages


def test_the_appstream_data_names_the_menu_entry_and_the_program():
    told = ET.parse(PIECES / f"{debian.APP_ID}.metainfo.xml").getroot()
    assert told.findtext("id") == debian.APP_ID
    assert told.findtext("launchable") == "bridge-gui.desktop"
    assert told.findtext("provides/binary") == frozen.NAME
    assert told.find("releases/release").attrib == {"version": "@VERSION@", "date": "@DATE@"}


def test_the_package_is_described(made: Path):
    fields = dict(re.findall(r"^([\w-]+): (.*)$", asked(made, "-f"), re.MULTILINE))
    assert fields["Version"] == debian.version()
    assert re.match(r"libc6 \(>= 2\.\d+\), libgl1, ", fields["Depends"])
    assert int(fields["Installed-Size"]) > 100_000


def test_the_package_holds_the_program_and_its_pieces(made: Path):
    listed = asked(made, "-c").splitlines()
    names = {line.split()[5]: line for line in listed}
    for name in (
        "./usr/bin/bridge-gui",
        "./usr/lib/bridge-gui/bridge-gui",
        "./usr/share/applications/bridge-gui.desktop",
        "./usr/share/metainfo/is.bridge.gui.metainfo.xml",
        "./usr/share/icons/hicolor/scalable/apps/bridge-gui.svg",
        "./usr/share/doc/bridge-gui/copyright",
        "./usr/share/man/man1/bridge-gui.1.gz",
    ):
        assert name in names
    assert names["./usr/bin/bridge-gui"].endswith("-> ../lib/bridge-gui/bridge-gui")
    assert all(" root/root " in line for line in listed)
    assert not [line for line in listed if re.match(r"-.{7}w", line)], "everybody may write"


def test_the_packages_are_not_larger_than_they_need_be(made: Path):
    tar = frozen.DIST / f"{archive.top()}.tar.gz"
    for path in (made, tar):
        assert frozen.size(path) < package.CEILINGS[path.suffix] * frozen.MB


def test_the_tar_has_one_folder_with_the_program(made: Path):
    with tarfile.open(frozen.DIST / f"{archive.top()}.tar.gz") as tar:
        names = tar.getnames()
        told = tar.extractfile(f"{archive.top()}/README.txt")
        assert told is not None
        assert "disconnect --all --forget" in told.read().decode("utf-8")
    assert {name.split("/")[0] for name in names} == {archive.top()}
    assert f"{archive.top()}/bridge-gui" in names
    assert __version__ in archive.top()
