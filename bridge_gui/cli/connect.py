"""`connect`: the wizard's questions answered from a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from getpass import getpass
from typing import TYPE_CHECKING, Any

from bridge_gui.cli.codes import Exit
from bridge_gui.cli.questions import as_data, as_toml
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.toml_file import answers_in, read_file
from bridge_gui.errors import SetupError
from bridge_gui.sync.form import Form
from bridge_gui.sync.specs import FieldKind, VendorSpec

if TYPE_CHECKING:
    from bridge_gui.sync.setup import Finished


def run(shell: Shell) -> int:
    """Print the questions, or set up the bridge that the answers describe."""
    form = Form(shell.registry, shell.options.kind)
    if shell.options.questions:
        shell.out.data(as_data(form, shell.words.text))
        if not shell.out.json:
            shell.out.raw(as_toml(form, shell.options.name or "", shell.words.text))
        return Exit.DONE
    _fill(shell, form)
    return _set_up(shell, form)


def _fill(shell: Shell, form: Form) -> None:
    """Take every answer, and complain about all that are wrong before anything is made."""
    troubles = taken(form, read_file(shell.options.answers), secrets=False)
    troubles += taken(form, _secrets(shell, form), secrets=True)
    for trouble in troubles[:-1]:
        shell.out.told(shell.say(trouble.code, trouble.params))
    if troubles:
        raise troubles[-1]


def _secrets(shell: Shell, form: Form) -> dict[str, Any]:
    """The secrets announced: as TOML, or typed unseen by who sits at a terminal."""
    if shell.options.secrets is None or not sys.stdin.isatty():
        return shell.input_tables() or {}
    return {vendor.key: _typed(vendor, shell.words.text) for vendor in form.vendors}


def _typed(vendor: VendorSpec, text: Callable[..., str]) -> dict[str, str]:
    secrets = [asked for asked in vendor.fields if asked.kind is FieldKind.SECRET]
    return {asked.key: getpass(f"{vendor.title}, {text(asked.label)}: ") for asked in secrets}


def taken(form: Form, tables: Mapping[str, Any], *, secrets: bool) -> list[SetupError]:
    """What is wrong with the answers; what is left empty and not asked, as the others are, is not wrong."""
    troubles = []
    for place, value in answers_in(dict(tables)):
        try:
            _take(form, place, value, secrets=secrets)
        except SetupError as error:
            troubles.append((place, value, error))
    return [error for place, value, error in troubles if value != "" or form.asks(place)]


def _take(form: Form, place: str, value: Any, *, secrets: bool) -> None:
    """Take one answer; a secret only from where secrets come."""
    asked = form.fields().get(place)
    if asked is not None and asked.kind is FieldKind.SIGN_IN:
        raise SetupError("answers.sign_in", key=place, label=asked.label)
    if asked is not None and asked.kind is FieldKind.SECRET and not secrets:
        raise SetupError("answers.secret_in_file", key=place, label=asked.label)
    form.answer(place, value)


def _set_up(shell: Shell, form: Form) -> int:
    from bridge_gui.cli.sign_in import TerminalSignIn
    from bridge_gui.sync.connecting import connect
    from bridge_gui.sync.setup import named

    named(shell.options.name or form.spec.key)
    with shell.stoppable() as cancel, shell.working(make=True) as house:
        shell.out.passing(shell.words.text("Signing in ..."))
        name, anew = shell.options.name or "", shell.options.sign_in
        finished = connect(house, form, name, cancel, TerminalSignIn(shell), anew=anew)
    shell.out.wipe()
    _tell(shell, finished)
    return Exit.DONE


def _tell(shell: Shell, finished: Finished) -> None:
    """The companies' names, what is still unmapped, and whether the secrets were kept."""
    text, row = shell.words.text, finished.row
    titles = {key: spec.title for key, spec in shell.registry.vendors.items()}
    shell.out.say(text("{name} is set up.", name=row.name))
    for vendor, company in finished.companies.items():
        shell.out.say(text("Signed in to {vendor}: {company}", vendor=titles[vendor], company=company))
    if finished.unmapped:
        names = ", ".join(finished.unmapped)
        shell.out.say(text("Not mapped yet: {names}. What needs them waits until they are.", names=names))
    if finished.twins:
        shell.out.told(shell.say("bridge.twin", {"names": ", ".join(finished.twins)}))
    if not finished.secrets_kept:
        shell.out.note(_not_kept(shell, row.name))
    shell.out.say(text("See what would be sent: bridge-gui sync {name} --preview", name=_quoted(row.name)))
    shell.out.data(
        {
            "bridge": row.name,
            "kind": row.kind,
            "companies": finished.companies,
            "start": row.start,
            "unmapped": finished.unmapped,
            "twins": finished.twins,
            "secrets_kept": finished.secrets_kept,
        }
    )


def _not_kept(shell: Shell, name: str) -> str:
    return shell.words.text(
        "This computer has no keychain that is safe, so the secrets were not kept. Give them at each run: "
        "bridge-gui sync {name} --secrets -",
        name=_quoted(name),
    )


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
