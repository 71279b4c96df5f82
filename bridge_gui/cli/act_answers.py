"""Answers to an action's form in a file, and the form as such a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bridge_gui.accounting.money import plain
from bridge_gui.cli.toml_file import read_file
from bridge_gui.errors import SetupError
from bridge_gui.sync.actions import lines_in, lines_text
from bridge_gui.sync.panels import LEFT, PAIRS_KEPT, RIGHT, Certainty
from bridge_gui.sync.specs import FieldKind

if TYPE_CHECKING:
    from bridge_gui.sync.actions import Form
    from bridge_gui.sync.panels import Pair
    from bridge_gui.sync.specs import Field
    from bridge_gui.wording.render import Said

Text = Callable[..., str]


def given_answers(file: str) -> dict[str, str]:
    """The answers in a TOML file; lines stand in it as [[lines]] tables."""
    return {key: _answer(key, value) for key, value in read_file(file).items()}


def _answer(key: str, value: Any) -> str:
    """One value as an answer is kept."""
    if isinstance(value, list):
        rows = [one for one in value if isinstance(one, dict)]
        if len(rows) < len(value):
            raise SetupError("answers.type", key=key, expected="rows such as [[lines]]")
        return lines_text({name: _answer(f"{key}.{name}", one) for name, one in row.items()} for row in rows)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, Decimal)):
        return plain(Decimal(value))
    if type(value) is date:
        return value.isoformat()
    if not isinstance(value, str):
        raise SetupError("answers.type", key=key, expected="text")
    return value


def questions(form: Form, text: Text) -> str:
    """A form as TOML, filled as it is; what has no answer yet is commented out."""
    plain_ones = [one for one in form.fields if one.kind is not FieldKind.LINES and not one.fixed]
    tables = [one for one in form.fields if one.kind is FieldKind.LINES and not one.fixed]
    lines = [line for one in plain_ones for line in _asked(one, form.answers.get(one.key, ""), form, text)]
    for one in tables:
        for row in lines_in(form.answers.get(one.key, "")) or [{}]:
            lines += ["", f"[[{one.key}]]"]
            columns = [column for column in one.columns if not column.fixed]
            lines += [line for c in columns for line in _asked(c, row.get(c.key, ""), form, text)]
    return "\n".join(lines) + "\n"


def pairs_asked(pairs: Sequence[Pair], say: Callable[[str], Said]) -> str:
    """Proposed pairs as TOML; those that are not sure are commented out, for a person to take in."""
    return "\n".join(line for one in pairs for line in _pair(one, say)) + "\n" if pairs else ""


def _pair(pair: Pair, say: Callable[[str], Said]) -> Iterator[str]:
    sides = (f"{pair.left} {pair.left_hint}", f"{pair.right} {pair.right_hint}" if pair.right_id else "-")
    why = say(pair.why).sentence if pair.why else ""
    yield _line(f"# {' = '.join(' '.join(side.split()) for side in sides)}  {why}").rstrip()
    off = "" if pair.certainty is Certainty.SURE and pair.right_id else "# "
    yield f"{off}[[{PAIRS_KEPT}]]"
    yield f"{off}{LEFT} = {_quoted(pair.id)}"
    yield f"{off}{RIGHT} = {_quoted(pair.right_id)}"
    yield ""


def _asked(asked: Field, answer: str, form: Form, text: Text) -> Iterator[str]:
    """One question with its answer."""
    yield f"# {_line(text(asked.label))}"
    offered = [(one.key, one.title) for one in asked.choices]
    offered += [(one.key, one.title) for one in form.options.get(asked.options, ())]
    for key, title in offered:
        yield f"#   {_line(key)} = {_line(text(title))}"
    value = (
        {"yes": "true", "no": "false"}.get(answer, "") if asked.kind is FieldKind.FLAG else _quoted(answer)
    )
    yield f"{asked.key} = {value}" if answer else f"# {asked.key} = {value or chr(34) * 2}"


def _quoted(value: str) -> str:
    """A text as TOML takes it; JSON's escapes are TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _line(value: str) -> str:
    """One line without control signs: a vendor's text must not begin a line of its own."""
    return "".join(sign if sign.isprintable() else " " for sign in value)
