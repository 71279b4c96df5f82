"""What an action would send, and what became of it, for a person and for a program; and the file it gave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridge_gui.cli.preview import lines_of, shape_document
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import clean, table
from bridge_gui.errors import SetupError
from bridge_gui.sync.actions import ActionSpec, Checked, File, How, Notice, Told
from bridge_gui.wording.message import mark
from bridge_gui.wording.plain import amount, money

if TYPE_CHECKING:
    from bridge_gui.sync.service import PreviewDocument

WORDS = {
    How.DONE: mark("done"),
    How.REFUSED: mark("refused"),
    How.ASKED: mark("needs you"),
    How.WAITING: mark("goes on by itself"),
}
TRIES = 1000


def buttons(shell: Shell) -> Callable[[str], str]:
    """A code's button, untranslated."""
    known = {message.code: message.button for message in shell.registry.messages()}
    return lambda code: known.get(code, "")


def shape_seen(shell: Shell, subject: str, seen: Checked) -> dict[str, Any]:
    """What would be sent, as a program reads it."""
    return {
        "subject": subject,
        "documents": [shape_document(one) for one in seen.documents],
        "totals": [
            {"label": shell.words.text(one.label), "amount": one.amount, "currency": one.currency}
            for one in seen.totals
        ],
        "computed": seen.computed,
        "warnings": _notices(shell, seen.warnings),
        "problems": _notices(shell, seen.problems),
        "confirm": shell.say(seen.confirm.code, seen.confirm.params).sentence if seen.confirm else "",
    }


def shape(shell: Shell, subject: str, told: Told, seen: Checked | None) -> dict[str, Any]:
    """What became of one order, as a program reads it."""
    said = shell.say(told.code, told.params) if told.code else None
    return {
        "subject": subject,
        "how": told.how.value,
        "code": told.code,
        "sentence": said.sentence if said else "",
        "advice": said.advice if said else "",
        "number": told.number,
        "state": told.state,
        "url": told.url,
        "file": told.file.name if told.file else "",
        "address": told.address,
        "problems": _notices(shell, told.problems),
        "documents": [shape_document(one) for one in seen.documents] if seen else [],
    }


def tell_seen(shell: Shell, spec: ActionSpec, seen: Mapping[str, Checked]) -> None:
    """What would be sent, for a person."""
    text, out = shell.words.text, shell.out
    documents = [one for checked in seen.values() for one in checked.documents]
    if documents:
        heads = [text(head) for head in ("Date", "Number", "Customer", "Total", "Lines")]
        out.lines(table(heads, map(_cells, documents), right=[3]))
    for subject, checked in seen.items():
        before = f"{clean(subject)}: " if len(seen) > 1 else ""
        for total in checked.totals:
            out.say(f"{before}{text(total.label)} {amount(total.amount, total.currency)}")
        for notice in (*checked.warnings, *checked.problems):
            out.say(before + _sentence(shell, notice))
        if checked.confirm:
            out.say(before + _sentence(shell, checked.confirm))
    if spec.confirm:
        out.say(text(spec.confirm))


def tell_told(shell: Shell, subject: str, told: Told) -> None:
    """What became of one order, for a person."""
    word = shell.words.text(WORDS[told.how])
    number = f" ({told.number})" if told.number and told.number != subject else ""
    shell.out.say(clean(f"{subject}{number}: {word}"))
    if told.file is not None:
        shell.out.say(shell.words.text("Written: {file}", file=told.file.name))
    if told.address:
        shell.out.say(told.address)
    if told.code:
        shell.out.told(shell.say(told.code, told.params))


def saved(file: File, to: str | None) -> Path:
    """Write a file where the user says, or here under a name that is free."""
    place = Path(to) if to else Path()
    try:
        if place.is_dir():
            place = _free(place, file.name)
        place.write_bytes(file.content)
    except OSError as error:
        raise SetupError("cli.not_written", file=str(place)) from error
    return place


def _free(folder: Path, name: str) -> Path:
    """A name nothing has there yet."""
    wanted = Path(name)
    for number in range(2, TRIES):
        place = folder / (name if number == 2 else f"{wanted.stem} ({number - 1}){wanted.suffix}")
        if not place.exists():
            return place
    raise SetupError("cli.not_written", file=name)


def _cells(one: PreviewDocument) -> list[str]:
    return [one.day, one.number, one.party, money(one.total, one.currency), lines_of(one)]


def _sentence(shell: Shell, notice: Notice) -> str:
    said = shell.say(notice.code, notice.params)
    at = f"{notice.at}: " if notice.at else ""
    return clean(f"{at}{said.sentence} {said.advice}".strip())


def _notices(shell: Shell, notices: Iterable[Notice]) -> list[dict[str, Any]]:
    return [
        {"at": one.at, "code": one.code, "sentence": shell.say(one.code, one.params).sentence}
        for one in notices
    ]
