"""Bridge from a checkout, with one command: `python3 dev.py demo`.

Standard library only. Makes `.venv` from the hashed lock, brings what Qt needs on Debian, and starts the
wanted command; when nothing has changed since the last time it goes straight to the command.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements" / "dev.txt"
DEBIAN = ROOT / "requirements" / "debian.toml"
PROJECT = ROOT / "pyproject.toml"
STAMP = VENV / "bridge-stamp"
CATALOGUE = ROOT / "resources" / "translations" / "bridge.pot"
WINDOWS = sys.platform == "win32"
LINUX = sys.platform.startswith("linux")
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
OLDEST_PYTHON = (3, 11)


class Command(NamedTuple):
    """One word after `dev.py`: what it runs and what `--help` says of it."""

    run: Callable[[list[str]], int]
    summary: str


# -- saying and running


def fail(message: str) -> NoReturn:
    """Leave with a message for the person at the terminal."""
    sys.exit(f"dev.py: {message}")


def say(message: str) -> None:
    """One line of progress, at once."""
    print(f"dev.py: {message}", flush=True)


def step(title: str, command: Sequence[str | Path], **changes: str) -> int:
    """Run one command of several, tell how long it took, and return its exit code."""
    print(f"== {title}", flush=True)
    began = time.monotonic()
    code = subprocess.call([str(part) for part in command], cwd=ROOT, env={**os.environ, **changes})
    outcome = "ok" if code == 0 else f"failed with exit code {code}"
    print(f"== {title}: {outcome}, {time.monotonic() - began:.1f} s", flush=True)
    return code


def hand_over(command: Sequence[str | Path], environment: Mapping[str, str]) -> int:
    """Become `command`, so that signals and the exit code are its own; on Windows wait for it instead."""
    words = [str(part) for part in command]
    sys.stdout.flush()
    if not WINDOWS:
        os.execve(words[0], words, dict(environment))
    return subprocess.call(words, env=dict(environment))


# -- what the operating system has to have


def debian_packages(table: str) -> dict[str, str]:
    """One table of requirements/debian.toml: shared library or program -> package."""
    import tomllib  # not in the older Pythons that are told to go

    packages: dict[str, str] = tomllib.loads(DEBIAN.read_text("utf-8"))[table]
    return packages


def missing_libraries(table: Mapping[str, str]) -> list[str]:
    """The packages of those shared libraries that cannot be loaded."""
    return [package for library, package in table.items() if not _loads(library)]


def missing_programs(table: Mapping[str, str]) -> list[str]:
    """The packages of those programs that are not on the path."""
    return [package for program, package in table.items() if shutil.which(program) is None]


def install_line(packages: Iterable[str]) -> str:
    """The line a person types to install `packages` on Debian."""
    return f"sudo apt-get install --no-install-recommends -y {' '.join(packages)}"


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages if this user may; whether they are there now."""
    if not packages:
        return True
    if shutil.which("apt-get") is None or not _is_root():
        return False
    say(f"installing {' '.join(packages)}")
    return _apt(packages) == 0 or (_apt_update() == 0 and _apt(packages) == 0)


