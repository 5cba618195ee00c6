"""Attacks on what asks the network for pages: addresses that lead inwards, servers that never end, hostile robots.txt.

Every server is a process's own on the loopback address; names are looked up in a table.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from summitry.errors import UnreadableSource
from summitry.intake import fetch as fetching
from summitry.intake.fetch import MAX_HEAD_BYTES, MAX_URL_CHARS, NoAnswer, NotAsked, _is_public, ask, fetch
from summitry.intake.options import MAX_DOCUMENT_BYTES
from threat_server import Names, Play, answers, leads, page, served

INWARD = """
    127.0.0.1 127.255.255.254 0.0.0.0 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200
    192.0.0.192 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 168.63.129.16 224.0.0.1 239.255.255.250
    240.0.0.1 255.255.255.255 :: ::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd00:ec2::254 ff02::1 ff0e::1 ::127.0.0.1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:7f00:1 64:ff9b::7f00:1 64:ff9b::a00:1
    64:ff9b:1::7f00:1 2002:7f00:1:: 2002:a00:1:: 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 3fff::1 5f00::1
    4000::1 100::1 2606:4700::5efe:7f00:1 2606:4700::200:5efe:a00:1
""".split()


@pytest.mark.parametrize("address", INWARD)
def test_no_inward_address_counts_as_public(address: str) -> None:
    assert not _is_public(address)


@pytest.mark.parametrize("address", "8.8.8.8 1.1.1.1 2606:4700:4700::1111 2a00:1450::1 ::ffff:8.8.8.8".split())
def test_public_addresses_do(address: str) -> None:
    assert _is_public(address)


@pytest.mark.parametrize(
    "host",
    """127.0.0.1 127.1 2130706433 0x7f.1 0x7f000001 0177.0.0.1 017700000001 0 １２７.0.0.1 ①②⑦.0.0.1 127。0。0。1
    ｌｏｃａｌｈｏｓｔ localhost LOCALHOST [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::] [0:0:0:0:0:0:0:1] @127.0.0.1
    127.0.0.1:80 [fe80::1%25lo]""".split(),
)
def test_no_spelling_of_this_machine_is_asked(host: str) -> None:
    with served(page(b"secret")) as server, pytest.raises(UnreadableSource):
        ask(f"http://{host}/" if ":80" in host else f"http://{host}:{server.port}/")
    assert server.asked == 0


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://x.example/", "gopher://x.example/", "data:text/html,x", "jar:http://x.example!/",
        "javascript:alert(1)", "http:///x", "http:x.example", "//x.example/", "http://", "http://[::1", "http://[v1.x]/",
        "http://user@x.example/", "http://user:word@x.example/", "http://:word@x.example/", "http://x\\@127.0.0.1/",
        "http://x.example:0/", "http://x.example:65536/", "http://x.example:٣/", "http://x.example:-1/",
        "http://x.example:+80/", "http://x.example:8_0/", "http://x\0.example/", "http://a..b/", "http://.x/",
        "http://" + "a" * 64 + ".example/", "http://" + "é" * 2_000 + "/", "http://xn--é/", "http://\ud800/",
        "http://℀.example/", "http://x.example/" + "a" * MAX_URL_CHARS, "http://x.example:22/", "http://x.example:25/",
        "https://x.example:6667/",
    ],
)  # fmt: skip
def test_odd_addresses_are_refused_and_nothing_else(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> socket.socket:
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(UnreadableSource) as refused:
        ask(url)
    assert len(refused.value.reason) < 400


# Redirects, and names that change.


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "where",
    [
        "http://127.0.0.1/", "//localhost/", "http://inside.example/", "http://[::ffff:10.0.0.1]/", "http://2130706433/",
        "file:///etc/passwd", "gopher://x/", "http://a:b@open.example/", "http://open.example:25/", "http://[::1",
    ],
)  # fmt: skip
def test_no_redirect_leads_inwards(where: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(leads(where, status), page(b"secret")) as server:
        names = Names(monkeypatch, server.port)
        names.known = {
            "open.example": [["93.184.216.34"]],
            "inside.example": [["192.168.0.10"]],
            "localhost": [["127.0.0.1"]],
            "127.0.0.1": [["127.0.0.1"]],
            "2130706433": [["127.0.0.1"]],
            "::ffff:10.0.0.1": [["::ffff:10.0.0.1"]],
        }
        with pytest.raises(NotAsked):
            fetch("http://open.example/")
        assert server.asked == 1
        assert names.connected == [("93.184.216.34", 80)]


def test_a_name_with_one_inward_address_among_others_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(page(b"x")) as server:
        names = Names(monkeypatch, server.port)
        names.known = {"mixed.example": [["93.184.216.34", "10.0.0.1"]]}
        with pytest.raises(NotAsked, match=r"10\.0\.0\.1"):
            fetch("http://mixed.example/")
        assert server.asked == 0


def test_a_name_that_changes_is_looked_up_once_for_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: public when it is checked, inward when it is connected to."""
    with served(page(b"public")) as server:
        names = Names(monkeypatch, server.port)
        names.known = {"turn.example": [["93.184.216.34"], ["127.0.0.1"]]}
        assert fetch("http://turn.example/").content == b"public"
        assert names.connected == [("93.184.216.34", 80)]
        with pytest.raises(NotAsked):
            fetch("http://turn.example/")
        assert len(names.connected) == 1


def test_redirects_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(leads("/again")) as server, pytest.raises(UnreadableSource, match="redirects more than"):
        fetch(f"{server.url}/", allow_private=True)
    assert server.asked <= 7


