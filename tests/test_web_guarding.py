"""Strangers at the desk: foreign hosts and origins, forged forms, wrong passwords, addresses made to break things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import anyio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from record_factory import make_reading
from summitry.errors import UsageError
from summitry.record import open_record
from summitry.web import Settings, create_app
from summitry.web.checking import LONGEST_BODY, LONGEST_QUESTION, local_path
from summitry.web.guarding import POLICY
from summitry.web.pages import PAGES
from summitry.web.sessions import FREE_TRIES, HOURS, Door, Sessions

PASSWORD = "correct horse"
PATHS = [kind.path for kind in PAGES if "{" not in kind.path]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("guarding") / "talks.db"
    with open_record(path, create=True) as opened:
        for number in range(2):
            opened.add(*make_reading(number))
    return path


@pytest.fixture(scope="module")
def desk(record: Path) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(record=record)), base_url="http://127.0.0.1:8642", raise_server_exceptions=False
    ) as desk:
        yield desk


@pytest.fixture
def locked(record: Path) -> Iterator[TestClient]:
    settings = Settings(record=record, host="0.0.0.0", password=PASSWORD, names=("talks.example",))
    with TestClient(create_app(settings), base_url="http://talks.example", follow_redirects=False) as desk:
        yield desk


# What every answer says to the browser.


@pytest.mark.parametrize("path", [*PATHS, "/stand.json", "/static/desk.css", "/nowhere", "/%00", "/export/nowhere"])
def test_every_answer_has_the_policy(desk: TestClient, path: str) -> None:
    told = desk.get(path).headers
    assert told["content-security-policy"] == POLICY
    assert told["x-content-type-options"] == "nosniff"
    assert told["cross-origin-resource-policy"] == told["cross-origin-opener-policy"] == "same-origin"
    assert told["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")
    assert "access-control-allow-origin" not in told


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    assert POLICY.startswith("default-src 'none';")
    assert not re.search(r"unsafe|\*|https?:|blob:", POLICY)
    assert {"base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(POLICY.split("; "))


def test_styles_are_asked_for_again_and_not_sent_again(desk: TestClient) -> None:
    first = desk.get("/static/desk.css")
    assert desk.get("/static/desk.css", headers={"if-none-match": first.headers["etag"]}).status_code == 304


# Names.


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.0.0.1:8642", "localhost:8642", "[::1]:8642", "LOCALHOST", "localhost:9000"]
)
def test_names_of_this_machine(desk: TestClient, host: str) -> None:
    assert desk.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "attacker.example",
        "attacker.example:8642",
        "127.0.0.1.attacker.example",
        "localhost.attacker.example",
        "attacker.example@127.0.0.1",
        "127.0.0.1#attacker.example",
        "localhost.",
        "a.localhost",
        "192.168.1.7",
        "",
        "[::1",
        "127.0.0.1:8642:1",
        "127.0.0.1 attacker.example",
    ],
)
def test_a_foreign_name_that_leads_here_is_not_answered(desk: TestClient, host: str) -> None:
    answer = desk.get("/stand.json", headers={"host": host})
    assert answer.status_code in (400, 421)
    assert "title" not in answer.text


def test_two_hosts_are_none(desk: TestClient) -> None:
    headers = [("host", "127.0.0.1"), ("host", "attacker.example")]
    assert desk.get("/", headers=headers).status_code == 400


def test_given_names_of_a_desk_for_others(locked: TestClient) -> None:
    assert locked.get("/login", headers={"host": "talks.example:443"}).status_code == 200
    assert locked.get("/login", headers={"host": "attacker.example"}).status_code == 421


# Other sites.


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode, dest", [("cors", "empty"), ("no-cors", "script"), ("no-cors", "image")])
def test_another_site_loads_no_part_of_the_desk(desk: TestClient, site: str, mode: str, dest: str) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    for path in ("/stand.json", "/", "/static/desk.js", "/export/csv"):
        assert desk.get(path, headers=headers).status_code == 403


def test_another_site_frames_nothing(desk: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
    assert desk.get("/", headers=headers).status_code == 403


def test_another_site_may_link_and_the_session_goes_on(record: Path) -> None:
    """A link from elsewhere brings no cookie along; the page loads itself again, and no new session is begun."""
    headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    with TestClient(create_app(Settings(record=record)), base_url="http://127.0.0.1") as desk:
        answer = desk.get("/timeline", headers=headers)
        assert answer.status_code == 200
        assert 'http-equiv="refresh"' in answer.text
        assert "set-cookie" not in answer.headers
        assert "set-cookie" in desk.get("/timeline").headers


@pytest.mark.parametrize(
    "origin", ["http://attacker.example", "null", "http://127.0.0.1:9999", "https://localhost", "http://[::1", ""]
)
def test_nothing_posted_from_elsewhere_is_taken(desk: TestClient, origin: str) -> None:
    token = token_of_desk(desk)
    answer = desk.post("/review", data={"token": token, "row": "x", "what": "accept"}, headers={"origin": origin})
    assert answer.status_code == 403


def test_a_post_of_another_site_is_refused_even_with_the_token(desk: TestClient) -> None:
    answer = desk.post("/review", data={"token": token_of_desk(desk)}, headers={"sec-fetch-site": "same-site"})
    assert answer.status_code == 403


def token_of_desk(desk: TestClient) -> str:
    """The token of this client's session, as a page would carry it."""
    desk.get("/")
    (cookie,) = [one.value for one in desk.cookies.jar if one.name.startswith("summitry-")]
    guard = desk.app.middleware_stack.app  # type: ignore[attr-defined]
    return str(guard._sessions.token(cookie))


