"""A stand-in with actions and panels: what it is asked is noted, and its answers are plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from msgspec.structs import replace

from bridge_gui.sync.actions import (
    ActionSpec,
    Checked,
    File,
    Form,
    Gives,
    How,
    Notice,
    Told,
    Total,
    lines_in,
    lines_text,
)
from bridge_gui.sync.panels import (
    Certainty,
    Column,
    ColumnKind,
    Compared,
    Detail,
    Filter,
    Pair,
    PanelKind,
    PanelSpec,
    Related,
    Row,
    Rows,
    Sided,
)
from bridge_gui.sync.service import Offers, PreviewDocument
from bridge_gui.sync.specs import Choice, Field, FieldKind, Option
from bridge_gui.wording.message import Message
from tests.desktop.standin import TODAY, StandIn

ITEMS = (
    Option(key="I1", title="Roasted beans", hint="1001"),
    Option(key="I2", title="Filter papers", hint="1002"),
    Option(key="I3", title="Grinder service", hint="2001"),
)
MORE_MESSAGES = (
    Message(code="deal.unlinked", sentence="{text} is not linked to an item.", advice="Choose the item."),
    Message(code="deal.paid", sentence="{number} is paid and stays as it is."),
    Message(code="deal.too_much", sentence="No line may be over 5,000."),
    Message(code="pair.number", sentence="Both have the same company number."),
)
COLUMNS = (
    Column(key="deal", title="Deal"),
    Column(key="party", title="Customer", width=20),
    Column(key="day", title="Changed", kind=ColumnKind.DATE, width=10),
    Column(key="value", title="Value", kind=ColumnKind.MONEY, width=14),
    Column(key="state", title="Invoice", kind=ColumnKind.STATE, width=14),
    Column(key="page", title="At the vendor", kind=ColumnKind.LINK, width=12),
)
PANELS = (
    PanelSpec(
        key="deals", title="D&eals", columns=COLUMNS, search="Search deal or customer", opens="create",
        filters=(
            Filter(key="stage", title="All stages", options="stages"),
            Filter(key="won", title="Open and won", choices=(Choice(key="won", title="Won only"),)),
        ),
    ),
    PanelSpec(
        key="match", title="Matc&h", kind=PanelKind.PAIRS, left="Customers in the CRM", right="Customers in the books",
        keeps="keep_pairs", text="Nothing is written before these are matched. What is not chosen stays apart.",
    ),
    PanelSpec(
        key="differ", title="Di&ffering", kind=PanelKind.COMPARE, left="CRM", right="Books", keeps="keep_sides",
        text="Both sides have changed since they agreed. Choose for each field which one holds.",
    ),
)  # fmt: skip
ACTIONS = (
    ActionSpec(key="create", title="&Create invoice ...", on="deals", flow="f", many=True, shared=("day", "due", "note")),
    ActionSpec(
        key="void", title="Void", states=("posted", "draft"), why_not={"paid": "deal.paid"}, flow="f", asks=False,
        confirm="A voided document stays void; its number is not used again.",
    ),
    ActionSpec(key="pdf", title="Save PDF ...", gives=Gives.FILE, asks=False),
    ActionSpec(key="look", title="Open in the books", gives=Gives.ADDRESS, asks=False),
    ActionSpec(key="keep_pairs", title="Keep", on="match", flow="f"),
    ActionSpec(key="keep_sides", title="Keep", on="differ", flow="f"),
)  # fmt: skip
LINE = (
    Field(key="text", kind=FieldKind.TEXT, label="Text"),
    Field(key="item", kind=FieldKind.CHOICE, label="Item", search="items", required=False, unset="Not linked to an item yet"),
    Field(key="quantity", kind=FieldKind.NUMBER, label="Quantity", default="1"),
    Field(key="price", kind=FieldKind.NUMBER, label="Unit price"),
    Field(key="total", kind=FieldKind.NUMBER, label="Total", fixed=True, required=False),
)  # fmt: skip


@dataclass
class Offering(StandIn):
    """What the bridge offers; `asked` is what it was asked, `orders` what it was ordered."""

    asked: list[tuple] = field(default_factory=list)
    orders: list[tuple] = field(default_factory=list)
    tells: Told = field(default_factory=lambda: Told(how=How.DONE, number="INV-7", state="draft"))

    def offers(self, name):
        return Offers(actions=ACTIONS, panels=PANELS)

    def documents(self, which, offset, limit):
        rows = super().documents(which, offset, limit)
        there = ("posted", "paid", "draft", "awaiting_payment")
        return [replace(row, target_id=f"T{row.id}") if row.state in there else row for row in rows]

    def panel_rows(self, name, panel, query, cancel):
        self.asked.append(("rows", panel, query.text, query.filters, query.offset))
        if panel == "match":
            return Rows(rows=pairs(), total=4)
        if panel == "differ":
            return Rows(rows=(differing(),), total=1)
        deals = [deal(at) for at in range(250) if query.text.lower() in f"deal {at}"]
        return Rows(rows=tuple(deals[query.offset : query.offset + query.limit]), total=len(deals))

    def panel_detail(self, name, panel, row, cancel):
        columns = (
            Column(key="text", title="Text"),
            Column(key="amount", title="Amount", kind=ColumnKind.MONEY),
        )
        line = Row(id="1", values={"text": "Beans", "amount": Decimal("12.50")}, currency="EUR")
        invoice = Related(
            kind="invoice", number="INV-1", state="paid", day=TODAY, amount=Decimal("12.50"), currency="EUR",
            url="https://books.example/1",
        )  # fmt: skip
        facts = (("Owner", "Anna Example"), ("Pipeline", "Shops"))
        history = (("20/11/2026", "Moved to Won"),)
        return Detail(facts=facts, columns=columns, lines=(line,), documents=(invoice,), history=history)

    def panel_search(self, name, panel, text, cancel):
        self.asked.append(("search", panel, text))
        return tuple(one for one in ITEMS if text.lower() in one.title.lower())

    def panel_options(self, name, which, cancel):
        return (Option(key="s1", title="First call"), Option(key="s2", title="Offer sent"))

    def begin(self, name, action, subject, cancel):
        if action.startswith("keep"):
            return Form()
        rows = [
            {"text": "Roasted beans, 1 kg", "item": "I1", "quantity": "2", "price": "120.50", "id": "L1"},
            {"text": "Descaling", "item": "", "quantity": "1", "price": "75", "id": "L2"},
        ]
        return Form(
            title=f"Invoice for {subject}",
            text="Filled from the deal; what you change here is not written back to it.",
            fields=(
                Field(key="day", kind=FieldKind.DATE, label="Invoice date"),
                Field(key="due", kind=FieldKind.DATE, label="Due", required=False),
                Field(key="reference", kind=FieldKind.TEXT, label="Reference", required=False),
                Field(
                    key="tax", kind=FieldKind.CHOICE, label="Amounts are", default="net",
                    choices=(Choice(key="net", title="Without VAT"), Choice(key="gross", title="With VAT")),
                ),
                Field(key="update", kind=FieldKind.FLAG, label="Update contact details", required=False),
                Field(key="lines", kind=FieldKind.LINES, label="Lines", columns=LINE),
            ),
            answers={"day": "2026-11-20", "tax": "net", "update": "no", "lines": lines_text(rows), "reference": "PO 7"},
            options={"items": ITEMS[:1]}, kept={"digest": "d1"},
        )  # fmt: skip

    def find(self, name, action, which, text, cancel):
        self.asked.append(("find", which, text))
        return tuple(one for one in ITEMS if text.lower() in one.title.lower())

    def check(self, name, action, wanted, cancel):
        self.asked.append(("check", wanted.subject, dict(wanted.answers)))
        if action == "void":
            return Checked()
        answers = {**wanted.form.answers, **wanted.answers}
        rows = lines_in(answers["lines"])
        sums = [Decimal(row.get("quantity") or 0) * Decimal(row.get("price") or 0) for row in rows]
        net = sum(sums, Decimal(0))
        document = PreviewDocument(
            kind="invoice", number="", party="Example Coffee Ltd", day=answers["day"], total=net * Decimal("1.25"),
            currency="EUR",
        )  # fmt: skip
        unlinked = tuple(
            Notice(code="deal.unlinked", params={"text": row["text"]}, at=f"lines.{at}.item")
            for at, row in enumerate(rows)
            if not row["item"]
        )
        dear = tuple(
            Notice(code="deal.too_much", at=f"lines.{at}.price") for at, one in enumerate(sums) if one > 5000
        )
        return Checked(
            documents=() if dear else (document,),
            totals=(
                Total(label="Subtotal", amount=net, currency="EUR"),
                Total(label="VAT 25 %", amount=net * Decimal("0.25"), currency="EUR"),
                Total(label="Total", amount=net * Decimal("1.25"), currency="EUR", strong=True),
            ),
            computed={f"lines.{at}.total": str(one) for at, one in enumerate(sums)},
            warnings=unlinked, problems=dear,
        )  # fmt: skip

    def act(self, name, action, wanted, cancel, tell):
        self.orders += [
            (action, one.request, one.subject, dict(one.answers), one.confirmed) for one in wanted
        ]
        if action == "pdf":
            return (Told(how=How.DONE, file=File(name="INV-7.pdf", content=b"%PDF-1")),)
        if action == "look":
            return (Told(how=How.DONE, address="https://books.example/7"),)
        return tuple(self.tells for _one in wanted)


def deal(at: int) -> Row:
    values = {
        "deal": f"Deal {at}", "party": f"Customer {at % 7}", "day": TODAY - timedelta(days=at % 60),
        "value": Decimal(100 + at), "state": ("", "draft", "awaiting_payment", "paid")[at % 4], "page": "Open",
    }  # fmt: skip
    return Row(
        id=f"D{at}", values=values, state="open", currency="EUR", urls={"page": f"https://crm.example/{at}"}
    )


def pairs() -> tuple[Pair, ...]:
    return (
        Pair(
            id="L1", left="Kaffi Example ehf.", left_hint="550199-1239", right_id="R1", right="Kaffi Example",
            right_hint="550199-1239", certainty=Certainty.SURE, why="pair.number",
        ),
        Pair(id="L2", left="Example Bakery", left_hint="info@bakery.example", right_id="R2", right="The Example Bakery", certainty=Certainty.LIKELY),
        Pair(id="L3", left="Muster GmbH", right_id="R3", right="Muster Handels GmbH", certainty=Certainty.NAME_ONLY),
        Pair(id="L4", left="Nobody knows A/S"),
    )  # fmt: skip


def differing() -> Compared:
    return Compared(
        id="C1", title="Example Bakery", shown="s1",
        fields=(
            Sided(key="phone", label="Telephone", left="+45 1234 5678", right="+45 8765 4321", proposed="left"),
            Sided(key="street", label="Address", left="Example Street 1", right=""),
        ),
    )  # fmt: skip
