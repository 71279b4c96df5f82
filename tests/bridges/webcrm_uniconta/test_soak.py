"""Changes on both sides at once, in any order: both sides end equal, and nothing is written twice."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from bridge_gui.sync.events import nobody
from bridge_gui.web.waiting import never
from tests.bridges.webcrm_uniconta.office import NAME, Office, office
from tests.longer import LONG

ROUNDS = 4 * (1 + LONG)
PAIRS = {
    "OrganisationCity": "City", "OrganisationTelephone": "Phone", "OrganisationPostCode": "ZipCode",
    "OrganisationCustom2": "InvoiceEmail",
}  # fmt: skip


class Life:
    """People at work on both sides."""

    def __init__(self, one: Office, seed: int) -> None:
        self.one = one
        self.chance = random.Random(seed)
        self.made = 0

    def linked(self) -> dict[int, dict[str, Any]]:
        """Debtors by their organisation."""
        rows = self.one.table("uniconta", "DebtorClient")
        return {int(row["xWebcrmId"][4:]): row for row in rows if row.get("xWebcrmId")}

    def text(self) -> str:
        self.made += 1
        return f"{self.made:04}"

    def reuse(self) -> tuple[str, dict[str, Any]]:
        """A debtor is deleted, and a stranger gets its number: the organisation, and the stranger's row."""
        org, debtor = self.chance.choice(sorted(self.linked().items(), key=lambda pair: pair[0]))
        self.one.books("delete_debtor", number=debtor["Account"], force=True)
        told = {field: self.text() for field in PAIRS.values()}
        self.one.books("add_debtor", Account=debtor["Account"], Name="Fremmed A/S", Group="INDL", **told)
        return f"org-{org}", {"Account": debtor["Account"], "Name": "Fremmed A/S", **told}

    def live(self) -> None:
        """A few edits at either side, some of one field of one customer."""
        for org, debtor in self.linked().items():
            for ours, theirs in PAIRS.items():
                if self.chance.random() < 0.4:
                    self.one.seller("edit_organisation", id=org, **{ours: self.text()})
                if self.chance.random() < 0.4:
                    self.one.books("edit_debtor", number=debtor["Account"], **{theirs: self.text()})


@pytest.mark.timeout(600)
@pytest.mark.parametrize("wins", ["sales", "books"])
def test_both_sides_end_equal(tmp_path: Path, wins: str) -> None:
    with office(tmp_path) as one:
        one.set_up(wins_parties=wins, way_people="off", way_staff="off")
        one.rest(3)
        life = Life(one, 7)
        lost, stranger = "", {}
        for number in range(ROUNDS):
            life.live()
            if number == ROUNDS // 2:
                lost, stranger = life.reuse()
            one.house.sync(NAME, never(), nobody)
            one.pass_time(seconds=life.chance.choice((30, 130, 400)))
        one.rest(4)
        orgs = {row["OrganisationId"]: row for row in one.table("webcrm", "Organisation")}
        linked = life.linked()
        assert len(linked) == 2, "one has lost its debtor, and nothing took its place"
        for org, debtor in linked.items():
            for ours, theirs in PAIRS.items():
                assert orgs[org].get(ours, "") == debtor.get(theirs, ""), (org, ours)
        row = next(
            row for row in one.table("uniconta", "DebtorClient") if row["Account"] == stranger["Account"]
        )
        assert {key: row[key] for key in stranger} == stranger, "nothing of a customer goes to a stranger"
        asked = {row.source_id: row.code for row in one.house.attention(NAME)}
        assert asked == {"org-4": "debtor.fields_missing", lost: "debtor.is_another"}
        assert one.sync().written == 0
        marked = [
            row["xWebcrmId"] for row in one.table("uniconta", "DebtorOrderClient") if "xWebcrmId" in row
        ]
        assert sorted(marked) == ["delivery-1/1", "delivery-2/1"]
