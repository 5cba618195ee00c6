"""One page from the web, when a URL is given: http and https alone, public addresses alone, bounded in time and size.

The host's name is resolved once and every address it has is checked; the connection goes to a checked address, so a
name that changes its address between check and connection (DNS rebinding) leads nowhere new. Every wait on the network
ends with the page's time, whichever part of its answer the server draws out. See ``docs/threat-model.md``.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Final, cast
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from summitry.errors import UnreadableSource
from summitry.intake.options import MAX_DOCUMENT_BYTES, MAX_FETCH_SECONDS, MAX_REDIRECTS, MAX_WAIT_SECONDS
from summitry.intake.unpack import Unpacked, too_large, whole

_CHUNK = 1 << 16
MAX_HEAD_BYTES: Final = 262_144
"""Bytes of an answer before its page: status lines and headers. Chromium gives up at as many."""
MAX_WIRE_BYTES: Final = MAX_HEAD_BYTES + 2 * MAX_DOCUMENT_BYTES
"""Bytes of an answer altogether: a page sent in parts of one byte each is six times its size, as none is sent."""
MAX_URL_CHARS: Final = 8_192
"""Characters of an address: more than web servers take by default."""

# Ports on which something other than the web listens, that a request might speak to: those to which browsers make none
# (Fetch standard, "port blocking").
_NO_WEB: Final = frozenset(
    int(port)
    for port in (
        "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 "
        "123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 "
        "990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080"
    ).split()
)

# Addresses that no public web server has, though Python's ipaddress (of 3.11 at least) calls some of them global: IETF
# protocol assignments (with one cloud's metadata at 192.0.0.192), relays of 6to4, and the metadata of another cloud.
_NOT_PUBLIC_4: Final = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32")))
# What is given out as public IPv6 is in 2000::/3 (RFC 4291, IANA's registry); in it are protocol assignments with
# Teredo, 6to4 (both carry IPv4 addresses, and are given up: RFC 7526), and two ranges for documentation.
_PUBLIC_6: Final = ipaddress.IPv6Network("2000::/3")
_NOT_PUBLIC_6: Final = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2002::/16", "2001:db8::/32", "3fff::/20")))
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP: Final = frozenset({0x5EFE, 0x02005EFE})
"""The first half of an interface's name that carries an IPv4 address in the other half (RFC 5214)."""
_HEADERS = {"User-Agent": "summitry/0.1", "Accept": "text/html, text/plain, */*;q=0.5", "Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: where it came from at last, its media type with charset, its bytes."""

    url: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request. ``headers`` are (name in lower case, value) pairs; ``content`` is empty
    unless the status is 200."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    content: bytes

    def header(self, name: str) -> str | None:
        """The first header of a name; None where there is none."""
        return next((value for one, value in self.headers if one == name.lower()), None)

    @property
    def redirect(self) -> str | None:
        """The address the server sends to; None where it sends nowhere."""
        where = self.header("location") if self.status in (301, 302, 303, 307, 308) else None
        try:
            return urljoin(self.url, where) if where else None
        except ValueError:
            return where  # no address at all, which whoever asks for it is told


class NoAnswer(UnreadableSource):
    """A server that is not there, or does not answer in time or as a web server does: it may later."""


class NotAsked(UnreadableSource):
    """An address that no server was asked for: it is none, or leads where it may not."""


def fetch(url: str, *, allow_private: bool = False, deadline: float | None = None) -> Fetched:
    """The page at ``url``, redirects followed and checked like the first address.

    Args:
        url: an absolute http or https URL.
        allow_private: whether private, loopback and link-local addresses may be asked.
        deadline: ``time.monotonic()`` seconds after which to give up; None is 30 seconds from now.

    Raises:
        UnreadableSource: stage ``fetch`` or ``unpack``: anything that did not work, and why.
    """
    end = deadline if deadline is not None else time.monotonic() + MAX_FETCH_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        answer = ask(url, allow_private=allow_private, deadline=end)
        if (moved := answer.redirect) is not None:
            url = moved
        elif answer.status != 200:
            raise UnreadableSource("fetch", f"the server answered {answer.status} {answer.reason}; check the URL")
        else:
            return Fetched(answer.url, answer.header("content-type") or "text/plain", answer.content)
    raise UnreadableSource("fetch", f"it redirects more than {MAX_REDIRECTS} times; give the final address")


def ask(
    url: str, *, allow_private: bool = False, deadline: float | None = None, headers: Sequence[tuple[str, str]] = ()
) -> Answer:
    """One request, whatever the server answers; no redirect is followed.

    Args:
        url: an absolute http or https URL.
        allow_private: whether private, loopback and link-local addresses may be asked.
        deadline: ``time.monotonic()`` seconds after which to give up; None is 30 seconds from now.
        headers: sent besides, or in place of, the usual ones.

    Raises:
        NoAnswer: no answer, or none of a web server.
        NotAsked: the address is none, or may not be asked.
        UnreadableSource: what it sends is too large or damaged.
    """
    end = deadline if deadline is not None else time.monotonic() + MAX_FETCH_SECONDS
    parts = _checked(url)
    address = _address(parts, allow_private)
    try:
        return _ask(parts, address, end, headers)
    except UnreadableSource:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer(
            "fetch", f"{parts.hostname} did not answer as a web server does ({_why(error)}); try later"
        ) from error


def _checked(url: str) -> SplitResult:
    if len(url) > MAX_URL_CHARS:
        raise NotAsked("fetch", f"the URL has {len(url):,} characters; at most {MAX_URL_CHARS:,} are asked for")
    try:
        parts = urlsplit(url)
        port_ok = parts.port is None or 0 < parts.port < 65536
        if parts.scheme not in ("http", "https") or not parts.hostname or not port_ok:
            raise ValueError("no http or https address")
        if parts.username or parts.password:
            raise NotAsked("fetch", "the URL holds a user name or password; give one without, or save the page first")
        if parts.port in _NO_WEB:
            raise NotAsked("fetch", f"port {parts.port} is no port of web servers; save the page and give the file")
        parts.hostname.encode("idna")
    except ValueError as error:
        raise NotAsked("fetch", f"{url[:120]!r} is no usable URL; give http:// or https:// and a host") from error
    return parts


def _address(parts: SplitResult, allow_private: bool) -> str:
    """An address of the host, after every one of them was checked."""
    host = str(parts.hostname)
    try:
        found = socket.getaddrinfo(host.encode("idna").decode("ascii"), None, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        raise NoAnswer("fetch", f"the host {host[:120]!r} is not known; check the URL and the network") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise NotAsked(
                "fetch",
                f"{host} leads to {address}, which is not a public address; allow private addresses if that is meant",
            )
    if not addresses:
        raise NotAsked("fetch", f"the host {host!r} has no address; check the URL")
    return addresses[0]


def _is_public(address: str) -> bool:
    """Whether an IP address, and any IPv4 address carried inside it, is one of the open internet."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not ip.is_multicast and not any(ip in each for each in _NOT_PUBLIC_4)
    if ip.ipv4_mapped is not None:
        return _is_public(str(ip.ipv4_mapped))
    carried = str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    if ip in _NAT64:
        return _is_public(carried)
    if (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP and not _is_public(carried):
        return False
    return ip.is_global and ip in _PUBLIC_6 and not any(ip in each for each in _NOT_PUBLIC_6)


class _Received(io.RawIOBase):
    """What a server sends, byte by byte: no wait goes beyond the page's time, and it ends at a size.

    A server that drips its headers, or one ``100 Continue`` after another, never makes a single wait too long: time is
    looked at before each.
    """

    def __init__(self, raw: socket.socket, end: float) -> None:
        self._raw = raw
        self._end = end
        self._got = 0
        self.most = MAX_HEAD_BYTES

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what has come; 0 at the end."""
        self._raw.settimeout(_left(self._end))
        got = self._raw.recv_into(buffer)
        self._got += got
        if self._got > self.most:
            if self.most == MAX_HEAD_BYTES:
                raise NoAnswer("fetch", f"it sends more than {MAX_HEAD_BYTES:,} bytes of headers; no web page does")
            raise UnreadableSource("fetch", too_large(self._got, MAX_DOCUMENT_BYTES, "more than "))
        return got


class _Line:
    """As much of a socket as :mod:`http.client` asks for, reading through :class:`_Received`."""

    def __init__(self, raw: socket.socket, end: float) -> None:
        self._raw = raw
        self._end = end
        self.received = _Received(raw, end)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What is received, as a file; ``mode`` is ``rb``."""
        # Its own size: of the page no more than a piece is taken before its head has been counted.
        return io.BufferedReader(self.received, _CHUNK)

    def sendall(self, content: bytes) -> None:
        """Send a request."""
        self._raw.settimeout(_left(self._end))
        self._raw.sendall(content)

    def close(self) -> None:
        """Nothing: after the headers of a page that ends with its connection http.client closes what it still reads;
        :func:`_ask` closes the socket in any case."""


def _ask(parts: SplitResult, address: str, end: float, headers: Sequence[tuple[str, str]]) -> Answer:
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    raw = socket.create_connection((address, port), timeout=_left(end))
    try:
        if parts.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=_left(end))
        line = _Line(raw, end)
        connection.sock = cast(Any, line)
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
            f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else ""
        )
        name = host.encode("idna").decode("ascii")
        name = f"[{name}]" if ":" in name else name
        own = {"Host": name if parts.port is None else f"{name}:{port}"}
        connection.request("GET", target, headers={**_HEADERS, **dict(headers), **own})
        response = connection.getresponse()
        line.received.most = MAX_WIRE_BYTES
        body = b""
        if response.status == 200:
            body = _body(response)
            if (response.getheader("Content-Encoding") or "").lower() in ("gzip", "x-gzip"):
                body = whole(cast(BinaryIO, io.BufferedReader(Unpacked(io.BytesIO(body)))))
        told = tuple((name.lower(), value) for name, value in response.getheaders())
        return Answer(parts.geturl(), response.status, response.reason[:60], told, body)
    finally:
        raw.close()


def _body(response: http.client.HTTPResponse) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > MAX_DOCUMENT_BYTES:
            raise UnreadableSource("fetch", too_large(size, MAX_DOCUMENT_BYTES, "more than "))
        parts.append(chunk)
    return b"".join(parts)


def _left(end: float) -> float:
    """Seconds to wait for the next answer."""
    left = end - time.monotonic()
    if left <= 0:
        raise NoAnswer("fetch", f"the page took longer than {MAX_FETCH_SECONDS:.0f} seconds; save it and give the file")
    return min(left, MAX_WAIT_SECONDS)


def _why(error: Exception) -> str:
    return "no answer in time" if isinstance(error, TimeoutError) else str(error).strip()[:120] or type(error).__name__
