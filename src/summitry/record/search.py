"""Full-text search: a person's words as an FTS5 query that cannot be wrong, and the passages it finds."""

from __future__ import annotations

import re
import sqlite3

from summitry.errors import UsageError
from summitry.record.loading import load_citations
from summitry.record.rows import Passage
from summitry.vocabulary import Evidence

_PHRASE = re.compile(r'"([^"]*)"')
# What the unicode61 tokenizer takes for a word: letters and digits; everything else separates.
_WORD = re.compile(r"[^\W_]+")
# FTS5 refuses expressions deeper than 256; nobody types this many words.
_MOST_TERMS = 64


def match_query(words: str) -> str:
    """An FTS5 query for rows that hold all the words; words in double quotes as a phrase.

    Nothing of FTS5's own syntax comes through: every word is quoted.

    Raises:
        UsageError: there is no word in it.
    """
    phrases = (" ".join(_WORD.findall(phrase)) for phrase in _PHRASE.findall(words))
    terms = [f'"{term}"' for term in (*phrases, *_WORD.findall(_PHRASE.sub(" ", words))) if term]
    if not terms:
        raise UsageError(f"search words are {words!r}; allowed: at least one word of letters or digits")
    if len(terms) > _MOST_TERMS:
        raise UsageError(f"search has {len(terms)} words; allowed: at most {_MOST_TERMS}")
    return " ".join(terms)


def search_sentences(connection: sqlite3.Connection, words: str, limit: int) -> list[Passage]:
    """The sentences that hold all the words, best first (BM25), at most ``limit``.

    Raises:
        UsageError: there is no word in ``words``.
    """
    rows = connection.execute(
        "SELECT sentences.* FROM sentences_search JOIN sentences ON sentences.number = sentences_search.rowid "
        "WHERE sentences_search MATCH ? ORDER BY rank, sentences.number LIMIT ?",
        (match_query(words), limit),
    ).fetchall()
    cited = load_citations(connection, (row["source_id"] for row in rows))
    return [
        Passage(
            cited[row["source_id"]],
            Evidence(row["source_id"], row["start_char"], row["end_char"], row["text"]),
            row["start_char"],
            "",
            "",
        )
        for row in rows
    ]
