"""Pipedrive to Xero: deals become invoices, and what becomes of those is followed."""
