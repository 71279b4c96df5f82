"""webcrm's organisations and its own fields, in Bridge's terms."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from bridge_gui.accounting.trade import Holder, Organisation, OwnField
from bridge_gui.sync.specs import Option
from bridge_gui.vendors.webcrm import query
from bridge_gui.vendors.webcrm.forms import ID
from bridge_gui.vendors.webcrm.records import Kind, Named, Records
from bridge_gui.vendors.webcrm.row import Row
from bridge_gui.vendors.webcrm.terms import ORGANISATION
from bridge_gui.web.waiting import Cancel

KIND = Kind(
    Holder.ORGANISATION, ORGANISATION.path, ORGANISATION.id,
    {
        "name": Named("OrganisationName"), "street": Named("OrganisationAddress"),
        "postcode": Named("OrganisationPostCode"), "city": Named("OrganisationCity"),
        "country": Named("OrganisationCountry"), "phone": Named("OrganisationTelephone"),
        "tax_number": Named("OrganisationVatNumber"), "vat_group": Named("OrganisationVatGroup"),
        "type": Named("OrganisationType"), "status": Named("OrganisationStatus"),
        "owner": Named("OrganisationOwner", ID),
    },
)  # fmt: skip


class WebcrmOrganisations:
    """The organisations of one customer's webcrm; there is no call to delete one (webcrm.md 3)."""

    _records: Records

    def own_fields(self, holder: Holder) -> tuple[OwnField, ...]:
        """All fields of one kind of record that are the company's own, in the vendor's order; read once."""
        return tuple(field.plain(holder) for field in self._records.fields.own(holder))

    def types(self) -> tuple[Option, ...]:
        """The texts that an organisation's type may have."""
        return self._choices("OrganisationType")

    def statuses(self) -> tuple[Option, ...]:
        """The texts that an organisation's status may have."""
        return self._choices("OrganisationStatus")

    def organisations_changed(self, since: datetime, cancel: Cancel) -> Iterator[Sequence[Organisation]]:
        """Pages of those made or changed since an instant; each once."""
        return self._organisation_pages(query.since(ORGANISATION, since), cancel)

    def all_organisations(self, cancel: Cancel) -> Iterator[Sequence[Organisation]]:
        """Pages of all there are, for the bulk start."""
        return self._organisation_pages("", cancel)

    def organisations(self, ids: Collection[str], cancel: Cancel) -> tuple[Organisation, ...]:
        """Fresh copies; what is gone is left out."""
        pages = self._records.client.by_ids(ORGANISATION, ids, cancel)
        return tuple(self._organisation(row) for page in pages for row in page)

    def change_organisation(
        self, organisation: str, changes: Mapping[str, str], before: Mapping[str, str]
    ) -> Organisation:
        """Write these fields if `before` still stands there; as read back."""
        row = self._records.change(KIND, organisation, changes, before)
        return self._records.seen(lambda: self._organisation(row))

    def organisation_url(self, organisation: str) -> str:
        """Nothing tells where a person opens it: no form of such a link is documented (webcrm.md 7.9)."""
        del organisation
        return ""

    def _choices(self, name: str) -> tuple[Option, ...]:
        known = self._records.fields.all.get(name)
        return tuple(Option(key=text, title=text) for text in (known.choices if known else ()))

    def _organisation_pages(self, condition: str, cancel: Cancel) -> Iterator[Sequence[Organisation]]:
        for page in self._records.client.query(ORGANISATION, condition, cancel):
            yield [self._organisation(row) for row in page]

    def _organisation(self, row: Row) -> Organisation:
        texts = {key: named.form.shown(row, named.name) for key, named in KIND.names.items()}
        return Organisation(
            id=row.own_id(ORGANISATION.id), changed=row.updated(ORGANISATION),
            fields=self._records.fields.texts(Holder.ORGANISATION, row), **texts,
        )  # fmt: skip
