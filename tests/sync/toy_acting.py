"""The toy bridge with everything a user can be let do and see besides: appended to its module."""

from __future__ import annotations

ACTING = """
from dataclasses import replace
from bridge_gui.accounting.documents import DocumentState
from bridge_gui.sync.actions import (
    ActionSpec, Action, Address, Checked, Fetches, File, Form, Gives, Notice, Total, lines_in, lines_text,
)
from bridge_gui.sync.panels import (
    Certainty, Column, ColumnKind, Compared, Detail, Filter, Pair, PanelKind, PanelSpec, Query, Related, Row, Rows,
    Sided,
)
from bridge_gui.sync.specs import Choice, Option

class Void(Step, frozen=True, kw_only=True, omit_defaults=True, tag="stall_drawer.void"):
    paper: str

class Match(Step, frozen=True, kw_only=True, omit_defaults=True, tag="stall_drawer.match"):
    to: str

class ActingSales(Sales):
    def find(self, steps, cancel):
        return [
            Found(ref=Ref(id=step.to), equal=True) if isinstance(step, Match)
            else found(self.drawer.get("things", mark=step.mark))
            for step in steps
        ]

    def write(self, step, key, target):
        if isinstance(step, Void):
            self.drawer.post("void", {"id": step.paper})
            return Written(ref=Ref(id=step.paper), content=b"{}", state=DocumentState.VOIDED)
        if isinstance(step, Match):
            return Written(ref=Ref(id=step.to))
        return super().write(step, key, target)

class VoidPaper(Action):
    key, flow = "void", "sales"

    def plan(self, subject, answers, known):
        link = known.chosen
        return [Void(
            name="void", link=LinkTo(kind=link.kind, source_id=link.source_id, ordinal=link.ordinal),
            lane=subject, mark=mark_of(subject, link.ordinal), creates=False, day=date(2026, 3, 2),
            number=subject, paper=link.target.id,
        )]

class Extra(Action):
    key, flow = "extra", "sales"

    def __init__(self, stall):
        self.stall = stall

    def fields(self, subject, known):
        things = {thing["id"]: thing for thing in self.stall.get("things")}
        if subject not in things:
            return Held(code="stall_drawer.no_thing", params={"number": subject})
        rows = [{"text": "One of " + subject, "item": "", "amount": str(things[subject]["amount"])}]
        line = (
            Field(key="text", kind=FieldKind.TEXT, label="Text"),
            Field(key="item", kind=FieldKind.CHOICE, label="Item", search="items", required=False, unset="Not linked yet"),
            Field(key="amount", kind=FieldKind.NUMBER, label="Amount"),
            Field(key="tax", kind=FieldKind.NUMBER, label="Tax", fixed=True, required=False),
        )
        return Form(
            title="Extra paper for " + subject, text="One more paper.",
            fields=(
                Field(key="day", kind=FieldKind.DATE, label="Day"),
                Field(key="note", kind=FieldKind.TEXT, label="Note", required=False),
                Field(key="round", kind=FieldKind.FLAG, label="Round", required=False),
                Field(key="drawer", kind=FieldKind.CHOICE, label="Drawer", options="drawers"),
                Field(key="lines", kind=FieldKind.LINES, label="Lines", columns=line),
            ),
            answers={"day": "2026-03-02", "drawer": "top", "lines": lines_text(rows)},
            options={"drawers": (Option(key="top", title="Top drawer"), Option(key="low", title="Lower drawer"))},
            kept={"digest": "d-" + subject},
        )

    def search(self, name, text):
        items = (Option(key="I1", title="Apples"), Option(key="I2", title="Pears"), Option(key="I3", title="Plums"))
        return tuple(item for item in items if text.lower() in item.title.lower())

    def check(self, subject, answers, known):
        rows = lines_in(answers["lines"])
        amount = sum((Decimal(row["amount"]) for row in rows), Decimal(0))
        if amount > 500:
            return Checked(problems=(Notice(code="stall_drawer.too_much", params={"number": subject}, at="lines.0.amount"),))
        tax = {f"lines.{n}.tax": str((Decimal(row["amount"]) / 4).quantize(Decimal("0.01"))) for n, row in enumerate(rows)}
        unlinked = tuple(
            Notice(code="stall_drawer.unlinked", params={"number": row["text"]}, at=f"lines.{n}.item")
            for n, row in enumerate(rows) if not row.get("item")
        )
        paper = PreviewDocument(
            kind="paper", number=subject, party="Example ehf.", day=answers["day"], total=amount, currency="EUR",
            lines=tuple((row["text"], Decimal(row["amount"])) for row in rows),
        )
        totals = (Total(label="Total", amount=amount, currency="EUR", strong=True),)
        return Checked(documents=(paper,), totals=totals, computed=tax, warnings=unlinked)

    def plan(self, subject, answers, known):
        assert answers["digest"] == "d-" + subject
        amount = sum(int(Decimal(row["amount"])) for row in lines_in(answers["lines"]))
        number = 1 + len([link for link in known.links if link.kind == "extra"])
        return [Make(
            name="extra", link=LinkTo(kind="extra", source_id=subject, ordinal=number), lane=subject,
            mark="X" + mark_of(subject, number), day=date.fromisoformat(answers["day"]), number=subject,
            total=Decimal(amount), currency="EUR", amount=amount,
        )]

class KeepPairs(Action):
    key, flow = "keep_pairs", "sales"

    def plan(self, subject, answers, known):
        return [
            Match(
                name="match:" + row["left"], link=LinkTo(kind="pair", source_id=row["left"]), lane="pair:" + row["left"],
                ensures=False, day=date(2026, 3, 2), number=row["left"], to=row["right"],
            )
            for row in lines_in(answers["pairs"])
        ]

class Unpair(Action):
    key, flow = "unpair", "sales"

    def plan(self, subject, answers, known):
        link = known.chosen
        return [Match(
            name="unpair", link=LinkTo(kind=link.kind, source_id=subject), lane="pair:" + subject, creates=False,
            unlinks=True, day=date(2026, 3, 2), number=subject, to=link.target.id,
        )]

class KeepSides(Action):
    key, flow = "keep_sides", "sales"

    def plan(self, subject, answers, known):
        return Held(code="stall_drawer.sides", params={"number": answers["sides"]})

class Receipt(Fetches):
    key = "receipt"

    def fetch(self, subject, answers, known):
        return File(name="../" + subject + ":receipt.pdf", content=b"%PDF-" + known.chosen.target.id.encode())

class Look(Fetches):
    key = "look"

    def fetch(self, subject, answers, known):
        host = "pages.stall.example" if subject != "S1" else "evil.example"
        return Address(url=f"https://{host}/{known.chosen.target.id}")

class ActingOpened(Opened):
    def __init__(self, context):
        self.flows = (ActingSales(context),)
        self.stall, self.opened_at = context.sales, context.clock.monotonic()
        self.actions = (
            VoidPaper(), Extra(context.sales), Receipt(), Look(), KeepPairs(), KeepSides(), Unpair(),
        )

    def rows(self, panel, query):
        if panel == "matches":
            sure = Pair(id="S0", left="Stall 0", right_id="D9", right="Drawer 9", certainty=Certainty.SURE)
            return Rows(rows=(sure, Pair(id="S1", left="Stall 1", left_hint="no number")), total=2)
        if panel == "differing":
            name = Sided(key="name", label="Name", left="Anna", right="Anne", proposed="left")
            return Rows(rows=(Compared(id="S0", title="Anna", fields=(name,), shown="s1"),), total=1)
        things = [thing for thing in self.stall.get("things") if query.text.lower() in thing["id"].lower()]
        if query.filters.get("size") == "big":
            things = [thing for thing in things if thing["amount"] > 102]
        chosen = things[query.offset : query.offset + query.limit]
        return Rows(rows=tuple(map(stock_row, chosen)), total=len(things))

    def detail(self, panel, row):
        paper = Related(kind="paper", number="D1", state="posted", amount=Decimal(100), url="https://evil.example/1")
        return Detail(facts=(("Colour", "red"),), documents=(paper,))

    def search(self, name, text):
        return tuple(one for one in (Option(key="D9", title="Drawer 9"), Option(key="D8", title="Drawer 8")) if text in one.title)

    def options(self, name):
        return (Option(key="big", title="Big"), Option(key="small", title="Small"))

def stock_row(thing):
    values = {"number": thing["id"], "amount": Decimal(thing["amount"]), "day": date.fromisoformat(thing["day"]), "page": "Open"}
    urls = {"page": "https://pages.stall.example/" + thing["id"]} if thing["id"] != "S1" else {"page": "http://stall.example/"}
    return Row(id=thing["id"], values=values, state="open", currency="EUR", urls=urls)

SPEC = replace(
    SPEC, open=ActingOpened, steps=lambda: (Make, Void, Match), flows=("sales",),
    actions=(
        ActionSpec(
            key="void", title=mark("Void"), kinds=("paper",), states=("posted",), flow="sales",
            why_not={"voided": "stall_drawer.void_already"}, confirm=mark("A voided paper stays void for good."),
            asks=False,
        ),
        ActionSpec(key="extra", title=mark("Extra paper ..."), on="stock", flow="sales", many=True),
        ActionSpec(key="receipt", title=mark("Save receipt ..."), gives=Gives.FILE, asks=False),
        ActionSpec(key="look", title=mark("Open in Stall"), gives=Gives.ADDRESS, asks=False),
        ActionSpec(key="unpair", title=mark("Take apart"), kinds=("pair",), flow="sales", asks=False),
        ActionSpec(key="keep_pairs", title=mark("Keep pairs"), on="matches", flow="sales"),
        ActionSpec(key="keep_sides", title=mark("Keep sides"), on="differing", flow="sales"),
    ),
    panels=(
        PanelSpec(
            key="stock", title=mark("&Stock"), search=mark("Search number"), opens="extra", text=mark("What lies in the stall."),
            columns=(
                Column(key="number", title=mark("Number"), width=10),
                Column(key="day", title=mark("Day"), kind=ColumnKind.DATE, width=11),
                Column(key="page", title=mark("Page"), kind=ColumnKind.LINK),
                Column(key="amount", title=mark("Amount"), kind=ColumnKind.MONEY, width=12),
            ),
            filters=(Filter(key="size", title=mark("Size"), choices=(Choice(key="big", title=mark("Big")),)),),
        ),
        PanelSpec(key="matches", title=mark("Matches"), kind=PanelKind.PAIRS, left="Stall", right="Drawer", keeps="keep_pairs"),
        PanelSpec(key="differing", title=mark("Differing"), kind=PanelKind.COMPARE, left="Stall", right="Drawer", keeps="keep_sides"),
    ),
    messages=(
        *SPEC.messages,
        Message(code="stall_drawer.void_already", sentence=mark("{number} is void already.")),
        Message(code="stall_drawer.no_thing", sentence=mark("There is no thing {number}.")),
        Message(code="stall_drawer.unlinked", sentence=mark("{number} is not linked to an item.")),
        Message(code="stall_drawer.sides", sentence=mark("Chosen: {number}.")),
    ),
)
"""
