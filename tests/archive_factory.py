"""Archives that tests make for themselves."""

from __future__ import annotations

import bz2
import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path

import zstandard


def jsonl(texts: Sequence[str]) -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


def response(
    body: bytes, url: str = "http://news.example/a", *, status: str = "200 OK", kind: str = "text/html", more: str = ""
) -> bytes:
    """A response record, not packed."""
    block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    return record("response", block, url, "application/http; msgtype=response")


def record(kind: str, block: bytes, url: str, media_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-03-17T08:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000{len(block) % 10000:04d}>\r\n"
        f"Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def write(path: Path, records: Sequence[bytes]) -> Path:
    """An archive packed as its name says: gzip and zstandard record by record."""
    if path.suffix == ".gz":
        content = b"".join(gzip.compress(one, mtime=0) for one in records)
    elif path.suffix == ".zst":
        content = b"".join(zstandard.compress(one) for one in records)
    elif path.suffix == ".bz2":
        content = bz2.compress(b"".join(records))
    else:
        content = b"".join(records)
    path.write_bytes(content)
    return path


def offsets(records: Sequence[bytes], *, packed: bool) -> list[int]:
    at, found = 0, []
    for one in records:
        found.append(at)
        at += len(gzip.compress(one, mtime=0) if packed else one)
    return found


def parquet(path: Path, columns: dict[str, list[object]], group: int = 5) -> Path:
    import pyarrow  # type: ignore[import-untyped]
    from pyarrow import parquet as pq

    stream = io.BytesIO()
    pq.write_table(pyarrow.table(columns), stream, row_group_size=group)
    path.write_bytes(stream.getvalue())
    return path
