"""Requests to the desk: built from its own routes, links and forms, answered in the thread that asks."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from collections.abc import Callable
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch
from urllib.parse import parse_qsl, quote, urlencode

from fuzz.taking import Taking

HOST: Final = "127.0.0.1:8642"
CHECKED_EVERY: Final = 150
"""Requests after which the record is checked."""
ANEW_EVERY: Final = 900
"""Requests after which the desk gets a fresh record: decisions pile up, and each makes the record slower to ask."""
NAMES: Final = (
    "as_of", "since", "until", "party", "issue", "min_confidence", "page", "q", "kind", "status", "sort", "only", "outlet",
    "lanes", "lane", "case", "type", "show", "said", "resolution", "reports", "person", "modality", "note", "next", "ids",
    "view", "vehicle", "speaker", "start", "end", "soon", "seen", "rows", "review", "reason", "quote", "pair", "order",
    "office", "format", "emptied", "edit", "chart", "called", "authority", "at", "as", "addressee", "id", "f_words", "f_date",
    "month", "token", "action",
)  # fmt: skip
"""Parameters that the pages ask for by name."""
VALUES: Final = (
    "", "0", "1", "-1", "2", "9", "none", "all", "on", "off", "0.5", "nan", "1e309", "-inf", "2019", "2019-05",
    "2019-05-04", "2019-02-30", "0001-01-01", "9999-12-31", "10000-01-01", "PRK", "prkgov", "USA", "korea", "sanctions",
    '"sanctions must"', '"', "a OR b NEAR(c) *", "NOT", "%", "_", "'; DROP TABLE runs; --", "\x00", "\u202e", "\ud800",
    "²", "٣", "9" * 40, "x" * 2_000, "timeline", "statements", "event", "statement", "position", "accept", "reject",
    "edit", "undo", "twice", "gone", "by date", "=1+1", "<b>", "../..", "direct", "anonymous", "CONSULT,AGREE", ",",
)  # fmt: skip
FITTING: Final = {
    "as_of": ("2019-05-04", "2019-05", "2019", "1900-01-01", "9999-12-31"),
    "since": ("2019-05-04", "2019-05", "2019", "1900-01-01"),
    "until": ("2019-05-04", "2019-05", "2019", "1900-01-01"),
    "party": ("PRK", "USA", "prkgov", "North Korea", "JPN"),
    "issue": ("sanctions", '"sanctions must"', "drills freeze", '"', "*"),
    "min_confidence": ("0", "0.65", "1", "0.999"),
    "page": ("1", "2", "3", "1000000"),
    "rows": (
        "timeline",
        "statements",
        "moves",
        "positions",
        "commitments",
        "predictions",
        "discrepancies",
        "deadlocks",
    ),
    "case": ("korea", "none"),
    "q": ("sanctions", '"must go" OR drills', "San*", "NEAR(a b)", "^x", "-x"),
}
"""Values that questions take, so that the search does not end at the first check of each."""
HEADERS: Final = (
    ("host", HOST), ("host", "localhost"), ("host", "attacker.example"), ("host", ""), ("host", "[::1]:1"),
    ("origin", f"http://{HOST}"), ("origin", "null"), ("origin", "http://[::1"), ("sec-fetch-site", "same-origin"),
    ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("accept", "application/json"), ("accept", ";q=x"),
    ("range", "bytes=0-1"), ("range", "bytes=5-1,-0"), ("range", "bytes=-9999999999"), ("if-none-match", "*"),
    ("if-none-match", '"x'), ("if-modified-since", "Tue, 31 Feb 2019 25:00:00 GMT"), ("if-range", "x"), ("cookie", "summitry-8642=.."),
    ("cookie", "summitry-8642=in.9e9.x.y"), ("content-length", "5"), ("content-length", "-1"),
    ("content-length", "99999999999"), ("content-type", "multipart/form-data; boundary=x"), ("content-type", "text/plain"),
    ("content-type", "application/x-www-form-urlencoded; charset=utf-16"), ("x-summitry-token", "\xe9"),
    ("transfer-encoding", "chunked"), ("accept-encoding", "br;q=1"), ("x-forwarded-host", "attacker.example"),
)  # fmt: skip
METHODS: Final = (*["GET"] * 20, *["POST"] * 9, "HEAD", "OPTIONS", "\u0130")


async def _here(work: Callable[..., Any], *args: Any, **_: Any) -> Any:
    """Instead of a thread of a pool: the same input, the same order of things."""
    return work(*args)


class Desk:
    """A desk on a record of its own, with what its pages link to and its forms say."""

    def __init__(self, template: Path, path: Path, password: str | None = None) -> None:
        from summitry.web import Settings, create_app

        self.path = path
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        shutil.copyfile(template, path)
        self.app = create_app(Settings(record=path, reviewer="Anna Berg", password=password, rows_per_page=20))
        self._loop = asyncio.new_event_loop()
        self.routes: list[str] = [one.path for one in self.app.routes if hasattr(one, "path")]
        self.cookie = ""
        self._look()

    def _look(self) -> None:
        """Collect addresses, and the fields of forms, from the pages as they come."""
        status, headers, body = self.answer("GET", "/review", "", [("host", HOST)], b"")
        told = dict(headers).get("set-cookie", "")
        self.cookie = told.partition(";")[0]
        found: dict[str, None] = dict.fromkeys(one for one in self.routes if "{" not in one)
        fields: dict[tuple[str, str], None] = {}
        for path in [*found]:
            status, _, body = self.answer("GET", path, "", [("host", HOST), ("cookie", self.cookie)], b"")
            text = body.decode("utf-8", "replace") if status == 200 else ""
            found |= dict.fromkeys(unescape(one) for one in re.findall(r'href="(/[^"]*)"', text))
            for tag in re.findall(r"<(?:input|option|button|select)\b[^>]*>", text):
                name, value = (re.search(rf'\b{one}="([^"]*)"', tag) for one in ("name", "value"))
                fields[name[1] if name else "", unescape(value[1]) if value else ""] = None
        self.links = sorted(found)
        self.fields = sorted(fields)
        self.ids: list[str] = sorted(
            {one for link in found for one in re.findall(r"/(?:row|source|person|party)/([^/?#.]+)", link)}
        )
        self.token = next((value for name, value in self.fields if name == "token"), "")

    def answer(
        self, method: str, path: str, query: str, headers: list[tuple[str, str]], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Status, headers and body of one request; an exception of the application comes through."""
        raw = quote(path, safe="/%:@-._~!$&'()*+,;=?", errors="replace").encode()
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": path, "raw_path": raw, "query_string": query.encode("latin-1", "replace"), "root_path": "",
            "headers": [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers],
            "client": ("127.0.0.1", 50_000), "server": ("127.0.0.1", 8642), "extensions": {}, "state": {},
        }  # fmt: skip
        told: list[dict[str, Any]] = []
        waiting = [{"type": "http.request", "body": body[:7], "more_body": True},
                   {"type": "http.request", "body": body[7:], "more_body": False}]  # fmt: skip

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            told.append(message)

        with patch("anyio.to_thread.run_sync", _here):
            self._loop.run_until_complete(asyncio.wait_for(self.app(scope, receive, send), 60))
        start = next(one for one in told if one["type"] == "http.response.start")
        content = b"".join(one.get("body", b"") for one in told if one["type"] == "http.response.body")
        return start["status"], [(name.decode(), value.decode("latin-1")) for name, value in start["headers"]], content

    def close(self) -> None:
        """Let go of the loop; connections go with the application."""
        self._loop.close()