def demand(packages: Sequence[str], why: str) -> None:
    """Install `packages`, or leave telling the line that does."""
    if not install(packages):
        fail(f"{why}. On Debian or Ubuntu:\n\n    {install_line(packages)}\n")


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a window can be seen."""
    return not LINUX or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _apt_update() -> int:
    return subprocess.call(["apt-get", "update", "-qq"], stdin=subprocess.DEVNULL)


def _apt(packages: Sequence[str]) -> int:
    command = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _demand_qt_libraries() -> None:
    if LINUX:
        tables = ["qt", "display"] if has_display(os.environ) else ["qt"]
        missing = [package for table in tables for package in missing_libraries(debian_packages(table))]
        demand(missing, "the window needs shared libraries that are not here")


# -- the virtual environment


def interpreter() -> str:
    """Names this Python and this checkout: with another one, or moved, the virtual environment is stale."""
    return f"{sys.version} {sys.base_prefix} {sysconfig.get_platform()} {ROOT}"


def digest(lock: bytes, project: bytes, python: str) -> str:
    """Changes whenever the virtual environment has to be brought up to date."""
    parts = (lock, project, python.encode())
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def prepare() -> None:
    """Have a virtual environment that is as the lock says, and the libraries Qt loads."""
    if sys.version_info[:2] < OLDEST_PYTHON:
        fail(f"Bridge needs Python 3.11 or newer, this is {sys.version.split()[0]}")
    wanted = digest(LOCK.read_bytes(), PROJECT.read_bytes(), interpreter())
    if not STAMP.exists() or STAMP.read_text("utf-8") != wanted:
        STAMP.unlink(missing_ok=True)
        if not _environment_fits():
            _make_environment()
        _install_lock()
        STAMP.write_text(wanted, "utf-8")
    _demand_qt_libraries()


def _environment_fits() -> bool:
    """Whether `.venv` was made by this very Python and has pip."""
    code = "import pip, sys; print(sys.version, sys.base_prefix)"
    if not PYTHON.exists():
        return False
    answer = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == f"{sys.version} {sys.base_prefix}"


def _make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info.minor}-venv"
        demand([package], "this Python cannot make a virtual environment")
        importlib.invalidate_caches()
    import venv  # slow to load, and most starts have no need of it

    say("making .venv")
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=not WINDOWS).create(VENV)


def _install_lock() -> None:
    say("installing the libraries of requirements/dev.txt (once, about a minute)")
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    if subprocess.call([*pip, "--require-hashes", "--no-deps", "-r", str(LOCK)]) != 0:
        fail("the libraries could not be installed; the lines above say why")
    _put_checkout_on_path()


def _put_checkout_on_path() -> None:
    """So that `python -m bridge_gui` works from every folder."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.run([PYTHON, "-c", code], check=True, capture_output=True, text=True).stdout
    Path(packages.strip(), "bridge-gui.pth").write_text(f"{ROOT}\n", "utf-8")


# -- the commands


def program(arguments: Sequence[str]) -> int:
    """Hand over to Bridge itself."""
    environment = dict(os.environ)
    if not has_display(environment):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return hand_over([PYTHON, "-m", "bridge_gui", *arguments], environment)


def setup(arguments: list[str]) -> int:
    """Only what every other command begins with."""
    argparse.ArgumentParser(prog="dev.py setup").parse_args(arguments)
    prepare()
    return 0


def demo(arguments: list[str]) -> int:
    """The window on the demo companies; in the terminal with arguments or without a display."""
    prepare()
    if has_display(os.environ) and not arguments:
        return program(["--demo"])
    return program(["demo", *arguments])


def run(arguments: list[str]) -> int:
    """The program for real use."""
    prepare()
    return program(arguments)


def screenshots(arguments: list[str]) -> int:
    """Pictures of the window on fresh demo companies, drawn without a display."""
    parser = argparse.ArgumentParser(prog="dev.py screenshots")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the pictures go")
    folder: Path = parser.parse_args(arguments).out
    prepare()
    folder.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="bridge-pictures-") as data:
        words = ["--data-dir", data, "demo", "--screenshots", str(folder.resolve())]
        return subprocess.call([PYTHON, "-m", "bridge_gui", *words], env=environment, cwd=ROOT)


def test(arguments: list[str]) -> int:
    """The tests; arguments go to pytest."""
    prepare()
    missing = missing_libraries(debian_packages("display")) + missing_programs(debian_packages("test"))
    if LINUX and not install(missing):
        say(f"some tests will be skipped; they need: {install_line(missing)}")
    os.chdir(ROOT)
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    return hand_over([PYTHON, "-m", "pytest", *arguments], environment)


def check(arguments: list[str]) -> int:
    """Everything that is checked without running the program."""
    argparse.ArgumentParser(prog="dev.py check").parse_args(arguments)
    prepare()
    contracts = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    codes = [
        step("ruff check", [PYTHON, "-m", "ruff", "check"]),
        step("ruff format", [PYTHON, "-m", "ruff", "format", "--check"]),
        step("mypy", [PYTHON, "-m", "mypy"]),
        step("import contracts", [PYTHON, "-c", contracts]),
    ]
    return max(codes, key=abs)


def lock(arguments: list[str]) -> int:
    """Write requirements/dev.txt for every Python and system; `--upgrade` takes newer releases."""
    parser = argparse.ArgumentParser(prog="dev.py lock")
    parser.add_argument("--upgrade", action="store_true", help="take newer releases")
    upgrade = ["--upgrade"] if parser.parse_args(arguments).upgrade else []
    prepare()
    output = ["--no-header", "--quiet", "-o", str(LOCK.relative_to(ROOT))]
    source = ["--universal", "--generate-hashes", "--group", "dev", PROJECT.name]
    return step("lock", [PYTHON, "-m", "uv", "pip", "compile", *source, *output, *upgrade])


