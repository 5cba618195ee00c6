"""Attacks on a desk that listens for real: slow clients, many at once, guessed passwords, questions without end.

The servers are on the loopback address, with their waits made short; every attack is bounded.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from record_factory import make_reading
from summitry.record import open_record
from summitry.web import Settings, create_app, listening, shelf
from summitry.web import app as app_module
from summitry.web.app import WAITING
from summitry.web.listening import MOST_CONNECTIONS, config_of
from summitry.web.page import PageKind
from summitry.web.sessions import FREE_IN_ALL, FREE_TRIES, LONGEST_WAIT_S, SECONDS_A_TRY, Door, Sessions
from summitry.web.shelf import WORDED, WORDED_KEPT, Answers, Shelf

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("threats") / "talks.db"
    with open_record(path, create=True) as opened:
        for number in range(6):
            opened.add(*make_reading(number))
    return path


@contextmanager
def listening_desk(app: Starlette) -> Iterator[int]:
    """A server that listens; its port."""
    server = uvicorn.Server(config_of(app, port=0, lifespan="on"))
    bound = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        yield bound.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
        bound.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The waits of a server made short."""
    monkeypatch.setattr(listening, "ASKING_S", 0.6)
    monkeypatch.setattr(listening, "TAKING_S", 0.6)
    monkeypatch.setattr(listening, "LOOK_S", 0.1)


def seconds_until_closed(line: socket.socket, most: float = 8.0, drop: bytes = b"") -> float:
    """How long a connection lives, fed a drop at a time."""
    started = time.monotonic()
    line.settimeout(0.1)
    while time.monotonic() - started < most:
        try:
            if drop:
                line.sendall(drop)
            if line.recv(65536) == b"":
                return time.monotonic() - started
        except TimeoutError:
            continue
        except OSError:
            return time.monotonic() - started
    return most


# Slow clients.


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "start, drop",
    [
        (b"", b""),
        (b"GET / HT", b""),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X: y\r\n"),
        (b"GET /", b"a"),
        (b"POST /review HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\n", b"a"),
        (b"POST /review HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"POST /nowhere HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000000\r\n\r\n", b"a" * 100),
    ],
)
def test_a_slow_client_is_cut_off(record: Path, start: bytes, drop: bytes) -> None:
    app = create_app(Settings(record=record))
    with listening_desk(app) as port, socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(start)
        assert seconds_until_closed(line, drop=drop) < 4


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("drop", [0, 10])
def test_a_slow_reader_is_cut_off(drop: int) -> None:
    """One that asks for much and takes nothing of it, or a few bytes now and then."""
    sent: list[int] = []

    def big() -> Response:
        return Response(b"x" * 30_000_000)

    async def answer(_: Request) -> ASGIApp:
        async def sending(scope: Scope, receive: Receive, send: Send) -> None:
            await app_module.Turns(1, 1, 1).sent(big, scope, receive, send)
            sent.append(1)

        return sending

    with listening_desk(Starlette(routes=[Route("/", answer)])) as port, socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        started = time.monotonic()
        while time.monotonic() - started < 8 and not sent:
            if drop:
                try:
                    line.recv(drop)
                except OSError:
                    break
            time.sleep(0.05)
        assert time.monotonic() - started < 6


@pytest.mark.usefixtures("quick")
def test_a_reader_who_takes_it_gets_it_all() -> None:
    async def answer(_: Request) -> ASGIApp:
        return app_module.in_pieces(Response(b"x" * 3_000_000))

    app = Starlette(routes=[Route("/", answer)])
    with listening_desk(app) as port, socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        got = 0
        started = time.monotonic()
        while chunk := line.recv(60_000):
            got += len(chunk)
            time.sleep(0.03)
        assert got > 3_000_000
        assert time.monotonic() - started > 1, "slower than the wait, yet never standing still"


