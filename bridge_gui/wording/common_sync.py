"""Sentences about runs, documents and what a person is asked."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_RUNS = (
    Message(
        code="bridge.second",
        sentence=mark("Another Bridge books for the same company: {count} documents are there already."),
        advice=mark(
            "Stop the other one, or disconnect this one. Once you say so here, what it booked is taken over."
        ),
    ),
    Message(
        code="run.finished",
        sentence=mark("The sync has ended. Records read: {read}, documents sent: {written}."),
    ),
    Message(
        code="run.paused",
        sentence=mark("The sync pauses. Records read: {read}, documents sent: {written}."),
        advice=mark("It goes on by itself."),
    ),
    Message(
        code="run.cancelled",
        sentence=mark("The sync was stopped."),
        advice=mark("What was sent stays; the rest goes with the next sync."),
    ),
    Message(
        code="run.interrupted",
        sentence=mark("The sync was cut short when Bridge or the computer ended."),
        advice=mark("The next sync first looks at what was under way; nothing is booked twice."),
    ),
    Message(
        code="run.failed",
        sentence=mark("The sync ended early. Records read: {read}, documents sent: {written}."),
        advice=mark("The lines before this one say why. The next sync goes on from here."),
    ),
    Message(
        code="run.put_off",
        sentence=mark("Not sent by this sync, as you said in the preview: {count}."),
        advice=mark("The next sync sends it."),
    ),
    Message(code="run.running", sentence=mark("The sync is at work.")),
    Message(
        code="run.left_sending",
        sentence=mark("Documents that were on their way when Bridge last ended: {count}."),
        advice=mark("Bridge looks for them in the books before it sends anything."),
    ),
    Message(
        code="run.waits_for_ledger",
        sentence=mark("The first document is sent, but the books do not show it yet."),
        advice=mark("Bridge compares it with the ledger before the second one goes; it goes on by itself."),
    ),
    Message(
        code="ledger.proven",
        sentence=mark("The first document was found in the ledger of {company}, booked as expected."),
    ),
    Message(
        code="survey.taken_over",
        sentence=mark("Documents of an earlier Bridge found in the books and taken over: {count}."),
    ),
)

_DOCUMENTS = (
    Message(code="entry.done", sentence=mark("{number} of {day} is in the books as {target} ({total}).")),
    Message(
        code="entry.done.whose", sentence=mark("{number} of {day} is in the books for {party} ({total}).")
    ),
    Message(code="entry.done.unnumbered", sentence=mark("{number} of {day} is in the books ({total}).")),
    Message(code="entry.done.sent", sentence=mark("{number} was sent.")),
    Message(code="entry.done.unlinked", sentence=mark("{number} is followed no longer.")),
    Message(code="entry.done.named", sentence=mark("{number} ({party}) was sent.")),
    Message(code="entry.done.renamed", sentence=mark("{number} was sent; there it is {target}.")),
    Message(
        code="document.vanished",
        sentence=mark("{number} of {day} ({target}) is no longer in the books; somebody removed it there."),
        advice=mark("Nothing is sent again by itself."),
    ),
    Message(
        code="outcome.found",
        sentence=mark("{number} of {day} had arrived after all; it was found in the books."),
    ),
    Message(
        code="outcome.absent",
        sentence=mark("{number} of {day} had not arrived; it is sent anew."),
    ),
    Message(
        code="outcome.differs",
        sentence=mark("{number} of {day} is in the books, but not as it was sent."),
        advice=mark("Bridge compares both and plans what is missing."),
    ),
    Message(
        code="ensure.found",
        sentence=mark("{number} was found in the books and is used as it is."),
    ),
    Message(
        code="ensure.several",
        sentence=mark("{number} could be any of these in the books: {names}."),
        advice=mark("Say which one it is. If two are the same, make them one in the books first."),
        button=mark("Decide"),
    ),
    Message(
        code="outcome.several",
        sentence=mark("Several documents in the books could be {number} of {day}: {names}."),
        advice=mark("Look at them in the books, and say whether it arrived."),
        button=mark("Decide"),
    ),
    Message(
        code="outcome.cannot_tell",
        sentence=mark("Nobody can look up whether {number} of {day} arrived."),
        advice=mark("Look in the books, then say whether it arrived or is to be sent again."),
        button=mark("Decide"),
    ),
    Message(
        code="outcome.left_out",
        sentence=mark("The answer for several documents left out {number} of {day}."),
        advice=mark("Bridge looks whether it is there before it sends anything again."),
    ),
    Message(
        code="source.before_start",
        sentence=mark("{number} of {day} is left out: it is older than the start date."),
    ),
    Message(
        code="source.gone",
        sentence=mark("{number} of {day} is no longer at the sales side, and was not booked yet."),
        advice=mark("Nothing is sent for it. If it was removed by mistake, make it again there."),
    ),
    Message(
        code="plan.place_taken",
        sentence=mark(
            "A document for the same record is there already, or on its way; no second one was made."
        ),
        advice=mark("Look for it in Documents and under Needs attention. Order again once it is done."),
    ),
    Message(
        code="plan.stands_there",
        sentence=mark("{number}: {target} stands where its next document would go, and is not complete."),
        advice=mark(
            "Look at it in the books: say that it is right, or remove it there and say so. It waits for you."
        ),
    ),
    Message(
        code="plan.needed_left_out",
        sentence=mark("{number} of {day} needs {needed}, which is left out as you said."),
        advice=mark("Have {needed} sent after all and try again, or leave this document out too."),
        button=mark("Decide"),
    ),
    Message(
        code="plan.needed_gone",
        sentence=mark("{number} of {day} needs {needed}, which is no longer in the books."),
        advice=mark("See to that document first, then try again, or leave this one out."),
        button=mark("Decide"),
    ),
    Message(
        code="plan.target_gone",
        sentence=mark("The document {target} that was to be changed is no longer in the books."),
        advice=mark("Nothing was sent. Say whether it is to be made again."),
    ),
    Message(
        code="document.gone",
        sentence=mark("This row is no longer there."),
        advice=mark("Look at the list again; a sync may have changed it."),
    ),
    Message(
        code="source.by_hand",
        sentence=mark("{number} of {day} is left out: you said that you booked it by hand."),
    ),
    Message(code="source.never", sentence=mark("{number} of {day} is left out, as you said.")),
)

_ANSWERS = (
    Message(code="answer.given", sentence=mark("You decided: {decision}.")),
    Message(code="answer.given_on", sentence=mark("You decided on {number}: {decision}.")),
    Message(code="answer.given_on.reasoned", sentence=mark("You decided on {number}: {decision}. {reason}")),
    Message(code="answer.booked", sentence=mark("You booked {number} by hand as {document}.")),
    Message(
        code="answer.booked.reasoned", sentence=mark("You booked {number} by hand as {document}. {reason}")
    ),
    Message(
        code="answer.too_late",
        sentence=mark("This was settled in the meantime."),
        advice=mark("Nothing more to do; the list shows how it stands now."),
    ),
    Message(
        code="action.unknown",
        sentence=mark("There is no order called {action} in this bridge."),
        advice=mark("There are: {names}."),
    ),
    Message(
        code="action.no_document",
        sentence=mark("There is no document {subject} in the books that this bridge has made."),
        advice=mark("The Documents list shows what there is."),
    ),
    Message(
        code="action.several",
        sentence=mark("Several documents are called {number}."),
        advice=mark("Say which: {names}."),
    ),
    Message(
        code="action.not_now",
        sentence=mark("This cannot be done with {number} as it stands now."),
        advice=mark("Sync, and look at its state in the Documents list."),
    ),
    Message(
        code="action.confirm",
        sentence=mark("This cannot be undone and was not confirmed, so nothing was done."),
        advice=mark("Confirm it in the window, or add --yes on the command line."),
    ),
    Message(
        code="action.next_sync",
        sentence=mark("The order is kept and goes with the next sync."),
    ),
    Message(
        code="action.being_checked",
        sentence=mark("Nobody answered whether it was done; Bridge looks before it does anything again."),
        advice=mark("The next sync finds out. Do not do it by hand meanwhile."),
    ),
    Message(
        code="action.foreign_address",
        sentence=mark("The page is at {host}, which is not the vendor's own, so it was not opened."),
    ),
    Message(
        code="panel.unknown",
        sentence=mark("There is no panel called {panel} in this bridge."),
        advice=mark("There are: {names}."),
    ),
    Message(
        code="panel.no_filter",
        sentence=mark("This panel cannot be narrowed by {filter}."),
        advice=mark("It can be narrowed by: {names}."),
    ),
    Message(code="answer.unknown", sentence=mark("{choice} is no answer that fits here ({item}).")),
    Message(
        code="answer.no_document",
        sentence=mark("It is not said which document was booked by hand."),
        advice=mark("Give its number, or its id, in the books."),
    ),
    Message(code="choice.by_hand", sentence=mark("I booked this by hand")),
    Message(code="choice.take_back", sentence=mark("Send it after all")),
    Message(code="choice.arrived", sentence=mark("It arrived")),
    Message(code="choice.use", sentence=mark("It is {name} ({id})")),
    Message(code="choice.make_new", sentence=mark("Make a new one")),
    Message(code="choice.leave_as_is", sentence=mark("Leave it as it is there")),
    Message(code="choice.send_again", sentence=mark("Send it again")),
    Message(code="choice.look_again", sentence=mark("Look again")),
    Message(code="choice.try_again", sentence=mark("Try again")),
    Message(code="choice.stands", sentence=mark("It is right as it stands")),
    Message(code="choice.removed", sentence=mark("I removed it there")),
    Message(code="choice.skip", sentence=mark("Never send this")),
    Message(code="choice.seen", sentence=mark("I have seen to it")),
    Message(code="choice.accept", sentence=mark("It is right as it is")),
)

SYNC: tuple[Message, ...] = (*_RUNS, *_DOCUMENTS, *_ANSWERS)
