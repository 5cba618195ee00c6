"""Pieces: over all of them the sources are exactly those of the whole, however it is split."""

from __future__ import annotations

import json
import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive_factory import jsonl, parquet, record, response, write
from summitry.intake import IntakeOptions, iter_piece, iter_sources, pieces
from summitry.intake.pieces import Piece
from summitry.vocabulary import Rejected, Source

Told = tuple[str, str, str, str]


def told(one: Source | Rejected) -> Told:
    source = one.source if isinstance(one, Rejected) else one
    reason = f"{one.stage}: {one.reason}" if isinstance(one, Rejected) else source.media_type
    return source.uri, source.sha256, reason, source.fetched or ""


def in_pieces(path: Path, target: int, *, ordered: bool = True) -> list[Told]:
    found: list[Told] = []
    for piece in pieces([str(path)], IntakeOptions(), target):
        found.extend(map(told, [piece] if isinstance(piece, Rejected) else iter_piece(piece)))
    return found if ordered else sorted(found)


def check(path: Path, target: int) -> int:
    whole = [told(one) for one in iter_sources([str(path)])]
    split = list(pieces([str(path)], None, target))
    assert Counter(in_pieces(path, target)) == Counter(whole)
    if all(isinstance(piece, Piece) and piece.of == 1 for piece in split):
        assert in_pieces(path, target) == whole
    return len(split)


LINES = st.sampled_from(
    [b'{"text": "one"}', b"", b"{broken", b'{"text": "' + b"long " * 40 + b'"}', b"   ", b"[1]", b'{"text": "\xe9"}']
)
TARGET = st.integers(1, 400)


@settings(deadline=None, max_examples=60)
@given(st.lists(LINES, max_size=80), TARGET, st.booleans(), st.sampled_from([b"\n", b"\r\n"]))
def test_lines(lines: list[bytes], target: int, ended: bool, end: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        path.write_bytes(end.join(lines) + end * ended)
        check(path, target)


@settings(deadline=None, max_examples=25)
@given(st.lists(LINES, max_size=80), TARGET, st.sampled_from([".jsonl.gz", ".jsonl.zst", ".jsonl.bz2"]), st.booleans())
def test_packed_lines(lines: list[bytes], target: int, suffix: str, damaged: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / f"rows{suffix}", [line + b"\n" for line in lines])
        if damaged:
            path.write_bytes(path.read_bytes()[:-3])
        check(path, target)


RECORDS = st.sampled_from(
    [
        response(b"<html><p>One.</p>"),
        response(b"no", status="404 No"),
        response(b"png", kind="image/png"),
        record("warcinfo", b"software: x\r\n", "", "application/warc-fields"),
        record("conversion", b"A text.", "http://b.example/", "text/plain"),
        response(b"<p>" + bytes(range(256)) * 30, more="Content-Encoding: gzip\r\n"),
        response(b"<p>\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"),
        b"no record\r\n\r\n",
        b"WARC/1.0\r\nContent-Length: x\r\n\r\n",
    ]
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(RECORDS, max_size=25),
    st.integers(1, 3000),
    st.sampled_from([".warc", ".warc.gz", ".warc.zst", ".warc.bz2"]),
    st.randoms(use_true_random=False),
)
def test_archives_damaged_or_whole(records: list[bytes], target: int, suffix: str, chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / f"crawl{suffix}", records)
        check(path, target)
        content = bytearray(path.read_bytes())
        if content:
            for _ in range(3):
                content[chance.randrange(len(content))] = chance.randrange(256)
            path.write_bytes(content[: chance.randrange(len(content)) + 1])
            check(path, target)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 60), st.integers(1, 20), st.integers(1, 3000))
def test_row_groups(rows: int, group: int, target: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        texts: list[object] = [f"Text {number} " * 30 if number % 7 else "" for number in range(rows)]
        check(parquet(Path(folder) / "rows.parquet", {"text": texts, "other": texts}, group), target)


@pytest.mark.parametrize(
    "name", ["rows.csv", "rows.csv.gz", "rows.json", "rows.json.zst", "rows.tsv", "a.txt", "b.txt.gz"]
)
@pytest.mark.parametrize("target", [1, 7, 300, 10**9])
def test_other_kinds(tmp_path: Path, name: str, target: int) -> None:
    if ".json" in name:
        content = json.dumps([{"text": f"Text {number}"} if number % 9 else 3 for number in range(70)]).encode()
    else:
        mark = "\t" if ".tsv" in name else ","
        content = f"title{mark}text\n".encode() + b"".join(
            f'A{mark}"Text\n{number}"\n'.encode() if number % 9 else b"B\n" for number in range(70)
        )
    path = write(tmp_path / name, [content])
    check(path, target)


def test_wide_lines_are_shared_out(tmp_path: Path) -> None:
    path = tmp_path / "wide.jsonl"
    path.write_bytes(jsonl([f"Text {number}" for number in range(90)]).decode().encode("utf-16"))
    assert check(path, 500) > 1


def test_an_archive_in_one_member(tmp_path: Path) -> None:
    path = write(tmp_path / "one.warc.gz", [b"".join(response(b"<p>%d" % number) for number in range(40))])
    check(path, 100)
    first, second, *_ = (told(one)[0] for one in iter_sources([str(path)]))
    assert first.endswith("#0")
    assert "#0+" in second


def test_lines_are_counted_where_the_plan_did_not(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(jsonl(["one", "two", "three"]))
    found = list(iter_piece(Piece(str(path), 18, 40)))
    assert [one.uri.rpartition("#")[2] for one in found if isinstance(one, Source)] == ["3"]


def test_a_folder_of_small_files_and_what_is_no_file(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.py"):
        (tmp_path / name).write_text("text")
    found = list(pieces([str(tmp_path), "-", "http://news.example/a", str(tmp_path / "none")], None, 10))
    assert [one.path if isinstance(one, Piece) else one.stage for one in found] == [
        str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "decode", "-", "http://news.example/a", "fetch",
    ]  # fmt: skip
    assert [one.size for one in found if isinstance(one, Piece)] == [4, 4, 0, 0]