def test_a_crowd_of_slow_clients_keeps_nobody_out(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MOST_CONNECTIONS", 40)
    with listening_desk(create_app(Settings(record=record))) as port:
        crowd = []
        try:
            for _ in range(200):
                line = socket.create_connection(("127.0.0.1", port))
                line.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
                crowd.append(line)
            for _ in range(5):
                assert httpx.get(f"http://127.0.0.1:{port}/stand.json", timeout=10).status_code == 200
        finally:
            for line in crowd:
                line.close()
    assert MOST_CONNECTIONS <= 512, "most systems allow a program 1,024 open files"


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: attacker.example\r\n\r\n",
        b"GET http://attacker.example/ HTTP/1.1\r\nHost: attacker.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST /review HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /review HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"POST /review HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: +5\r\n\r\nhello",
        b"POST /review HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: \xb2\r\n\r\nhello",
        b"POST /review HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\nhello",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n c\r\n\x00: d\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/1.1\nHost: attacker.example\n\n",
        b"CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_request_of_a_browser_is_refused(record: Path, request_bytes: bytes) -> None:
    with listening_desk(create_app(Settings(record=record))) as port:
        with socket.create_connection(("127.0.0.1", port)) as line:
            line.settimeout(5)
            try:
                line.sendall(request_bytes)
                head = line.recv(65536)
            except OSError:
                head = b""
        assert re.match(rb"HTTP/1\.1 4\d\d |\Z", head), head[:80]
        assert httpx.get(f"http://127.0.0.1:{port}/stand.json").status_code == 200, "and the desk goes on"


# Many at once.


@pytest.mark.slow
def test_exports_take_their_turn_and_a_crowd_is_told_to_come_again(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, most, guard = [0], [0], threading.Lock()

    def slow(*_: object) -> Response:
        with guard:
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.2)
        with guard:
            now[0] -= 1
        return Response(b"x")

    monkeypatch.setattr(app_module, "download", slow)
    with listening_desk(create_app(Settings(record=record))) as port, ThreadPoolExecutor(30) as pool:
        got = list(pool.map(lambda _: httpx.get(f"http://127.0.0.1:{port}/export/csv", timeout=20), range(30)))
        statuses = {answer.status_code for answer in got}
        assert statuses == {200, 503}
        assert most[0] <= app_module.EXPORTS_AT_ONCE
        assert all(int(one.headers["retry-after"]) > 0 for one in got if one.status_code == 503)
        assert sum(one.status_code == 200 for one in got) >= app_module.EXPORTS_AT_ONCE + WAITING["exports"] - 2
        assert httpx.get(f"http://127.0.0.1:{port}/export/csv").status_code == 200, "later there is room again"


def test_an_export_that_fails_gives_its_turn_back(record: Path) -> None:
    with TestClient(create_app(Settings(record=record)), base_url="http://127.0.0.1") as desk:
        for _ in range(5 * (app_module.EXPORTS_AT_ONCE + WAITING["exports"])):
            assert desk.get("/export/nothing").status_code == 404
        assert desk.get("/export/csv").status_code == 200
        assert desk.head("/export/csv").content == b""


def test_pages_take_their_turn(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "WAITING", {"pages": 1, "exports": 1, "reviews": 1})
    monkeypatch.setattr(app_module, "PAGES_AT_ONCE", 1)
    answered = app_module._Desk._answer

    def slow(desk: app_module._Desk, request: Request, kind: PageKind, json: bool) -> Response:
        time.sleep(0.3)
        return answered(desk, request, kind, json)

    monkeypatch.setattr(app_module._Desk, "_answer", slow)
    with listening_desk(create_app(Settings(record=record))) as port, ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: httpx.get(f"http://127.0.0.1:{port}/timeline", timeout=20), range(8)))
    assert {answer.status_code for answer in got} == {200, 503}
    assert "busy" in next(one for one in got if one.status_code == 503).text


# Passwords.


def test_many_addresses_have_no_more_tries_than_one() -> None:
    now = [0.0]
    door = Door("right", now=lambda: now[0])
    tried = 0
    for number in range(20_000):
        if door.wait(f"2001:db8:{number % 65_536:x}::1") == 0:
            assert not door.opens(f"2001:db8:{number % 65_536:x}::1", f"wrong {number}")
            tried += 1
        now[0] += 0.01
    assert tried <= FREE_IN_ALL + now[0] / SECONDS_A_TRY + 1
    now[0] += LONGEST_WAIT_S + SECONDS_A_TRY * FREE_IN_ALL
    assert door.wait("192.0.2.1") == 0
    assert door.opens("192.0.2.1", "right")


