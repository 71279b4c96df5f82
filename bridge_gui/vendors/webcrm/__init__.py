"""webcrm: a Danish CRM with organisations, deliveries and a price list, by an application token."""