class _Asked:
    """What is kept between requests."""

    def __init__(self, folder: Path) -> None:
        from hostile_factory import write_hostile  # type: ignore[import-not-found, unused-ignore]  # beside the tests
        from summitry.record import open_record
        from summitry.record.checking import check_record

        self.folder = folder
        self.template = write_hostile(folder / "template.db", f"http://{HOST}")
        with open_record(self.template):
            pass
        self.known = {(one.invariant, one.what) for one in check_record(self.template).findings}
        self.count = 0
        self.locked = Desk(self.template, folder / "locked.db", "tallinn-2019")
        self.desk = Desk(self.template, folder / "desk.db")

    def next(self) -> Desk:
        self.count += 1
        if self.count % CHECKED_EVERY == 0:
            self.check()
        if self.count % ANEW_EVERY == 0:
            self.desk.close()
            self.desk = Desk(self.template, self.folder / f"desk{self.count}.db")
        return self.desk

    def check(self) -> None:
        """The record is as whole as it was made; decisions change none of that."""
        from summitry.record import open_record
        from summitry.record.checking import check_record

        with open_record(self.desk.path, read_only=True) as record:
            record.statements()
        found = {(one.invariant, one.what) for one in check_record(self.desk.path).findings} - self.known
        assert not found, f"the record is not whole: {sorted(found)[:3]}"


@cache
def _asked(folder: Path) -> _Asked:
    return _Asked(folder)


