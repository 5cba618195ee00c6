"""One page from the web, when a URL is given: http and https alone, public addresses alone, bounded in time and size.

The host's name is resolved once and every address it has is checked; the connection goes to a checked address, so a
name that changes its address between check and connection (DNS rebinding) leads nowhere new.
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
from typing import BinaryIO, cast
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from summitry.errors import UnreadableSource
from summitry.intake.options import MAX_DOCUMENT_BYTES, MAX_FETCH_SECONDS, MAX_REDIRECTS, MAX_WAIT_SECONDS
from summitry.intake.unpack import Unpacked, too_large, whole

_CHUNK = 1 << 16
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
    try:
        parts = urlsplit(url)
        port_ok = parts.port is None or 0 < parts.port < 65536
        if parts.scheme not in ("http", "https") or not parts.hostname or not port_ok:
            raise ValueError("no http or https address")
        if parts.username or parts.password:
            raise NotAsked("fetch", "the URL holds a user name or password; give one without, or save the page first")
        parts.hostname.encode("idna")
    except ValueError as error:
        raise NotAsked("fetch", f"{url[:120]!r} is no usable URL; give http:// or https:// and a host") from error
    return parts


def _address(parts: SplitResult, allow_private: bool) -> str:
    """An address of the host, after every one of them was checked."""
    host = str(parts.hostname)
    try:
        found = socket.getaddrinfo(host.encode("idna").decode("ascii"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer("fetch", f"the host {host!r} is not known; check the URL and the network") from error
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
    inner: list[ipaddress.IPv4Address] = []
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [v4 for v4 in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())) if v4 is not None]
        if ip in ipaddress.ip_network("64:ff9b::/96"):  # NAT64 carries an IPv4 address in its last 32 bits
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return all(one.is_global and not one.is_multicast for one in (ip, *inner))


def _ask(parts: SplitResult, address: str, end: float, headers: Sequence[tuple[str, str]]) -> Answer:
    host = str(parts.hostname)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    raw = socket.create_connection((address, port), timeout=_left(end))
    try:
        if parts.scheme == "https":
            raw = ssl.create_default_context().wrap_socket(raw, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=_left(end))
        connection.sock = raw
        target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~") + (
            f"?{quote(parts.query, safe='/%:@!$&()*+,;=~?')}" if parts.query else ""
        )
        name = host.encode("idna").decode("ascii")
        name = f"[{name}]" if ":" in name else name
        own = {"Host": name if parts.port is None else f"{name}:{port}"}
        connection.request("GET", target, headers={**_HEADERS, **dict(headers), **own})
        response = connection.getresponse()
        body = b""
        if response.status == 200:
            body = _body(response, raw, end)
            if (response.getheader("Content-Encoding") or "").lower() in ("gzip", "x-gzip"):
                body = whole(cast(BinaryIO, io.BufferedReader(Unpacked(io.BytesIO(body)))))
        told = tuple((name.lower(), value) for name, value in response.getheaders())
        return Answer(parts.geturl(), response.status, response.reason[:60], told, body)
    finally:
        raw.close()


def _body(response: http.client.HTTPResponse, raw: socket.socket, end: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        raw.settimeout(_left(end))
        chunk = response.read1(_CHUNK)
        if not chunk:
            return b"".join(parts)
        size += len(chunk)
        if size > MAX_DOCUMENT_BYTES:
            raise UnreadableSource("fetch", too_large(size, MAX_DOCUMENT_BYTES, "more than "))
        parts.append(chunk)


def _left(end: float) -> float:
    """Seconds to wait for the next answer."""
    left = end - time.monotonic()
    if left <= 0:
        raise NoAnswer("fetch", f"the page took longer than {MAX_FETCH_SECONDS:.0f} seconds; save it and give the file")
    return min(left, MAX_WAIT_SECONDS)


def _why(error: Exception) -> str:
    return "no answer in time" if isinstance(error, TimeoutError) else str(error).strip()[:120] or type(error).__name__
