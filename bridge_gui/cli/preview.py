"""`sync --preview`: the exact documents a run would send, and what is held back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridge_gui.cli.attention import described, held_table
from bridge_gui.cli.chosen import chosen
from bridge_gui.cli.codes import Exit
from bridge_gui.cli.progress import Watcher
from bridge_gui.cli.shell import Shell
from bridge_gui.cli.tables import table
from bridge_gui.wording.plain import amount, money

if TYPE_CHECKING:
    from bridge_gui.sync.service import Preview, PreviewDocument


def run(shell: Shell) -> int:
    """Show what each chosen bridge would send; nothing is sent and nothing kept."""
    previews: list[Preview] = []
    with shell.stoppable() as cancel, shell.working() as house:
        for name in chosen(shell, house):
            previews.append(house.preview(name, cancel, Watcher(shell)))
            shell.out.wipe()
    shell.out.data({"bridges": [_shape(shell, preview) for preview in previews]})
    for preview in previews:
        _tell(shell, preview)
    return Exit.ATTENTION if any(preview.held for preview in previews) else Exit.DONE


def _shape(shell: Shell, preview: Preview) -> dict[str, Any]:
    return {
        "bridge": preview.bridge,
        "read": preview.read,
        "documents": [shape_document(document) for document in preview.documents],
        "held": [described(shell, row) for row in preview.held],
        "unsettled": preview.unsettled,
        "calls": preview.calls,
        "minutes": preview.minutes,
    }


def shape_document(document: PreviewDocument) -> dict[str, Any]:
    """A document that would be sent, as a program reads it."""
    return {
        "kind": document.kind,
        "number": document.number,
        "party": document.party,
        "date": document.day,
        "currency": document.currency,
        "total": document.total,
        "text": document.text,
        "lines": [{"text": text, "amount": value} for text, value in document.lines],
        "tax": [{"rate": rate, "net": net, "tax": tax} for rate, net, tax in document.tax],
        "warning": document.warning,
    }


def _tell(shell: Shell, preview: Preview) -> None:
    text = shell.words.text
    heads = [text(head) for head in ("Date", "Number", "Customer", "Total", "Lines")]
    rows = [
        [one.day, one.number, one.party, money(one.total, one.currency), lines_of(one)]
        for one in preview.documents
    ]
    shell.out.say(preview.bridge)
    shell.out.lines(table(heads, rows, right=[3]) if rows else [text("Nothing would be sent.")])
    if preview.held:
        shell.out.lines(["", text("Held back:"), *held_table(shell, list(preview.held))])
    calls = sum(preview.calls.values())
    told = text("{count} documents, {calls} calls, about {minutes} minutes. Nothing was sent.",
                count=len(preview.documents), calls=calls, minutes=preview.minutes)  # fmt: skip
    shell.out.lines(["", told])


def lines_of(document: PreviewDocument) -> str:
    """The lines of a document in one."""
    return "; ".join(
        f"{text} {amount(value, document.currency).removesuffix(document.currency).strip()}"
        for text, value in document.lines
    )
