"""A report of something unforeseen, for the user to read before sharing: where, never what data."""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from pathlib import Path

from bridge_gui import __version__
from bridge_gui.errors import BridgeError


def write_report(folder: Path, error: BaseException, now: datetime) -> Path:
    """Write the report and give its place. Messages of foreign errors are left out: they may hold data."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"report-{now:%Y%m%d-%H%M%S-%f}.txt"
    path.touch(mode=0o600)
    path.write_text(report_text(error, now), encoding="utf-8")
    return path


def report_text(error: BaseException, now: datetime) -> str:
    """The report itself."""
    return "\n".join(_lines(error, now))


def _lines(error: BaseException, now: datetime) -> list[str]:
    """The report's text."""
    head = [
        f"Bridge {__version__}, {now:%Y-%m-%d %H:%M:%S} UTC",
        f"Python {platform.python_version()} on {platform.system()} {platform.release()}",
        "",
    ]
    return head + _chain(error)


def _chain(error: BaseException) -> list[str]:
    """Each error of the chain: its kind, its code if it is ours, and the places it passed."""
    lines = [f"{type(error).__name__}{f' {error.code}' if isinstance(error, BridgeError) else ''}"]
    for frame in traceback.extract_tb(error.__traceback__):
        place = Path(frame.filename)
        lines.append(f"  {'/'.join(place.parts[-3:])}:{frame.lineno} {frame.name}")
    before = error.__cause__ or error.__context__
    return lines + (["", "caused by:", *_chain(before)] if before is not None else [])
