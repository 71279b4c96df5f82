"""What 24SevenOffice's documents leave open, each guess in one place that can be replaced.

INFERRED, all of it (twentyfoursevenoffice.md 3.5 to 3.8 and 6):
1. Prices on order lines are before tax.
2. An order is a draft while its lines are added, and a draft may be confirmed.
3. What a customer owes stands on the accounts 1500 to 1529; debit is positive; amounts are in the currency
   of the books. A line belongs to an invoice by its number or by its payment reference.
4. Credit notes and losses are told by the names of the transaction types.
5. A sub-object (an address, both e-mails) is replaced as a whole by a change.
6. A list that fills a page and has no Link header has another page.
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

RECEIVABLES = range(1500, 1530)
CREDIT = re.compile(r"kredit|credit", re.IGNORECASE)
LOSS = re.compile(r"\btap\b|\bloss|write.?off", re.IGNORECASE)
TOLERANCE = Decimal("0.005")
TOKEN_LIFE = 3600.0
"""Seconds a token lives where the answer does not say."""
BEFORE, AFTER = timedelta(days=31), timedelta(days=400)
"""How far around an invoice's day its lines in the ledger are looked for."""

# The classic services (twentyfoursevenoffice.md 2.2, 4, 6). Their faults are told by their words. The numbers
# of orders and invoices are those that REST tells, held together by comparing both and the total. A fee for a
# reminder is no part of the order; a reminder is known by the kind of its entry.
SOAP_BLOCKED = re.compile(r"identityid is blocked", re.IGNORECASE)
SOAP_ENDED = re.compile(r"not authenticated|session.{0,20}(expired|ended|timed out)", re.IGNORECASE)
SOAP_LIMIT = re.compile(r"limit exceeded|quarantine|too many (calls|requests)", re.IGNORECASE)
SOAP_FORBIDDEN = re.compile(
    r"access (is )?denied|no access|(not|no|insufficient|missing) (permission|right)", re.IGNORECASE
)
SOAP_QUIET = 900.0
"""Seconds to keep quiet where a refusal for too many calls does not say."""
