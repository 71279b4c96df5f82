"""Encryption as the system trusts it: certificates made on the spot, good, wrong and old."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import sys
from pathlib import Path

import pytest

from bridge_gui.errors import Passing, SetupError
from bridge_gui.web.answer import Lost, Request
from bridge_gui.web.manners import Manners
from bridge_gui.web.tls import system_context
from tests.web.toys import answer, raw

x509 = pytest.importorskip("cryptography.x509", reason="the cryptography package makes the certificates")
pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="SSL_CERT_FILE stands for the store on Linux only"
)


class Maker:
    """A little authority of certificates in a folder."""

    def __init__(self, folder: Path) -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        self.folder = folder
        self.curve = ec.SECP256R1()
        self.key = ec.generate_private_key(self.curve)
        self.certificate = self._sign("Toy authority", self.key, None, authority=True)
        (folder / "ca.pem").write_bytes(self._pem(self.certificate))

    def context(self, *, days: int = 1, name: str = "127.0.0.1", alone: bool = False) -> ssl.SSLContext:
        from cryptography.hazmat.primitives import serialization as form
        from cryptography.hazmat.primitives.asymmetric import ec

        key = ec.generate_private_key(self.curve)
        certificate = self._sign("Toy", key, name, days=days, alone=alone)
        text = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
        file = self.folder / f"{certificate.serial_number}.pem"
        file.write_bytes(text + self._pem(certificate))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _sign(self, title, key, name, *, days=1, alone=False, authority=False):
        from cryptography.hazmat.primitives import hashes

        def titled(text):
            return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

        own = alone or authority
        end = dt.datetime.now(dt.UTC) + dt.timedelta(days=days)
        builder = (
            x509.CertificateBuilder()
            .subject_name(titled(title))
            .issuer_name(titled(title if own else "Toy authority"))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(end - dt.timedelta(days=5))
            .not_valid_after(end)
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        )
        if name:
            alternative = (
                x509.IPAddress(ipaddress.ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
            )
            builder = builder.add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        return builder.sign(key if own else self.key, hashes.SHA256())

    def _pem(self, certificate) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding

        return certificate.public_bytes(Encoding.PEM)


@pytest.fixture
def maker(tmp_path) -> Maker:
    return Maker(tmp_path)


@pytest.fixture
def trusted(maker, monkeypatch) -> Maker:
    monkeypatch.setenv("SSL_CERT_FILE", str(maker.folder / "ca.pem"))
    return maker


def test_what_the_system_trusts_is_trusted_and_used_again(toy, bench, trusted):
    server = toy(answer(), context=trusted.context())
    table = bench(server.base)
    assert [table.client.read("GET", "/a").status, table.client.write("POST", "/a", json=1).status] == [
        200,
        200,
    ]
    assert server.connections == 1


def test_a_handshake_that_hangs_holds_up_no_other_thread(toy, bench, trusted):
    import socket
    import threading
    import time

    server = toy(answer(), context=trusted.context())
    with socket.create_server(("127.0.0.1", 0)) as mute:
        stuck = threading.Event()
        table = bench(server.base, manners=Manners(connect=10))
        url = f"https://127.0.0.1:{mute.getsockname()[1]}/a"
        request = Request(method="GET", url=url, headers={})

        def hang():
            with pytest.raises(Lost):
                table.transport.send(request, Manners(connect=10), stuck)

        thread = threading.Thread(target=hang)
        thread.start()
        held, _ = mute.accept()
        held.recv(1)
        begun = time.monotonic()
        assert table.client.read("GET", "/a").status == 200
        assert time.monotonic() - begun < 2
        stuck.set()
        thread.join()
        held.close()


def refused(toy, bench, context, why: str) -> None:
    server = toy(answer(), context=context)
    table = bench(server.base)
    for call in (table.client.read, table.client.write):
        with pytest.raises(SetupError) as caught:
            call("POST", "/a")
        assert (caught.value.code, caught.value.params) == ("net.tls", {"host": "127.0.0.1", "why": why})
    assert (server.received, server.connections, table.hurry.waits) == ([], 2, [])


def test_an_unknown_authority_is_refused_and_not_tried_again(toy, bench, maker):
    refused(toy, bench, maker.context(), "unknown_issuer")


def test_a_certificate_that_signs_itself_is_refused(toy, bench, trusted):
    refused(toy, bench, trusted.context(alone=True), "self_signed")


def test_an_expired_certificate_is_refused(toy, bench, trusted):
    refused(toy, bench, trusted.context(days=-1), "expired")


def test_a_certificate_of_the_future_is_refused(toy, bench, trusted):
    refused(toy, bench, trusted.context(days=30), "not_yet_valid")


@pytest.mark.parametrize("name", ["elsewhere.example", "127.0.0.2"])
def test_a_certificate_of_another_name_is_refused(toy, bench, trusted, name):
    refused(toy, bench, trusted.context(name=name), "wrong_name")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1")
def test_old_encryption_is_refused(toy, bench, trusted):
    context = trusted.context()
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    refused(toy, bench, context, "no_agreement")
    assert system_context().minimum_version is ssl.TLSVersion.TLSv1_2


def test_a_server_without_encryption_is_refused(bench):
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak():
            sock, _ = server.accept()
            sock.recv(10)
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            sock.close()

        threading.Thread(target=speak, daemon=True).start()
        with pytest.raises(SetupError) as caught:
            bench(f"https://127.0.0.1:{server.getsockname()[1]}").client.write("POST", "/a")
    assert caught.value.params["why"] == "no_agreement"


def test_a_handshake_that_is_cut_never_left_and_is_tried_again(bench):
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as server:

        def hang_up():
            for _ in range(2):
                sock, _ = server.accept()
                sock.recv(2000)
                sock.close()

        threading.Thread(target=hang_up, daemon=True).start()
        table = bench(f"https://127.0.0.1:{server.getsockname()[1]}", manners=Manners(tries=2))
        with pytest.raises(Passing, match=r"net\.unreachable"):
            table.client.write("POST", "/a")
    assert table.calls == 0


def test_a_write_cut_after_the_handshake_is_in_doubt(toy, bench, trusted):
    from bridge_gui.errors import OutcomeUnknown
    from tests.web.toys import half, hang_up

    for act in (hang_up, half, raw(b"")):
        server = toy(act, context=trusted.context())
        with pytest.raises(OutcomeUnknown):
            bench(server.base).client.write("POST", "/a")
