"""Intake: every kind of input, every kind of bad input, and nothing raised."""

from __future__ import annotations

import gzip
import io
import json
import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from summitry.intake import IntakeOptions, iter_sources
from summitry.intake.fetch import _is_public
from summitry.intake.options import MAX_DOCUMENT_BYTES
from summitry.vocabulary import Rejected, Source


def _take(*inputs: str | Path, options: IntakeOptions | None = None) -> tuple[list[Source], list[Rejected]]:
    taken = list(iter_sources([str(one) for one in inputs], options))
    return [one for one in taken if isinstance(one, Source)], [one for one in taken if isinstance(one, Rejected)]


def test_folder_sorted_recursive_hidden_and_loops(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("b.txt", "a.md", "sub/c.html", ".hidden/no.txt", ".no.txt"):
        (tmp_path / name).write_text("text")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    (tmp_path / "talks.db").write_bytes(b"SQLite format 3\x00")
    sources, rejected = _take(tmp_path)
    assert [Path(source.uri).name for source in sources] == ["a.md", "b.txt", "c.html"]
    assert [source.media_type for source in sources] == ["text/markdown", "text/plain", "text/html"]
    assert rejected == []


def test_missing_broken_and_odd_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "code.py").write_text("x = 1")
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7")
    os.mkfifo(tmp_path / "pipe")
    sources, rejected = _take(tmp_path, tmp_path / "none.txt", tmp_path / "*.zzz", "a\0b", "ftp://x/y")
    assert sources == []
    reasons = {Path(one.source.uri).name: one.reason for one in rejected}
    assert "not there" in reasons["broken.txt"]
    assert "'.py'" in reasons["code.py"]
    assert "PDF" in reasons["report.pdf"]
    assert "pipe" in reasons["pipe"]
    assert "no such file" in reasons["none.txt"]
    assert "pattern" in reasons["*.zzz"]
    assert len(rejected) == 8
    assert len({one.source.id for one in rejected}) == 8


def test_patterns_and_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a1.txt").write_text("one")
    (tmp_path / "a2.txt").write_text("two")
    assert len(_take(tmp_path / "a*.txt")[0]) == 2

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "no permission" in _take(tmp_path / "a1.txt")[1][0].reason


def test_jsonl_rows_and_broken_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    lines = [
        json.dumps(
            {
                "Headline": "T",
                "Body": "One.",
                "PubDate": "2019-03-17",
                "Link": "http://x",
                "Site": "B",
                "Byline": ["A", "C"],
            }
        ).encode(),
        b"{broken",
        b"",
        b'{"text": "' + b"y" * (MAX_DOCUMENT_BYTES + 10) + b'"}',
        '{"text": "café"}'.encode("cp1252"),
        b"[1, 2]",
        b'{"x": 1}',
        b'{"text": null}',
        b"[" * 100_000,
        b'{"text": "half \\ud800 pair"}',
    ]
    path.write_bytes(b"\n".join(lines))
    sources, rejected = _take(path)
    assert [source.uri.rpartition("#")[2] for source in sources] == ["1", "5", "10"]
    assert [one.source.uri.rpartition("#")[2] for one in rejected] == ["2", "4", "6", "7", "8", "9"]
    assert dict(sources[0].metadata) == {
        "title": "T",
        "date": "2019-03-17",
        "url": "http://x",
        "outlet": "B",
        "authors": "A, C",
    }
    assert sources[1].content.decode() == "café"
    assert sources[2].content.decode() == "half \ufffd pair"


def test_columns_by_option(tmp_path: Path) -> None:
    path = tmp_path / "rows.ndjson"
    path.write_text('{"text": "wrong", "Artikel": "right"}\n')
    sources, _ = _take(path, options=IntakeOptions(columns=(("text", "Artikel"),)))
    assert sources[0].content == b"right"
    _, rejected = _take(path, options=IntakeOptions(columns=(("text", "Nix"),)))
    assert "'Nix'" in rejected[0].reason


