"""Targets: each takes bytes, hands them to one way in, and holds what must hold of the answer.

A target lets through what its way in documents (errors of summitry's tree); anything else is a finding, and so is an
assertion here: words that do not stand where a row says, an answer that differs when asked twice.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from fuzz import pieces
from summitry.errors import CaseError, UnreadableSource, UsageError
from summitry.vocabulary import Evidence, LabelledSpan, Rejected, Source, Span

_MEDIA: Final = ("text/plain", "text/html", "text/markdown", "text/html; charset=shift_jis", "text/plain; charset=hex")
_ENDINGS: Final = (
    ".jsonl", ".json", ".csv", ".tsv", ".xml", ".warc", ".html", ".txt", ".jsonl.gz", ".csv.gz", ".warc.gz", ".parquet",
    ".jsonl.zst", ".json.bz2",
)  # fmt: skip
_LABELS: Final = (
    None,
    "utf-8",
    "latin-1",
    "utf-16",
    "utf-7",
    "hex",
    "idna",
    "euc-kr",
    "\x00",
    "punycode",
    "zlib",
    "big5",
)


def decoding(data: bytes) -> None:
    """Bytes to text, with every label, right or wrong."""
    from summitry.encoding import decode

    label = _LABELS[data[0] % len(_LABELS)] if data else None
    try:
        text = decode(data[1:], label)
    except UnreadableSource:
        return
    text.encode("utf-8")
    assert text == decode(data[1:], label), "differs when decoded twice"


def cleaning(data: bytes) -> None:
    """A source to an article: spans in order, inside the text."""
    from summitry.clean import clean

    source = Source("https://paper.example/x", data[1:], _MEDIA[data[0] % len(_MEDIA)] if data else "text/plain")
    try:
        article = clean(source)
    except UnreadableSource:
        return
    article.text.encode("utf-8")
    every: list[Span | LabelledSpan] = [*article.furniture, *article.metadata_spans, *article.blocks]
    spans = sorted((one.start, one.end) for one in every)
    assert all(a < b for a, b in spans), "an empty span"
    assert all(a[1] <= b[0] for a, b in pairwise(spans)), "spans overlap"
    assert spans[-1][1] <= len(article.text), "a span outside the text"
    assert clean(source) == article, "differs when cleaned twice"


@cache
def _folder() -> Path:
    shm = Path("/dev/shm")  # memory: files that live a millisecond need no disk
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=shm if shm.is_dir() else None))


def intake(data: bytes) -> None:
    """A file of any kind to sources: never an exception, bad input is told as such."""
    from summitry.intake import iter_sources

    ending = _ENDINGS[data[0] % len(_ENDINGS)] if data else ".txt"
    path = _folder() / f"in{ending}"
    path.write_bytes(_packed(data[1:], ending))
    for one in iter_sources([str(path)]):
        if isinstance(one, Rejected):
            assert one.reason, "refused without a reason"
        else:
            one.uri.encode("utf-8")


def _packed(data: bytes, ending: str) -> bytes:
    if ending.endswith(".gz") and data[:1] < b"\x80":
        import gzip

        return gzip.compress(data, 1)
    return data


def cases(data: bytes) -> None:
    """A case file: read, or refused with the place."""
    from summitry.casebook import parse_case

    try:
        parse_case(data.decode("utf-8", "replace"), "case.toml")
    except CaseError as error:
        assert "case.toml" in str(error), "the file is not named"


def reviews(data: bytes) -> None:
    """A line of a review file: what comes in goes out equal."""
    import json

    from summitry.review import review_json, review_of

    try:
        review = review_of(data.decode("utf-8", "replace"))
    except UsageError:
        return
    assert review_of(json.dumps(review_json(review))) == review, "out and in again differs"


@cache
def _gate() -> Any:
    from summitry.gate import Gate

    return Gate.of()


def gate(data: bytes) -> None:
    """A look at a page: twice the same."""
    source = Source("x", data[1:], _MEDIA[data[0] % len(_MEDIA)] if data else "text/plain")
    assert _gate().look(source) == _gate().look(source), "differs when looked at twice"


@cache
def _reader() -> Any:
    from summitry.reader.pipeline import Reader

    return Reader(light=True)


def evidence_in(row: object) -> Iterator[Evidence]:
    """Every piece of evidence within a row, at any depth."""
    if isinstance(row, Evidence):
        yield row
    elif is_dataclass(row):
        for field in fields(row):
            yield from evidence_in(getattr(row, field.name))
    elif isinstance(row, tuple | list):
        for one in row:
            yield from evidence_in(one)


def reading(data: bytes) -> None:
    """A short report read whole, twice; every row's words stand where it says."""
    from summitry.clean import clean

    try:
        article = clean(Source("https://paper.example/2019/05/04/x", data))
    except UnreadableSource:
        return
    found = _reader().read(article)
    for one in evidence_in(found):
        assert article.text[one.start : one.end] == one.exact, "evidence does not match"
    assert _reader().read(article) == found, "differs when read twice"


def desk(data: bytes) -> float:
    """A request: any answer below 500, and the record stays whole."""
    from fuzz.asking import request

    return request(data, _folder())


def cells(data: bytes) -> None:
    """Words by themselves and in a record's rows, through every form that goes out: nothing acts, nothing hides."""
    from summitry.assistant.quoting import seen
    from summitry.report.words import guarded, markdown, one_line, shorten

    text = data.decode("utf-8", "replace")
    cell = guarded(text)
    assert not cell.lstrip().startswith(("=", "+", "-", "@")), "a formula"
    for line in (one_line(text), markdown(text), shorten(text, 60)):
        assert "\x1b" not in line and "\n" not in line and "\u202e" not in line, "a control sign in a line"
    assert len(seen(text)) == len(text), "offsets moved"
    from fuzz.showing import shown

    shown(data, _folder())


@dataclass(frozen=True, slots=True)
class Target:
    """``run`` takes the input, and returns its seconds where not all that it did is the input's own.

    ``pieces`` build inputs (without: any bytes do, which are choices); ``most`` bytes an input has; ``slow_s`` is a hang.
    ``rooms`` are packages that are imported before, so that all of them count, whatever is imported late.
    """

    run: Callable[[bytes], float | None]
    pieces: tuple[str, ...]
    most: int = 4_096
    slow_s: float = 2.0
    rooms: tuple[str, ...] = ()


_SHOWN: Final = ("web", "report", "export", "record", "review", "ledger")

TARGETS: Final = {
    "decoding": Target(decoding, pieces.TEXT),
    "cleaning": Target(cleaning, pieces.HTML + pieces.TEXT),
    "intake": Target(intake, pieces.JSON + pieces.TABLE + pieces.XML + pieces.HTML),
    "cases": Target(cases, pieces.TOML),
    "reviews": Target(reviews, pieces.JSON),
    "gate": Target(gate, pieces.HTML + pieces.TEXT),
    "cells": Target(cells, pieces.TEXT + pieces.TABLE + pieces.MARKUP, 512, rooms=(*_SHOWN, "assistant")),
    "desk": Target(desk, (), 512, rooms=_SHOWN),
    "reading": Target(reading, pieces.TEXT, 400),
}
