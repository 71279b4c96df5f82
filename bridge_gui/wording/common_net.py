"""Sentences about the road to a vendor: network, encryption, sign-in, keychain."""

from __future__ import annotations

from bridge_gui.wording.message import Message, mark

_GOES_ON = mark("Nothing is lost: the next sync goes on where this one ended.")
_CHECK_LINE = mark("Check the internet connection; the next sync goes on where this one ended.")
_SUPPORT = mark("Look whether there is a newer Bridge; if not, send the details from the log to support.")
_CLOCK = mark("Check this computer's date and time, then try again.")
_TRUST = mark("Ask whoever looks after this computer's network; do not send figures before that is clear.")
_AGAIN = mark("Try again")

_ROAD = (
    Message(
        code="net.unreachable", sentence=mark("{host} cannot be reached."), advice=_CHECK_LINE, button=_AGAIN
    ),
    Message(
        code="net.timeout", sentence=mark("{host} did not answer in time."), advice=_GOES_ON, button=_AGAIN
    ),
    Message(
        code="net.cut",
        sentence=mark("The connection to {host} broke off."),
        advice=_CHECK_LINE,
        button=_AGAIN,
    ),
    Message(
        code="net.proxy",
        sentence=mark("The proxy of this network did not let Bridge through to {host}."),
        advice=mark("Ask whoever looks after the network to allow {host}."),
        button=_AGAIN,
    ),
    Message(
        code="net.proxy_kind",
        sentence=mark("This computer's settings name a proxy of a kind Bridge cannot use ({scheme})."),
        advice=mark("Set an http proxy in the system's network settings, or none."),
    ),
    Message(
        code="run.day_left",
        sentence=mark("Left of what {vendor} allows today: {left}."),
    ),
    Message(
        code="net.too_many",
        sentence=mark("The vendor asks for fewer calls for a while."),
        advice=mark("Nothing to do: Bridge goes on by itself when the time has passed."),
    ),
    Message(
        code="net.server_error",
        sentence=mark("{host} has a fault of its own at the moment (status {status})."),
        advice=_GOES_ON,
        button=_AGAIN,
    ),
    Message(
        code="net.refused",
        sentence=mark("{host} refused this and gave no reason Bridge knows (status {status})."),
        advice=mark(
            "Nothing was booked. Try again; if it stays so, send the details from the log to support."
        ),
        button=_AGAIN,
    ),
    Message(
        code="net.outcome_unknown",
        sentence=mark("{number} of {day} was sent to {host}, and no answer came back."),
        advice=mark(
            "Bridge looks whether it is there before it sends anything again. Nothing is booked twice."
        ),
    ),
    Message(
        code="net.redirected",
        sentence=mark("{host} sends Bridge elsewhere ({to}), where your sign-in must not go."),
        advice=mark(
            "Check the address of the connection. A guest network that asks for a log-in does this too."
        ),
    ),
    Message(
        code="net.too_big", sentence=mark("{host} sent far more than Bridge asked for."), advice=_SUPPORT
    ),
    Message(
        code="net.empty",
        sentence=mark("{vendor} sent an empty answer where it promises data."),
        advice=_GOES_ON,
        button=_AGAIN,
    ),
    Message(
        code="net.html",
        sentence=mark("A web page came back where {vendor} promises data."),
        advice=mark("A guest network that asks for a log-in does this, or a wrong address. Check both."),
        button=_AGAIN,
    ),
    Message(code="net.not_json", sentence=mark("{vendor} sent something that is not data."), advice=_SUPPORT),
    Message(
        code="vendor.changed",
        sentence=mark("{vendor} answers otherwise than it documents ({path})."),
        advice=_SUPPORT,
    ),
    Message(
        code="vendor.page_repeats",
        sentence=mark("{vendor} sends a list that does not end (page {page})."),
        advice=mark(
            "Bridge stopped before reading anything twice. Send the details from the log to support."
        ),
    ),
)

_ENCRYPTION = (
    Message(
        code="net.tls",
        sentence=mark("{host} could not show that it is who it says it is."),
        advice=_TRUST,
    ),
    Message(code="net.tls.expired", sentence=mark("The certificate of {host} has expired."), advice=_CLOCK),
    Message(
        code="net.tls.not_yet_valid",
        sentence=mark("The certificate of {host} is not valid yet."),
        advice=_CLOCK,
    ),
    Message(
        code="net.tls.wrong_name",
        sentence=mark("The certificate at {host} belongs to somebody else."),
        advice=mark("Check the address of the connection."),
    ),
    Message(
        code="net.tls.no_agreement",
        sentence=mark("{host} offers no encryption this computer accepts."),
        advice=mark("Check the address of the connection, and that this computer's system is up to date."),
    ),
)

