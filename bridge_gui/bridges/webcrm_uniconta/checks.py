"""Numbers with check digits: a doubt is said, never a refusal."""

from __future__ import annotations

from stdnum import ean as gs1
from stdnum.dk import cvr

from bridge_gui.bridges.webcrm_uniconta.cards import bare_number
from bridge_gui.sync.flow import Remark

DENMARK = "DK"


def doubts(values: dict[str, str], name: str) -> list[Remark]:
    """What looks wrong about a customer's numbers."""
    found = []
    number = bare_number(values.get("tax_number", ""))
    if number and values.get("country", "") in ("", DENMARK) and not cvr.is_valid(number):
        found.append(Remark(code="debtor.cvr_doubtful", params={"cvr": number, "name": name}))
    code = values.get("ean", "").strip()
    if code and not gs1.is_valid(code):
        found.append(Remark(code="debtor.ean_doubtful", params={"ean": code, "name": name}))
    return found
