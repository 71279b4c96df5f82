"""From the words typed to an exit code; whatever happens, a sentence and never a traceback."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from bridge_gui.cli.codes import Exit, of_error
from bridge_gui.cli.means import Means
from bridge_gui.cli.out import Out, prepare_streams
from bridge_gui.cli.parser import make_parser
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.stopping import terminate_like_interrupt
from bridge_gui.errors import BridgeError, Cancelled, Param
from bridge_gui.wording.catalogue import languages, load

COMMANDS = {
    "connect": "connect",
    "sync": "sync",
    "watch": "watch",
    "notices": "notices",
    "status": "status",
    "documents": "documents",
    "attention": "attention",
    "act": "act",
    "panel": "panel",
    "tie-out": "tie_out",
    "columns": "columns",
    "disconnect": "disconnect",
    "backup": "backup",
    "move": "backup",
    "restore": "backup",
    "self-check": "self_check",
    "quit": "quit",
    "demo": "demo",
    "sandbox": "sandbox",
}
"""Each command's module, imported when it is wanted; it has a `run(shell)`."""


def main(arguments: Sequence[str], means: Means) -> int:
    """Carry out one command line; without a command, the window."""
    prepare_streams()
    out = Out(json="--json" in arguments)
    parser = make_parser(load(languages(os.environ)).text)
    defaults = parser.parse_args([])
    try:
        options = parser.parse_args(list(arguments))
    except BridgeError as error:
        return _failed(Shell(means, defaults, out), error)
    return int(_guarded(Shell(means, options, out)))


def _guarded(shell: Shell) -> int:
    """Run the command; judge what ended it."""
    terminate_like_interrupt()
    try:
        if shell.options.command is None:
            hidden = {"hidden": True} if shell.options.hidden else {}
            return shell.means.window(shell.path, shell.options.demo, **hidden)
        command = importlib.import_module(f"bridge_gui.cli.{COMMANDS[shell.options.command]}")
        code: int = command.run(shell)
        shell.out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the one border where everything is judged
        return _failed(shell, error)
    return code


def _failed(shell: Shell, error: BaseException) -> int:
    """Say what ended the command, to the person and to the program that asked."""
    code, params = _named(error)
    said = shell.say(code, params)
    exit_code = of_error(error)
    report = _report(shell, error) if exit_code is Exit.UNEXPECTED else ""
    shell.out.told(said)
    if report:
        shell.out.note(shell.words.text("The report is in {file}.", file=report))
    found = {"code": code, "sentence": said.sentence, "advice": said.advice}
    shell.out.data({"error": found | ({"report": report} if report else {})})
    return exit_code


def _named(error: BaseException) -> tuple[str, dict[str, Param]]:
    """The code and parameters that say it."""
    if isinstance(error, BridgeError):
        return error.code, error.params
    if isinstance(error, (Cancelled, KeyboardInterrupt)):
        return "cancelled", {}
    return "unexpected", {"what": type(error).__name__}


def _report(shell: Shell, error: BaseException) -> str:
    """Write a report about something unforeseen; its place, or nothing if even that fails."""
    if not isinstance(error, Exception) or isinstance(error, SystemExit):
        return ""
    from bridge_gui.sync.report import write_report

    try:
        shell.folder.make()
        return str(write_report(shell.folder.reports, error, shell.means.clock.now()))
    except Exception:  # noqa: BLE001 - a full disk, no folder: the sentence is said all the same
        return ""
