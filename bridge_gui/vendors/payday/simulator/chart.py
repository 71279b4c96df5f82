"""The demo company's chart of accounts and payment types.

Facts: payday.md section 3.4 (codes, names, types, tax keys' place, ids that do not agree). Invented: the
clearing accounts' codes, the tax keys' values and the GUIDs.
"""

from __future__ import annotations

from bridge_gui.sandbox.kit import Doc
from bridge_gui.vendors.payday.simulator.books import Books

INCOME, COST, ASSETS, DEBTS, EQUITY = "Tekjur", "Gjöld", "Eignir", "Skuldir", "Eigið fé"
CURRENT = "Aðrir veltufjármunir (skammtímaeignir)"
CASH = "Sjóður, bankainnstæður og annað reiðufé"
VAT = "Virðisaukaskattur"
SHORT = "Skammtímaskuldir"

# code, name, type, subtype, tax key, VAT type, "Tekur á móti greiðslum"
CHART: tuple[tuple[str, str, str, str, int, str, bool], ...] = (
    ("1100", "Sala með 24% VSK", INCOME, INCOME, 1000, "StandardVAT", False),
    ("1110", "Sala með 11% VSK", INCOME, INCOME, 1000, "ReducedVAT", False),
    ("1120", "Velta undanþegin VSK", INCOME, INCOME, 1010, "", False),
    ("1130", "Starfsemi undanþegin VSK", INCOME, INCOME, 1010, "", False),
    ("1190", "Aðrar tekjur", INCOME, INCOME, 1090, "", False),
    ("2000", "Vörukaup með 24% VSK", COST, "Kostnaðarverð seldra vara", 2010, "StandardVAT", False),
    ("2010", "Vörukaup með 11% VSK", COST, "Kostnaðarverð seldra vara", 2010, "ReducedVAT", False),
    ("2100", "Laun", COST, "Laun og launatengd gjöld", 2100, "", False),
    ("2210", "Húsaleiga", COST, "Annar rekstrarkostnaður", 2200, "", False),
    ("2300", "Auglýsingar", COST, "Annar rekstrarkostnaður", 2300, "StandardVAT", False),
    ("2450", "Færslugjöld korta", COST, "Annar rekstrarkostnaður", 2300, "", False),
    ("2490", "Sjóðsmunur", COST, "Annar rekstrarkostnaður", 2300, "", False),
    ("2495", "Afrúnnun", COST, "Annar rekstrarkostnaður", 2300, "", False),
    ("2800", "Vaxtatekjur", "Fjármagnstekjur", "Fjármagnstekjur", 2800, "", False),
    ("2900", "Vaxtagjöld", "Fjármagnsgjöld", "Fjármagnsgjöld", 2900, "", False),
    ("3200", "Bankareikningur", ASSETS, CASH, 5190, "", True),
    ("3210", "Gjaldeyrisreikningur", ASSETS, CASH, 5190, "", True),
    ("3400", "Viðskiptakröfur", ASSETS, "Viðskiptakröfur", 5130, "", False),
    ("3410", "Kort (posi)", ASSETS, CURRENT, 5130, "", True),
    ("3420", "Reiðufé", ASSETS, CURRENT, 5130, "", True),
    ("3430", "Aur", ASSETS, CURRENT, 5130, "", True),
    ("3440", "Netgíró", ASSETS, CURRENT, 5130, "", True),
    ("3450", "Millifærslur", ASSETS, CURRENT, 5130, "", True),
    ("3490", "Aðrir veltufjármunir", ASSETS, CURRENT, 5130, "", False),
    ("3930", "Hlutafé", EQUITY, EQUITY, 5400, "", False),
    ("4200", "Kreditkort", DEBTS, SHORT, 5510, "", True),
    ("4300", "Útskattur 24%", DEBTS, VAT, 5520, "", False),
    ("4310", "Útskattur 11%", DEBTS, VAT, 5520, "", False),
    ("4320", "Innskattur 24%", DEBTS, VAT, 5520, "", False),
    ("4330", "Innskattur 11%", DEBTS, VAT, 5520, "", False),
    ("4390", "Uppgjörsreikningur VSK", DEBTS, VAT, 5520, "", False),
    ("4400", "Viðskiptaskuldir", DEBTS, "Viðskiptaskuldir", 5500, "", False),
    ("4450", "Gjafabréf", DEBTS, SHORT, 5590, "", True),
    ("4460", "Skuld við eiganda", DEBTS, SHORT, 5590, "", True),
    ("4490", "Aðrar skammtímaskuldir", DEBTS, SHORT, 5590, "", False),
)
EQUAL = ("3421", "Reiðufé", ASSETS, CURRENT, 5130, "", True)
"""A second account of an equal name; listed while the switch `equal_names` is on."""


def plant_chart(books: Books) -> None:
    """Writes the default chart and its payment types."""
    for row in CHART:
        add_account(books, row)
    add_account(books, EQUAL, switch="equal_names")


def add_account(
    books: Books, row: tuple[str, str, str, str, int, str, bool], *, switch: str | None = None
) -> Doc:
    """One ledger account; ticked "Tekur á móti greiðslum" it is a payment type too."""
    code, name, kind, subtype, taxkey, vat, payments = row
    account = {
        "id": f"11111111-0000-4000-8000-{int(code):012}",
        "code": code,
        "name": name,
        "type": kind,
        "subType": subtype,
        "taxkey": taxkey,
        "defaultVatPercentType": vat,
        "archived": False,
        "_switch": switch,
    }
    books.accounts.put(account)
    if payments:
        _add_payment_type(books, account)
    return account


def _add_payment_type(books: Books, account: Doc) -> None:
    """QUIRK: its id is not the account's, only the names agree (payday.md 3.4)."""
    books.payment_types.put(
        {
            "id": f"22222222-0000-4000-8000-{int(account['code']):012}",
            "title": account["name"],
            "description": "",
            "created": books.stamp(),
            "_switch": account["_switch"],
            "_code": account["code"],
        }
    )
