"""HighLevel to QuickBooks Online: payments and invoices into the books, customers and reviews back."""
