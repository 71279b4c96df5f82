"""Sentences about files as a source: what is wrong with one, and which source books."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_AGAIN = mark("Export the report once more and put it in the old one's place.")

FILES: tuple[Message, ...] = (
    Message(
        code="file.missing",
        sentence=mark("There is no file or folder {file}."),
        advice=mark("Put the report there, or name another place under Settings."),
        button=mark("Open settings"),
    ),
    Message(
        code="file.unreadable",
        sentence=mark("{file} cannot be opened: {reason}."),
        advice=mark("Close it if it is open in another program, and see that you may read it."),
        button=mark("Try again"),
    ),
    Message(
        code="file.too_big",
        sentence=mark("{file} is larger than {limit} MB."),
        advice=mark("Export a shorter period."),
    ),
    Message(
        code="file.too_wide",
        sentence=mark("A table in {file} has a cell far away from the others."),
        advice=mark("Delete the empty rows and columns behind the table, and save it again."),
    ),
    Message(
        code="file.encrypted",
        sentence=mark("{file} is protected by a password."),
        advice=mark("Save it without a password."),
    ),
    Message(code="file.damaged", sentence=mark("{file} is damaged or not a spreadsheet."), advice=_AGAIN),
    Message(
        code="file.no_reader",
        sentence=mark("{file} was not read: Bridge was not let start what reads old spreadsheets."),
        advice=mark("Save it as XLSX and choose that file, or start Bridge again."),
    ),
    Message(
        code="file.web_page",
        sentence=mark("{file} is a web page or XML, whatever its name says."),
        advice=mark("Open it in a spreadsheet program and save it as XLSX."),
    ),
    Message(
        code="file.not_a_table",
        sentence=mark("{file} is neither a spreadsheet nor a table in text."),
        advice=mark("Export the report as XLSX, XLS or CSV."),
    ),
    Message(code="file.empty", sentence=mark("There is nothing in {file}."), advice=_AGAIN),
    Message(
        code="file.no_columns",
        sentence=mark("Bridge cannot tell which column of {file} is what. Its columns: {columns}."),
        advice=mark(
            "Name them under Settings, such as: day=Dags.; account=Lykill; debit=Debet; credit=Kredit."
        ),
        button=mark("Open settings"),
    ),
    Message(
        code="file.which_decimal",
        sentence=mark("Nothing in {file} tells whether 1.234 is a thousand or a little more than one."),
        advice=mark("Name the columns under Settings, with decimal=, or decimal=. at the end."),
        button=mark("Open settings"),
    ),
    Message(
        code="file.row_without_day",
        sentence=mark("Row {row} of {file} has an amount and no day that can be read ({text})."),
        advice=mark("Correct the row, or name the columns under Settings."),
        button=mark("Open settings"),
    ),
    Message(
        code="file.bad_columns",
        sentence=mark("“{text}” does not say which column is what."),
        advice=mark("Write it like this: day=Dags.; account=Lykill; debit=Debet; credit=Kredit."),
    ),
    Message(code="file.mended", sentence=mark("A file that could not be read can be read now, or is gone.")),
    Message(
        code="source.interface_booked",
        sentence=mark(
            "Sales up to {day} are booked from the interface already; a file would book them twice."
        ),
        advice=mark("Choose a start date after that day, then go over to files."),
    ),
    Message(
        code="source.file_booked",
        sentence=mark("Days up to {day} are booked from files already; the interface would book them twice."),
        advice=mark("Choose a start date after that day, then go over to the interface."),
    ),
)
