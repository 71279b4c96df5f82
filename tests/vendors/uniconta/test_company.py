"""Signing in, and whose books they are."""

from __future__ import annotations

import pytest

from bridge_gui.errors import SetupError, SignInError
from bridge_gui.sync.capabilities import Company
from bridge_gui.vendors.uniconta.terms import COMPANIES
from tests.vendors.standin import said
from tests.vendors.uniconta.books import adapter_on, table

GROUPS = table("DebtorGroupClient")
OWN = {"CompanyId": 12345, "Name": "Eksempel Handel ApS", "CompanyRegNo": "12345674"}


def test_the_company_of_the_number_is_named(standin, books):
    standin.on(table(COMPANIES), [{"CompanyId": 9, "Name": "En anden"}, OWN])
    assert books.company() == Company(id="12345", name="Eksempel Handel ApS", number="12345674")
    assert len(standin.seen) == 1


def test_a_company_that_does_not_tell_its_number_is_the_only_one(standin, books):
    standin.on(table(COMPANIES), [{"Name": "Eksempel Handel ApS"}])
    assert books.company().name == "Eksempel Handel ApS"


def test_another_company_is_never_taken_for_this_one(standin, books):
    standin.on(table(COMPANIES), [{"CompanyId": 9, "Name": "En anden"}])
    with pytest.raises(SetupError) as caught:
        books.company()
    assert (caught.value.code, caught.value.params["found"]) == ("uniconta.other_company", "En anden")


@pytest.mark.parametrize("told", [[], [{"CompanyId": 9, "Name": "A"}, {"CompanyId": 8, "Name": "B"}]])
def test_a_company_that_is_not_told_is_called_by_its_number(standin, books, told):
    standin.on(table(COMPANIES), told)
    assert books.company() == Company(id="12345", name="Uniconta 12345")


def test_without_the_companies_table_the_sign_in_is_tried_elsewhere(standin, books):
    standin.on(GROUPS, [{"Group": "STD"}])
    assert books.company().name == "Uniconta 12345"
    assert len(standin.asked(GROUPS)) == 1
    standin.on(table(COMPANIES), said("NoRights", 403)).on(GROUPS, said("NoRights", 403))
    with pytest.raises(SetupError) as caught:
        books.company()
    assert caught.value.code == "uniconta.no_rights"


def test_a_wrong_password(standin, books):
    standin.on(table(COMPANIES), said("", 401))
    with pytest.raises(SignInError):
        books.company()
    assert len(standin.seen) == 1


@pytest.mark.parametrize("typed", ["", "Eksempel", "12-3", "000"])
def test_a_company_number_has_figures(standin, typed):
    with pytest.raises(SetupError) as caught:
        adapter_on(standin, company_id=typed)
    assert caught.value.code == "uniconta.company_number"


def test_a_login_may_be_pasted_with_its_company(standin):
    standin.on(table(COMPANIES), [OWN])
    adapter_on(standin, login=" 0012345/bridge ", company_id=" 12345 ").company()