def test_json_csv_and_tsv(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"articles": [{"content": "one"}, 3, {"content": "two"}]}))
    (tmp_path / "b.csv").write_text('title;text\nA;"Long\ntext"\nB\nC;"' + "z" * 200_000 + '"\n', encoding="utf-16")
    (tmp_path / "c.tsv").write_text("headline\tarticle\nA\ttext\n")
    (tmp_path / "d.csv").write_text("a,b\n1,2\n")
    (tmp_path / "e.json").write_text('{"text": "x"}\n{"text": "y"}\n')
    (tmp_path / "f.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    sources, rejected = _take(tmp_path)
    assert [Path(one.uri).name for one in sources] == [
        "a.json#1",
        "a.json#3",
        "b.csv#2",
        "b.csv#5",
        "c.tsv#2",
        "e.json#1",
        "e.json#2",
    ]
    assert [Path(one.source.uri).name for one in rejected] == ["a.json#2", "b.csv#4", "d.csv", "f.csv"]
    assert "'a', 'b'" in rejected[2].reason


def test_gzip_packed_cut_and_bomb(tmp_path: Path) -> None:
    packed = gzip.compress(b"packed text")
    (tmp_path / "a.txt.gz").write_bytes(packed)
    (tmp_path / "b.txt.gz").write_bytes(packed[:-6])
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b'{"text": "one"}\n' + b"0" * 80_000_000))
    (tmp_path / "d.txt.gz").write_bytes(b"no gzip")
    sources, rejected = _take(tmp_path)
    assert [source.content for source in sources] == [b"packed text", b"one"]
    assert [(Path(one.source.uri).name, one.stage) for one in rejected] == [
        ("b.txt.gz", "unpack"), ("c.jsonl.gz", "unpack"), ("d.txt.gz", "unpack"),
    ]  # fmt: skip


def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    assert "100,000,000 bytes" in _take(path)[1][0].reason


def test_standard_input() -> None:
    def options(content: bytes) -> IntakeOptions:
        return IntakeOptions(stdin=cast(BinaryIO, io.BytesIO(content)))

    assert _take("-", options=options(b"plain"))[0] == [Source("-", b"plain")]
    assert [one.uri for one in _take("-", options=options(b'{"text": "a"}\n{"text": "b"}'))[0]] == ["-#1", "-#2"]


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
        elif self.path == "/round":
            self.send_response(302)
            self.send_header("Location", "/round")
            self.end_headers()
        elif self.path == "/page":
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<p>hello</p>")
        elif self.path == "/huge":
            self.send_response(200)
            self.end_headers()
            with_chunk = b"x" * 1_000_000
            try:
                for _ in range(30):
                    self.wfile.write(with_chunk)
            except OSError:
                pass
        else:
            self.send_response(404)
            self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_urls(site: str) -> None:
    allowed = IntakeOptions(allow_private=True)
    sources, rejected = _take(f"{site}/moved", f"{site}/round", f"{site}/none", f"{site}/huge", options=allowed)
    assert sources[0].content == b"<p>hello</p>"
    assert sources[0].media_type.startswith("text/html")
    assert dict(sources[0].metadata)["url"] == f"{site}/page"
    assert ["redirects" in rejected[0].reason, "404" in rejected[1].reason, "bytes" in rejected[2].reason] == [True] * 3
    assert "not a public address" in _take(f"{site}/page")[1][0].reason


@pytest.mark.parametrize(
    "url", ["http://", "http://a b/", "http://[::1", "http://u:p@example.com/", "http://x:99999/", "file:///etc/passwd"]
)
def test_urls_that_are_none(url: str) -> None:
    assert len(_take(url)[1]) == 1


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "127.0.0.1", "169.254.169.254", "192.168.1.1", "0.0.0.0", "::1", "fe80::1%eth0", "fc00::1",
     "::ffff:10.0.0.1",      "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not _is_public(address)


def test_public_addresses() -> None:
    assert _is_public("93.184.216.34")
    assert _is_public("2606:2800:220:1:248:1893:25c8:1946")
