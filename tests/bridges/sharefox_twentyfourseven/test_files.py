"""The accounting file in place of the interface: the same orders, nothing passed over, columns by hand."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from bridge_gui.bridges.sharefox_twentyfourseven import SPEC
from bridge_gui.errors import BridgeError, SetupError
from bridge_gui.sync.events import nobody
from bridge_gui.sync.files.questions import LAYOUTS
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.web.waiting import never
from tests.bridges.sharefox_twentyfourseven.office import DEFAULTS, office
from tests.office_hours import CLOCK


@pytest.fixture
def at_work(tmp_path):
    with office(tmp_path / "data") as one:
        yield one


def done(flow, work):
    """Carry out a work and what follows it."""
    while work is not None:
        try:
            result = work.run(never(), nobody)
        except BridgeError as error:
            flow.fail(work, error.code, error.params)
            return
        work = flow.take(work, result)


def renamed(file, heads):
    """The same file with other heads."""
    book = load_workbook(file)
    for at, head in enumerate(heads, 1):
        book.active.cell(1, at, head)
    book.save(file)
    return file


def test_documents_of_a_file_become_orders_once(at_work, tmp_path):
    file = at_work.export(tmp_path / "regnskap.xlsx")
    at_work.set_up(source="file", file=str(file))
    at_work.sync()
    made = [one for one in at_work.documents() if one.state == "ordered"]
    first = next(one for one in made if one.source_number == "SFX-1018")
    assert first.party == "Eksempel Bygg AS"
    held = {one["id"]: one for one in at_work.held("order")}
    assert Decimal(held[first.target_id]["total"]) == first.total
    assert "Minigraver (" in str(held[first.target_id]["texts"])
    assert {"invoice.negative", "customer.disagree", "line.rate_unmapped"} <= set(at_work.asked())
    assert at_work.sync().written == 0
    at_work.export(tmp_path / "regnskap.xlsx")
    assert at_work.sync().written == 0


def test_a_file_ties_out_with_the_books(at_work, tmp_path):
    at_work.set_up(source="file", file=str(at_work.export(tmp_path / "regnskap.xlsx")))
    at_work.sync()
    tied = at_work.house.tie_out("rentals", None, None, never())
    assert [row for row in tied.rows if not row.explained] == []


def test_a_row_that_cannot_be_read_holds_up_its_own_document_until_it_can(at_work, tmp_path):
    file = at_work.export(tmp_path / "regnskap.xlsx")
    book = load_workbook(file)
    cell = next(row for row in book.active.iter_rows() if row[0].value == "SFX-1019")[11]
    before, cell.value = cell.value, "to hundre"
    book.save(file)
    at_work.set_up(source="file", file=str(file))
    at_work.sync()
    asked = at_work.asked()["export.unreadable"]
    assert (asked.params["part"], asked.params["text"]) == ("price", "to hundre")
    assert "SFX-1018" in {one.source_number for one in at_work.documents()}
    cell.value = before
    book.save(file)
    at_work.sync()
    assert "export.unreadable" not in at_work.asked()
    assert "SFX-1019" in {one.source_number for one in at_work.documents() if one.state == "ordered"}


def test_what_the_interface_has_sent_is_not_sent_again_from_a_file(at_work, tmp_path):
    at_work.set_up()
    at_work.sync()
    file = at_work.export(tmp_path / "regnskap.xlsx")
    with pytest.raises(SetupError) as refused:
        at_work.set_up(source="file", file=str(file))
    assert refused.value.code == "source.interface_booked"
    tomorrow = (CLOCK.now().date() + timedelta(days=1)).isoformat()
    at_work.set_up(source="file", file=str(file), start_date=tomorrow)
    at_work.sync()
    assert at_work.sync().written == 0


def test_columns_nobody_could_guess_are_mapped_by_hand_and_remembered(at_work, tmp_path):
    names = [chr(97 + at) for at in range(19)]
    file = renamed(at_work.export(tmp_path / "rart.xlsx"), names)
    flow = WizardFlow(at_work.house, SPEC.key)
    flow.answer("settings.source", "file")
    flow.answer("settings.file", str(file))
    while flow.page.key != "export":
        done(flow, flow.next())
        assert flow.error is None, flow.error
    done(flow, flow.look_again())
    assert flow.look.trouble == "file.no_columns"
    titles = [part for part, _ in flow.look.parts]
    assert titles[:3] == ["order", "text", "price"]
    order = ("order", "day", "customer", "company", "org_number", "email", "product", "text", "first", "last",
             "quantity", "price", "discount", "rate", "net", "gross", "currency", "method", "paid")  # fmt: skip
    for part, column in zip(order, names, strict=True):
        flow.map_column(part, column)
    done(flow, flow.look_again())
    assert (flow.look.trouble, flow.look.off_balance) == ("", 0)
    assert flow.look.documents > 10
    at_work.set_up(source="file", file=str(file), columns=flow.value("settings.columns"))
    kept = at_work.house.bridge("rentals").settings[LAYOUTS]
    assert '"price":"l"' in kept
    at_work.sync()
    assert "SFX-1018" in {one.source_number for one in at_work.documents() if one.state == "ordered"}


def test_a_file_that_is_no_table_is_said_and_is_no_end_of_a_folder(at_work, tmp_path):
    folder = tmp_path / "filer"
    folder.mkdir()
    at_work.export(folder / "a.xlsx")
    at_work.set_up(source="file", file=str(folder), start_date=DEFAULTS["start_date"])
    book = Workbook()
    book.active.append(("Dette", "er", "noe", "annet"))
    book.active.append((1, 2, 3, 4))
    book.save(folder / "b.xlsx")
    at_work.sync()
    assert at_work.asked()["file.no_columns"].params["file"] == "b.xlsx"
    assert "SFX-1018" in {one.source_number for one in at_work.documents()}
    (folder / "b.xlsx").unlink()
    at_work.sync()
    assert "file.no_columns" not in at_work.asked()
