"""The sentences of the command line's own codes."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_FILES = (
    Message(
        code="answers.no_file",
        sentence=mark("There is no file {file}."),
        advice=mark("Write one with: bridge-gui connect KIND --questions > answers.toml"),
    ),
    Message(
        code="answers.is_folder",
        sentence=mark("{file} is a folder, not a file with answers."),
    ),
    Message(
        code="answers.unreadable",
        sentence=mark("{file} cannot be read."),
        advice=mark("Check its name and its rights."),
    ),
    Message(
        code="answers.too_big",
        sentence=mark("{file} is larger than a megabyte; answers are a page of text."),
        advice=mark("Check that this is the right file."),
    ),
    Message(
        code="answers.not_utf8",
        sentence=mark("{file} is not a text in UTF-8."),
        advice=mark("Save it again with the encoding UTF-8."),
    ),
    Message(
        code="answers.not_toml",
        sentence=mark("Line {line} of {file} cannot be understood."),
        advice=mark('Texts stand in quotation marks, as in: client_id = "0123"'),
    ),
    Message(
        code="answers.secret_in_file",
        sentence=mark("{label} ({key}) is a secret and does not belong in a file."),
        advice=mark("Take it out of the file and give it on standard input: --secrets -"),
    ),
    Message(
        code="answers.sign_in",
        sentence=mark("{label} ({key}) is not answered in a file or on standard input."),
        advice=mark("Leave it out: the command prints the address of the page on which you sign in."),
    ),
)

_USE = (
    Message(
        code="keychain.none",
        sentence=mark("This computer has no keychain that is running, and no secrets were given."),
        advice=mark("Give them with --secrets -, or start the system's keychain and connect again."),
    ),
    Message(code="cli.usage", sentence=mark("{problem}"), advice=mark("See: {help}")),
    Message(
        code="cli.no_bridges",
        sentence=mark("There is no bridge yet."),
        advice=mark("Set one up with: bridge-gui connect KIND --questions. Kinds: {kinds}."),
    ),
    Message(
        code="cli.which",
        sentence=mark("There are several bridges; say which, or --all."),
        advice=mark("There are: {names}."),
    ),
    Message(
        code="cli.nothing_scheduled",
        sentence=mark("No bridge has a schedule, so there is nothing to watch."),
        advice=mark("Set “schedule” in the [settings] of its answers and connect again."),
    ),
    Message(
        code="cli.no_vendor",
        sentence=mark("There is no vendor called {name}."),
        advice=mark("There are: {names}."),
    ),
    Message(
        code="cli.no_item",
        sentence=mark("Nothing that needs attention is called {item}."),
        advice=mark("List what there is with: bridge-gui attention"),
    ),
    Message(
        code="cli.not_written",
        sentence=mark("{file} could not be written."),
        advice=mark("Say another place with --to."),
    ),
    Message(
        code="cli.no_demo",
        sentence=mark("None of the bridges has a demo company."),
    ),
    Message(
        code="sandbox.in_use",
        sentence=mark("Another sandbox serves the state in {folder}."),
        advice=mark("End it first, or use another folder."),
    ),
)

MESSAGES: tuple[Message, ...] = (*_FILES, *_USE)
