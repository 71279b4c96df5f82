"""Tie-out: which accounts stand for which payment method and VAT rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from bridge_gui.accounting.documents import CUSTOMER, LedgerAccount
from bridge_gui.accounting.money import plain
from bridge_gui.accounting.sales import MethodKind, PaymentMethod
from bridge_gui.bridges.salescloud_payday.rules import Rules, shown
from bridge_gui.bridges.salescloud_payday.takings import GIFT_CARDS, ROUNDING
from bridge_gui.sync.tieout import Key

_BETWEEN = " + "
ON_ACCOUNT = "On account"


class TieKeys:
    """Names by account, method and rate; what shares an account is one key, named for all of it."""

    def __init__(
        self,
        rules: Rules,
        accounts: Iterable[LedgerAccount],
        tax_accounts: Mapping[Decimal, str],
        methods: Iterable[PaymentMethod],
        receivables: str,
    ) -> None:
        methods = tuple(methods)
        titles = {method.id: method.title for method in methods}
        promised = [method.title.strip() for method in methods if method.kind is MethodKind.ON_ACCOUNT]
        self.on_account = _BETWEEN.join(dict.fromkeys(promised)) or ON_ACCOUNT
        self.receivables = receivables
        self._names = {account.code: shown(account) for account in accounts}
        self._codes = {account.id: account.code for account in accounts}
        things: dict[str, set[str]] = {}
        credit = set()
        for name, code, is_credit in _things(rules, tax_accounts, titles):
            things.setdefault(name, set()).add(code)
            credit |= {name} if is_credit else set()
        self._key_of = dict(_merged(things))
        self._by_code = {code: self._key_of[name] for name, codes in things.items() for code in codes}
        self._titles = titles
        shared = {self._key_of[name] for name in things if name not in credit}
        names = dict.fromkeys([*self._key_of.values(), self.on_account])
        self.all = tuple(
            Key(name=name, credit=name in {*names} - shared - {self.on_account}) for name in names
        )

    def of_method(self, method: PaymentMethod) -> str:
        """The key of a payment method, its title where it is not mapped."""
        if method.kind is MethodKind.ON_ACCOUNT:
            return self.on_account
        title = self._titles.get(method.id, method.title).strip()
        return self._key_of.get(title, title)

    def of_rate(self, rate: Decimal | None) -> str:
        """The key of a VAT rate."""
        name = _rate_name(rate)
        return self._key_of.get(name, name)

    @property
    def gift_cards(self) -> str:
        """The key of gift cards sold."""
        return self._key_of.get(GIFT_CARDS, GIFT_CARDS)

    @property
    def rounding(self) -> str:
        """The key of rounding differences."""
        return self._key_of.get(ROUNDING, ROUNDING)

    def of_code(self, code: str) -> str:
        """The key of an account, the account itself where none stands for it."""
        return self._by_code.get(code) or self._names.get(code, code)

    def of_id(self, account: str) -> str:
        """The key of an account by its id, or of a customer's own."""
        if account.startswith(CUSTOMER):
            return self.on_account
        return self.of_code(self._codes.get(account, account))


def _things(
    rules: Rules, tax_accounts: Mapping[Decimal, str], titles: Mapping[str, str]
) -> Iterator[tuple[str, str, bool]]:
    """What is compared, on which account, and whether the books show it as credit."""
    for method, account in rules.methods.items():
        if account is not None:
            yield titles.get(method, method).strip(), account.code, False
    for rate, sales in sorted(rules.sales.items(), reverse=True):
        if sales.account is not None:
            yield _rate_name(rate), sales.account.code, True
        if rate in tax_accounts:
            yield _rate_name(rate), tax_accounts[rate], True
    for name, account in ((GIFT_CARDS, rules.gift_cards), (ROUNDING, rules.rounding)):
        if account is not None:
            yield name, account.code, False


def _merged(things: Mapping[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Each thing with the name of all that share an account with it, directly or through others."""
    for name in things:
        alike, codes = {name}, set(things[name])
        while more := {other for other, own in things.items() if own & codes} - alike:
            alike |= more
            codes |= set().union(*(things[other] for other in more))
        yield name, _BETWEEN.join(other for other in things if other in alike)


def _rate_name(rate: Decimal | None) -> str:
    return "VAT ?" if rate is None else f"VAT {plain(rate)} %"
