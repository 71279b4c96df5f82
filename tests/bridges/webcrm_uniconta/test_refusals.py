"""What Uniconta refuses is said readably, whatever form its answer has, and goes on once it is mended."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bridge_gui.app import registry
from bridge_gui.wording.render import Wording
from tests.bridges.webcrm_uniconta.office import NAME, Office, office


def quantity(one: Office) -> list[Any]:
    rows = one.table("uniconta", "DebtorOrderLineClient")
    return sorted(row["Qty"] for row in rows if row["OrderNumber"] == 101)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("style", ["string", "object", "text"])
def test_a_locked_order_and_a_blocked_item_wait_and_go_on(tmp_path: Path, style: str) -> None:
    with office(tmp_path, uniconta={"error_body": style}) as one:
        one.set_up(way_people="off", way_staff="off", items="no")
        one.rest(2)
        one.books("lock_order", number=101)
        line = next(
            row for row in one.table("webcrm", "QuotationLine") if row["QuotationLineOpportunityId"] == 1
        )
        one.seller("edit_line", id=line["QuotationLineId"], quantity=5)
        one.rest(1)
        assert 5 not in quantity(one)
        row = next(item for item in one.house.attention(NAME) if item.code.startswith("uniconta."))
        said = Wording(registry().messages()).say(row.code, row.params)
        assert "{" not in said.sentence + said.advice
        assert said.sentence
        one.books("unlock_order", number=101)
        one.house.answer(NAME, row.id, "try_again")
        one.rest(2)
        assert 5 in quantity(one)
        assert one.waiting() == {"Model Kommune": "debtor.fields_missing"}