def test_a_browser_that_was_let_in_before_is_not_kept_out_by_strangers() -> None:
    now = [0.0]
    door = Door("right", now=lambda: now[0])
    for number in range(1_000):
        door.opens("192.0.2.1", "wrong")
        door.opens(f"198.51.{number % 256}.{number // 256}", "wrong")
    assert door.wait("192.0.2.1") > 0 and door.wait("203.0.113.9") > 0
    assert door.wait("192.0.2.1", "mine") == 0
    assert door.opens("192.0.2.1", "right", "mine")
    for _ in range(FREE_TRIES):
        assert not door.opens("192.0.2.1", "wrong", "mine")
    assert door.wait("192.0.2.1", "mine") > 0, "though it cannot guess either"


def test_only_our_own_cookie_names_a_browser() -> None:
    mine, other = Sessions(), Sessions()
    assert mine.browser_of(mine.browser())
    session = mine.cookie(inside=True)
    for cookie in (other.browser(), "", ".", "x", "x.y", mine.browser() + "0", session, "é.é", "a" * 10_000):
        assert mine.browser_of(cookie) is None
    assert not mine.known(mine.browser(), inside=True) and not mine.known(mine.browser(), inside=False)


def test_the_owner_comes_in_while_the_password_is_guessed(record: Path) -> None:
    settings = Settings(record=record, host="0.0.0.0", password=PASSWORD, names=("talks.example",))
    with TestClient(create_app(settings), base_url="http://talks.example", follow_redirects=False) as owner:
        told = owner.post("/login", data={"password": PASSWORD}).headers.get_list("set-cookie")
        assert len(told) == 2
        for each in told:
            assert "HttpOnly" in each and "SameSite=Strict" in each
        known = next(one for one in told if "-known=" in one)
        assert "Path=/login" in known and "Max-Age=" in known
        owner.cookies.clear()
        for number in range(FREE_IN_ALL + FREE_TRIES):
            owner.post("/login", data={"password": f"guess {number}"})
        assert owner.post("/login", data={"password": PASSWORD}).status_code == 429
        headers = {"cookie": known.partition(";")[0]}
        assert owner.post("/login", data={"password": PASSWORD}, headers=headers).status_code == 303
        assert owner.get("/", headers=headers).status_code == 303, "it opens nothing by itself"


def test_tries_at_one_moment_count_one_by_one() -> None:
    door = Door("right")
    with ThreadPoolExecutor(32) as pool:
        list(pool.map(lambda number: door.opens("192.0.2.1", f"wrong {number}"), range(200)))
    assert door._wrong["192.0.2.1"][0] == FREE_TRIES, "the rest were none"


# Questions without end.


@pytest.mark.parametrize("name", ["page", "soon", "min_confidence", "as_of", "since", "q", "party", "x"])
@pytest.mark.parametrize("value", ["9" * 5_000, "%39" * 2_000, "-" + "1" * 6_000, "1" * 4_301 + "." + "1"])
def test_a_number_of_thousands_of_digits_is_refused(record: Path, name: str, value: str) -> None:
    with TestClient(create_app(Settings(record=record)), base_url="http://127.0.0.1") as desk:
        for path in ("/predictions.json", "/timeline"):
            assert desk.get(f"{path}?{name}={value}").status_code in (400, 414)


@pytest.mark.slow
def test_answers_to_questions_without_end_are_forgotten(record: Path) -> None:
    app = create_app(Settings(record=record))
    with TestClient(app, base_url="http://127.0.0.1") as desk:
        held = shelf_of(app)
        for path in ("/positions.json", "/predictions.json", "/stand.json", "/timeline.json"):
            desk.get(path)
        (standing,) = (one.standing for one in held._kept.values())
        before = len(standing._answers)
        for number in range(100):
            desk.get("/positions.json", params={"min_confidence": f"0.{number:05}"})
            desk.get("/predictions.json", params={"soon": f"{number + 1}"})
            desk.get("/stand.json", params={"case": f"no such case {number}"})
            desk.get("/timeline.json", params={"party": f"X{number}", "issue": f"word{number}", "q": f"q{number}"})
            desk.get(f"/person/nobody-{number}.json")
            desk.get(f"/party/Q{number}.json")
            desk.get(f"/row/{number:012x}.json")
        assert len(standing._answers) <= before + WORDED_KEPT + 20
        assert len(standing._locks) <= 20
        assert len(standing._recent) <= 64


