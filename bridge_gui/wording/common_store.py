"""Sentences about this computer: the data folder, the data file, and faults of Bridge itself."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

STORE: tuple[Message, ...] = (
    Message(
        code="cancelled",
        sentence=mark("Stopped, as you asked."),
        advice=mark("What was sent stays; the rest goes with the next sync."),
    ),
    Message(
        code="unexpected",
        sentence=mark("Bridge met something it was not made for ({what}) and stopped."),
        advice=mark(
            "Nothing is lost: the next sync begins where this one ended. A report was written for support."
        ),
    ),
    Message(
        code="folder.busy",
        sentence=mark("Another Bridge is at work on this data ({folder})."),
        advice=mark("Close its window, or wait until its sync has ended."),
    ),
    Message(
        code="folder.cannot_make",
        sentence=mark("Bridge cannot write to its data folder ({folder})."),
        advice=mark("Check that the folder may be written to and that the disk is there."),
    ),
    Message(
        code="store.disk_full",
        sentence=mark("The disk is full; Bridge cannot write down what it does."),
        advice=mark("Nothing is sent that cannot be written down first. Make room, then sync again."),
    ),
    Message(
        code="store.read_only",
        sentence=mark("Bridge may not write to its data file."),
        advice=mark("Check the rights of the data folder; nothing is sent until then."),
    ),
    Message(
        code="store.cannot_open",
        sentence=mark("Bridge cannot open its data file."),
        advice=mark("Check that the data folder is there and may be read."),
    ),
    Message(
        code="store.locked",
        sentence=mark("Another program holds Bridge's data file."),
        advice=mark("A backup or virus scan may be reading it; try again in a minute."),
        button=mark("Try again"),
    ),
    Message(
        code="store.damaged",
        sentence=mark("Bridge's data file is damaged."),
        advice=mark("Put back the last snapshot: bridge-gui restore. What was sent since is found again."),
    ),
    Message(
        code="store.newer",
        sentence=mark("The data in {file} was written by a newer Bridge."),
        advice=mark("Install the newer Bridge on this computer too."),
    ),
    Message(
        code="store.unfinished",
        sentence=mark(
            "The data in {file} was made by an unfinished Bridge, or changed by another program:"
            " {missing} is not in it."
        ),
        advice=mark("Nothing in it was changed. Put back a copy: bridge-gui restore FILE."),
    ),
    Message(
        code="copies.no_snapshot",
        sentence=mark("There is no snapshot in {folder}."),
        advice=mark("Name a copy that you made: bridge-gui restore FILE."),
    ),
    Message(
        code="copies.not_found",
        sentence=mark("There is no file {file}."),
        advice=mark("Name a copy that Bridge has made."),
    ),
    Message(
        code="copies.not_ours",
        sentence=mark("{file} is not a whole copy of Bridge's data."),
        advice=mark("Choose another copy; nothing was changed."),
    ),
    Message(
        code="copies.no_place",
        sentence=mark("Bridge cannot write to {folder}."),
        advice=mark("Choose another folder for the copy."),
    ),
    Message(
        code="store.amount_too_fine",
        sentence=mark("The amount {amount} has more decimals than Bridge keeps."),
        advice=mark("Nothing was sent. Correct the amount at the sales side."),
    ),
    Message(
        code="entry.unbalanced",
        sentence=mark("A journal entry would not balance; it is off by {difference}."),
        advice=mark("Nothing was sent. This is a fault of Bridge: please send the details to its support."),
    ),
)