def request(data: bytes, folder: Path) -> float:
    """A request built from the input: any answer below 500. Returns its seconds of processor time, without the check
    of the record and the making of a new one."""
    kept = _asked(folder)
    desk = kept.next()
    take = Taking(data)
    method = take.one(METHODS)
    path, pairs = _address(desk, take)
    locked = take.number() % 16 == 15
    headers = [("host", HOST)] if take.number() % 16 else []
    if take.number() % 4:
        headers.append(("cookie", desk.cookie))
    headers += [take.one(HEADERS) for _ in range(take.number() % 4)]
    body = _form(desk, take) if method == "POST" else b""
    if body and not any(name == "content-type" for name, _ in headers):
        headers.append(("content-type", "application/x-www-form-urlencoded"))
    query = urlencode(pairs, errors="replace") if take.number() % 8 else take.words()
    if method == "POST" and take.number() % 8:
        path = "/login" if locked else "/review"
    asked = kept.locked if locked else desk
    began = time.process_time()
    status, told, content = asked.answer(method, path, query, headers, body)
    took = time.process_time() - began
    assert status < 500, f"status {status} of {method} {path}"
    names = [name for name, _ in told]
    assert "content-security-policy" in names, f"no policy on {method} {path}"
    if path.endswith(".json") and status == 200 and method == "GET":
        _is_json(content, told)
    return took


def _is_json(content: bytes, told: list[tuple[str, str]]) -> None:
    import json

    if any("json" in value for name, value in told if name == "content-type"):
        json.loads(content, parse_constant=_no_number)


def _no_number(word: str) -> None:
    raise AssertionError(f"JSON with {word}")


def _address(desk: Desk, take: Taking) -> tuple[str, list[tuple[str, str]]]:
    """A path and what is asked: a link of a page, a route filled in, or the input's own words."""
    how = take.number() % 8
    asked = ""
    if how < 3:
        path, _, asked = take.one(desk.links).partition("#")[0].partition("?")
    elif how < 7:
        parts = {"id": take.one(desk.ids), "format": take.one(_formats())}
        if take.number() % 4 == 3:
            parts = dict.fromkeys(parts, _value(desk, take))
        path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: parts.get(found[1], ""), take.one(desk.routes))
    else:
        path = "/" + take.words().lstrip("/")
    pairs = parse_qsl(asked)
    if pairs and take.number() % 4 == 0:  # one of the link's own values exchanged
        at = take.number() % len(pairs)
        pairs[at] = (pairs[at][0], _value(desk, take))
    pairs += [_pair(desk, take) for _ in range(take.number() % 3)]
    return path, pairs


@cache
def _formats() -> tuple[str, ...]:
    from summitry.export.formats import FORMATS

    return (*(one.name for one in FORMATS), "none")


def _pair(desk: Desk, take: Taking) -> tuple[str, str]:
    if take.number() % 3:  # as the pages' own forms send it
        name, value = take.one(desk.fields)
        return name or take.one(NAMES), value
    name = take.one(NAMES)
    return name, take.one(FITTING[name]) if name in FITTING and take.number() % 2 else _value(desk, take)


def _value(desk: Desk, take: Taking) -> str:
    how = take.number() % 4
    if how == 0:
        return take.one(desk.ids)
    return take.one(VALUES) if how < 3 else take.words(60)


def _form(desk: Desk, take: Taking) -> bytes:
    """What is posted: a decision with its token right three times of four, or bytes as they are."""
    if take.number() % 16 == 15:
        return take.rest
    rows = [one for one in desk.ids if "-" in one and not one.startswith("src-")]
    action = take.one(("accept", "reject", "edit", "undo", "none"))
    pairs = [
        ("action", action),
        ("id", take.one(rows or desk.ids) if take.number() % 8 else _value(desk, take)),
        ("seen", "" if take.number() % 4 else _value(desk, take)),
        ("token", desk.token if take.number() % 4 else _value(desk, take)),
        ("note", _value(desk, take) if take.number() % 2 else ""),
        ("password", take.one(("tallinn-2019", "x"))),
    ]
    if action == "edit":
        pairs += [("f_" + take.one(_fields()), _value(desk, take)) for _ in range(take.number() % 4)]
    pairs += [_pair(desk, take) for _ in range(take.number() % 3)]
    return urlencode(pairs, errors="replace").encode()


@cache
def _fields() -> tuple[str, ...]:
    from summitry.review.fields import FIELDS

    return (*sorted({name for fields in FIELDS.values() for name in fields}), "evidence", "none")
