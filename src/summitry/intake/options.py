"""What intake may be told, and how much it takes in: limits with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from summitry.intake.meter import Meter
from summitry.vocabulary import Rejected, Source

# One document: a text of a million characters, the most that is read, has at most 4 MB in any encoding; the largest
# HTML pages measured have 4 MB. Four times that leaves room and is still a small part of the memory a process may use.
MAX_DOCUMENT_BYTES = 16_000_000
# One line of JSONL or CSV is one document, escaped.
MAX_LINE_BYTES = MAX_DOCUMENT_BYTES
# A JSON file is parsed as a whole, which takes about ten times its size in memory; larger collections come as JSONL.
MAX_JSON_BYTES = 64_000_000
# Lists and objects in one: two hundred bytes each in memory, whatever they hold; a report has five to fifty. Brackets
# in its texts are counted along, which is quick, and nothing beside these.
MAX_JSON_PARTS = 2_000_000
# Text packs 3 to 10 times; tables of near-copies reached 60. gzip itself can reach 1,000, as only bombs do.
MAX_PACKING_RATIO = 200
# Below this size no ratio can do harm: small files of blanks pack very well.
RATIO_FROM_BYTES = MAX_DOCUMENT_BYTES
# Seconds for one URL altogether, and for each wait on the network: slow news sites answer within 10.
MAX_FETCH_SECONDS = 30.0
MAX_WAIT_SECONDS = 10.0
MAX_REDIRECTS = 5  # http to https, to www, to the canonical address, and two to spare
MAX_FOLDER_DEPTH = 64  # real trees stay under 20; the stack of open folders must end somewhere

# The usual names of columns, likeliest first; compared without case, blanks, dashes and underscores.
COLUMN_NAMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("text", ("text", "body", "content", "article",
        "articletext", "fulltext", "maintext", "articlebody", "story", "html")),
    ("title", ("title", "headline", "articletitle")),
    ("date", ("date", "published", "pubdate", "publishdate", "publishedat", "datepublished",
        "publicationdate", "datepublish", "publishingdate")),
    ("url", ("url", "link", "articleurl", "webpage")),
    ("outlet", ("outlet", "source", "publisher", "site", "sourcename", "newspaper", "publication", "sitename",
        "sourcedomain")),
    ("authors", ("authors", "author", "byline", "creator")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """How inputs are taken in.

    ``columns`` are (field, column) pairs that override the usual column names: ``(("text", "Artikel"),)``.
    ``allow_private`` lets URLs lead to private, loopback and link-local addresses. ``stdin`` is read for the input
    ``-``; None is the process's own. ``meter`` is told how much of the inputs has been taken in. ``no_inputs`` are the
    files, by device and number, that are never opened: the record that is read into, which would lose its locks.
    """

    columns: tuple[tuple[str, str], ...] = ()
    allow_private: bool = False
    stdin: BinaryIO | None = None
    meter: Meter | None = None
    no_inputs: frozenset[tuple[int, int]] = frozenset()


def refused(uri: str, stage: str, reason: str) -> Rejected:
    """An input that gave no bytes. Its address stands in the metadata, so that two of them have two ids."""
    return Rejected(Source(uri, b"", metadata=(("uri", uri),)), stage, reason)
