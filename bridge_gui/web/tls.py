"""Encryption: the system's own store of trusted certificates, TLS 1.2 at the least."""

from __future__ import annotations

import ssl

_WHY = {
    9: "not_yet_valid",
    10: "expired",
    18: "self_signed",
    19: "unknown_issuer",
    20: "unknown_issuer",
    21: "unknown_issuer",
    62: "wrong_name",
    64: "wrong_name",
}
"""OpenSSL's verification codes that a user can do something about."""


def system_context() -> ssl.SSLContext:
    """A context that trusts what the operating system trusts."""
    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def why_refused(error: ssl.SSLError) -> str:
    """Why the encryption was refused for good; empty when the line was merely cut in the handshake."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return _WHY.get(getattr(error, "verify_code", 0), "not_trusted")
    passing = isinstance(error, (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError))
    return "" if passing else "no_agreement"
