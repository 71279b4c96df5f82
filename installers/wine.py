"""A Windows to try things on: wine with a folder of its own, and stubs of what it lacks."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from installers.frozen import ROOT

STUBS = ROOT / "installers" / "wine_stubs"
COMPILER = "x86_64-w64-mingw32-gcc"
CALL_SECONDS = 900


class Wine:
    """One Windows, in a folder."""

    def __init__(self, prefix: Path, display: str) -> None:
        self.prefix = prefix
        self.drive = prefix / "drive_c"
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        stubs = ";".join(f"{name}=n" for name in stub_names())
        self.environment = {
            **kept,
            "WINEPREFIX": str(prefix),
            "WINEDEBUG": "-all",
            "WINEARCH": "win64",
            "WINEDLLOVERRIDES": f"mscoree,mshtml=;winemenubuilder.exe=d;{stubs}",
            "DISPLAY": display,
            "LANG": "C.UTF-8",
        }

    def run(
        self, *words: str | Path, seconds: float = CALL_SECONDS, **more: str
    ) -> subprocess.CompletedProcess[str]:
        """One program to its end, with what it said."""
        return subprocess.run(
            ["wine", *map(str, words)],
            env={**self.environment, **more},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )

    def path(self, inside: str) -> Path:
        """Where a path such as `C:/users` lies on this system."""
        return self.drive / inside.removeprefix("C:").lstrip("/")

    def end(self) -> None:
        """End every program of this Windows."""
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)
        subprocess.run(["wineserver", "-w"], env=self.environment, check=False, timeout=60)


def stub_names() -> list[str]:
    """The libraries that stand in for what wine lacks; none may ever be in a package."""
    return sorted(path.stem for path in STUBS.glob("*.c"))


@contextmanager
def windows(prefix: Path, display: str) -> Iterator[Wine]:
    """A new Windows 10, ended after the block."""
    made = Wine(prefix, display)
    try:
        for words in (("wineboot", "--init"), ("winecfg", "-v", "win10")):
            made.run(*words)
        if not (made.drive / "windows" / "system32" / "kernel32.dll").exists():
            raise RuntimeError("wine made no Windows")
        for name in stub_names():
            _compile(STUBS / f"{name}.c", made.path(f"C:/windows/system32/{name}.dll"))
        yield made
    finally:
        made.end()


def _compile(source: Path, target: Path) -> None:
    words: Sequence[str | Path] = [COMPILER, "-shared", "-O1", "-o", target, source, "-ladvapi32"]
    target.unlink(missing_ok=True)
    subprocess.run([str(word) for word in words], check=True)
