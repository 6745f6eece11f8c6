"""Asking whether addresses answer: politely, safely, and nothing is hidden because of it."""

import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources import fetching, link_checks
from resources.models import LinkCheck, Service

Outcome = LinkCheck.Outcome


class Site(BaseHTTPRequestHandler):
    """Every kind of trouble, each at its own path."""

    asked = []

    def do_GET(self):
        self.asked.append((self.path, self.headers["User-Agent"]))
        name = self.path.strip("/")
        if name == "robots.txt":
            return self.say(200, b"User-agent: *\nDisallow: /private\n")
        if name == "slow":
            return self.drip()
        if name.isdigit():
            return self.say(int(name))
        here, port = f"http://127.0.0.1:{self.server.server_port}", self.server.server_port
        elsewhere = {
            "moved": f"http://localhost:{port}/200",
            "www": f"{here}/200",
            "round": "/and-round",
            "and-round": "/round",
            "inside": "http://169.254.169.254/latest/meta-data/",
            "file": "file:///etc/passwd",
            "many-0": "/many-1",
        } | {f"many-{n}": f"/many-{n + 1}" for n in range(1, 9)}
        return self.say(302, to=elsewhere[name])

    def say(self, status, body=b"words", to=""):
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self):
        """A byte now and then, for ever: no single wait is long."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for _byte in range(100):
            time.sleep(0.05)
            try:
                self.wfile.write(b"X: y\r\n")
            except OSError:
                return

    def log_message(self, *said):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def ours(monkeypatch):
    cache.clear()
    Site.asked.clear()
    monkeypatch.setattr(fetching, "OURS", {"127.0.0.1", "::1"})
    monkeypatch.setattr(link_checks, "SECONDS", 0.5)


@pytest.mark.parametrize(
    "path, outcome",
    [
        ("200", Outcome.FINE),
        ("www", Outcome.FINE),
        ("404", Outcome.GONE),
        ("410", Outcome.GONE),
        ("500", Outcome.BROKEN),
        ("403", Outcome.REFUSED),
        ("429", Outcome.REFUSED),
        ("moved", Outcome.MOVED),
        ("round", Outcome.LOOP),
        ("many-0", Outcome.LOOP),
        ("slow", Outcome.SLOW),
        ("private", Outcome.NOT_ASKED),
        ("inside", Outcome.UNREACHED),
        ("file", Outcome.UNREACHED),
    ],
)
def test_each_kind_of_answer_is_called_what_it_is(site, path, outcome):
    found, _status, moved_to = link_checks.ask_politely(f"{site}/{path}")
    assert found == outcome
    assert ("localhost" in moved_to) is (path == "moved")
    assert ("/private", link_checks.agent()) not in Site.asked


def test_it_says_who_it_is_and_asks_for_leave_first(site):
    link_checks.ask_politely(f"{site}/200")
    assert [path for path, _agent in Site.asked] == ["/robots.txt", "/200"]
    assert {said for _path, said in Site.asked} == {link_checks.agent()}
    assert "SmallHours-LinkCheck" in link_checks.agent() and "@" in link_checks.agent()


def test_a_site_is_asked_by_one_of_us_at_a_time(site):
    cache.add("link-host-127.0.0.1", True)
    assert link_checks.ask_politely(f"{site}/200")[0] == Outcome.NOT_ASKED
    assert Site.asked == []


def test_no_answer_at_all(site):
    for url in ("http://127.0.0.1:1/", "http://no-such-name.invalid/", "http://[::1"):
        assert link_checks.ask_politely(url)[0] == Outcome.UNREACHED


def a_certificate_of_nobody(path):
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    private = serialization.PrivateFormat.PKCS8
    kept = key.private_bytes(pem, private, serialization.NoEncryption())
    path.write_bytes(kept + made.public_bytes(pem))
    return path


def test_a_certificate_that_is_not_right(site, tmp_path):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(a_certificate_of_nobody(tmp_path / "own.pem"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *said: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_port
    try:
        assert link_checks.ask_politely(f"https://localhost:{port}/200")[0] == Outcome.UNSAFE
    finally:
        server.shutdown()
        server.server_close()
    plain = site.replace("http://127.0.0.1", "https://localhost")
    assert link_checks.ask_politely(f"{plain}/200")[0] == Outcome.UNSAFE


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0", "100.64.0.1",
     "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:127.0.0.1]", "[2002:7f00:1::]", "224.0.0.1",
     "2130706433", "0x7f000001", "127.1"],
)  # fmt: skip
def test_addresses_inside_are_never_asked(monkeypatch, address):
    monkeypatch.setattr(fetching, "OURS", frozenset())
    monkeypatch.setattr(fetching.socket, "create_connection", None)
    with pytest.raises(fetching.NotPublic):
        fetching.ask(f"http://{address}/", agent="x")


@pytest.mark.parametrize("url", ["ftp://example.org/", "file:///etc/passwd", "gopher://a/",
                                 "http://user:word@example.org/", "//example.org", ""])  # fmt: skip
def test_only_plain_web_addresses_are_asked(url):
    with pytest.raises(fetching.NotPublic):
        fetching.ask(url, agent="x")


def test_a_person_is_asked_after_two_failures_a_week_apart_and_nothing_is_hidden(
    site, place, client
):
    service = place(url=f"{site}/404", source_url=f"{site}/200", phones=[("voice", "116 123")])
    start = timezone.now()
    for days, asked in ((0, 0), (6, 0), (8, 1), (15, 1)):
        with time_machine.travel(start + timedelta(days=days), tick=True):
            link_checks.check.call(service.pk)
        assert LinkCheck.objects.to_look_at().count() == asked
        assert 'href="tel:116123"' in client.get(service.get_absolute_url()).text
    Service.objects.filter(pk=service.pk).update(url=f"{site}/200")
    with time_machine.travel(start + timedelta(days=30), tick=True):
        link_checks.check.call(service.pk)
    assert not LinkCheck.objects.to_look_at().exists()
    assert [row.outcome for row in service.link_checks.all()] == [Outcome.FINE]


def test_a_site_that_refuses_machines_is_not_called_broken(site, place):
    place(url=f"{site}/403", source_url=f"{site}/403")
    call_command("check_links")
    row = LinkCheck.objects.get()
    assert (row.outcome, row.first_failed_at) == (Outcome.REFUSED, None)


def test_an_address_is_asked_once_a_week(site, place):
    service = place(url=f"{site}/200", source_url=f"{site}/200")
    for _time in range(2):
        link_checks.check.call(service.pk)
    assert [path for path, _agent in Site.asked] == ["/robots.txt", "/200"]


def test_the_worker_is_handed_a_few_places_a_minute(place, settings):
    for _place in range(link_checks.A_ROUND + 2):
        place()
    settings.LINKS_ARE_CHECKED = False
    link_checks.ask_due()
    assert DBTaskResult.objects.count() == 0
    settings.LINKS_ARE_CHECKED = True
    link_checks.ask_due()
    link_checks.ask_due()
    assert DBTaskResult.objects.count() == link_checks.A_ROUND
