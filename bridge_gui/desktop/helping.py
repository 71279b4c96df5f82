"""Help: support bundle, About, what happened when something broke, and how Bridge starts and stays."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, qVersion
from PySide6.QtWidgets import QMenu, QPushButton

from bridge_gui import __version__
from bridge_gui.desktop.jobs import Done, Failure, Result, failure

if TYPE_CHECKING:
    from bridge_gui.desktop.living import Living
    from bridge_gui.desktop.reading import Reading
    from bridge_gui.desktop.window import Window

BUNDLE = "bridge-support.zip"
REPORT = "bridge-report.txt"


class Help(QObject):
    """The menu, and the windows it opens."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window, self.desk = window, window.desk
        self.living: Living | None = None
        self.shown: Reading | None = None
        self._broken: set[str] = set()
        self.menu = QMenu(window)
        self.menu.setAccessibleName(self.desk.words.text("Help"))
        self.menu.aboutToShow.connect(self._fill)
        self._fill()
        self.desk.runner.broke.connect(self.show_report)

    def popup(self, beside: QPushButton) -> None:
        """Open the menu above a button."""
        height = self.menu.sizeHint().height()
        self.menu.popup(beside.mapToGlobal(QPoint(0, -height)))

    def show_about(self) -> None:
        """Versions and licences."""
        self.desk.reader.ask("about", about, self._about_read)

    def show_bundle(self) -> None:
        """Gather the support bundle beside the window and show it before it is saved."""
        if not self.desk.is_open:
            return
        service, window = self.desk.service, f"Qt {qVersion()}, {sys.platform}"

        def gather() -> dict[str, str]:
            from bridge_gui.sync.house import House
            from bridge_gui.sync.support import bundle

            assert isinstance(service, House)
            return bundle(service, window)

        self.desk.reader.ask("support", gather, self._bundle_read)

    def show_report(self, broken: Failure) -> None:
        """Something broke: say it, once for each place, with a report to be read before it is shared."""
        places = broken.trace.partition("\n")[2]  # its first line says when
        if places in self._broken:
            return
        self._broken.add(places)
        text, said = self.desk.words.text, self.desk.say(broken.code, broken.params)
        advice = text(
            "{sentence} This report tells support where. It holds no names, amounts or secrets: read it "
            "before you share it. Nothing is sent by itself.",
            sentence=said.sentence,
        )
        self._open(text("Something broke"), advice, {"report": broken.trace}, REPORT)

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What reached the top of the window's own thread; told to the terminal as well."""
        traceback.print_exception(kind, error, trace)
        if isinstance(error, Exception):
            self.show_report(failure(error.with_traceback(trace)))

    def _fill(self) -> None:
        text = self.desk.words.text
        self.menu.clear()
        living = self.living
        if living is not None and living.can_start:
            starts = self.menu.addAction(text("Start with the computer"))
            starts.setCheckable(True)
            starts.setChecked(living.starts)
            starts.triggered.connect(lambda on: living.start_with_system(on=on))
        if living is not None and living.tray is not None:
            stays = self.menu.addAction(text("Stay in the tray when closed"))
            stays.setCheckable(True)
            stays.setChecked(living.stays)
            stays.triggered.connect(lambda on: living.stay(on=on))
        self.menu.addSeparator()
        support = self.menu.addAction(text("Support bundle ..."))
        support.setEnabled(self.desk.is_open)
        support.triggered.connect(lambda _on: self.show_bundle())
        self.menu.addAction(text("About Bridge")).triggered.connect(lambda _on: self.show_about())

    def _about_read(self, result: Result) -> None:
        if isinstance(result, Done):
            text = self.desk.words.text
            advice = text(
                "Bridge {version}, under the MIT licence. It is made with these libraries, under theirs.",
                version=__version__,
            )
            self._open(text("About Bridge"), advice, result.value)

    def _bundle_read(self, result: Result) -> None:
        if isinstance(result, Done):
            text = self.desk.words.text
            advice = text(
                "This is all that is in it: no names, amounts or secrets. Look through it, save it, and send "
                "it to support yourself. Nothing is sent by itself."
            )
            self._open(text("Support bundle"), advice, result.value, BUNDLE)
        else:
            self.show_report(result)

    def _open(self, title: str, advice: str, texts: dict[str, str], file: str = "") -> None:
        def keep(path: Path) -> None:
            if file.endswith(".zip"):
                from bridge_gui.sync.support import save

                save(path, texts)
            else:
                path.write_text(next(iter(texts.values())), "utf-8")

        own = self.window if self.window.isVisible() else None
        from bridge_gui.desktop.reading import Reading

        self.shown = Reading(
            self.desk, title, advice, texts, parent=own, save=keep if file else None, file=file
        )
        self.shown.open() if own is not None else self.shown.show()


def about() -> dict[str, str]:
    """Every library with its version and licence, a line each; an installed Bridge shows the licences too."""
    from bridge_gui.sync.libraries import libraries, shipped

    python = ".".join(str(part) for part in sys.version_info[:3])
    head = [f"Bridge {__version__}: MIT", f"Python {python}: PSF-2.0", f"Qt {qVersion()}: LGPL-3.0-only", ""]
    lines = [*head, *(f"{one.name} {one.version}: {one.licence}" for one in libraries())]
    whole = shipped()
    return {"libraries": "\n".join(lines)} | ({"licences": whole} if whole else {})
