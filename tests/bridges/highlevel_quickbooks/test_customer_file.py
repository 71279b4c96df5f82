"""Customers out of a file that QuickBooks exported: columns, duplicates first, nobody twice."""

from __future__ import annotations

import openpyxl
import pytest

from bridge_gui.bridges.highlevel_quickbooks.customer_file import columns_of, read_customers, suggested
from bridge_gui.errors import SetupError
from bridge_gui.sync.actions import How, Wanted, lines_text
from bridge_gui.sync.events import nobody
from bridge_gui.sync.panels import Certainty, Query
from bridge_gui.web.waiting import never
from tests.bridges.highlevel_quickbooks.office import NAME, studio

EXPORT = """Name,Company name,Street Address,City,State,Country,Zip,Phone,Email,Open balance
Mara Again,,1 Sample Lane,London,,GB,E1 0AA,,MARA@sample.example,120.00
Gil New,Gil & Co,2 New Road,Hull,,GB,HU1 0AA,+44 7700 900201,gil@new.example,0.00
Gil New,,,,,,,,"gil@new.example, second@new.example",0.00
Uma Unreachable,,,,,,,,,5.00
"""


def written(folder, text=EXPORT, name="customers.csv"):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_heads_say_what_the_columns_are(tmp_path):
    kinds = suggested(columns_of(written(tmp_path)))
    assert {kinds[name] for name in ("Open balance",)} == {"-"}
    assert (kinds["Zip"], kinds["Phone"], kinds["State"]) == ("postal_code", "phone", "region")
    assert list(suggested(("Email", "E-mail")).values()) == ["email", "-"]


def test_each_customer_is_there_once_with_all_that_the_rows_say(tmp_path):
    mara, gil, uma = read_customers(written(tmp_path), {})
    assert (mara.person.email, gil.rows, gil.person.company) == ("MARA@sample.example", 2, "Gil & Co")
    assert gil.person.email == "gil@new.example"
    assert (uma.person.name, uma.person.email) == ("Uma Unreachable", "")


def test_a_spreadsheet_with_a_title_above_its_heads_and_columns_told_by_a_person(tmp_path):
    book = openpyxl.Workbook()
    for row in (
        ("Example Trading Ltd",), ("Customer Contact List",), (), ("Kunde", "Post", "Nummer"),
        ("Gil", "gil@new.example", 447700900201),
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(SetupError) as caught:
        read_customers(tmp_path / "list.xlsx", {})
    assert (caught.value.code, caught.value.params["columns"]) == (
        "customers.no_columns", "Kunde, Post, Nummer",
    )  # fmt: skip
    told = {"Kunde": "name", "Post": "email", "Nummer": "phone"}
    (gil,) = read_customers(tmp_path / "list.xlsx", told)
    assert (gil.person.name, gil.person.email, gil.person.phone) == ("Gil", "gil@new.example", "447700900201")


@pytest.fixture
def at_work(tmp_path):
    with studio(tmp_path / "data") as one:
        one.set_up(customers_file=str(written(tmp_path)))
        yield one


def rows(at_work):
    return at_work.house.panel_rows(NAME, "customers_file", Query(), never()).rows


def bring_in(at_work, request, pairs):
    form = at_work.house.begin(NAME, "bring_in_file", "customers_file", never())
    wanted = Wanted(
        request=request, subject="customers_file", form=form, answers={"pairs": lines_text(pairs)},
        confirmed=True,
    )  # fmt: skip
    (told,) = at_work.house.act(NAME, "bring_in_file", [wanted], never(), nobody)
    return told


def contacts(at_work):
    return [str(one["texts"]) for one in at_work.at("highlevel", "contact")]


def test_duplicates_are_shown_first_and_the_others_are_brought_in_once(at_work):
    mara, gil, uma = rows(at_work)
    assert (mara.left, mara.certainty, mara.why) == ("Mara Again", Certainty.SURE, "pair.same_email")
    assert (gil.right_id, gil.why) == ("new", "pair.twice_in_file")
    assert (uma.right_id, uma.why) == ("", "pair.unreachable")
    before = len(contacts(at_work))
    taken = [{"left": one.id, "right": one.right_id} for one in (mara, gil)]
    assert bring_in(at_work, "r1", taken).how is How.DONE
    assert len(contacts(at_work)) == before + 1
    assert sum("gil@new.example" in one for one in contacts(at_work)) == 1
    assert not any("Mara Again" in one for one in contacts(at_work)), "what is there keeps its name"
    assert [one.left for one in rows(at_work)] == ["Uma Unreachable"]
    again = bring_in(at_work, "r2", taken)
    assert (again.how, again.problems[0].code) == (How.REFUSED, "customer.not_in_file")
    assert len(contacts(at_work)) == before + 1


def test_nothing_chosen_and_a_file_that_is_gone_are_said(at_work, tmp_path):
    assert bring_in(at_work, "r1", []).how is How.REFUSED
    (tmp_path / "customers.csv").unlink()
    with pytest.raises(SetupError) as caught:
        rows(at_work)
    assert caught.value.code == "file.missing"
