"""Web archives: pages and texts, codings, damage, and the same pages that fastwarc finds."""

from __future__ import annotations

import bz2
import gzip
import io
import random
import subprocess
import sys
import zlib
from pathlib import Path
from typing import BinaryIO, cast

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from archive_factory import jsonl, offsets, parquet, record, response, write
from summitry.intake import IntakeOptions, iter_sources
from summitry.intake.options import MAX_DOCUMENT_BYTES
from summitry.vocabulary import Rejected, Source


def take(*places: Path | str, options: IntakeOptions | None = None) -> tuple[list[Source], list[Rejected]]:
    found = list(iter_sources([str(place) for place in places], options))
    return [one for one in found if isinstance(one, Source)], [one for one in found if isinstance(one, Rejected)]


PAGE = "<html><body><p>Envoys met in the Café.</p></body></html>"
RECORDS = [
    record("warcinfo", b"software: x\r\n", "", "application/warc-fields"),
    record("request", b"GET / HTTP/1.1\r\n\r\n", "http://news.example/1", "application/http; msgtype=request"),
    response(PAGE.encode("latin-1"), "http://news.example/1", kind="text/html; charset=ISO-8859-1"),
    record("metadata", b"fetchTimeMs: 3", "http://news.example/1", "application/warc-fields"),
    record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", "http://news.example/2", "application/http; msgtype=response"),
    response(b"gone", "http://news.example/3", status="404 Not Found"),
    response(b"GIF89a", "http://news.example/4", kind="image/gif"),
    response(b"Plain text.", "http://news.example/5", kind="text/plain"),
    record("conversion", "A text, café.".encode(), "http://news.example/6", "text/plain"),
    response(PAGE.encode(), "http://news.example/7", kind=""),
]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst", "a.warc.bz2", "a.warc.wet.gz", "a.wet"])
def test_pages_and_texts(tmp_path: Path, name: str) -> None:
    sources, rejected = take(write(tmp_path / name, RECORDS))
    assert rejected == []
    assert [dict(one.metadata)["url"][-1] for one in sources] == ["1", "5", "6", "7"]
    assert [one.media_type for one in sources] == [
        "text/html; charset=ISO-8859-1", "text/plain", "text/plain; charset=utf-8", "text/html",
    ]  # fmt: skip
    assert sources[0].content == PAGE.encode("latin-1")
    assert {one.fetched for one in sources} == {"2019-03-17T08:00:00Z"}
    places = [int(one.uri.rpartition("#")[2]) for one in sources]
    expected = offsets(RECORDS, packed=name.endswith(".gz"))
    assert places == [expected[at] for at in (2, 7, 8, 9)]


def _chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(body[at : at + 7]), body[at : at + 7]) for at in range(0, len(body), 7)) + (
        b"0\r\n\r\n"
    )


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Transfer-Encoding: chunked\r\n", _chunked(PAGE.encode())),
        ("Transfer-Encoding: chunked\r\n", PAGE.encode()),  # taken off by the crawler, the header left
        ("Content-Encoding: gzip\r\n", gzip.compress(PAGE.encode(), mtime=0)),
        ("Content-Encoding: gzip\r\n", PAGE.encode()),
        ("Content-Encoding: deflate\r\n", zlib.compress(PAGE.encode())),
        ("Content-Encoding: deflate\r\n", _raw_deflate(PAGE.encode())),
        ("Content-Encoding: br\r\n", brotli.compress(PAGE.encode())),
        ("Content-Encoding: zstd\r\n", zstandard.compress(PAGE.encode())),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", _chunked(gzip.compress(PAGE.encode(), mtime=0))),
    ],
)
def test_codings_of_http(tmp_path: Path, header: str, body: bytes) -> None:
    sources, rejected = take(write(tmp_path / "a.warc.gz", [response(body, more=header)]))
    assert rejected == []
    assert sources[0].content == PAGE.encode()


