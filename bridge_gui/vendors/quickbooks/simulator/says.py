"""What QuickBooks says when it refuses: faults by code, in both spellings.

Facts: quickbooks.md 3.7. INFERRED, in this one place: every text of `Unsure`, and which code it has.
"""

from __future__ import annotations

from bridge_gui.sandbox.kit import Doc, Refusal


class Trouble(Exception):
    """One thing is refused; in a batch the others go on."""

    def __init__(self, code: int, message: str, detail: str, element: str = "") -> None:
        super().__init__(code, message, detail)
        self.code = code
        self.error = {"Message": message, "Detail": detail, "code": str(code), "element": element}


class Unsure:
    """Texts that no source shows; that it is refused is documented or follows from the documents."""

    CURRENCY = "The currency of the transaction is not the one of the customer, or not in use."
    NO_DISCOUNT = "Discounts are turned off for this company."
    DISCOUNT_ALONE = "A discount needs a line to be taken from."
    NEGATIVE = "Transaction amount must be 0 or greater."
    DEPOSIT = "Select a bank or other current asset account to deposit to."
    PAID_MORE = "The amount of the invoice is less than what has been paid on it."
    LINKED = "You must unlink the payments of this transaction first."
    VOIDED = "A voided transaction cannot be changed."
    TOO_MUCH = "The amount applied is more than what is open."
    OTHER_CUSTOMER = "A payment can only be applied to transactions of the same customer."
    NO_EMAIL = "An e-mail address is needed to send this transaction."
    CLOSED_PASSWORD = "The books are closed to this date by a password."  # noqa: S105 - a sentence
    BATCH = "A batch holds 30 items at most, each with an id of its own."
    TOO_OLD = "changedSince can lie 30 days back at most."
    READS = "The reads of this month are spent."


def missing(name: str) -> Trouble:
    """A field that must be there."""
    return Trouble(
        2020,
        "Required param missing, need to supply the required value for the API",
        f"Required parameter {name} is missing in the request",
        name,
    )


def too_long(name: str) -> Trouble:
    """A text beyond its length."""
    detail = f"String length is either shorter or longer than supported by specification : {name}"
    return Trouble(2050, "String length is either shorter or longer than supported by specification", detail)


def rule(detail: str) -> Trouble:
    """A rule of the business."""
    return Trouble(6000, "A business validation error has occurred while processing your request", detail)


def not_found(detail: str = "") -> Trouble:
    """What does not exist, or was deleted."""
    told = (
        detail or "Object Not Found : Something you're trying to use has been made inactive. Check the fields"
    )
    return Trouble(610, "Object Not Found", told)


def bad_reference(kind: str, key: str) -> Trouble:
    """A reference to what was never there."""
    return Trouble(2500, "Invalid Reference Id", f"Invalid Reference Id : {kind} element id {key} not found")


def inactive() -> Trouble:
    """A reference to what was made inactive, in the other of the two forms that were seen."""
    detail = "Invalid Reference Id : Something you're trying to use has been made inactive."
    return Trouble(2500, "Invalid Reference Id", detail)


def number_taken(number: str, kind: str, key: str) -> Trouble:
    """A second document of one number; the first is named."""
    detail = (
        "Duplicate Document Number Error : You must specify a different number. This number has already been"
        f" used. DocNumber={number} is assigned to TxnType={kind} with TxnId={key}"
    )
    return Trouble(6140, "Duplicate Document Number Error", detail)


def name_taken() -> Trouble:
    """A second name of a kind."""
    return Trouble(6240, "Duplicate Name Exists Error", "The name supplied already exists. : null")


def stale() -> Trouble:
    """Somebody else wrote meanwhile."""
    detail = (
        "Stale Object Error : You and root were working on this at the same time. root finished before you"
        " did, so your work was not saved."
    )
    return Trouble(5010, "Stale Object Error", detail)


def unqueried(code: int, detail: str) -> Trouble:
    """A query that cannot be run."""
    message = "Error parsing query" if code == 4000 else "Invalid query"
    return Trouble(
        code, message, f"QueryParserError: {detail}" if code == 4000 else f"QueryValidationError: {detail}"
    )


def not_supported(operation: str) -> Trouble:
    """An operation that the kind of document does not have."""
    return Trouble(500, "Unsupported Operation", f"Operation {operation} is not supported.")


def fault(trouble: Trouble, language: str = "en") -> Doc:
    """QUIRK: texts are in the company's language, codes are not (quickbooks.md 0)."""
    kind = "SystemFault" if trouble.code == 10000 else "ValidationFault"
    error = dict(trouble.error)
    if language != "en":
        error["Message"] = "Une erreur s'est produite"
        if trouble.code not in {6140, 4000, 4001}:
            error["Detail"] = "Une erreur de validation s'est produite lors du traitement de votre demande"
    return {"Error": [error], "type": kind}


def gateway(status: int, code: int, name: str, detail: str, kind: str) -> Refusal:
    """QUIRK: the gateway writes in lower case and with leading zeros in its message (quickbooks.md 3.7)."""
    message = f"message={name}; errorCode={code:06}; statusCode={status}"
    error = {"message": message, "detail": detail, "code": str(code), "element": None}
    body: Doc = {
        "warnings": None,
        "intuitObject": None,
        "fault": {"error": [error], "type": kind},
        "report": None,
        "queryResponse": None,
        "batchItemResponse": [],
        "attachableResponse": [],
        "syncErrorResponse": None,
        "requestId": None,
        "time": 1795132800000,
        "status": None,
        "cdcresponse": [],
    }
    return Refusal(status, body)
