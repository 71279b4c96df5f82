"""Answers to an action's form: brought together, and held against the fields before the bridge is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bridge_gui.errors import SetupError
from bridge_gui.sync.actions import Form, Notice, Wanted, lines_in
from bridge_gui.sync.asking import checked
from bridge_gui.sync.panels import LEFT, PAIRS_KEPT, RIGHT, SHOWN_KEPT, SIDES_KEPT, PanelKind, PanelSpec
from bridge_gui.sync.specs import Field, FieldKind
from bridge_gui.wording.message import mark

LINES_MOST = 10_000


def keeping(panel: PanelSpec) -> Form:
    """What the action is asked that keeps the answers of a PAIRS or COMPARE panel."""
    if panel.kind is PanelKind.PAIRS:
        return Form(fields=(_rows_of(PAIRS_KEPT, LEFT, RIGHT),))
    shown = Field(key=SHOWN_KEPT, kind=FieldKind.TEXT, label=mark("What was shown"), required=False)
    return Form(fields=(_rows_of(SIDES_KEPT, "field", "side"), shown))


def _rows_of(key: str, *columns: str) -> Field:
    named = tuple(Field(key=one, kind=FieldKind.TEXT, label=one) for one in columns)
    return Field(key=key, kind=FieldKind.LINES, label=mark("Your choices"), columns=named)


def whole(wanted: Wanted) -> dict[str, str]:
    """Every answer of an order: as the form is filled, as the user has it, and what the form keeps.

    Only what can be edited is taken from the user.
    """
    form = wanted.form
    editable = {asked.key for asked in form.fields if not asked.fixed}
    for key in wanted.answers:
        if key not in editable:
            raise SetupError("answers.unknown_key", key=key, keys=", ".join(sorted(editable)))
    defaults = {asked.key: asked.default for asked in form.fields if asked.default is not None}
    return {**defaults, **form.answers, **wanted.answers, **form.kept}


def misfits(form: Form, answers: Mapping[str, str]) -> tuple[Notice, ...]:
    """What is no answer to its question: empty, of another kind, or none of those to choose from."""
    return tuple(_wrong(form, form.fields, answers, ""))


def _wrong(form: Form, fields: Sequence[Field], answers: Mapping[str, str], under: str) -> Iterator[Notice]:
    for asked in fields:
        at, answer = under + asked.key, answers.get(asked.key, "")
        if asked.fixed or _unasked(asked, answers):
            continue
        try:
            rows = _rows(asked, at, answer)
            _listed(form, asked, at, answer)
        except SetupError as error:
            yield Notice(code=error.code, params=error.params, at=at)
            continue
        for number, row in enumerate(rows):
            yield from _wrong(form, asked.columns, row, f"{at}.{number}.")


def _rows(asked: Field, at: str, answer: str) -> list[dict[str, str]]:
    """The rows of a LINES answer, none for any other that is right."""
    if asked.kind is not FieldKind.LINES:
        if answer or asked.kind is not FieldKind.FLAG:
            checked(at, asked, answer)
        return []
    rows = lines_in(answer)
    if not rows and asked.required:
        raise SetupError("answers.empty", key=at, label=asked.label)
    if len(rows) > LINES_MOST:
        raise SetupError("answers.type", key=at, expected=f"{LINES_MOST} lines at most")
    return rows


def _listed(form: Form, asked: Field, at: str, answer: str) -> None:
    """A choice from a complete list is one of it; what is searched for is the bridge's to check."""
    listed = form.options.get(asked.options, ()) if asked.options and not asked.search else ()
    if answer and listed and answer not in {one.key for one in listed}:
        raise SetupError("answers.choice", key=at, label=asked.label, choices=_titles(listed))


def _titles(listed: Sequence[object]) -> str:
    titles = [str(getattr(one, "title", "")) for one in listed]
    return ", ".join(titles[:12]) + (", ..." if len(titles) > 12 else "")


def _unasked(asked: Field, answers: Mapping[str, str]) -> bool:
    """Whether another answer makes this question idle."""
    return asked.only is not None and answers.get(asked.only[0]) != asked.only[1]
