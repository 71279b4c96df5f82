"""What is asked for the second sign-in: nothing, unless somebody wants the day of payment and reminders."""

from __future__ import annotations

from bridge_gui.sync.specs import Choice, Field, FieldKind
from bridge_gui.vendors.twentyfoursevenoffice.terms import CLASSIC_OFF, CLASSIC_ON
from bridge_gui.wording.message import mark

CLASSIC = (
    Field(
        key="classic",
        kind=FieldKind.CHOICE,
        label=mark("Second sign-in"),
        help=mark(
            "Tells the day an invoice was paid, and reminders. Without it Bridge reads from the ledger "
            "whether one is paid."
        ),
        required=False,
        default=CLASSIC_OFF,
        choices=(
            Choice(key=CLASSIC_OFF, title=mark("Not needed")),
            Choice(key=CLASSIC_ON, title=mark("Use a 24SevenOffice user as well")),
        ),
    ),
    Field(
        key="soap_application",
        kind=FieldKind.TEXT,
        label=mark("ApplicationId of the classic services"),
        help=mark("24SevenOffice sends it by e-mail when you ask for access to its classic (SOAP) services."),
        pattern=r"\s*[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\s*",
        wrong=mark(
            "An ApplicationId is five groups of digits and letters from A to F, with hyphens between."
        ),
        only=("classic", CLASSIC_ON),
    ),
    Field(
        key="soap_user",
        kind=FieldKind.TEXT,
        label=mark("User name"),
        help=mark(
            "The e-mail of a user made for this alone: "
            "an external user with the invoicing and accounting packages."
        ),
        pattern=r"\s*\S+\s*",
        wrong=mark("A user name has no spaces."),
        only=("classic", CLASSIC_ON),
    ),
    Field(
        key="soap_password",
        kind=FieldKind.SECRET,
        label=mark("Password of this user"),
        help=mark("Kept in this computer's keychain and sent to 24SevenOffice only."),
        pattern=r".+",
        wrong=mark("The password cannot be empty."),
        only=("classic", CLASSIC_ON),
    ),
)