def test_a_post_needs_the_token_of_its_session(desk: TestClient) -> None:
    token = token_of_desk(desk)
    for data in ({}, {"token": ""}, {"token": token[:-1]}, {"token": token[:-1] + "é"}):
        assert desk.post("/review", data=data).status_code == 403
    assert desk.post("/review", data={"token": token}).status_code != 403
    assert desk.post("/review", headers={"x-summitry-token": token}).status_code != 403
    assert desk.post("/review", files={"token": (None, token)}).status_code != 403
    other = Sessions()
    assert desk.post("/review", data={"token": other.token(other.cookie(inside=False))}).status_code == 403


def test_the_token_is_none_without_its_cookie(record: Path) -> None:
    app = create_app(Settings(record=record))
    with TestClient(app, base_url="http://127.0.0.1") as mine, TestClient(app, base_url="http://127.0.0.1") as theirs:
        token = token_of_desk(mine)
        assert theirs.post("/review", data={"token": token}).status_code == 403
        token_of_desk(theirs)
        assert theirs.post("/review", data={"token": token}).status_code == 403


def test_the_cookie_is_kept_from_scripts_and_other_sites(record: Path) -> None:
    with TestClient(create_app(Settings(record=record)), base_url="http://127.0.0.1") as desk:
        told = desk.get("/").headers["set-cookie"]
        assert "HttpOnly" in told and "SameSite=Strict" in told and "Path=/" in told
        assert "set-cookie" not in desk.get("/").headers
        assert "set-cookie" not in desk.get("/static/desk.css").headers


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_only_reading_and_posting(desk: TestClient, method: str) -> None:
    answer = desk.request(method, "/", headers={"origin": "http://attacker.example"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_head_is_get_without_a_body(desk: TestClient, path: str) -> None:
    head, got = desk.head(path), desk.get(path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["content-type"] == got.headers["content-type"]


@pytest.mark.parametrize("path", [path for path in PATHS if path != "/review"])
def test_pages_take_no_post(desk: TestClient, path: str) -> None:
    assert desk.post(path, data={"token": token_of_desk(desk)}).status_code == 405


def test_a_long_body_is_refused(desk: TestClient) -> None:
    token = token_of_desk(desk)
    assert desk.post("/review", data={"token": token, "note": "x" * LONGEST_BODY}).status_code == 413

    def without_length() -> Iterator[bytes]:
        yield b"token=" + token.encode() + b"&note="
        for _ in range(100):
            yield b"x" * 1000

    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert desk.post("/review", content=without_length(), headers=headers).status_code == 413


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "application/json", "x"])
@pytest.mark.parametrize("body", [b"", b"--x\r\n", b"\xff\x00{", b"token=%zz&token", b"--x\r\n\r\n\r\n--x--"])
def test_a_broken_form_is_refused(desk: TestClient, kind: str, body: bytes) -> None:
    token_of_desk(desk)
    assert desk.post("/review", content=body, headers={"content-type": kind}).status_code in (400, 403)


# Passwords.


def test_other_machines_need_a_password(record: Path) -> None:
    with pytest.raises(UsageError, match="password"):
        Settings(record=record, host="0.0.0.0")


@pytest.mark.parametrize("path", [*PATHS, "/source/x", "/nowhere"])
def test_without_the_password_nothing_is_shown(locked: TestClient, path: str) -> None:
    answer = locked.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/login?next={quote(path, safe='')}"
    assert not answer.content


@pytest.mark.parametrize("path", ["/stand.json", "/export/csv", "/timeline.json"])
def test_programs_are_told_so(locked: TestClient, path: str) -> None:
    assert locked.get(path).status_code == 401


def test_the_password_opens_the_desk(locked: TestClient) -> None:
    assert "password" in locked.get("/login").text
    answer = locked.post("/login?next=%2Ftimeline%3Fparty%3DPRK", data={"password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/timeline?party=PRK")
    assert locked.get("/").status_code == 200
    assert locked.get("/stand.json").status_code == 200


def test_a_wrong_password_does_not(locked: TestClient) -> None:
    for wrong in ("", "Correct horse", PASSWORD + " ", "é\x00"):
        assert locked.post("/login", data={"password": wrong}).status_code == 403
    assert locked.post("/login", data={"password": "x"}).status_code == 429
    assert locked.get("/").status_code == 303
    assert locked.post("/login", data={"password": PASSWORD}).status_code == 429, "five wrong ones, then a wait"


def test_a_login_posted_from_elsewhere_is_refused(locked: TestClient) -> None:
    headers = {"origin": "http://attacker.example"}
    assert locked.post("/login", data={"password": PASSWORD}, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "there",
    ["//attacker.example", "/\\attacker.example", "http://attacker.example", "javascript:alert(1)", "/\t/x", ""],
)
def test_the_password_leads_nowhere_else(locked: TestClient, there: str) -> None:
    assert local_path(there) == "/"
    answer = locked.post("/login", params={"next": there}, data={"password": PASSWORD})
    assert answer.headers["location"] == "/"


def test_a_session_of_another_desk_opens_nothing(locked: TestClient) -> None:
    for cookie in (Sessions().cookie(inside=True), "in.1.x.y", "in", "...", "é.é.é.é"):
        answer = locked.get("/", headers=[(b"cookie", f"summitry-80={cookie}".encode())])
        assert answer.status_code == 303


def test_wrong_passwords_make_an_address_wait_and_no_other() -> None:
    now = [0.0]
    door = Door("right", now=lambda: now[0])
    for _ in range(FREE_TRIES):
        assert door.wait("10.0.0.1") == 0
        assert not door.opens("10.0.0.1", "wrong")
    assert door.wait("10.0.0.1") == 1.0
    assert not door.opens("10.0.0.1", "right"), "the right one too: else waiting would tell"
    assert door.opens("10.0.0.2", "right")
    for _ in range(100):
        now[0] += door.wait("10.0.0.1")
        assert not door.opens("10.0.0.1", "wrong")
    assert 0 < door.wait("10.0.0.1") <= 300
    now[0] += 300
    assert door.opens("10.0.0.1", "right")
    assert door.wait("10.0.0.1") == 0


def test_all_addresses_of_one_network_wait_together() -> None:
    door = Door("right", now=lambda: 0.0)
    for number in range(FREE_TRIES):
        door.opens(f"2001:db8::{number:x}", "wrong")
    assert door.wait("2001:db8::ffff") > 0
    assert door.wait("2001:db8:0:1::1") == 0


def test_a_session_ends_after_a_day_of_work() -> None:
    now = [1000.0]
    sessions = Sessions(now=lambda: now[0])
    cookie = sessions.cookie(inside=True)
    assert sessions.known(cookie, inside=True)
    now[0] += HOURS * 3600
    assert not sessions.known(cookie, inside=True)
    assert not sessions.known(sessions.cookie(inside=False), inside=True)


# Addresses.


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fapp.py",
        "/static/..%5capp.py",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/%00",
        "/static/desk.css%00.png",
        "/static/",
        "/static/....//app.py",
        "/export/../talks.db",
        "/export/%2e%2e%2ftalks.db",
        "/export//etc/passwd",
        "/export/csv%00",
        "/source/..%2f..%2ftalks.db",
        "/row/%2e%2e",
        "/talks.db",
        "/%ff%fe",
        "/%c0%ae%c0%ae/x",
        "/%zz",
        "/static/%252e%252e/app.py",
    ],
)
def test_no_path_leaves_the_record(desk: TestClient, path: str) -> None:
    answer = ask(desk, path)
    assert answer in (400, 404), answer


