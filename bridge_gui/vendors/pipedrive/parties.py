"""Organizations and persons in our form."""

from __future__ import annotations

from bridge_gui.accounting.deals import Address, Party
from bridge_gui.vendors.pipedrive.payloads import AddressAnswer, Labelled, OrganizationAnswer, PersonAnswer


def organization(answer: OrganizationAnswer, fields: dict[str, str]) -> Party:
    """An organization; it has no e-mail address of its own."""
    address = _address(answer.address)
    return Party(id=str(answer.id), name=answer.name, address=address, fields=fields)


def person(answer: PersonAnswer, fields: dict[str, str]) -> Party:
    """A person with the primary e-mail address, else the first."""
    return Party(
        id=str(answer.id),
        name=answer.name,
        email=_primary(answer.emails or ()),
        address=_address(answer.postal_address),
        fields=fields,
    )


def _primary(labelled: tuple[Labelled, ...]) -> str:
    ranked = sorted(labelled, key=lambda one: not one.primary)
    return next((value for one in ranked if (value := (one.value or "").strip())), "")


def _address(answer: AddressAnswer | None) -> Address | None:
    """The address taken apart as Pipedrive did; None where there is nothing."""
    if answer is None:
        return None
    address = Address(
        whole=_told(answer.value),
        street=_street(answer),
        city=_told(answer.locality),
        region=_told(answer.admin_area_level_1),
        postal_code=_told(answer.postal_code),
        country=_told(answer.country),
    )
    return None if address == Address() else address


def _street(answer: AddressAnswer) -> str:
    """Street and number, with the flat in brackets after them."""
    parts = [_told(answer.route), _told(answer.street_number)]
    flat = _told(answer.subpremise)
    return " ".join(filter(None, [*parts, f"({flat})" if flat else ""]))


def _told(text: str | None) -> str:
    return (text or "").strip()
