"""The commands and their options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn

from bridge_gui import __version__
from bridge_gui.errors import SetupError

Text = Callable[..., str]


class Parser(argparse.ArgumentParser):
    """An `argparse` parser whose complaints are codes like any other."""

    def error(self, message: str) -> NoReturn:
        """Wrong use."""
        problem = message[:1].upper() + message[1:]
        raise SetupError("cli.usage", problem=f"{problem}.", help=f"{self.prog} --help")


class Parsers:
    """Makes the parser of each command; the common options may stand before or after the command."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.root = Parser(prog="bridge-gui", description=text("Joins a sales system to the books."))
        self.root.add_argument("--version", action="version", version=f"Bridge {__version__}")
        self._add_common(self.root, first=True)
        self.root.add_argument(
            "--demo", action="store_true", default=False, help=text("with made-up companies on this computer")
        )
        self.root.add_argument(
            "--hidden", action="store_true", default=False, help=text("open the window in the tray")
        )
        self._commands = self.root.add_subparsers(dest="command", metavar=text("COMMAND"))

    def add(self, name: str, summary: str, *, secrets: bool = False) -> Parser:
        """A command with the options that all have."""
        parser: Parser = self._commands.add_parser(name, help=summary, description=summary)
        self._add_common(parser, first=False)
        suppress = argparse.SUPPRESS
        parser.add_argument("--demo", action="store_true", default=suppress, help=suppress)
        if secrets:
            told = self.text("“-”: secrets as TOML on standard input, not kept")
            parser.add_argument("--secrets", metavar="-", type=_dash, help=told)
        return parser

    def _add_common(self, parser: argparse.ArgumentParser, *, first: bool) -> None:
        text = self.text
        none = None if first else argparse.SUPPRESS
        no = False if first else argparse.SUPPRESS
        parser.add_argument("--data-dir", metavar="DIR", default=none, help=text("where the data lies"))
        parser.add_argument("--json", action="store_true", default=no, help=text("answer in JSON"))


def make_parser(text: Text) -> Parser:
    """The parser of the whole command line."""
    parsers = Parsers(text)
    for add in (
        _connect,
        _sync,
        _notices,
        _lists,
        _act,
        _panel,
        _tie_out,
        _columns,
        _disconnect,
        _copies,
        _standing,
        _playing,
    ):
        add(parsers, text)
    parsers.root.set_defaults(secrets=None)
    return parsers.root


def _connect(parsers: Parsers, text: Text) -> None:
    parser = parsers.add(
        "connect", text("Set up a bridge, or change one, from a file of answers."), secrets=True
    )
    parser.add_argument("kind", metavar="KIND", help=text("such as salescloud_payday"))
    parser.add_argument("--name", help=text("the bridge's name; its kind if not given"))
    ways = parser.add_mutually_exclusive_group(required=True)
    ways.add_argument("--answers", metavar="FILE", help=text("the answers, as TOML"))
    ways.add_argument("--questions", action="store_true", help=text("print the file to fill in"))
    anew = text("sign in at the vendor's page again, even if an earlier sign-in still holds")
    parser.add_argument("--sign-in", action="store_true", help=anew)


def _sync(parsers: Parsers, text: Text) -> None:
    parser = parsers.add("sync", text("Bring the books up to date."), secrets=True)
    _names(parser, text)
    parser.add_argument("--preview", action="store_true", help=text("show what would be sent, send nothing"))
    parsers.add("watch", text("Sync by the schedule, without a window, until stopped."), secrets=True)


def _notices(parsers: Parsers, text: Text) -> None:
    summary = text("Listen for the vendors' change notices, behind a relay of your own; shows the addresses.")
    parser = parsers.add("notices", summary)
    parser.add_argument("name", metavar="NAME", help=text("the bridge"))
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--on", action="store_true", help=text("listen from the next start on"))
    ways.add_argument("--off", action="store_true", help=text("listen no more, and forget the addresses"))
    ways.add_argument("--new", action="store_true", help=text("new addresses; the old ones end"))
    parser.add_argument("--port", metavar="N", type=_count, default=0, help=text("the port at this computer"))


def _lists(parsers: Parsers, text: Text) -> None:
    parsers.add("status", text("Every bridge, and how it stands."))
    parser = parsers.add("documents", text("What was booked, and where it is."))
    parser.add_argument("name", nargs="?", metavar="NAME", help=text("only this bridge"))
    parser.add_argument("--csv", action="store_true", help=text("for a spreadsheet"))
    parser = parsers.add("attention", text("What needs a person, and your answers to it."))
    parser.add_argument("name", nargs="?", metavar="NAME", help=text("only this bridge"))
    parser.add_argument("--answer", nargs=2, metavar=("ITEM", "CHOICE"), help=text("decide about one thing"))
    parser.add_argument("--reason", default="", metavar="TEXT", help=text("why, kept with the decision"))
    parser.add_argument(
        "--document", default="", metavar="NUMBER", help=text("with by_hand: the document you made")
    )
    parser.add_argument("--bridge", metavar="NAME", help=text("the bridge of that thing"))