def ask(desk: TestClient, path: str, query: bytes = b"") -> int:
    """The status of a path sent as it is: a client would tidy it."""
    status: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            status.append(int(str(message["status"])))

    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query,
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8642")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8642),
    }
    anyio.run(desk.app, scope, receive, send)
    return status[0]


def test_a_link_out_of_the_folder_of_styles_is_not_followed(tmp_path: Path) -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount
    from starlette.staticfiles import StaticFiles

    (tmp_path / "secret").write_text("secret")
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "out").symlink_to(tmp_path / "secret")
    app = Starlette(routes=[Mount("/static", StaticFiles(directory=tmp_path / "static"))])
    assert TestClient(app).get("/static/out").status_code == 404


@pytest.mark.parametrize(
    "name", ["as_of", "since", "page", "min_confidence", "party", "issue", "case", "q", "self", "name", "links"]
)
@pytest.mark.parametrize(
    "value",
    [b"%00", b"%zz", b"%", b"%ff", b"%ed%a0%80", b"2019-13-45", b"99999-01-01", b"-1", b"1e400", b"nan", b"%1b[31m"],
)
def test_a_bad_question_is_answered_clearly(desk: TestClient, name: str, value: bytes) -> None:
    for path in PATHS:
        assert ask(desk, path, name.encode() + b"=" + value) in (200, 400), path