_SIGN_IN = (
    Message(
        code="signin.refused",
        sentence=mark("{host} does not accept the sign-in any more."),
        advice=mark("Sign in again; until then nothing is sent."),
        button=mark("Sign in again"),
    ),
    Message(
        code="signin.forbidden",
        sentence=mark("The sign-in at {host} is right, but it may not do this."),
        advice=mark("Give the connection the rights it needs at the vendor, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="signin.no_secret",
        sentence=mark("There is no sign-in for {vendor} on this computer."),
        advice=mark("Sign in again. After a move to another computer this is needed once."),
        button=mark("Sign in again"),
    ),
    Message(
        code="signin.unprintable",
        sentence=mark("The pasted secret holds line breaks or letters that cannot be in it."),
        advice=mark("Copy it again at the vendor, without anything around it."),
    ),
)

_SIGN_AGAIN = mark("Sign in again")
_OAUTH = (
    Message(
        code="oauth.no_port",
        sentence=mark("Other programs use all the ports that a sign-in needs ({ports})."),
        advice=mark("Close what uses one of them, or paste the address of the last page instead."),
        button=_AGAIN,
    ),
    Message(
        code="oauth.paste",
        sentence=mark("This is not the address of the last page."),
        advice=mark("After signing in, copy the whole address out of the browser's address line."),
    ),
    Message(
        code="oauth.other_page",
        sentence=mark("This address belongs to an earlier try."),
        advice=mark("Start the sign-in once more, and copy the address of its own last page."),
    ),
    Message(
        code="oauth.client",
        sentence=mark("{host} does not know this app."),
        advice=mark("Compare the app's key with the one the vendor shows, letter by letter."),
        button=_SIGN_AGAIN,
    ),
    Message(
        code="oauth.scope",
        sentence=mark("{host} does not give this app the rights that Bridge needs."),
        advice=mark("Look at the app's settings at the vendor; an app made anew has the right ones."),
        button=_SIGN_AGAIN,
    ),
    Message(
        code="oauth.denied",
        sentence=mark("The access was refused on the page of {host}."),
        advice=mark("Sign in again, and allow the access on the last page."),
        button=_SIGN_AGAIN,
    ),
    Message(
        code="oauth.waited",
        sentence=mark("Nobody finished the sign-in in the browser."),
        advice=mark("Start it again when you have the time; it takes a minute."),
        button=_SIGN_AGAIN,
    ),
    Message(
        code="oauth.used",
        sentence=mark("The answer of {host} came too late, or was used before."),
        advice=mark("Sign in again; the answer is good for some minutes only."),
        button=_SIGN_AGAIN,
    ),
    Message(
        code="oauth.ended",
        sentence=mark("The sign-in at {host} has ended."),
        advice=mark("Sign in again; until then nothing is sent."),
        button=_SIGN_AGAIN,
    ),
    Message(
        code="oauth.no_company",
        sentence=mark("This sign-in leads to no company at {vendor}."),
        advice=mark("Sign in again and choose a company on the vendor's page."),
        button=_SIGN_AGAIN,
    ),
    Message(
        code="oauth.which_company",
        sentence=mark("This sign-in leads to several companies: {names}."),
        advice=mark("Say which one is meant: write its name at {key} in the answers."),
    ),
    Message(
        code="oauth.disuse",
        sentence=mark("The sign-in of {name} at {vendor} ends on {day} for lack of use."),
        advice=mark("Sync once before that day, and it goes on; after it, sign in again."),
    ),
    Message(
        code="oauth.refused",
        sentence=mark("{host} did not sign Bridge in ({text})."),
        advice=mark("Sign in again; if it stays so, look at the app's settings at the vendor."),
        button=_SIGN_AGAIN,
    ),
)

_ADDRESS = (
    Message(code="address.empty", sentence=mark("The address is missing.")),
    Message(
        code="address.bad",
        sentence=mark("This is not an address."),
        advice=mark("It looks like https://api.example.com."),
    ),
    Message(
        code="address.not_https",
        sentence=mark("The address of {host} is not encrypted."),
        advice=mark("Use an address that begins with https://."),
    ),
    Message(
        code="address.user_info",
        sentence=mark("There is a name or password inside the address of {host}."),
        advice=mark("Leave it out; Bridge asks for secrets separately."),
    ),
    Message(
        code="address.query",
        sentence=mark("The address of {host} has a part after ? or #."),
        advice=mark("Leave that part out."),
    ),
)

_KEYCHAIN = (
    Message(
        code="keychain.none",
        sentence=mark("This computer has no keychain that is running, so secrets cannot be kept."),
        advice=mark("Secrets are forgotten when Bridge closes. Start the system's keychain to keep them."),
    ),
    Message(
        code="keychain.locked",
        sentence=mark("The keychain is locked."),
        advice=mark("Unlock it with the system's password, then try again."),
        button=_AGAIN,
    ),
    Message(
        code="keychain.refused",
        sentence=mark("The keychain did not do what Bridge asked ({backend})."),
        advice=mark(
            "Bridge keeps secrets nowhere else. Look at the keychain's own settings, then try again."
        ),
        button=_AGAIN,
    ),
    Message(
        code="keychain.damaged",
        sentence=mark("What lies in the keychain is not what Bridge put there."),
        advice=mark("Sign in again; that replaces it."),
        button=mark("Sign in again"),
    ),
)

NET: tuple[Message, ...] = (*_ROAD, *_ENCRYPTION, *_SIGN_IN, *_OAUTH, *_ADDRESS, *_KEYCHAIN)
