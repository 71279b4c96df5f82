"""A table on paper: A4 across, heads on every page, page numbers, a font that knows every letter we meet."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from bridge_gui.sync.exports.table import Cell, Table, printable, put

if TYPE_CHECKING:
    from fpdf import FPDF

FONTS = Path(__file__).parent / "fonts"
_FAMILY = "DejaVu"
_MARGIN, _LINE, _SMALL, _SIZE = 12.0, 5.0, 7.5, 8.0
_WIDEST = 110


def write_pdf(table: Table, path: Path, made_at: datetime) -> None:
    """Write the table; `SetupError` if the file cannot be written."""
    paper = _paper(table, made_at)
    _top(paper, table)
    _body(paper, table)
    put(path, lambda place: _save(paper, place))


def _save(paper: FPDF, place: Path) -> None:
    paper.output(str(place))


def _paper(table: Table, made_at: datetime) -> FPDF:
    """An empty document with its font, footer and margins."""
    from fpdf import FPDF

    class Paper(FPDF):
        """Numbers its pages."""

        def footer(self) -> None:
            """The page's number, below."""
            self.set_y(-_MARGIN)
            self.set_font(_FAMILY, size=_SMALL)
            self.cell(0, _LINE, f"{self.page_no()} / {{nb}}", align="R")

    paper = Paper(orientation="landscape", format="A4")
    paper.add_font(_FAMILY, "", FONTS / "DejaVuSans.ttf")
    paper.add_font(_FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
    paper.set_margin(_MARGIN)
    paper.set_auto_page_break(auto=True, margin=_MARGIN + _LINE)
    paper.set_title(table.title)
    paper.set_creator("Bridge")
    paper.set_creation_date(made_at)
    paper.add_page()
    return paper


def _top(paper: FPDF, table: Table) -> None:
    """The title and the facts."""
    paper.set_font(_FAMILY, "B", 14)
    paper.cell(0, 9, table.title, new_x="LMARGIN", new_y="NEXT")
    for name, value in table.facts:
        paper.set_font(_FAMILY, "B", _SIZE)
        paper.cell(45, _LINE, printable(name))
        paper.set_font(_FAMILY, "", _SIZE)
        paper.multi_cell(0, _LINE, printable(value), new_x="LMARGIN", new_y="NEXT")
    paper.ln(3)


def _body(paper: FPDF, table: Table) -> None:
    """The rows; a row is never torn in two by a page's end."""
    from fpdf.enums import TableBordersLayout

    paper.set_font(_FAMILY, "", _SMALL)
    with paper.table(
        borders_layout=TableBordersLayout.HORIZONTAL_LINES,
        col_widths=_widths(table),
        text_align=tuple("RIGHT" if right else "LEFT" for right in _right(table)),
        line_height=_LINE - 0.6,
        padding=0.4,
    ) as grid:
        for cells in (table.heads, *table.rows, *((table.sums,) if table.sums else ())):
            row = grid.row()
            for cell in cells:
                row.cell(shown(cell, table.decimals))


def shown(cell: Cell, decimals: int) -> str:
    """A value as paper shows it."""
    if isinstance(cell, Decimal):
        return f"{cell:,.{decimals}f}"
    return cell.isoformat() if isinstance(cell, date) else printable(cell)


def _right(table: Table) -> list[bool]:
    """Which columns hold amounts."""
    columns = range(len(table.heads))
    return [any(isinstance(row[at], Decimal) for row in table.rows) for at in columns]


def _widths(table: Table) -> tuple[int, ...]:
    """The columns' widths, in proportion to their longest texts."""
    rows = (table.heads, *table.rows)
    longest = [max(len(shown(row[at], table.decimals)) for row in rows) for at in range(len(table.heads))]
    return tuple(min(_WIDEST, length + 2) for length in longest)
