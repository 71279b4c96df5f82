"""The company's books on their first day; they do nothing by themselves.

Invented throughout; customers, goods and people are those that webcrm's demo knows, as `wholesale` says.
"""

from __future__ import annotations

from datetime import timedelta

from bridge_gui.sandbox.kit import Doc
from bridge_gui.sandbox.wholesale import BOOKS, CUSTOMERS, GOODS, PEOPLE, SELLERS, Customer, Good
from bridge_gui.vendors.uniconta.simulator.books import COMPANY, Books
from bridge_gui.vendors.uniconta.simulator.invoicing import Invoicing
from bridge_gui.vendors.uniconta.simulator.people import People

GROUPS = (("INDL", "Indland"), ("UDL", "Udland"))
TERMS = (("8D", "Netto 8 dage", 8), ("14D", "Netto 14 dage", 14), ("30D", "Netto 30 dage", 30))
RATES = (("U25", "Salgsmoms 25 %", 25), ("UEU", "EU-salg", 0))
ITEM_GROUPS = (("VARE", "Varer"), ("YDE", "Ydelser"))
EANS = {"20001": "5790000000005"}
KNOWN = {"name": "Kendt Kunde ApS", "number": "10001", "cvr": "40000003"}


class Demo:
    """Plants the company."""

    def __init__(self, books: Books, people: People, invoicing: Invoicing) -> None:
        self._books = books
        self._people = people
        self._invoicing = invoicing

    def plant(self) -> None:
        """Lists, items, employees, debtors, a contact, an order of a person's and an old invoice."""
        self._lists()
        for good in GOODS:
            self._item(good)
        for seller in SELLERS:
            if seller.number:
                told = {
                    "Number": seller.number,
                    "Name": seller.name,
                    "Email": seller.email,
                    "Mobil": seller.phone,
                }
                self._people.add("EmployeeClient", {**told, "Title": "Sælger"})
        self._stranger()
        for customer in CUSTOMERS:
            if customer.debtor:
                self._debtor(customer)
        first, last, email, _, _ = next(one for one in PEOPLE if CUSTOMERS[one[4] - 1].debtor)
        account = CUSTOMERS[1].debtor
        told = {"Name": f"{first} {last}", "Email": email, "DCAccount": account}
        self._people.add("ContactClient", {**told, "DCType": self._word("Debtor", "Debitor")})
        self._person_order()

    def _lists(self) -> None:
        books = self._books
        put: dict[str, list[Doc]] = {
            "DebtorGroupClient": [{"Group": key, "Name": name} for key, name in GROUPS],
            "PaymentTermClient": [{"Payment": key, "Name": name, "Days": days} for key, name, days in TERMS],
            "GLVatClient": [
                {"Vat": key, "Name": name, "Rate": rate, "VatType": "Sales"} for key, name, rate in RATES
            ],
            "InvGroupClient": [{"Group": key, "Name": name} for key, name in ITEM_GROUPS],
            "CompanyClient": [{"CompanyId": int(COMPANY), "Name": BOOKS, "Currency": "DKK", "Country": 57}],
        }
        for entity, rows in put.items():
            for row in rows:
                books.put(books.entities[entity], dict(row))

    def _item(self, good: Good) -> None:
        self._people.add(
            "InvItemClient",
            {
                "Item": good.number,
                "Name": good.name,
                "Group": good.group,
                "Unit": good.unit,
                "SalesPrice1": good.price,
                "CostPrice": good.cost,
                "Currency1": "DKK",
                "Blocked": good.blocked,
                "ItemType": self._word("Service", "Ydelse")
                if good.group == "YDE"
                else self._word("Item", "Vare"),
            },
        )

    def _debtor(self, customer: Customer) -> Doc:
        lines = [*customer.street.split("\n"), "", ""]
        return self._people.add(
            "DebtorClient",
            {
                "Account": customer.debtor,
                "Name": customer.name,
                "CompanyRegNo": customer.tax_number,
                "Address1": lines[0],
                "Address2": lines[1],
                "ZipCode": customer.postcode,
                "City": customer.city,
                "Country": 57,
                "Phone": customer.phone,
                "InvoiceEmail": customer.email,
                "Currency": customer.currency,
                "Vat": customer.vat,
                "Group": "INDL",
                "Payment": "14D",
                "EAN": EANS.get(customer.debtor),
            },
        )

    def _stranger(self) -> None:
        """A debtor that the sales side does not know, with trade in this year."""
        told = {
            "Account": KNOWN["number"],
            "Name": KNOWN["name"],
            "CompanyRegNo": KNOWN["cvr"],
            "Group": "INDL",
        }
        more = {
            "Country": 57,
            "Currency": "DKK",
            "Vat": "U25",
            "Payment": "30D",
            "City": "Vejle",
            "ZipCode": "7100",
        }
        self._people.add("DebtorClient", {**told, **more})

    def _person_order(self) -> None:
        """Order 99 was invoiced last month and paid; order 100 waits; ours begin at 101."""
        lines = [{"Item": "1001", "Text": "Skrivebord", "Qty": 1, "Price": 2499.5}]
        day = (self._books.clock.now().date() - timedelta(days=30)).isoformat()
        old = {
            "number": 99,
            "Account": KNOWN["number"],
            "Currency": "DKK",
            "DeleteOrder": True,
            "lines": lines,
        }
        self._people.add_order(old)
        made = self._invoicing.invoice(99, day)
        self._invoicing.pay(made["InvoiceNumber"], day=day)
        self._people.add_order({"number": 100, "Account": KNOWN["number"], "Currency": "DKK", "lines": lines})

    def _word(self, english: str, danish: str) -> str:
        return danish if self._books.language() == "da" else english
