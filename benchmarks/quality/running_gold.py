"""The project's own gold: sixty news articles of two negotiations, coded stand-off by ``benchmarks/gold/CODING.md``.

A line an article: id, coder, and offsets (code points of the article's ``text``) with labels; no text. ``running_dev``
holds the forty articles that errors are looked at in, ``running_test`` the twenty that were set aside before any work
on the reader, ``running_double`` a second coder's rows for ten of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.quality.news_statements import Wanted, load_articles, source_of_row
from summitry.clean import clean
from summitry.evaluate.events import EventKey, parse_days
from summitry.reader.pipeline import Reader
from summitry.vocabulary import Reading, Span

FOLDER: Final = Path(__file__).parents[1] / "gold"


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement, with the way its speaker is named where it stands: name, title, pronoun, floating ..."""

    wanted: Wanted
    form: str
    said: str | None


@dataclass(frozen=True, slots=True)
class GoldPosition:
    """A party's stance; ``spans`` are the clause, ``point`` the words of what it is about."""

    party: str
    stance: str
    attributed_by: str
    spans: tuple[Span, ...]
    point: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldMove:
    """A move; ``spans`` are the clause."""

    kind: str
    proposer: str
    addressee: str | None
    sequence: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """All rows of one article by one coder."""

    article: str
    coder: str
    statements: tuple[GoldStatement, ...]
    events: tuple[EventKey, ...]
    positions: tuple[GoldPosition, ...]
    moves: tuple[GoldMove, ...]


def load_running(name: str) -> dict[str, GoldArticle]:
    """The articles of ``running_NAME.jsonl`` by id; empty where the file is absent."""
    path = FOLDER / f"running_{name}.jsonl"
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["article"]: _article(row) for row in rows}


def read_running(shared: Path, gold: dict[str, GoldArticle], reader: Reader) -> Iterator[tuple[GoldArticle, Reading]]:
    """The readings of the gold articles that stand under ``shared``, in order of id.

    Raises:
        ValueError: an article's text is not the one that was coded.
    """
    rows = load_articles(shared / "data" / "news", gold)
    chosen = sorted(rows)
    articles = [clean(source_of_row(rows[key])) for key in chosen]
    for key, reading in zip(chosen, reader.read_many(articles), strict=True):
        if reading.article.text != rows[key]["text"]:
            raise ValueError(f"{key}: the offsets of the gold are not those of the cleaned text")
        yield gold[key], reading


def _spans(values: list[list[int]] | None) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in values or ())


def _state(code: str) -> str:
    return code if code.startswith(("IGO", "IMG", "NGO")) else code[:3]


def _article(row: dict[str, Any]) -> GoldArticle:
    key = row["article"]
    return GoldArticle(
        article=key,
        coder=row["coder"],
        statements=tuple(
            GoldStatement(
                Wanted(key, _spans(s["spans"]), s["speaker"], s["anonymous"], s["party"], s["quote_type"]),
                s["form"],
                s["said"],
            )
            for s in row["statements"]
        ),
        events=tuple(
            EventKey(
                frozenset(_state(code) for code in (*e["actors"], *e["recipients"])),
                e["type"],
                e["modality"],
                parse_days(e["date"]),
                _spans(e["passages"]),
            )
            for e in row["events"]
        ),
        positions=tuple(
            GoldPosition(_state(p["party"]), p["stance"], p["attributed_by"], _spans(p["evidence"]), _spans(p["point"]))
            for p in row["positions"]
        ),
        moves=tuple(
            GoldMove(
                m["kind"],
                _state(m["proposer"]),
                _state(m["addressee"]) if m["addressee"] else None,
                m["sequence"],
                _spans(m["evidence"]),
            )
            for m in row["moves"]
        ),
    )