def catalog(arguments: list[str]) -> int:
    """Gather the texts to translate into resources/translations/bridge.pot."""
    argparse.ArgumentParser(prog="dev.py catalog").parse_args(arguments)
    prepare()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    words = [f"--keyword={word}" for word in ("mark", "text", "many:1,2", "_", "ngettext:1,2")]
    head = ["--project=bridge-gui", "--copyright-holder=The Bridge authors", "--add-location=file"]
    output = ["--no-default-keywords", "-o", str(CATALOGUE)]
    babel = "from babel.messages.frontend import main; main()"
    return step("catalog", [PYTHON, "-c", babel, "-q", "extract", *words, *head, *output, "bridge_gui"])


def module(name: str, arguments: list[str]) -> int:
    """Hand over to a module of this checkout."""
    prepare()
    os.chdir(ROOT)
    return hand_over([PYTHON, "-m", name, *arguments], os.environ)


def build(arguments: list[str]) -> int:
    """Freeze the program into dist/ and let the frozen program check itself."""
    argparse.ArgumentParser(prog="dev.py build").parse_args(arguments)
    prepare()
    if LINUX:
        tools = missing_programs(debian_packages("build")) + _missing_libpython()
        demand(missing_libraries(debian_packages("display")) + tools, "the build needs more of the system")
    freeze = [str(PYTHON), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec"]
    return step("pyinstaller", freeze) or _self_check()


def frozen_folder() -> Path:
    """What PyInstaller makes and an installer carries."""
    return ROOT / "dist" / ("Bridge.app" if sys.platform == "darwin" else "bridge-gui")


def frozen_program() -> Path:
    """The program in it that has a terminal."""
    names = {"win32": "bridge-cli.exe", "darwin": "Contents/MacOS/bridge-gui"}
    return frozen_folder() / names.get(sys.platform, "bridge-gui")


def _self_check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        command = [str(frozen_program()), "--data-dir", folder, "self-check"]
        return step("self-check of the frozen program", command, QT_QPA_PLATFORM="offscreen")


def _missing_libpython() -> list[str]:
    """Debian's package of the shared libpython, which PyInstaller copies into the folder."""
    name = sysconfig.get_config_var("INSTSONAME") or ""
    here = Path(sysconfig.get_config_var("LIBDIR") or "", name)
    if name.endswith(".a"):
        fail("this Python was built without a shared library; build with Debian's /usr/bin/python3")
    return [] if here.exists() or _loads(name) else [f"libpython3.{sys.version_info.minor}"]


COMMANDS = {
    "setup": Command(setup, "only make .venv; every other command does it by itself"),
    "demo": Command(demo, "try Bridge on the demo companies (in the terminal where there is no display)"),
    "run": Command(run, "Bridge for real use; arguments go to it"),
    "test": Command(test, "the tests; arguments go to pytest"),
    "check": Command(check, "ruff, mypy and the import contracts"),
    "build": Command(build, "the frozen program in dist/, which then checks itself"),
    "package": Command(
        partial(module, "installers"),
        "installers out of dist/; [--try [--older FILE]] [--quick], [--windows] under wine",
    ),
    "bench": Command(partial(module, "benchmarks"), "the measurements in benchmarks/, or those named"),
    "torture": Command(
        partial(module, "tests.crash.torture"),
        "kill the program over and over, then count; [--kills N] [--documents N]",
    ),
    "screenshots": Command(screenshots, "pictures of the window into --out DIR"),
    "catalog": Command(catalog, "the texts to translate into resources/translations/bridge.pot"),
    "lock": Command(lock, "requirements/dev.txt from pyproject.toml; --upgrade takes newer releases"),
}


def usage() -> str:
    """What `--help` prints."""
    lines = [f"  {name:<12} {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: python3 dev.py COMMAND [arguments]", "", *lines])


def main(arguments: list[str]) -> int:
    """Run the command named by the first argument."""
    if not arguments or arguments[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0
    if arguments[0] not in COMMANDS:
        print(usage(), file=sys.stderr)
        return 2
    rest = arguments[2:] if arguments[1:2] == ["--"] else arguments[1:]
    return COMMANDS[arguments[0]].run(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
