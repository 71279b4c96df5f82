"""What is particular to macOS: what the bundle says of itself, and the disk image."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from bridge_gui import __version__

ROOT = Path(__file__).resolve().parent.parent
ENTITLEMENTS = ROOT / "resources" / "macos" / "entitlements.plist"
README = ROOT / "resources" / "macos" / "README.txt"
APP_ID = "is.bridge.gui"
LANGUAGES = ("en", "is", "da", "sv", "nb", "fi", "ro")
OLDEST = "13.0"
"""As Qt 6.11 asks for."""
IDENTITY = "BRIDGE_CODESIGN_IDENTITY"
"""Names who signs, as in `Developer ID Application: ...`; without it the bundle is for this Mac only."""


def info() -> dict[str, object]:
    """The bundle's Info.plist, besides what PyInstaller writes: executable, icon, identifier."""
    return {
        "CFBundleName": "Bridge",
        "CFBundleDisplayName": "Bridge",
        "CFBundleShortVersionString": numbers(__version__),
        "CFBundleVersion": numbers(__version__),
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": [*LANGUAGES],
        "LSApplicationCategoryType": "public.app-category.finance",
        "LSMinimumSystemVersion": OLDEST,
        "NSHighResolutionCapable": True,
        "NSHumanReadableCopyright": "The Bridge authors, MIT",
        "NSPrincipalClass": "NSApplication",
        "NSRequiresAquaSystemAppearance": False,
    }


def numbers(version: str) -> str:
    """A version as Apple wants it: three numbers, without what makes a candidate of it."""
    found = re.findall(r"\d+", re.split(r"(?:a|b|rc|\.dev)", version)[0])
    return ".".join([*found, "0", "0"][:3])


def identity() -> str | None:
    """Who signs, if anybody is named."""
    return os.environ.get(IDENTITY) or None


def build(bundle: Path, target: Path) -> Path:
    """The disk image of a bundle in the folder `target`; gives its path."""
    staged = stage(bundle, target / "image")
    made = target / f"bridge-gui-{__version__}-macos-{platform.machine()}.dmg"
    command = ["hdiutil", "create", "-volname", "Bridge", "-srcfolder", str(staged), "-ov", "-format", "UDZO"]
    subprocess.run([*command, str(made)], check=True)
    return made


def stage(bundle: Path, folder: Path) -> Path:
    """What the image shows, in a new folder: the program, where to drag it, and how to remove it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copytree(bundle, folder / bundle.name, symlinks=True)
    (folder / "Applications").symlink_to("/Applications")
    told = README.read_text("utf-8").replace("@VERSION@", __version__)
    (folder / README.name).write_text(told, "utf-8")
    return folder