@pytest.mark.parametrize(
    "where", ["/a\rX-Evil: 1", "/%0d%0aX-Evil:%201", "/a b\tc", "/é\x85", "/\x00", "/a#" + "b" * 9_000, "?" * 100]
)
def test_no_redirect_writes_a_header(where: str) -> None:
    with served(leads(where), page(b"x")) as server:
        try:
            fetch(f"{server.url}/", allow_private=True)
        except UnreadableSource:
            assert server.asked == 1
        else:
            assert b"\nX-Evil" not in server.requests[1]
            assert server.requests[1].count(b"\r\n\r\n") == 1


def test_an_address_writes_no_header() -> None:
    with served(page(b"x")) as server:
        fetch(f"{server.url}/a\r\nX-Evil: 1?b\r\nX-Evil: 2#c", allow_private=True)
        assert b"\nX-Evil" not in server.requests[0]
        for value in ("a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\r\n\r\nGET / HTTP/1.1"):
            with pytest.raises(UnreadableSource):
                ask(f"{server.url}/", allow_private=True, headers=(("If-None-Match", value),))


# Servers that never end.


def drips(start: bytes, drop: bytes, pause: float = 0.05) -> Play:
    def play(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(drop)
            time.sleep(pause)

    return play


SLOW = {
    "status line": drips(b"HTTP/1.1 200 ", b"O"),
    "headers": drips(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "one header": drips(b"HTTP/1.1 200 OK\r\nX: ", b"y"),
    "continue": drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "body": drips(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"x"),
    "endless body": drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    "chunk size": drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;", b"a"),
    "chunks": drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "trailers": drips(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    "nothing": lambda connection: time.sleep(10),
}


@pytest.mark.parametrize("what", SLOW)
def test_a_page_ends_with_its_time(what: str) -> None:
    with served(SLOW[what]) as server:
        started = time.monotonic()
        with pytest.raises(NoAnswer):
            ask(f"{server.url}/", allow_private=True, deadline=started + 0.4)
        assert time.monotonic() - started < 3


def test_a_handshake_ends_with_its_time() -> None:
    with served(drips(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc", b"\x00")) as server:
        started = time.monotonic()
        with pytest.raises(NoAnswer):
            ask(f"https://127.0.0.1:{server.port}/", allow_private=True, deadline=started + 0.4)
        assert time.monotonic() - started < 3


def floods(start: bytes, block: bytes) -> Play:
    def play(connection: socket.socket) -> None:
        connection.sendall(start)
        while True:
            connection.sendall(block)

    return play


LONG = {
    "headers": floods(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 60_000 + b"\r\n"),
    "one header": floods(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 60_000),
    "status line": floods(b"HTTP/1.1 200 ", b"y" * 60_000),
    "continue": floods(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000),
    "body": floods(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1_000_000),
    "chunks": floods(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 10_000),
    "one chunk": floods(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffff\r\n", b"x" * 1_000_000),
    "trailers": floods(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 10_000),
}


@pytest.mark.parametrize("what", LONG)
def test_no_more_than_a_page_is_taken(what: str) -> None:
    with served(LONG[what]) as server, pytest.raises(UnreadableSource):
        ask(f"{server.url}/", allow_private=True, deadline=time.monotonic() + 1.5)


def test_the_bounds_leave_room() -> None:
    assert MAX_HEAD_BYTES >= 65_536
    assert MAX_DOCUMENT_BYTES < fetching.MAX_WIRE_BYTES


@pytest.mark.parametrize("layers", [1, 2])
def test_a_packed_bomb_is_not_unpacked(layers: int) -> None:
    bomb = gzip.compress(b"\0" * 60_000_000)
    for _ in range(layers - 1):
        bomb = gzip.compress(bomb)
    with served(page(bomb, "Content-Encoding: gzip")) as server:
        if layers == 1:
            with pytest.raises(UnreadableSource):
                fetch(f"{server.url}/", allow_private=True)
        else:  # one layer is taken off, as the server says there is one
            assert len(fetch(f"{server.url}/", allow_private=True).content) < 100_000


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"\x00" * 100, b"HTTP/1.1", b"HTTP/9.9 200 OK\r\n\r\n", b"HTTP/1.1 999 \xff\r\n\r\n", b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx", b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx", b"HTTP/1.1 301 x\r\nLocation: \xff\xfe\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot", b"HTTP/1.1 -5 x\r\n\r\n", b"HTTP/1.1 304 x\r\n\r\n",
    ],
)  # fmt: skip
def test_what_is_no_answer_is_said_to_be_none(answer: bytes) -> None:
    with served(answers(answer)) as server:
        try:
            found = fetch(f"{server.url}/", allow_private=True, deadline=time.monotonic() + 2)
        except UnreadableSource as refused:
            assert len(refused.reason) < 400
        else:
            assert found.content in (b"x", b"")


def test_a_certificate_that_nobody_signed_is_refused(tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    made = subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", tmp_path / "cert.pem",
            "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ],
        capture_output=True, check=False,
    ) if sys.platform == "linux" else None  # fmt: skip
    if made is None or made.returncode:
        pytest.skip("no openssl to make a certificate with")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", key)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            try:
                with context.wrap_socket(listening.accept()[0], server_side=True) as line:
                    line.sendall(b"HTTP/1.1 200 OK\r\n\r\nsecret")
            except OSError:
                return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        with pytest.raises(NoAnswer, match=r"certificate|CERTIFICATE"):
            fetch(f"https://127.0.0.1:{listening.getsockname()[1]}/", allow_private=True)
        thread.join(5)


def test_plain_http_behind_https_is_no_answer() -> None:
    with served(page(b"secret")) as server, pytest.raises(NoAnswer):
        fetch(f"https://127.0.0.1:{server.port}/", allow_private=True)
