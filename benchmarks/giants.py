"""``python -m benchmarks.giants [--bytes N] [--page] [KIND ...]``: one document of a gigabyte of each kind, read by the
real command with a good report beside it.

The documents are written in parts, and removed after their run; packed ones are made of text that packs ten times or
less, so that no ratio gives them away. ``--page`` writes the table into ``docs/hostile-input.md``.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import os
import platform
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from benchmarks.watching import watched

BYTES: Final = 1_000_000_000
SECONDS: Final = 600.0
PAGE: Final = Path(__file__).parents[1] / "docs" / "hostile-input.md"
BEGIN: Final = "<!-- giants -->"
END: Final = "<!-- /giants -->"
PART: Final = 1 << 20
GOOD: Final = (
    "Envoys meet in Tallinn\n\nTALLINN, May 3, 2019 (Baltic Example) -- Envoys of the United States and North Korea "
    "met in Tallinn on Friday.\n\nThe North Korean envoy said on Friday that the next round would be in June.\n"
)
_HEAD: Final = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def prose(size: int, between: bytes = b" ") -> Iterator[bytes]:
    """Text of so many bytes in parts; words at random, so that it packs as text does. No quotation marks."""
    chance = random.Random(1)
    words = [f"{chance.getrandbits(40):x}".encode() for _ in range(20_000)]
    part = between.join(chance.choice(words) for _ in range(PART // 11))
    while size > 0:
        # Another beginning each time: packers find no megabyte again.
        cut = part.index(between, chance.randrange(len(part) // 2))
        yield (part[cut + len(between) :] + between + part[:cut] + between)[:size]
        size -= len(part) + len(between)


Parts = Callable[[int], Iterator[bytes]]


def _around(before: bytes, after: bytes, between: bytes = b" ") -> Parts:
    def parts(size: int) -> Iterator[bytes]:
        yield before
        yield from prose(size, between)
        yield after

    return parts


def _page_in_crawl(size: int) -> Iterator[bytes]:
    block = len(_HEAD) + size
    yield (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/a\r\n"
        "WARC-Date: 2019-05-03T08:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {block}\r\n\r\n{_HEAD}"
    ).encode()
    yield from prose(size)
    yield b"\r\n\r\n"


KINDS: Final[dict[str, Parts]] = {
    "txt": _around(b"", b"\n"),
    "txt, lines": _around(b"", b"\n", b"\n"),
    "md": _around(b"# Talks\n\n", b"\n"),
    "html": _around(b"<html><body><p>", b"</p></body></html>"),
    "json": _around(b'{"text": "', b'"}'),
    "jsonl": _around(b'{"text": "', b'"}\n'),
    "csv": _around(b'title,text\nA,"', b'"\n'),
    "csv, lines": _around(b'title,text\nA,"', b'"\n', b"\n"),
    "csv, open": _around(b'title,text\nA,"', b"\n", b"\n"),
    "rss": _around(b"<rss><channel><item><title>A</title><description>", b"</description></item></channel></rss>"),
    "rss, elements": _around(b"<rss><channel><item><title>A</title>", b"</item></channel></rss>", b"<b/>"),
    "newsml": _around(b"<newsItem><contentSet><inlineXML><p>", b"</p></inlineXML></contentSet></newsItem>"),
    "warc": _page_in_crawl,
}
"""What a document is made of, by kind; its ending is the first word."""

PACKED: Final = {
    ".gz": ("txt", "json", "jsonl", "csv, lines", "rss", "warc"), ".bz2": ("jsonl",), ".zst": ("jsonl", "warc"),
}  # fmt: skip
"""Kinds that are packed too: those that are read in another way then."""


def kinds() -> list[str]:
    """The kinds by name, packed ones with their packing."""
    packed = [_packed(kind, packing) for packing, those in PACKED.items() for kind in those]
    return [*KINDS, *packed, "parquet", "parquet, plain"]


def _packed(kind: str, packing: str) -> str:
    ending, comma, rest = kind.partition(",")
    return f"{ending}{packing}{comma}{rest}"


def write(folder: Path, kind: str, size: int) -> Path:
    """The document, about ``size`` bytes once it is unpacked."""
    path = folder / f"giant.{kind.partition(',')[0]}"
    if path.suffix == ".parquet":
        _parquet(path, size, dictionary="plain" not in kind)
        return path
    parts = KINDS[next(name for name in KINDS if kind in (name, *(_packed(name, packing) for packing in PACKED)))]
    with path.open("wb") as file, closing(_packer(path, file)) as stream:
        for part in parts(size):
            stream.write(part)
    return path


def _packer(path: Path, file: BinaryIO) -> BinaryIO:
    if path.suffix == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=file, mode="wb", compresslevel=1, mtime=0))
    if path.suffix == ".bz2":
        return cast(BinaryIO, bz2.BZ2File(file, "wb", compresslevel=1))
    if path.suffix == ".zst":
        import zstandard

        return cast(BinaryIO, zstandard.ZstdCompressor(1).stream_writer(file, closefd=False))
    return file


def _parquet(path: Path, size: int, *, dictionary: bool) -> None:
    """A good report, and a cell of ``size`` bytes."""
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet

    cell = io.BytesIO()
    cell.write(GOOD.encode())
    at = cell.tell()
    for part in prose(size):
        cell.write(part)
    ends = pyarrow.array([0, at, cell.tell()], pyarrow.int64())
    texts = pyarrow.LargeStringArray.from_buffers(2, ends.buffers()[1], pyarrow.py_buffer(cell.getbuffer()))
    parquet.write_table(pyarrow.table({"text": texts}), path, use_dictionary=dictionary, compression="zstd")


@dataclass(frozen=True, slots=True)
class Run:
    """What reading one document came to. ``disk`` and ``peak`` are bytes, ``good`` is whether the report beside it was
    read."""

    kind: str
    disk: int
    status: int
    seconds: float
    peak: int
    said: str
    good: bool


def run(kind: str, size: int, seconds: float = SECONDS) -> Run:
    """Make a document, read it with the command as it comes, remove it.

    Raises:
        subprocess.TimeoutExpired: reading was not done in ``seconds``.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        path = write(folder / "in", kind, size)
        (folder / "in" / "good.txt").write_text(GOOD)
        done = watched(["read", folder / "in", "--record", folder / "talks.db"], seconds)
        said = next((line for line in done.said.splitlines() if line.startswith("rejected ")), "nothing")
        said = said.removeprefix("rejected ").removeprefix(f"{folder / 'in'}{os.sep}")
        good = "1 reports read" in done.said
        return Run(kind, path.stat().st_size, done.status, done.seconds, done.peak, said, good)


