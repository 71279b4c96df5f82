"""The one product that all lines are on, and its category: found by name, else made once."""

from __future__ import annotations

from collections.abc import Sequence

from bridge_gui.accounting.documents import Ref
from bridge_gui.accounting.ordering import OrderProduct
from bridge_gui.bridges.sharefox_twentyfourseven.customers import Books
from bridge_gui.bridges.sharefox_twentyfourseven.steps import (
    CATEGORY,
    PRODUCT,
    EnsureCategory,
    EnsureProduct,
    bare,
)
from bridge_gui.errors import NoSuchTarget, Refused
from bridge_gui.sync.flow import Absent, Finding, Found, Remark, Several, Written
from bridge_gui.web.waiting import Cancel


def find_category(books: Books, step: EnsureCategory) -> Finding:
    """The category of this name."""
    same = [one for one in books.categories() if _same(one.name, step.called)]
    return _one([Ref(id=f"{CATEGORY}-{one.id}", number=one.name) for one in same])


def make_category(books: Books, step: EnsureCategory) -> Written:
    """Make the category."""
    made = books.add_category(step.called)
    return Written(ref=Ref(id=f"{CATEGORY}-{made.id}", number=made.name))


def find_product(books: Books, step: EnsureProduct) -> Finding:
    """The product of this name; one that is switched off is none."""
    return _one([_ref(one) for one in books.products_named(step.called) if one.active])


def make_product(books: Books, step: EnsureProduct) -> Written:
    """Make the product in its category."""
    return Written(ref=_ref(books.add_product(step.called, bare(step.targets[step.category.name]))))


class Shelf:
    """What a run knows of products: each is looked at once before it is sold."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._seen: dict[str, OrderProduct] = {}
        self._said = False

    def sellable(self, target: str, cancel: Cancel) -> str:
        """The product's id; `NoSuchTarget` where it was deleted, `Refused` where it was switched off."""
        if target not in self._seen:
            found = self._books.products([bare(target)], cancel)
            if not found:
                raise NoSuchTarget("product.gone", target=target)
            self._seen[target] = found[0]
        product = self._seen[target]
        if not product.active:
            raise Refused("product.inactive", product=product.name)
        return product.id

    def renamed(self, called: str) -> Sequence[Remark]:
        """That a person has renamed the product, said once; it is the same one, so it goes on being used."""
        found = [one for one in self._seen.values() if not _same(one.name, called)]
        if not found or self._said:
            return ()
        self._said = True
        return (Remark(code="product.renamed", params={"product": found[0].name, "called": called}),)


def _one(refs: Sequence[Ref]) -> Finding:
    if len(refs) > 1:
        return Several(refs=tuple(refs))
    return Found(ref=refs[0], equal=True) if refs else Absent()


def _ref(product: OrderProduct) -> Ref:
    return Ref(id=f"{PRODUCT}-{product.id}", number=product.name)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