def test_a_bad_date_says_what_is_allowed(desk: TestClient) -> None:
    answer = desk.get("/timeline", params={"as_of": "yesterday"})
    assert answer.status_code == 400
    assert "yesterday" in answer.text
    assert desk.get("/timeline.json", params={"as_of": "yesterday"}).json().keys() == {"error"}


def test_a_huge_question_is_refused(desk: TestClient) -> None:
    assert desk.get("/", params={"q": "x" * LONGEST_QUESTION}).status_code == 414
    assert ask(desk, "/" + "x" * LONGEST_QUESTION) == 414
    assert ask(desk, "/", b"&".join(b"a%d=1" % number for number in range(1000))) in (200, 414)


PIECES = st.sampled_from(
    [
        "as_of",
        "since",
        "party",
        "page",
        "q",
        "=",
        "&",
        "%",
        "%2",
        "%00",
        "2019-05",
        "2019-05-03",
        "{{7*7}}",
        "<b>",
        "'",
        '"',
    ]
) | st.text(max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(PATHS), st.lists(PIECES, max_size=8).map("".join))
def test_no_question_makes_the_desk_fail(desk: TestClient, path: str, question: str) -> None:
    assert ask(desk, path, question.encode("utf-8", "surrogatepass")) in (200, 400)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["/source/", "/row/", "/person/", "/party/", "/export/", "/static/", "/"]),
    st.text(min_size=1, max_size=12) | st.sampled_from(["..", "*", "%", "' or 1=1 --", "x" * 500, "\ud800"]),
)
def test_no_name_makes_the_desk_fail(desk: TestClient, folder: str, name: str) -> None:
    told = quote(name.encode("utf-8", "surrogatepass"), safe="")
    assert ask(desk, folder + told) in (200, 400, 404)
