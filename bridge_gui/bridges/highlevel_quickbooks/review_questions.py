"""What is asked about review requests: whether, and how."""

from __future__ import annotations

from bridge_gui.bridges.highlevel_quickbooks.reviews_words import EMAIL, NO, TAG, TEXT, WORKFLOW
from bridge_gui.sync.specs import Choice, Field, FieldKind
from bridge_gui.wording.message import mark

REVIEWS = (
    Field(
        key="reviews",
        kind=FieldKind.CHOICE,
        label=mark("Ask for a review"),
        help=mark("Each customer is asked once at most, ever."),
        default=NO,
        choices=(
            Choice(key=NO, title=mark("No")),
            Choice(key=EMAIL, title=mark("By e-mail"), hint=mark("Nothing has to be built in HighLevel.")),
            Choice(key=TEXT, title=mark("By text message")),
            Choice(key=WORKFLOW, title=mark("By a workflow of mine")),
            Choice(key=TAG, title=mark("By a tag that a workflow of mine waits for")),
        ),
    ),
    Field(
        key="review_link",
        kind=FieldKind.TEXT,
        label=mark("Review link"),
        help=mark("In HighLevel under Reputation, Settings. Needed for e-mail and text message."),
        required=False,
        pattern=r"https://\S{4,500}",
        wrong=mark("An address that begins with https://."),
    ),
    Field(
        key="review_subject",
        kind=FieldKind.TEXT,
        label=mark("Subject of the e-mail"),
        required=False,
        default="How did we do?",
        only=("reviews", EMAIL),
    ),
    Field(
        key="review_text",
        kind=FieldKind.TEXT,
        label=mark("Message"),
        help=mark("{name} becomes the customer's name, {link} the review link."),
        required=False,
        default="Hello {name}, thank you for your payment. Would you tell others how we did? {link}",
    ),
    Field(
        key="review_workflow",
        kind=FieldKind.CHOICE,
        label=mark("Workflow"),
        options="workflows",
        only=("reviews", WORKFLOW),
    ),
    Field(
        key="review_tag",
        kind=FieldKind.CHOICE,
        label=mark("Tag"),
        options="tags",
        only=("reviews", TAG),
    ),
)