def _act(parsers: Parsers, text: Text) -> None:
    parser = parsers.add(
        "act", text("Do one thing to a record or a document; lists what there is."), secrets=True
    )
    parser.add_argument("name", metavar="NAME", help=text("the bridge"))
    parser.add_argument("action", nargs="?", metavar="ACTION", help=text("all are listed if not given"))
    parser.add_argument(
        "subjects", nargs="*", metavar="SUBJECT", help=text("a panel's row, or a document's number")
    )
    parser.add_argument("--answers", metavar="FILE", help=text("the answers, as TOML"))
    parser.add_argument("--questions", action="store_true", help=text("print the file to fill in"))
    parser.add_argument("--preview", action="store_true", help=text("show what would be sent, send nothing"))
    parser.add_argument("--yes", action="store_true", help=text("confirm what cannot be undone"))
    parser.add_argument("--to", metavar="FILE", help=text("where a file goes; here if not given"))
    parser.add_argument("--request", metavar="ID", help=text("the same order given twice is one"))


def _panel(parsers: Parsers, text: Text) -> None:
    parser = parsers.add(
        "panel", text("What a bridge shows besides documents; lists what there is."), secrets=True
    )
    parser.add_argument("name", metavar="NAME", help=text("the bridge"))
    parser.add_argument("panel", nargs="?", metavar="PANEL", help=text("all are listed if not given"))
    parser.add_argument("--search", metavar="TEXT", help=text("only rows with this"))
    filters = text("only rows like this; may be given again")
    parser.add_argument("--filter", metavar="KEY=VALUE", action="append", default=[], help=filters)
    parser.add_argument("--row", metavar="ROW", help=text("one row in full"))
    parser.add_argument("--offset", metavar="N", type=_count, default=0, help=text("go on from row N"))
    parser.add_argument("--limit", metavar="N", type=_count, default=100, help=text("this many rows at most"))


def _tie_out(parsers: Parsers, text: Text) -> None:
    summary = text("Compare what was sold with what the books show, day by day; changes nothing.")
    parser = parsers.add("tie-out", summary, secrets=True)
    parser.add_argument(
        "names", nargs="?", metavar="NAME", help=text("the bridge; the only one if not given")
    )
    day = text("a day such as 2026-11-20")
    parser.add_argument("--from", dest="first", metavar="DAY", help=day)
    parser.add_argument("--to", dest="last", metavar="DAY", help=day)
    parser.add_argument("--xlsx", metavar="FILE", help=text("write a spreadsheet"))
    parser.add_argument("--pdf", metavar="FILE", help=text("write it for printing"))


def _columns(parsers: Parsers, text: Text) -> None:
    parser = parsers.add("columns", text("What Bridge finds in a report that is to be read from a file."))
    parser.add_argument("file", metavar="FILE", help=text("XLSX, XLS or CSV"))
    parser.add_argument("--columns", metavar="TEXT", help=text("as in day=Dags.; account=Lykill; ..."))
    parser.add_argument("--currency", metavar="CODE", default="ISK", help=text("ISK if not given"))


def _disconnect(parsers: Parsers, text: Text) -> None:
    summary = text("Remove bridges and their secrets; what was booked stays in the books.")
    parser = parsers.add("disconnect", summary, secrets=True)
    _names(parser, text)
    parser.add_argument("--forget", action="store_true", help=text("remove snapshots and reports as well"))


def _copies(parsers: Parsers, text: Text) -> None:
    parser = parsers.add("backup", text("Copy all that Bridge knows to a folder; it holds no secrets."))
    parser.add_argument("folder", metavar="FOLDER", help=text("where the copy goes"))
    parser = parsers.add("move", text("Make a copy to go on with on another computer; it holds no secrets."))
    parser.add_argument("folder", metavar="FOLDER", help=text("where the copy goes"))
    parser = parsers.add("restore", text("Put a copy back; the next sync looks for what was booked since."))
    parser.add_argument("file", nargs="?", metavar="FILE", help=text("the last snapshot if not given"))


def _standing(parsers: Parsers, text: Text) -> None:
    parsers.add("self-check", text("Whether this Bridge is complete and can work on this computer."))
    parsers.add("quit", text("Close the window that is open, if one is; what is under way stops first."))


def _playing(parsers: Parsers, text: Text) -> None:
    parser = parsers.add("demo", text("Try Bridge on made-up companies, in the terminal."))
    parser.add_argument("--reset", action="store_true", help=text("begin the companies anew"))
    parser.add_argument(
        "--advance", metavar="N", type=_days, default=0, help=text("let N days of trade happen")
    )
    parser.add_argument("--screenshots", metavar="DIR", help=text("where pictures of the window go"))
    parser = parsers.add("sandbox", text("Serve imitated vendors on this computer until stopped."))
    parser.add_argument("--vendors", metavar="A,B", help=text("which; all if not given"))
    parser.add_argument("--state", metavar="DIR", help=text("keep their state in this folder"))


def _names(parser: Parser, text: Text) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help=text("bridges; the only one if not given"))
    parser.add_argument("--all", action="store_true", help=text("every bridge"))


def _days(value: str) -> int:
    """A number of days from 0 to 366."""
    number = int(value)
    if not 0 <= number <= 366:
        raise ValueError(value)
    return number


def _count(value: str) -> int:
    """A number from 0 on."""
    number = int(value)
    if number < 0:
        raise ValueError(value)
    return number


def _dash(value: str) -> str:
    """Only “-”; anything else may be a secret and is not repeated."""
    if value != "-":
        raise argparse.ArgumentTypeError("only “-”, secrets come on standard input")
    return value
