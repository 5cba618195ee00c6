"""Inputs that are small on the disk, or wrong about themselves, and mean to fill the memory or never to end."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final

import zstandard

from archive_factory import response

WORDS: Final = "The envoys met in Tallinn on Friday and said that the talks would go on in June. "


def page(more: str = "") -> bytes:
    """A good page."""
    return f"<html><body><h1>Envoys meet</h1>{more}<p>{WORDS * 5}</p></body></html>".encode()


def zeros(path: Path, size: int, first: bytes = b"", unit: bytes = bytes(1 << 20)) -> None:
    """A packed file (by its name) of ``first`` and then ``unit`` over and over, ``size`` bytes in all; streamed."""
    with path.open("wb") as file:
        stream: io.IOBase | gzip.GzipFile | bz2.BZ2File | zstandard.ZstdCompressionWriter
        if path.suffix == ".gz":
            stream = gzip.GzipFile(fileobj=file, mode="wb", mtime=0)
        elif path.suffix == ".bz2":
            stream = bz2.BZ2File(file, "wb")
        elif path.suffix == ".zst":
            stream = zstandard.ZstdCompressor().stream_writer(file, closefd=False)
        else:
            stream = file
        stream.write(first)
        for _ in range(size // len(unit)):
            stream.write(unit)
        if stream is not file:
            stream.close()


def zstd_rle(size: int) -> bytes:
    """A zstandard frame of zeros made by hand: blocks that say "this byte 128 kB times", four bytes each."""
    block = (128 << 10) << 3 | 1 << 1
    blocks = block.to_bytes(3, "little") + b"\0"
    last = (block | 1).to_bytes(3, "little") + b"\0"
    return b"\x28\xb5\x2f\xfd\x00\x88" + blocks * (size // (128 << 10) - 1) + last  # window of 128 MB


def nested(content: bytes, times: int) -> bytes:
    """gzip of gzip of ... content."""
    for _ in range(times):
        content = gzip.compress(content, mtime=0)
    return content


def members(count: int, each: bytes = b"") -> bytes:
    """So many gzip members, each of the same bytes."""
    return gzip.compress(each, mtime=0) * count


def lying(length: int, body: bytes, url: str = "http://news.example/lie") -> bytes:
    """A response record that names a length that is not its own."""
    head, _, rest = response(body, url).partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    return b"\r\n".join([*lines, b"Content-Length: %d" % length, b"", rest])


def laughs(root: str, around: str, levels: int = 9) -> bytes:
    """Entities that name ten of the one before."""
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{level + 1} "{f"&l{level};" * 10}">' for level in range(levels)
    )
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{entities}]>{around.replace('@', f'&l{levels};')}".encode()


RSS: Final = (
    "<rss version='2.0'><channel><title>T</title><item><title>x</title><description>@</description></item></channel>"
    "</rss>"
)
ATOM: Final = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><title>x</title><content>@</content></entry>"
    "</feed>"
)
NEWSML: Final = (
    "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'><contentSet><inlineXML><html><body><p>@</p></body></html>"
    "</inlineXML></contentSet></newsItem>"
)


def subset(root: str, declared: str, around: str, words: str) -> bytes:
    """XML with declarations of its own."""
    return f"<?xml version='1.0'?><!DOCTYPE {root} [{declared}]>{around.replace('@', words)}".encode()


def deep(tag: str, depth: int) -> bytes:
    """A good page with so many elements in it, one in the other."""
    return page(f"<{tag}>" * depth + tag + f"</{tag}>" * depth)


def parquet_cell(path: Path, sizes: Iterable[int], **how: object) -> None:
    """A Parquet table of texts of so many bytes."""
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet as pq

    texts = [WORDS + "a" * size for size in sizes]
    pq.write_table(pyarrow.table({"text": pyarrow.array(texts, pyarrow.large_string())}), path, **how)


def parquet_rows(path: Path, count: int, text: str) -> None:
    """A Parquet table of one text, so many times."""
    import pyarrow
    from pyarrow import parquet as pq

    rows = pyarrow.DictionaryArray.from_arrays(pyarrow.repeat(pyarrow.scalar(0, pyarrow.int32()), count), [text])
    pq.write_table(pyarrow.table({"text": rows}), path, row_group_size=count)


def coded(body: bytes, coding: str = "gzip", *, first: bytes = b"") -> bytes:
    """A web archive of a response with a content coding, and of a good page behind it; ``first`` stands before."""
    good = response(page(), "http://news.example/good")
    packed = gzip.compress(good, mtime=0)
    return first + gzip.compress(response(body, more=f"Content-Encoding: {coding}\r\n"), 1, mtime=0) + packed


def inflated(size: int) -> bytes:
    """gzip of so many zeros, made in parts."""
    unit = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(unit.compress(bytes(1 << 20)) for _ in range(size >> 20)), unit.flush()])


def crawl(*records: bytes) -> bytes:
    """A web archive that is not packed, with a good page at its end."""
    return b"".join([*records, response(page(), "http://news.example/good")])


def parquet_lists(path: Path, count: int) -> None:
    """A Parquet table whose second row is a list of so many nothings."""
    import pyarrow
    from pyarrow import parquet as pq

    values = pyarrow.concat_arrays([pyarrow.array([WORDS * 3]), pyarrow.nulls(count, pyarrow.string())])
    rows = pyarrow.ListArray.from_arrays(pyarrow.array([0, 1, count + 1], pyarrow.int32()), values)
    pq.write_table(pyarrow.table({"text": rows}), path, compression="zstd")


def footer(path: Path, size: int) -> None:
    """A Parquet file whose footer is nothing but large."""
    with path.open("wb") as file:
        file.write(b"PAR1")
        file.seek(size, 1)
        file.write(size.to_bytes(4, "little") + b"PAR1")


def _write_deep(tag: str, path: Path) -> None:
    path.write_bytes(deep(tag, 100_000))


Make = Callable[[Path], object]


def _bytes(content: Callable[[], bytes]) -> Make:
    return lambda path: path.write_bytes(content())


RATIO: Final = "unpacks to more than 200 times"
PACKED: Final[dict[str, tuple[Make, str]]] = {
    "zeros.txt.gz": (lambda path: zeros(path, 64 << 20), RATIO),
    "zeros.txt.bz2": (lambda path: zeros(path, 32 << 20), RATIO),
    "zeros.txt.zst": (lambda path: zeros(path, 64 << 20), RATIO),
    "rle.txt.zst": (_bytes(lambda: zstd_rle(4 << 30)), RATIO),
    "line.jsonl.gz": (lambda path: zeros(path, 64 << 20, b'{"text": "', b"a" * (1 << 20)), RATIO),
    "line.jsonl.zst": (_bytes(lambda: zstd_rle(4 << 30)), RATIO),
    "line.csv.bz2": (lambda path: zeros(path, 32 << 20, b"text\n", b"a" * (1 << 20)), RATIO),
    "object.json.gz": (lambda path: zeros(path, 64 << 20, b'{"text": "', b"a" * (1 << 20)), RATIO),
    "feed.xml.zst": (lambda path: zeros(path, 64 << 20, b"<rss><channel><item><title>", b"a" * (1 << 20)), RATIO),
    "twice.jsonl.gz": (_bytes(lambda: nested(b'{"text": "x"}\n', 2)), "gzip data"),
    "four.txt.gz": (_bytes(lambda: nested(WORDS.encode() * 10, 4)), "gzip data"),
    "members.txt.gz": (_bytes(lambda: members(20_000)), "empty"),
    "members.jsonl.gz": (_bytes(lambda: members(20_000, b"x")), "line 1 is not valid JSON"),
}
"""By name: how a packed file is made, and words of the reason it is refused for."""

BEGINS: Final = "no record begins here"
ARCHIVES: Final[dict[str, tuple[Make, str]]] = {
    "zeros.warc.gz": (_bytes(lambda: coded(inflated(64 << 20))), RATIO),
    "three.warc.gz": (_bytes(lambda: coded(nested(inflated(64 << 20), 2), "gzip, gzip, gzip")), RATIO),
    "four.warc.gz": (_bytes(lambda: coded(nested(page(), 4), "gzip, gzip, gzip, gzip")), "gzip data"),
    "brotli.warc.gz": (_bytes(lambda: coded(b"\xff" * 1000, "br")), "brotli coding is damaged"),
    "deflate.warc.gz": (_bytes(lambda: coded(zlib.compress(bytes(64 << 20)), "deflate")), "more than 16,"),
    "window.warc.gz": (_bytes(lambda: coded(zstd_rle(4 << 30), "zstd")), RATIO),
    "whole.warc.gz": (lambda path: zeros(path, 64 << 20, b"WARC/1.0\r\n"), RATIO),
    "empty.warc.gz": (_bytes(lambda: coded(page(), "identity", first=members(30_000))), BEGINS),
    "heads.warc.gz": (_bytes(lambda: coded(page(), "identity", first=members(99, b"WARC/1.0\r\n\r\n"))), BEGINS),
    "long.warc": (_bytes(lambda: crawl(lying(999_999_999_999_999, page()))), "its length is wrong"),
    "huge.warc": (_bytes(lambda: crawl(lying(10**400, page()))), BEGINS),
    "minus.warc": (_bytes(lambda: crawl(lying(-5, page()))), BEGINS),
    "short.warc": (_bytes(lambda: crawl(lying(100, page()))), BEGINS),
    "further.warc": (_bytes(lambda: crawl(lying(2_000, page()))), "its length is wrong"),
    "every.warc": (_bytes(lambda: crawl(*(lying(10**14, page()) for _ in range(99)))), "its length is wrong"),
    "chunks.warc": (
        _bytes(lambda: crawl(response(b"1;" + b"x" * 60_000 + b"\r\na\r\n", more="Transfer-Encoding: chunked\r\n"))),
        "chunked transfer coding is broken",
    ),
    "headers.warc": (_bytes(lambda: crawl(b"WARC/1.0\r\n" + b"A: b\r\n" * 500_000 + b"\r\n\r\n")), BEGINS),
}
"""The same of web archives, each with a good page at its end."""

PASSWD: Final = "file:///etc/passwd"
DECLARED: Final = "declares entities"
AMPLIFIED: Final = "amplification"
LONG: Final = f'<!ENTITY a "{"x" * 100_000}">'
MARKUP: Final[dict[str, tuple[Make, str]]] = {
    "laughs.rss": (_bytes(lambda: laughs("rss", RSS)), DECLARED),
    "laughs.atom": (_bytes(lambda: laughs("feed", ATOM)), DECLARED),
    "laughs.newsml": (_bytes(lambda: laughs("newsItem", NEWSML)), DECLARED),
    "wide.rss": (_bytes(lambda: laughs("rss", RSS).decode().encode("utf-16")), DECLARED),
    "title.rss": (_bytes(lambda: laughs("rss", RSS.replace("<title>T", "<title>@"))), DECLARED),
    "value.atom": (_bytes(lambda: laughs("feed", ATOM.replace("<title>T", "<title type='@'>T"))), DECLARED),
    "root.rss": (_bytes(lambda: laughs("rss", RSS.replace("2.0", "@"))), AMPLIFIED),
    "itself.rss": (_bytes(lambda: subset("rss", '<!ENTITY a "&b;"><!ENTITY b "&a;">', RSS, "&a;")), DECLARED),
    "quadratic.rss": (_bytes(lambda: subset("rss", LONG, RSS, "&a;" * 99_999)), DECLARED),
    "quadratic.atom": (_bytes(lambda: subset("feed", LONG, ATOM, "&a;" * 99_999)), DECLARED),
    "quadratic.newsml": (_bytes(lambda: subset("newsItem", LONG, NEWSML, "&a;" * 99_999)), DECLARED),
    "external.rss": (_bytes(lambda: subset("rss", f'<!ENTITY a SYSTEM "{PASSWD}">', RSS, "&a;")), DECLARED),
    "external.atom": (_bytes(lambda: subset("feed", f'<!ENTITY a SYSTEM "{PASSWD}">', ATOM, "&a;")), DECLARED),
    "external.newsml": (_bytes(lambda: subset("newsItem", f'<!ENTITY a SYSTEM "{PASSWD}">', NEWSML, "&a;")), DECLARED),
    "percent.rss": (_bytes(lambda: subset("rss", f'<!ENTITY % a SYSTEM "{PASSWD}"> %a;', RSS, WORDS)), DECLARED),
    "percent.atom": (_bytes(lambda: subset("feed", f'<!ENTITY % a SYSTEM "{PASSWD}"> %a;', ATOM, WORDS)), DECLARED),
    "percent.newsml": (
        _bytes(lambda: subset("newsItem", f'<!ENTITY % a SYSTEM "{PASSWD}"> %a;', NEWSML, WORDS)),
        DECLARED,
    ),
    "defaults.rss": (
        _bytes(lambda: subset("rss", f"<!ATTLIST b c CDATA '{'x' * 1_000_000}'>", RSS, "<b/>" * 150_000)),
        AMPLIFIED,
    ),
    "deep.rss": (_bytes(lambda: subset("rss", "", RSS, "<b>" * 100_000)), "Excessive depth"),
    "swarm.atom": (_bytes(lambda: ATOM.replace("@", "<b/>" * 250_000).encode()), "more than 200,000 elements"),
}
"""The same of feeds and newsrooms."""

SEEN: Final[dict[str, Make]] = {
    "doctype.rss": _bytes(lambda: f"<!DOCTYPE rss SYSTEM '{PASSWD}'>{RSS.replace('@', WORDS * 3)}".encode()),
    "doctype.atom": _bytes(lambda: f"<!DOCTYPE feed PUBLIC '-//x' '{PASSWD}'>{ATOM.replace('@', WORDS * 4)}".encode()),
    "xinclude.newsml": _bytes(
        lambda: NEWSML.replace(
            "@", f"{WORDS * 5} <i:include xmlns:i='http://www.w3.org/2001/XInclude' parse='text' href='{PASSWD}'/>"
        ).encode()
    ),
}
"""Files that name another file and are read all the same, without it."""

TABLES: Final[dict[str, tuple[Make, str]]] = {
    "deep.json": (_bytes(lambda: b'{"text": ' * 100_000), "nested too deep"),
    "deep.jsonl": (_bytes(lambda: b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"), "nested too deep"),
    # About the depth at which Python gives up, where the parser has gone through and what follows may not.
    "lists.jsonl": (
        _bytes(lambda: b"".join(b'{"text": ' + b"[" * n + b"]" * n + b"}\n" for n in range(60, 1100, 20))),
        "holds no text",
    ),
    "names.jsonl": (
        _bytes(
            lambda: b"".join(b'{"text": ' + b'{"name":' * n + b"1" + b"}" * n + b"}\n" for n in range(60, 1100, 20))
        ),
        "holds no text",
    ),
    "rows.jsonl": (
        _bytes(lambda: b"".join(b"[" * n + b"]" * n + b"\n" for n in range(900, 1000))),
        "the row is an array",
    ),
    "number.json": (_bytes(lambda: b'{"text": ' + b"9" * 1_000_000 + b"}"), "not valid JSON"),
    "key.jsonl": (_bytes(lambda: b'{"' + b"k" * 2_000_000 + b'": 1}\n'), "1,999,920 more"),
    "keys.jsonl": (
        _bytes(lambda: b'{"text":"",' + b",".join(b'"k%d":1' % n for n in range(100_000)) + b"}\n"),
        "holds no text",
    ),
    "parts.json.gz": (_bytes(lambda: gzip.compress(b'{"a":[' + b"[]," * 2_000_000 + b"[]]}")), "lists and objects"),
    "header.csv": (_bytes(lambda: b"c" * 2_000_000 + b",d\n"), "1,999,920 more"),
    "cell.csv.gz": (
        _bytes(lambda: gzip.compress(b'title,text\nA,"' + b"".join(b"%0100d\n" % n for n in range(200_000)), 1)),
        "close its quotation mark; lines 2 to 200001",
    ),
    "cells.csv.gz": (
        _bytes(
            lambda: gzip.compress(
                b'title,text\nA,"'
                + b"".join(b'%080d\n","' % n for n in range(200_000))
                + b'"\nB,"%s"' % WORDS.encode(),
                1,
            )
        ),
        "close its quotation mark; lines 2 to",
    ),
}
"""The same of tables."""

TAGS: Final = ("div", "table", "b", "ul", "a", "svg", "h1", "x-y", "select")
DEEP: Final[dict[str, tuple[Make, str]]] = {
    f"{tag}.html": (partial(_write_deep, tag), "nested 100,000 deep") for tag in TAGS[:5]
}
"""Pages of one element in the other, a hundred thousand times: those that are refused."""

SHALLOW: Final[dict[str, Make]] = {f"{tag}.html": partial(_write_deep, tag) for tag in TAGS[5:]}
"""Those that are read, for a good text is around them."""

PARQUETS: Final[dict[str, tuple[Make, str]]] = {
    "rows.parquet": (lambda path: parquet_rows(path, 20_000_000, "x"), RATIO),
    "twelve.parquet": (lambda path: parquet_cell(path, [0, 20_000_000] * 6, compression="zstd"), RATIO),
    "list.parquet": (lambda path: parquet_lists(path, 10_000_000), RATIO),
    "cell.parquet": (lambda path: parquet_cell(path, [0, 17_000_000], compression="none"), "at most 16,000,000"),
}
"""The same of Parquet."""

LARGE: Final[dict[str, tuple[Make, str]]] = {
    "members.warc.gz": (_bytes(lambda: coded(members(1_000_000))), "more than 16,"),
    "feed.xml": (lambda path: zeros(path, 40 << 20, b"<rss><item><title>", b"a" * (1 << 20)), "Text node too long"),
    "names.rss": (_bytes(lambda: RSS.replace("@", f"<{'n' * 15_000_000}/>").encode()), "not valid XML"),
    "endless.rss": (_bytes(lambda: b"<rss><channel><!--" + b"x" * 20_000_000), "at most 16,000,000"),
    "key.json": (_bytes(lambda: b'{"' + b"k" * 60_000_000 + b'": 1}\n'), "59,999,920 more"),
    "keys.json": (_bytes(lambda: b"{" + b",".join(b'"k%d":1' % n for n in range(1_000_000)) + b"}\n"), "no column"),
    "empties.json": (_bytes(lambda: b'{"text":[' + b"[]," * 20_000_000 + b"[]]}"), "lists and objects"),
    "cell.csv": (_bytes(lambda: b'title,text\nA,"' + b"a line of a cell that never ends\n" * 1_000_000), "quotation"),
    "cells.csv": (
        _bytes(lambda: b'title,text\nA,"' + b'a line of a cell\n","' * 1_700_000),
        "close its quotation mark",
    ),
    "page.parquet": (
        lambda path: parquet_cell(path, [0, 300_000_000], compression="zstd", use_dictionary=False),
        "a page of its column 'text'",
    ),
    "values.parquet": (
        lambda path: parquet_cell(path, [0, 300_000_000], compression="zstd"),
        "a page of its column 'text'",
    ),
    "dictionary.parquet": (lambda path: parquet_cell(path, [0, *[200_000_000] * 8], compression="zstd"), RATIO),
    "delta.parquet": (
        lambda path: parquet_cell(
            path, [150_000_000] * 8, compression="zstd", use_dictionary=False, column_encoding="DELTA_BYTE_ARRAY"
        ),
        RATIO,
    ),
    "lists.parquet": (lambda path: parquet_lists(path, 50_000_000), "entries in lists"),
    "footer.parquet": (lambda path: footer(path, 70_000_000), "its footer has"),
}
"""Those that take seconds to make, or megabytes on the disk."""
