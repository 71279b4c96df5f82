"""What may be asked of SalesCloud, and answering only that.

Facts: none of the service; the schema is the design of salescloud.md section 5 [inferred]. Errors follow
GraphQL custom: unknown fields and missing variables refuse the whole query.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bridge_gui.vendors.salescloud.simulator.graphql import Declared, Field, GraphqlError, Query, Variable

Resolver = Callable[[dict[str, Any]], Any]

# type -> field -> type of what it holds, "" for a leaf
TYPES: Mapping[str, Mapping[str, str]] = {
    "Query": {
        "appOrganizations": "Organization",
        "paymentMethodsList": "PaymentMethod",
        "ordersList": "OrderList",
    },
    "Organization": dict.fromkeys(("uuid", "label"), ""),
    "PaymentMethod": dict.fromkeys(("uuid", "title", "type", "active"), ""),
    "OrderList": {"total": "", "items": "Order"},
    "Order": {
        **dict.fromkeys(("uuid", "number", "status", "created", "closed"), ""),
        **dict.fromkeys(("currencyCode", "totalAmount", "taxAmount"), ""),
        "customer": "Customer",
        "lineItems": "LineItem",
        "payments": "Payment",
        "refundOf": "OrderReference",
    },
    "Customer": dict.fromkeys(("uuid", "label", "idNumber", "email", "phone", "invoiceable"), ""),
    "LineItem": dict.fromkeys(
        (
            *("uuid", "title", "sku", "quantity", "unitPrice", "totalAmount"),
            *("taxRate", "taxAmount", "discountAmount", "giftCard"),
        ),
        "",
    ),
    "Payment": {
        **dict.fromkeys(("uuid", "created", "amount", "status", "kind"), ""),
        "paymentMethod": "PaymentMethod",
    },
    "OrderReference": dict.fromkeys(("uuid", "number"), ""),
}
ARGUMENTS: Mapping[str, frozenset[str]] = {
    "paymentMethodsList": frozenset({"organization"}),
    "ordersList": frozenset({"organization", "closedFrom", "closedTo", "limit", "offset"}),
}


def answered(query: Query, variables: Mapping[str, Any], resolvers: Mapping[str, Resolver]) -> dict[str, Any]:
    """The query's data, with the fields asked for and no others."""
    known = {declared.name: _given(declared, variables) for declared in query.declared}
    _check("Query", query.chosen)
    data = {}
    for field in query.chosen:
        arguments = {name: _filled(value, known) for name, value in field.arguments.items()}
        unknown = arguments.keys() - ARGUMENTS.get(field.name, frozenset())
        if unknown:
            raise _invalid(f'Unknown argument "{min(unknown)}" on field "Query.{field.name}".')
        found = resolvers[field.name](arguments)
        data[field.alias] = _projected(TYPES["Query"][field.name], found, field.chosen)
    return data


def _check(kind: str, chosen: list[Field]) -> None:
    for field in chosen:
        if field.name not in TYPES[kind] and field.name != "__typename":
            raise _invalid(f'Cannot query field "{field.name}" on type "{kind}".')
        inner = TYPES[kind].get(field.name, "")
        if bool(inner) != bool(field.chosen):
            raise _invalid(f'Field "{field.name}" of type "{kind}" has a wrong selection of subfields.')
        _check(inner, field.chosen)


def _given(declared: Declared, variables: Mapping[str, Any]) -> Any:
    value = variables.get(declared.name, declared.default)
    if value is None and declared.required:
        raise GraphqlError(
            f'Variable "${declared.name}" of required type "{declared.kind}!" was not provided.',
            "BAD_USER_INPUT",
        )
    if (
        declared.kind == "Int"
        and value is not None
        and (isinstance(value, bool) or not isinstance(value, int))
    ):
        raise GraphqlError(f'Variable "${declared.name}" got invalid value; Int is wanted.', "BAD_USER_INPUT")
    return value


def _filled(value: Any, known: Mapping[str, Any]) -> Any:
    if not isinstance(value, Variable):
        return value
    if value.name not in known:
        raise _invalid(f'Variable "${value.name}" is not defined.')
    return known[value.name]


def _projected(kind: str, value: Any, chosen: list[Field]) -> Any:
    if isinstance(value, list):
        return [_projected(kind, inner, chosen) for inner in value]
    if value is None or not kind:
        return value
    return {field.alias: _one(kind, value, field) for field in chosen}


def _one(kind: str, value: Mapping[str, Any], field: Field) -> Any:
    if field.name == "__typename":
        return kind
    return _projected(TYPES[kind][field.name], value.get(field.name), field.chosen)


def _invalid(message: str) -> GraphqlError:
    return GraphqlError(message, "GRAPHQL_VALIDATION_FAILED")
