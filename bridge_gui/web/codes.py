"""Every code this room raises, in one place: its error class, its parameters, and what it means.

The sentences are `wording`'s; this table is what they are written from, and a test holds both to it.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """One code: the class it is raised as, the parameters that always come with it, and its meaning."""

    raised_as: str
    params: tuple[str, ...]
    meaning: str


CODES: dict[str, Code] = {
    # The road to the vendor. Passing ones may carry `retry_after` (not a parameter).
    "net.unreachable": Code("Passing", ("host",), "the name did not resolve or nobody took the call"),
    "net.timeout": Code("Passing", ("host",), "no connection or no answer in time"),
    "net.cut": Code("Passing", ("host",), "the connection broke in the middle"),
    "net.proxy": Code("Passing", ("host",), "the proxy in the system's settings did not let us through"),
    "net.too_many": Code("Passing", (), "the vendor asked for fewer calls"),
    "net.server_error": Code("Passing", ("host", "status"), "the vendor broke down (408, 500 and over)"),
    "net.refused": Code("Refused", ("host", "status"), "refused with a status the vendor's room left to us"),
    "net.outcome_unknown": Code(
        "OutcomeUnknown",
        ("host", "why"),
        "a write left and no answer tells what became of it; `why`: the code of what happened, or `stopped`",
    ),
    "net.tls": Code(
        "SetupError",
        ("host", "why"),
        "encryption refused: expired, not_yet_valid, self_signed, unknown_issuer, wrong_name, not_trusted, "
        "no_agreement (no common encryption, or none at all)",
    ),
    "net.proxy_kind": Code("SetupError", ("scheme",), "the system's settings name a proxy that is not http"),
    # What came back is not what the vendor's documentation promises.
    "net.redirected": Code("VendorChanged", ("host", "to"), "sent elsewhere, where our sign-in must not go"),
    "net.too_big": Code("VendorChanged", ("host",), "the answer is larger than anything reasonable"),
    "net.empty": Code("VendorChanged", ("vendor",), "an empty answer where data was promised"),
    "net.html": Code("VendorChanged", ("vendor",), "a web page where data was promised"),
    "net.not_json": Code("VendorChanged", ("vendor",), "neither data nor a web page"),
    "vendor.changed": Code("VendorChanged", ("vendor", "path"), "a field is missing or of another type"),
    "vendor.page_repeats": Code("VendorChanged", ("vendor", "page"), "a list repeats itself or does not end"),
    # Signing in.
    "signin.refused": Code("SignInError", ("host",), "the vendor does not accept the secrets (401)"),
    "signin.forbidden": Code("SetupError", ("host",), "signed in, but without the right to do this (403)"),
    "signin.unprintable": Code("SetupError", ("header",), "a pasted secret holds line breaks or odd letters"),
    # Signing in at the vendor's own page (OAuth 2).
    "oauth.no_port": Code("SetupError", ("ports",), "none of the registered loopback ports is free"),
    "oauth.paste": Code("SetupError", (), "what was pasted is not the address of the last page"),
    "oauth.other_page": Code("SetupError", (), "the pasted address belongs to another try"),
    "oauth.client": Code("SetupError", ("host",), "the vendor does not know the app, or not its secret"),
    "oauth.scope": Code("SetupError", ("host",), "the app may not ask for the rights Bridge needs"),
    "oauth.denied": Code("SignInError", ("host",), "the user said no at the vendor's page"),
    "oauth.waited": Code("SignInError", (), "nobody finished the vendor's page"),
    "oauth.used": Code("SignInError", ("host",), "the code of the last page is too old or was used"),
    "oauth.ended": Code("SignInError", ("host",), "the sign-in cannot be renewed any more"),
    "oauth.refused": Code("SignInError", ("host", "text"), "the vendor gives another reason"),
    # An address typed in.
    "address.empty": Code("SetupError", (), "no address"),
    "address.bad": Code("SetupError", (), "not an address"),
    "address.not_https": Code("SetupError", ("host",), "not encrypted, and not this computer"),
    "address.user_info": Code("SetupError", ("host",), "a name or password inside the address"),
    "address.query": Code("SetupError", ("host",), "a question mark or # part in the address"),
    # The keychain.
    "keychain.none": Code("SetupError", (), "this computer has no keychain that is running"),
    "keychain.locked": Code("SetupError", (), "the keychain is locked and was not unlocked"),
    "keychain.refused": Code(
        "SetupError",
        ("backend",),
        "the keychain did not do what was asked, or is of a kind that is not safe",
    ),
    "keychain.damaged": Code("SetupError", (), "what is in the keychain is not what Bridge put there"),
}
