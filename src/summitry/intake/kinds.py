"""What a file is, by its name: the kinds summitry takes in, and how they may be packed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

JSONL: Final = "application/jsonl"
JSON: Final = "application/json"
CSV: Final = "text/csv"
TSV: Final = "text/tab-separated-values"
WARC: Final = "application/warc"
PARQUET: Final = "application/vnd.apache.parquet"
XML: Final = "application/xml"

MEDIA_TYPES: Final = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html",
    ".jsonl": JSONL, ".ndjson": JSONL, ".json": JSON, ".csv": CSV, ".tsv": TSV,
    ".warc": WARC, ".wet": WARC, ".parquet": PARQUET, ".pq": PARQUET,
    ".xml": XML, ".rss": XML, ".atom": XML, ".newsml": XML,
}  # fmt: skip
"""By ending. ``.xml`` is told apart by its first element, ``.json`` by its names."""

COLLECTIONS: Final = frozenset({JSONL, JSON, CSV, TSV, WARC, PARQUET, XML})
"""Kinds that hold many reports: read one by one, so their size is no matter."""

PACKINGS: Final = {".gz": "gzip", ".zst": "zstandard", ".bz2": "bzip2"}

MAGIC: Final = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstandard", b"BZh": "bzip2"}
"""The first bytes of packed data."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``media_type`` of the content, ``packing`` around it, ``known`` where the name says both."""

    media_type: str
    packing: str | None = None
    known: bool = True

    @property
    def is_collection(self) -> bool:
        """Whether it holds many reports."""
        return self.media_type in COLLECTIONS


def kind_of(name: str) -> Kind:
    """The kind of a file by the ending of its name; plain text where that says nothing."""
    endings = [ending.lower() for ending in PurePosixPath(name).suffixes]
    packing = PACKINGS.get(endings[-1]) if endings else None
    if packing is not None:
        endings.pop()
    # "annual.2019.gz" is a packed file of no kind that is known: text.
    media_type = MEDIA_TYPES.get(endings[-1]) if endings else None
    return Kind(media_type or "text/plain", packing, media_type is not None or packing is not None)


def packing_of(first: bytes) -> str | None:
    """How data is packed, by its first bytes; None for what is not."""
    return next((packing for magic, packing in MAGIC.items() if first.startswith(magic)), None)


def kinds_said(more: Sequence[str] = ()) -> str:
    """The endings that may be given, for a message."""
    return " ".join(sorted((*MEDIA_TYPES, *PACKINGS, *more)))
