"""Asking other sites something, without being led where a stranger wants us to go.

The name is looked up once, every address it has must be one of the public internet, and the
connection goes to the address that was looked at: a name that changes its mind between the two
gains nothing.  Redirects are not followed here; whoever does asks again, and all of it is looked
at again.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
OURS = frozenset()  # addresses of servers that tests make for themselves


class NotPublic(Exception):
    """An address we don’t ask: of another scheme, or not of the public internet."""


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes


def ask(url, *, agent, seconds=10, largest=0, schemes=("http", "https")):
    """The Answer of ``url``, with at most ``largest`` bytes of its body.

    ``seconds`` is all the time it gets, however slowly it drips.  Raises NotPublic, ValueError,
    TimeoutError, ssl.SSLError, OSError or http.client.HTTPException.
    """
    parts = urlsplit(url)
    if parts.scheme not in schemes or not parts.hostname or parts.username is not None:
        raise NotPublic(url)
    port = parts.port or PORTS[parts.scheme]
    address = _looked_up(parts.hostname, port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kind = _Secure if parts.scheme == "https" else _Plain
    with closing(kind(parts.hostname, port, timeout=seconds)) as connection:
        connection.address = address
        with _Deadline(connection, seconds):
            connection.request("GET", path, headers={"User-Agent": agent, "Accept": "*/*"})
            response = connection.getresponse()
            body = response.read(largest) if largest else b""
            return Answer(response.status, response.headers.get("Location") or "", body)


def _looked_up(host, port):
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [address[0] for *_kind, address in found]
    if not addresses or not all(map(_is_public, addresses)):
        raise NotPublic(host)
    return addresses[0]


def _is_public(address):
    """Not of this machine, its network, or any range kept for something else (RFC 6890)."""
    if address in OURS:
        return True
    known = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(known, "ipv4_mapped", None) or getattr(known, "sixtofour", None)
    return known.is_global and not known.is_multicast and (inner is None or inner.is_global)


class _Plain(http.client.HTTPConnection):
    address = ""

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)


class _Secure(http.client.HTTPSConnection):
    address = ""

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


class _Deadline:
    """Cuts a connection off that is still open after ``seconds``: TimeoutError."""

    def __init__(self, connection, seconds):
        self.connection, self.is_over = connection, False
        self.timer = threading.Timer(seconds, self._cut)
        self.timer.daemon = True

    def __enter__(self):
        self.timer.start()

    def __exit__(self, kind, error, _trace):
        self.timer.cancel()
        if self.is_over:  # what was read until then is only half
            raise TimeoutError from error

    def _cut(self):
        self.is_over = True
        if sock := self.connection.sock:
            with suppress(OSError):  # it ended by itself meanwhile
                sock.shutdown(socket.SHUT_RDWR)