def shelf_of(app: Starlette) -> Shelf:
    """The answers that a desk keeps."""
    route = next(one for one in app.routes if isinstance(one, Route) and one.path == "/review")
    found = route.endpoint.__self__.shelf  # type: ignore[attr-defined]
    assert isinstance(found, Shelf)
    return found


@pytest.mark.slow
def test_days_without_end_are_forgotten(record: Path) -> None:
    app = create_app(Settings(record=record, days_kept=3))
    with TestClient(app, base_url="http://127.0.0.1") as desk:
        for day in range(1, 29):
            assert desk.get("/stand.json", params={"as_of": f"2019-02-{day:02}"}).status_code == 200
        assert len(shelf_of(app)._kept) <= 3


def test_every_name_without_end_is_known_as_such() -> None:
    """Answers are kept under names; one with something of the question in it is in :data:`WORDED`, or its values are
    parties, people and sides of the record."""
    bounded = ("party {code}", "offices {who.id}", "network {side}")
    for path in (Path(shelf.__file__).parent).rglob("*.py"):
        for name in re.findall(r"once\(\s*f\"([^\"]*)\"", path.read_text(encoding="utf-8")):
            assert name.startswith(WORDED) or name in bounded, f"{path.name}: {name}"


def test_a_lock_of_a_question_that_fails_is_let_go() -> None:
    answers = Answers(date(2019, 1, 1))

    def fails() -> int:
        raise ValueError

    for number in range(100):
        with pytest.raises(ValueError):
            answers.once(("view", f"brief {number}"), fails)
    assert not answers._locks
    assert answers.once(("view", "brief 1"), lambda: 1) == 1


def test_a_name_that_ends_a_header_is_no_file_name(record: Path) -> None:
    with TestClient(create_app(Settings(record=record)), base_url="http://127.0.0.1") as desk:
        for value in ("a\r\nX-Evil: 1", 'a"; filename="b.exe', "../../x", "é", "a\nb"):
            for name in ("rows", "as_of", "party", "issue", "case", "format"):
                answer = desk.get("/export/csv", params={name: value})
                assert "x-evil" not in answer.headers
                told = answer.headers.get("content-disposition", 'attachment; filename="timeline.csv"')
                assert re.fullmatch(r'attachment; filename="[a-z0-9-]+\.[a-z.]+"', told)


# Threads.


@pytest.mark.slow
def test_thirty_two_readers_and_a_writer(tmp_path: Path) -> None:
    """No error, no deadlock, no answer older than the question, and each page about what it was asked."""
    path = tmp_path / "talks.db"
    with open_record(path, create=True) as record:
        for number in range(6):
            record.add(*make_reading(number))
        ids = list(record.source_ids())
    held = Shelf(Settings(record=path, read_only=True))
    written = [6]
    wrong: list[str] = []
    stop = threading.Event()

    def write() -> None:
        number = 6
        with open_record(path) as record:
            while not stop.is_set() and number < 80:
                record.add(*make_reading(number))
                number += 1
                written[0] = number
                time.sleep(0.02)

    def read(seed: int) -> None:
        days = [None, date(2019, 3, 1), date(2019, 5, 4), date(2020, 1, 1)]
        for turn in range(12):
            at_least = written[0]
            day = days[(seed + turn) % len(days)]
            try:
                with held.view(day) as view:
                    if view.as_of != day:
                        wrong.append(f"asked as of {day}, answered as of {view.as_of}")
                    found = view.sources()
                    if day is None and not view.stale and len(found) < at_least:
                        wrong.append(f"{len(found)} reports after {at_least} were written")
                    rows = [*view.statements(), *view.events(), *view.moves(), *view.positions()]
                    cited = view.cited(rows)
                    if any(one.source not in cited for row in rows for one in row.evidence):
                        wrong.append("a row of a report that is not there")
                    source = ids[(seed + turn) % len(ids)]
                    if view.record.explain(source).row.id != source:
                        wrong.append("another report")
            except Exception as error:
                wrong.append(f"{type(error).__name__}: {error}")

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    readers = [threading.Thread(target=read, args=(seed,), daemon=True) for seed in range(32)]
    for one in readers:
        one.start()
    deadline = time.monotonic() + 60
    for one in readers:
        one.join(max(deadline - time.monotonic(), 0.1))
    stop.set()
    writer.join(10)
    assert not any(one.is_alive() for one in readers), "a deadlock"
    assert not wrong, wrong[:5]
