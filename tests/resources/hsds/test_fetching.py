"""Reading another publisher’s API: over https, from the public internet, and within limits."""

import ipaddress
import json
import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from resources import fetching as asking
from resources.directory_file import Refused
from resources.hsds import taking_in
from resources.hsds.fetching import NotRead, read
from resources.models import Service

PLACE = {"id": "1", "name": "Elsewhere", "status": "active", "url": "https://place.example/"}


class Publisher(BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.partition("?")[0]
        if path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", path.removeprefix("/to/"))
            return self.end_headers()
        said = self.answers().get(path)
        self.send_response(200 if said else 404)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def answers(self):
        first = "page=2" not in self.path
        page = {"total_pages": 2, "last_page": not first}
        one = PLACE if first else PLACE | {"id": "2", "name": "Further"}
        return {
            "/api/": {"version": "3.1"},
            "/api/services": page | {"contents": [one]},
            "/api/services/1": PLACE | {"phones": [{"number": "020 7946 0000"}]},
            "/api/services/2": PLACE | {"id": "2", "name": "Further"},
        }

    def log_message(self, *said):
        pass


def certificate(path):
    """Of this machine, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    kept = key.private_bytes(pem, private, serialization.NoEncryption())
    path.write_bytes(kept + made.public_bytes(pem))
    return str(path)


@pytest.fixture
def publisher(tmp_path, monkeypatch):
    file = certificate(tmp_path / "own.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Publisher)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *said: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SSL_CERT_FILE", file)
    monkeypatch.setattr(asking, "OURS", {"127.0.0.1", "::1"})
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
def test_an_api_is_read_page_by_page_and_each_place_in_full(publisher):
    said = {"publisher_url": "", "licence": "CC0-1.0", "kind": "charity", "country": "GB"}
    taken = taking_in.read(f"{publisher}/api/", publisher_name="Other", **said)
    assert len(taken.merge().added) == 2
    assert [place.phones.count() for place in Service.objects.order_by("name")] == [1, 0]
    assert Service.objects.get(identifier="1").source_url == f"{publisher}/api/services/1"
    assert Service.objects.first().publisher.url == f"{publisher}/api"
    assert len(taken.notes) == 5, "no profile, no OpenAPI document, and three lists are missing"


def test_redirects_are_followed_and_each_is_looked_at(publisher, monkeypatch):
    assert b"version" in read(f"{publisher}/to//api/")
    with pytest.raises(NotRead, match="again and again"):
        read(f"{publisher}/to//to//to//to//to//api/")
    with pytest.raises(NotRead, match="https"):
        read(f"{publisher}/to/http://127.0.0.1/")
    monkeypatch.setattr(asking, "OURS", {"127.0.0.1"})
    with pytest.raises(NotRead, match="public internet"):
        read(f"{publisher}/to/https://127.0.0.2/")


def test_more_than_we_can_take_is_not_taken(publisher):
    with pytest.raises(NotRead, match="more than we can take"):
        read(f"{publisher}/api/", most=5)
    with pytest.raises(NotRead, match="404"):
        read(f"{publisher}/nothing")


@pytest.mark.parametrize(
    "address",
    [
        "http://other.example/",
        "file:///etc/passwd",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "https://10.0.0.1/",
        "https://user:password@other.example/",
        "https:///api",
        "https://other.example/ü",
        "https://other.example/a b",
        "https://no-such-name.invalid/",
        "https://[",
    ],
)
@pytest.mark.django_db
def test_what_is_not_of_the_public_internet_is_not_asked(address):
    with pytest.raises(NotRead):
        read(address)
    with pytest.raises(Refused):
        taking_in.read(address, publisher_name="A", publisher_url="", licence="CC0-1.0")


def test_a_certificate_that_is_not_right_is_not_trusted(publisher, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotRead, match="certificate"):
        read(f"{publisher}/api/")
