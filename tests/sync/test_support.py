"""A support bundle tells how it stands, and nothing of whom it is about."""

from __future__ import annotations

import json
import re
import tomllib
import zipfile

import pytest

from bridge_gui.bridges.salescloud_payday import SPEC
from bridge_gui.store.folder import DataFolder
from bridge_gui.store.rows import DocumentFilter
from bridge_gui.sync.events import nobody
from bridge_gui.sync.house import House
from bridge_gui.sync.libraries import USED, libraries
from bridge_gui.sync.registry import Registry
from bridge_gui.sync.support import bundle, save
from bridge_gui.sync.wizard import WizardFlow
from bridge_gui.vendors.payday import SPEC as PAYDAY
from bridge_gui.vendors.salescloud import SPEC as SALESCLOUD
from bridge_gui.web.waiting import never
from tests.architecture.tree import ROOT
from tests.bridges.salescloud_payday.sandbox import CLOCK, sandbox
from tests.sync.test_wizard import FEW_DAYS, Noted, forwards, worked


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    keychain = Noted()
    registry = Registry([PAYDAY, SALESCLOUD], [SPEC])
    with sandbox() as both:
        one = House(
            DataFolder(tmp_path_factory.mktemp("house")), registry, lambda folder: keychain, CLOCK
        )  # fmt: skip
        flow = WizardFlow(one, SPEC.key)
        flow.answer("settings.start_date", str(flow.setup.today() - FEW_DAYS))
        forwards(flow, both)
        worked(flow, flow.finish())
        one.sync(SPEC.key, never(), nobody)
        one.report(ValueError("Anna at https://books.example"))
        yield one
        one.close()


def test_it_has_versions_schema_settings_runs_log_codes_and_reports(house):
    files = bundle(house, "Qt 6")
    assert {"versions.txt", "bridges.json", "runs.csv", "log.csv"} <= set(files)
    assert any(name.startswith("reports/report-") for name in files)
    assert re.search(r"^schema \d+", files["versions.txt"], re.MULTILINE)
    assert re.search(r"^SQLAlchemy 2", files["versions.txt"], re.MULTILINE)
    bridge = json.loads(files["bridges.json"])[0]
    assert (bridge["kind"], bridge["settings"]["grouping"]) == (SPEC.key, "order")
    assert ",finished," in files["runs.csv"]
    codes = {line.rpartition(",")[2] for line in files["log.csv"].splitlines()[1:]}
    assert codes
    assert all(re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", code) for code in codes)


def test_it_has_no_secret_no_party_no_amount_no_company_no_name_of_the_bridge(house):
    text = "\n".join(bundle(house).values())
    row = house.bridge(SPEC.key)
    documents = house.documents(DocumentFilter(bridge=SPEC.key), 0, 500)
    told = set(house.keychain.kept.values())
    told |= {row.sales.company, row.books.company, row.books.company_id, row.sales.company_id}
    told |= {*row.sales.values.values(), *row.books.values.values(), row.sales.endpoint, row.books.endpoint}
    told |= {one.party for one in documents} | {one.source_number for one in documents if one.source_number}
    told |= {str(int(one.total)) for one in documents if abs(one.total) > 9999}
    told |= {"Anna", "books.example"}
    told = {value for value in told if len(value) > 3 and value not in ("production", "none")}
    assert len(documents) > 20
    assert {value for value in told if re.search(rf"(?<![\w.]){re.escape(value)}(?![\w.])", text)} == set()


def test_it_is_saved_as_it_was_shown(house, tmp_path):
    files = bundle(house)
    save(tmp_path / "support.zip", files)
    with zipfile.ZipFile(tmp_path / "support.zip") as packed:
        assert {name: packed.read(name).decode() for name in packed.namelist()} == files


def test_every_library_has_its_version_and_licence():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {re.split(r"[<>=]", line)[0] for line in project} == set(USED)
    found = libraries()
    assert {one.name.lower() for one in found} >= {"jinja2", "shiboken6", "flask"}
    assert [one.name for one in found if one.licence == "see its own pages"] == []
