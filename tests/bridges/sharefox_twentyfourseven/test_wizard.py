"""The wizard's pages on both imitated vendors: what is confirmed, compared and proposed."""

from __future__ import annotations

import pytest

from bridge_gui.bridges.sharefox_twentyfourseven import SPEC
from bridge_gui.bridges.sharefox_twentyfourseven.pages import LETTER
from bridge_gui.errors import BridgeError
from bridge_gui.sync.events import nobody
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.web.waiting import never
from tests.bridges.sharefox_twentyfourseven.office import office


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


def begun(at_work, **changes):
    """A wizard with both sign-ins answered."""
    flow = WizardFlow(at_work.house, SPEC.key)
    flow.answer("settings.orders_2", "yes")
    for vendor, place in at_work.host.vendors().items():
        flow.answer(f"{vendor}.endpoint", place["endpoint"])
        for key, value in place["credentials"].items():
            flow.answer(f"{vendor}.{key}", changes.get(key, value))
    return flow


def until(flow, page):
    """Go on to a page."""
    for _ in range(20):
        if flow.page.key == page or flow.error is not None:
            return
        done(flow, flow.next())


def test_orders_2_has_to_be_confirmed_and_the_letter_is_ready(at_work):
    flow = WizardFlow(at_work.house, SPEC.key)
    assert flow.page.key == "needed"
    assert flow.page.copy == LETTER
    flow.answer("settings.orders_2", "no")
    assert not flow.valid
    flow.answer("settings.orders_2", "yes")
    assert flow.valid


def test_the_account_name_has_to_be_just_the_one_and_a_near_miss_is_shown(at_work):
    flow = begun(at_work, company_name="Eksempel utleie as")
    until(flow, "invoices")
    assert flow.error.code == "twentyfoursevenoffice.name_near"
    assert flow.error.params["found"] == "Eksempel Utleie AS"
    flow.answer("twentyfoursevenoffice.company_name", "Noe annet AS")
    done(flow, flow.next())
    assert flow.error.code == "twentyfoursevenoffice.other_company"


def test_prices_are_shown_both_ways_on_a_real_invoice_and_tax_codes_proposed(at_work):
    flow = begun(at_work)
    until(flow, "invoices")
    ways = {one.key: one.hint for one in flow.options("price_ways")}
    assert "= 8640.63 NOK (Sharefox: 8640.63)" in ways["exclusive"]
    assert "(Sharefox: 8640.63)" in ways["inclusive"]
    assert "= 8640.63" not in ways["inclusive"]
    assert not flow.valid
    flow.answer("settings.prices", "exclusive")
    until(flow, "taxes")
    taxes = {one.key: one.title for one in flow.options("taxes")}
    proposed = {rate: taxes[key].split()[0] for rate, key in flow.pairs("mappings.tax_rates").items() if key}
    assert proposed == {"25": "3", "15": "31", "12": "33", "0": "5"}
    assert "14" in {one.key for one in flow.options("rates")}
    until(flow, "methods")
    assert flow.pairs("mappings.methods")["Faktura"] == "on_invoice"
    assert {one.key for one in flow.options("methods")} >= {"Faktura", "Kort", "Kasse", "not_told"}
    assert {one.title for one in flow.options("pay_methods")} >= {"Kort", "Kasse"}


def test_the_wizard_ends_with_a_bridge_that_syncs(at_work):
    flow = begun(at_work)
    until(flow, "invoices")
    flow.answer("settings.prices", "exclusive")
    until(flow, "by_itself")
    assert flow.error is None
    done(flow, flow.finish())
    (status,) = at_work.house.bridges()
    assert (status.row.kind, status.row.books.company) == (SPEC.key, "Eksempel Utleie AS")
    run = at_work.house.sync(status.row.name, never(), nobody)
    assert run.written > 0
