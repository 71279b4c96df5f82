"""`python3 dev.py package`: make the installers of this system out of the frozen program, and try them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import dev
from installers import frozen
from installers.trial import ONE_BRIDGE, Failed

CEILINGS = {".deb": 90, ".gz": 100, ".exe": 70, ".dmg": 100}
"""Megabytes that a package of this kind may have."""


def main(arguments: list[str]) -> int:
    """Make them, print their sizes, try them if told so; gives the exit code."""
    parser = argparse.ArgumentParser(prog="dev.py package", description=__doc__)
    parser.add_argument("--windows", action="store_true", help="the Windows installer, under wine")
    parser.add_argument("--try", dest="tried", action="store_true", help="install, use and remove it here")
    parser.add_argument("--quick", action="store_true", help="packed loosely, for trying only")
    parser.add_argument(
        "--older", metavar="FILE", type=Path, help="with --try: upgrade over this version too"
    )
    options = parser.parse_args(arguments)
    _demand_tools(windows=options.windows)
    try:
        if options.windows:
            from installers.windows import package as windows

            return _told([windows(tried=options.tried, quick=options.quick, older=options.older)])
        return _told(_here(tried=options.tried, quick=options.quick, older=options.older))
    except Failed as problem:
        print(f"package: {problem}", file=sys.stderr)
        return 1


def _demand_tools(*, windows: bool) -> None:
    if not dev.LINUX:
        return
    tables = ["package", "windows"] if windows else ["package"]
    missing = [tool for table in tables for tool in dev.missing_programs(dev.debian_packages(table))]
    dev.demand(missing, "packaging needs more of the system")


def _here(*, tried: bool, quick: bool, older: Path | None) -> list[Path]:
    """The installers of this system."""
    if sys.platform == "win32":
        from installers import nsis

        return [nsis.build(dev.frozen_folder(), frozen.DIST, quick=quick)]
    if sys.platform == "darwin":
        from installers import macos

        return [macos.build(dev.frozen_folder(), frozen.DIST)]
    return _linux(tried=tried, quick=quick, older=older)


def _linux(*, tried: bool, quick: bool, older: Path | None) -> list[Path]:
    from installers import archive, debian
    from installers.archive_trial import try_archive
    from installers.debian_trial import try_package

    program = dev.frozen_folder()
    if not dev.frozen_program().exists():
        raise Failed("there is no frozen program: python3 dev.py build")
    print(frozen.said_size(program))
    made = [debian.build(program, frozen.DIST, quick=quick), archive.build(program, frozen.DIST, quick=quick)]
    if tried:
        try_package(made[0], ONE_BRIDGE if quick else "--all", older)
        try_archive(made[1])
    return made


def _told(made: list[Path]) -> int:
    """Print the sizes; a package over its ceiling is a failure."""
    for path in made:
        print(frozen.said_size(path))
    large = [path.name for path in made if frozen.size(path) > CEILINGS[path.suffix] * frozen.MB]
    if large:
        raise Failed(f"larger than it may be: {', '.join(large)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
