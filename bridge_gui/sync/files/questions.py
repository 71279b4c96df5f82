"""The questions of a bridge that may be fed by files: which of the two it is, and where the files are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bridge_gui.sync.specs import BridgeSpec, Choice, Field, FieldKind
from bridge_gui.wording.message import mark

SOURCE, INTERFACE, FILE, PLACE, COLUMNS, LAYOUTS = "source", "interface", "file", "file", "columns", "layouts"
FROM_FILE = (SOURCE, FILE)
FROM_INTERFACE = (SOURCE, INTERFACE)

FIELDS = (
    Field(
        key=SOURCE,
        kind=FieldKind.CHOICE,
        label=mark("Where the sales come from"),
        help=mark("One at a time. What one has booked stays; the other goes on after it."),
        default=INTERFACE,
        choices=(
            Choice(
                key=INTERFACE, title=mark("Its interface"), hint=mark("Bridge asks the sales system itself.")
            ),
            Choice(key=FILE, title=mark("Files"), hint=mark("You export a report, Bridge reads it.")),
        ),
    ),
    Field(
        key=PLACE,
        kind=FieldKind.TEXT,
        label=mark("File or folder"),
        help=mark(
            "A report as XLSX, XLS or CSV, or the folder in which you keep them. The latest file counts."
        ),
        required=False,
        only=FROM_FILE,
    ),
    Field(
        key=COLUMNS,
        kind=FieldKind.COLUMNS,
        label=mark("Columns"),
        help=mark(
            "Only where Bridge does not find them: day=Dags.; account=Lykill; debit=Debet; credit=Kredit. "
            "See what it finds with: bridge-gui columns FILE"
        ),
        required=False,
        only=FROM_FILE,
    ),
)
"""What a bridge that may be fed by files asks besides."""


def reads_files(spec: BridgeSpec, settings: Mapping[str, str]) -> bool:
    """Whether files are the source."""
    return bool(spec.file_flows) and settings.get(SOURCE) == FILE


def asked_now(asked: Field, settings: Mapping[str, str], fields: Iterable[Field]) -> bool:
    """Whether a question is asked at all, as the others are answered."""
    return holds(asked.only, settings, fields)


def holds(only: tuple[str, str] | None, settings: Mapping[str, str], fields: Iterable[Field]) -> bool:
    """Whether a setting has the answer that a question or page is for."""
    if only is None:
        return True
    key, value = only
    default = next((field.default for field in fields if field.key == key), None)
    return (settings.get(key) or default) == value
