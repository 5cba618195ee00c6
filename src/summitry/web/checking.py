"""What of a request is looked at before it is answered: its address, its host, its origin, what it posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote_to_bytes

from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope

METHODS: Final = ("GET", "HEAD", "POST")
LONGEST_BODY: Final = 65_536
"""Bytes of a posted form: a review of one row, with room for a long quotation."""
LONGEST_QUESTION: Final = 8_192
"""Bytes of an address: a page's filters are a few hundred."""

# Of a path or a question once decoded: control characters name nothing here, and a file system may stop at the first.
# Words pasted into a search may bring tabs and line ends along.
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BAD_PERCENT: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_ENDLESS_NUMBER: Final = re.compile(rb"[0-9]{1000}")
"""Python refuses to read a number of 4,300 digits (CVE-2020-10735), which a page would take for its own failure."""


class Refused(Exception):
    """A request that is not answered: status, and what to tell."""

    def __init__(self, status: int, why: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.headers = headers or {}


def check_address(scope: Scope) -> None:
    """Only methods and addresses that the desk can have.

    Raises:
        Refused: another method; too long, not UTF-8, control characters, or a step up.
    """
    if scope["method"] not in METHODS:
        raise Refused(405, f"Allowed: {', '.join(METHODS)}.", {"allow": ", ".join(METHODS)})
    raw = scope.get("raw_path") or quote(scope["path"]).encode()
    raw = raw.partition(b"?")[0]
    query = scope.get("query_string", b"")
    if len(raw) + len(query) > LONGEST_QUESTION:
        raise Refused(414, f"The address is too long; allowed: {LONGEST_QUESTION} bytes.")
    for part in (raw, query):
        if _BAD_PERCENT.search(part):
            raise Refused(400, "The address has a % that two hexadecimal digits do not follow.")
        plain = unquote_to_bytes(part)
        if _CONTROL.search(plain):
            raise Refused(400, "The address has a control character in it.")
        if _ENDLESS_NUMBER.search(plain):
            raise Refused(400, "The address has a number of a thousand digits in it.")
        try:
            plain.decode("utf-8")
        except UnicodeDecodeError:
            raise Refused(400, "The address is not UTF-8.") from None
    path = unquote_to_bytes(raw).decode("utf-8")
    if not path.startswith("/") or "\\" in path or ".." in path.split("/"):
        raise Refused(400, "There is no such address.")


def check_origin(request: Request) -> None:
    """Other origins may link to a page and do nothing else: not post, not frame it, not load a part of it.

    Browsers tell with Sec-Fetch-Site who asks (on this machine and over https), and with Origin who posts. Programs
    that are no browsers send neither; what they post needs the token all the same.
    """
    site = request.headers.get("sec-fetch-site", "none")
    reading = request.method in ("GET", "HEAD")
    if site not in ("same-origin", "none"):
        to_the_top = request.headers.get("sec-fetch-mode") == "navigate"
        to_the_top = to_the_top and request.headers.get("sec-fetch-dest", "document") == "document"
        if not (reading and to_the_top):
            raise Refused(403, "Another site's page may link to the desk, and nothing else.")
    origin = request.headers.get("origin")
    if origin is None:
        return
    ours = request.headers.get("host", "").lower()
    # Taken apart by hand: a broken address of version 6 is an error to urllib.
    scheme, _, there = origin.lower().partition("://")
    if scheme not in ("http", "https") or there != ours:
        raise Refused(403, "Another site's page may link to the desk, and nothing else.")


def host_of(told: str) -> str | None:
    """The name of a Host header, without port and brackets."""
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::\d{1,5})?", told)
    return (found[1] or found[2]).lower() if found else None


def cookies(request: Request, name: str) -> Iterator[str]:
    """The values of a cookie: a browser may send several of one name.

    Ours are never quoted; the standard library's parser takes quadratic time for quoted ones (CVE-2024-7592).
    """
    for header in request.headers.getlist("cookie"):
        for part in header.split(";"):
            found, _, value = part.strip().partition("=")
            if found == name:
                yield value


def local_path(there: str | None) -> str:
    """Where to go after the password: a path of this desk, never another host's (``//host``, ``/\\host``)."""
    return there if there and re.match(r"/(?![/\\])", there) and not re.search(r"[\x00-\x20\x7f\\]", there) else "/"


async def read_body(request: Request, receive: Receive) -> bytes:
    """What is posted, all of it.

    Raises:
        Refused: it is too long, or the browser went away.
    """
    too_long = Refused(413, f"Too long; allowed: {LONGEST_BODY} bytes.")
    told = request.headers.get("content-length", "0")
    if not re.fullmatch(r"[0-9]{1,9}", told) or int(told) > LONGEST_BODY:
        raise too_long
    parts = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(400, "The request broke off.")
        parts += message.get("body", b"")
        if len(parts) > LONGEST_BODY:
            raise too_long
        if not message.get("more_body"):
            return bytes(parts)


def once_more(body: bytes) -> Receive:
    """A body read once, for who reads it next."""
    told = False

    async def receive() -> Message:
        nonlocal told
        if told:
            return {"type": "http.disconnect"}
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


async def form_of(request: Request, body: bytes) -> dict[str, str]:
    """The fields of a form; empty for what is none."""
    try:
        form = await Request(dict(request.scope), once_more(body)).form(max_files=0, max_fields=100)
    except (MultiPartException, HTTPException, ClientDisconnect, ValueError):
        raise Refused(400, "The form cannot be read.") from None
    return {name: value for name, value in form.items() if isinstance(value, str)}