BOMB = b"<p>" + bytes(MAX_DOCUMENT_BYTES + 10)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (response(BOMB), "at most"),
        (response(gzip.compress(BOMB, mtime=0), more="Content-Encoding: gzip\r\n"), "at most"),
        (response(brotli.compress(BOMB), more="Content-Encoding: br\r\n"), "at most"),
        (response(zlib.compress(BOMB), more="Content-Encoding: deflate\r\n"), "at most"),
        (record("conversion", BOMB, "http://b.example/", "text/plain"), "at most"),
        (response(gzip.compress(PAGE.encode(), mtime=0)[:-9], more="Content-Encoding: gzip\r\n"), "cut off"),
        (response(zlib.compress(PAGE.encode())[:9], more="Content-Encoding: deflate\r\n"), "cut off"),
        (response(b"junk" * 9, more="Content-Encoding: br\r\n"), "damaged"),
        (response(b"x", more="Content-Encoding: rot13\r\n"), "'rot13'"),
        (response(b"5\r\nab", more="Transfer-Encoding: chunked\r\n"), "cut off"),
        (record("response", b"no http", "http://b.example/", "application/http"), "HTTP status"),
    ],
)
@pytest.mark.parametrize("suffix", [".warc", ".warc.gz"])
def test_a_bad_record_is_told_and_the_rest_goes_on(tmp_path: Path, bad: bytes, words: str, suffix: str) -> None:
    good = response(PAGE.encode())
    sources, rejected = take(write(tmp_path / f"a{suffix}", [good, bad, good]))
    assert len(sources) == 2
    assert words in rejected[0].reason or (words == "at most" and "times its size" in rejected[0].reason)
    assert [int(one.source.uri.rpartition("#")[2]) for one in rejected] == [
        offsets([good, bad], packed=suffix == ".warc.gz")[1]
    ]


def test_damaged_and_cut_archives(tmp_path: Path) -> None:
    records = [response(PAGE.encode() + bytes(str(number), "ascii")) for number in range(20)]
    path = write(tmp_path / "a.warc.gz", records)
    content = bytearray(path.read_bytes())
    fifth = offsets(records, packed=True)[5]
    content[fifth + 40] ^= 255
    path.write_bytes(content[:-5])
    sources, rejected = take(path)
    assert len(sources) == 18
    assert [one.stage for one in rejected] == ["unpack", "unpack"]
    assert rejected[0].source.uri.endswith(f"#{fifth}")
    plain = write(tmp_path / "b.warc", [records[0], b"junk " * 50 + b"\r\n\r\n", records[1], records[2][:-30]])
    sources, rejected = take(plain)
    assert len(sources) == 2
    assert ["no record" in rejected[0].reason, "cut off" in rejected[1].reason] == [True, True]
    assert "no record" in take(write(tmp_path / "c.warc", [b"junk"]))[1][0].reason
    assert take(write(tmp_path / "d.warc.gz", []))[1] == []


def test_the_same_pages_as_fastwarc(tmp_path: Path) -> None:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    chance = random.Random(3)
    path = write(tmp_path / "a.warc.gz", [chance.choice(RECORDS) for _ in range(200)])
    theirs = []
    with path.open("rb") as stream:
        for one in ArchiveIterator(stream, record_types=WarcRecordType.response | WarcRecordType.conversion):
            kind = one.http_content_type if one.record_type == WarcRecordType.response else "text/plain"
            status = one.http_headers.status_code if one.http_headers is not None else 200
            if status == 200 and kind in ("text/html", "text/plain", None, ""):
                theirs.append((f"{path}#{one.stream_pos}", one.reader.read(), one.headers["WARC-Target-URI"]))
    assert [(one.uri, one.content, dict(one.metadata)["url"]) for one in take(path)[0]] == theirs


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("summitry.intake.extra.importlib.import_module", missing)
    (tmp_path / "a.txt.zst").write_bytes(zstandard.compress(b"text"))
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    write(tmp_path / "c.warc", [response(b"x", more="Content-Encoding: br\r\n")])
    sources, rejected = take(tmp_path, "memory://x/y.txt")
    assert sources == []
    assert len(rejected) == 4
    assert all("summitry[archive]" in one.reason for one in rejected)


def test_packed_texts_and_tables(tmp_path: Path) -> None:
    rows = jsonl(["one", "two"])
    (tmp_path / "a.jsonl.zst").write_bytes(zstandard.compress(rows) + zstandard.compress(rows))
    (tmp_path / "b.jsonl.bz2").write_bytes(bz2.compress(rows) + bz2.compress(rows))
    (tmp_path / "c.csv.zst").write_bytes(zstandard.compress(b"text\nthree\n"))
    (tmp_path / "d.txt.bz2").write_bytes(bz2.compress(b"four"))
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(rows, mtime=0) + gzip.compress(rows) + bytes(512))
    sources, rejected = take(tmp_path)
    assert rejected == []
    assert b" ".join(one.content for one in sources) == b"one two one two one two one two three four one two one two"


