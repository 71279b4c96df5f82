"""What people do at the till and in the back office, for tests and for trying things out.

Facts: salescloud.md section 4. Each action takes the JSON sent to `/_sandbox/person`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridge_gui.sandbox.kit import Act, Clock, Doc, State, instant
from bridge_gui.vendors.salescloud.simulator.menu import Method
from bridge_gui.vendors.salescloud.simulator.till import named, order, paid, refund, vat_inside


class People:
    """The café's staff."""

    def __init__(self, state: State, clock: Clock) -> None:
        self._orders = state.table("orders")
        self._methods = state.table("methods")
        self._state = state
        self._clock = clock

    def actions(self) -> Mapping[str, Act]:
        """Every action by its name."""
        return {
            "add_order": self.add_order,
            "change_order": self.change_order,
            "close_order": lambda sent: self._status(sent, "CLOSED"),
            "void_order": lambda sent: self._status(sent, "CANCELLED"),
            "reopen_order": lambda sent: self._status(sent, "OPEN"),
            "remove_order": self.remove_order,
            "refund_order": self.refund_order,
            "set_rate": self.set_rate,
            "add_payment_method": self.add_method,
            "change_payment_method": self.change_method,
            "uninstall_app": lambda _: self._state.set_value("uninstalled", value=True),
            "install_app": lambda _: self._state.set_value("uninstalled", value=False),
            "renew_secret": self.renew_secret,
        }

    def add_order(self, sent: Doc) -> Doc:
        """An order from `order`; uuid, number, times, sums and VAT are filled in where they lack.

        `payments` may be `[["<method title or uuid>", amount], ...]` and lines need only title, quantity,
        unitPrice and taxRate.
        """
        given: Doc = dict(sent["order"])
        at = self._state.next_number("added order")
        closed = instant(given["closed"]) if given.get("closed") else self._clock.now().replace(microsecond=0)
        lines = [_line(one) for one in given.pop("lineItems", [])]
        made = order(f"added {at}", 90_000_000 + at, closed, lines)
        for tender in given.pop("payments", []):
            if isinstance(tender, list):
                paid(made, (self._method(tender[0]), tender[1]))
            else:
                made["payments"].append({"uuid": named(f"added {at} {len(made['payments'])}"), **tender})
        made |= given
        made["id"] = made["uuid"]
        self._orders.put(made)
        return made

    def change_order(self, sent: Doc) -> Doc:
        """Overwrites an order's fields with those in `changes`."""
        changed = {**self._order(sent), **sent["changes"]}
        self._orders.put(changed)
        return changed

    def remove_order(self, sent: Doc) -> None:
        """Makes an order vanish."""
        self._orders.drop(self._order(sent)["id"])

    def refund_order(self, sent: Doc) -> Doc:
        """Pays back an order, or its lines at the places in `lines`; dated now or at `closed`."""
        of = self._order(sent)
        at = self._state.next_number("added refund")
        closed = instant(sent["closed"]) if sent.get("closed") else self._clock.now().replace(microsecond=0)
        places = sent.get("lines", range(len(of["lineItems"])))
        lines = [of["lineItems"][place] for place in places]
        made = refund(f"added refund {at}", 95_000_000 + at, closed, of, lines)
        self._orders.put(made)
        return made

    def set_rate(self, sent: Doc) -> Doc:
        """Gives an order's line (`line`, the first by default) a VAT rate such as 14."""
        changed = self._order(sent)
        line = changed["lineItems"][sent.get("line", 0)]
        line |= {"taxRate": sent["rate"], "taxAmount": vat_inside(line["totalAmount"], sent["rate"])}
        changed["taxAmount"] = sum(one["taxAmount"] for one in changed["lineItems"])
        self._orders.put(changed)
        return changed

    def add_method(self, sent: Doc) -> Doc:
        """A new payment method with `title` and `type`."""
        key = sent.get("uuid") or named(f"method {self._state.next_number('added method')}")
        made = {"id": key, "uuid": key, "title": sent["title"], "type": sent.get("type", "other")}
        self._methods.put({**made, "active": sent.get("active", True)})
        return made

    def change_method(self, sent: Doc) -> Doc:
        """Renames, retypes or switches off a payment method."""
        found = self._methods.get(sent["uuid"])
        if found is None:
            raise LookupError(sent["uuid"])
        self._methods.put({**found, **sent["changes"]})
        return {**found, **sent["changes"]}

    def renew_secret(self, _: Doc) -> Doc:
        """A new secret key; the old one dies at once."""
        secret = f"example-secret-key-of-the-sandbox-{self._state.next_number('secret', 2):04}"
        self._state.set_value("secret", secret)
        return {"secret_key": secret}

    def _status(self, sent: Doc, status: str) -> Doc:
        changes: dict[str, Any] = {"status": status}
        if not self._order(sent)["closed"] and status != "OPEN":
            changes["closed"] = self._clock.now().replace(microsecond=0).isoformat()
        return self.change_order({**sent, "changes": changes})

    def _order(self, sent: Doc) -> Doc:
        key = sent.get("uuid", "")
        found = self._orders.get(key) or self._orders.first(("number", "=", str(sent.get("number", ""))))
        if found is None:
            raise LookupError(f"no order {key or sent.get('number')}")
        return found

    def _method(self, name: str) -> Method:
        found = self._methods.get(name) or self._methods.first(("title", "=", name))
        if found is None:
            raise LookupError(f"no payment method {name}")
        return Method(found["uuid"], found["title"], found["type"])


def _line(given: Doc) -> Doc:
    quantity, price, rate = given.get("quantity", 1), given.get("unitPrice", 0), given.get("taxRate", 24)
    discount = given.get("discountAmount", 0)
    total = given.get("totalAmount", quantity * price - discount)
    usual = {"title": "Vara", "sku": "", "quantity": quantity, "unitPrice": price, "totalAmount": total}
    usual |= {
        "taxRate": rate,
        "taxAmount": vat_inside(total, rate),
        "discountAmount": discount,
        "giftCard": False,
    }
    return {**usual, **given}