def table(runs: list[Run], size: int) -> str:
    """The runs as Markdown."""
    lines = [
        f"One document of {size:,} bytes, and a good report beside it; two shared cores, Python "
        f"{platform.python_version()}. The report was read in {sum(one.good for one in runs)} of {len(runs)} runs.",
        "",
        "| document | on the disk (MB) | seconds | peak (MiB) | what was said |",
        "|---|---|---|---|---|",
    ]
    for one in runs:
        said = one.said.replace("|", "\\|").replace("<", "&lt;")
        lines.append(f"| {one.kind} | {one.disk / 1e6:,.0f} | {one.seconds:.0f} | {one.peak >> 20:,} | {said} |")
    return "\n".join(lines)


def main() -> None:
    """Run the kinds asked for, one after the other."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kinds", nargs="*", help=f"of {'; '.join(kinds())}")
    parser.add_argument("--bytes", type=int, default=BYTES)
    parser.add_argument("--page", action="store_true")
    asked = parser.parse_args()
    runs = []
    for kind in asked.kinds or kinds():
        runs.append(run(kind, asked.bytes))
        one = runs[-1]
        told = {"kind": kind, "bytes": asked.bytes, "disk": one.disk, "status": one.status, "seconds": one.seconds}
        print(json.dumps(told | {"peak_mib": one.peak >> 20, "good": one.good, "said": one.said}), flush=True)
    if asked.page:
        text = PAGE.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{table(runs, asked.bytes)}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