@pytest.mark.parametrize("suffix", [".zst", ".bz2", ".gz"])
def test_packed_bombs_and_cuts(tmp_path: Path, suffix: str) -> None:
    bomb = write(tmp_path / f"bomb.jsonl{suffix}", [b'{"text": "one"}\n' + b"0" * 100_000_000])
    sources, rejected = take(bomb)
    assert "times its size" in rejected[0].reason
    assert len(sources) <= 1, "zstandard swells before its first line is out"
    cut = write(tmp_path / f"cut.txt{suffix}", [b"A text of some length. " * 20])
    cut.write_bytes(cut.read_bytes()[:-7])
    assert "damaged or cut off" in take(cut)[1][0].reason


def test_standard_input_packed() -> None:
    rows = jsonl(["one", "two"])
    for packed in (gzip.compress(rows, mtime=0), zstandard.compress(rows), bz2.compress(rows), rows):
        options = IntakeOptions(stdin=cast(BinaryIO, io.BytesIO(packed)))
        assert [one.uri for one in take("-", options=options)[0]] == ["-#1", "-#2"]


def test_parquet(tmp_path: Path) -> None:
    import datetime

    columns: dict[str, list[object]] = {
        "maintext": ["One.", None, "Three.", "x" * (MAX_DOCUMENT_BYTES + 1), "Five."],
        "title": ["A", "B", "C", "D", "E"],
        "date_publish": [datetime.datetime(2019, 5, 3)] * 5,
        "views": [1, 2, 3, 4, 5],
    }
    path = parquet(tmp_path / "a.parquet", columns, 2)
    sources, rejected = take(path)
    assert [one.uri.rpartition("#")[2] for one in sources] == ["1", "3", "5"]
    assert dict(sources[0].metadata) == {"title": "A", "date": "2019-05-03T00:00:00"}
    assert ["holds no text" in rejected[0].reason, "at most" in rejected[1].reason] == [True, True]
    assert "no column" in take(parquet(tmp_path / "b.parquet", {"x": [1]}))[1][0].reason
    (tmp_path / "c.parquet").write_bytes(path.read_bytes()[:-20])
    assert "no Parquet file" in take(tmp_path / "c.parquet")[1][0].reason


def test_object_stores(tmp_path: Path) -> None:
    import fsspec

    files = fsspec.filesystem("memory")
    try:
        files.pipe({"/crawl/a.jsonl": jsonl(["one", "two"]), "/crawl/b/c.warc.gz": gzip.compress(response(b"<p>x"))})
        files.pipe({"/crawl/d.bin": b"?", "/crawl/e.txt": b"Text."})
        sources, rejected = take("memory://crawl")
        assert [one.uri for one in sources] == [
            "memory:///crawl/a.jsonl#1", "memory:///crawl/a.jsonl#2", "memory:///crawl/b/c.warc.gz#0",
            "memory:///crawl/e.txt",
        ]  # fmt: skip
        assert "d.bin" in rejected[0].source.uri
        assert len(take("memory://crawl/*.jsonl")[0]) == 2
        assert "check the address" in take("memory://none/x.txt")[1][0].reason
        assert "check the address" in take("memory://none/*.txt")[1][0].reason
    finally:
        files.rm("/crawl", recursive=True)
    (tmp_path / "a.txt").write_text("Text.")
    assert take(f"file://{tmp_path}/a.txt")[0][0].content == b"Text."
    for address in ("ftp://x/y.txt", "simplecache::memory://x.txt", "zip://x::memory://y.zip", "ssh://h/x.txt"):
        assert take(address)[0] == []


STREAMED = """
import resource, sys
from summitry.intake import iter_sources
import summitry.intake.markup, zstandard, fastwarc  # what is loaded is not what is held
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
count = sum(1 for _ in iter_sources([sys.argv[1]]))
print(count, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.warc.gz"])
def test_two_hundred_megabytes_are_streamed(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    chance = random.Random(5)
    words = [f"word{chance.randrange(10**6)}" for _ in range(4000)]
    texts = [" ".join(chance.choices(words, k=900)) for _ in range(5)]
    if name.endswith(".jsonl.gz"):
        part = gzip.compress(jsonl(texts) * 20, 1)
    else:
        part = b"".join(gzip.compress(response(b"<p>" + text.encode() * 20), 1) for text in texts)
    path.write_bytes(part * 200)
    done = subprocess.run([sys.executable, "-c", STREAMED, str(path)], capture_output=True, text=True, check=True)
    count, megabytes = map(int, done.stdout.split())
    assert count == (20_000 if name.endswith(".jsonl.gz") else 1000)
    assert megabytes < 40
