"""What the reports of a shard came to, as Parquet: for the fold into a record, and for any program that reads tables.

One row per report, in the order of the shard. The columns that other programs ask for are drawn out of the reading;
``reading`` is all of it as JSON, from which it comes back equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, cast, get_args

from summitry.errors import ShardError
from summitry.gate.types import Why
from summitry.ingest.keeping import Counts
from summitry.ingest.shards.storing import Landing, joined, listed, needed, opened, writing
from summitry.record.parts import storable
from summitry.vocabulary import Reading, Rejected, SourceHead

if TYPE_CHECKING:
    from msgspec.json import Decoder, Encoder

FORMAT: Final = 1
"""Of the file. A reader of another one refuses the file: the shards are read again, which is always possible."""

ENDING: Final = ".parquet"

GROUP: Final = 64
"""Readings of a row group, the most that is held in memory at either end: 64 of 100 kB of JSON are 6 MB."""

GROUP_BYTES: Final = 8_000_000
"""JSON of a row group, after the reading that goes beyond it: long reports, alone or nearly."""

GROUP_ROWS: Final = 4096
"""Rows of a row group: those without a reading are a line each."""

_FOUND: Final = (
    "sentences", "times", "mentions", "people", "statements", "events", "moves", "positions", "predictions",
    "commitments", "discrepancies",
)  # fmt: skip
"""What is found in an article: how many of each is a column."""

# Few different values, of which Parquet then keeps a list.
_REPEATED: Final = ["status", "media_type", "stage", "why", "outlet", "kind", "published_precision", "language"]
# Those a program may look for without opening every row group.
_SOUGHT: Final = ["status", "source_id", "published_start", "published_end", "outlet", "language"]


@dataclass(frozen=True, slots=True)
class Read:
    """A report that was read."""

    source: SourceHead
    reading: Reading


@dataclass(frozen=True, slots=True)
class Known:
    """A report that the record had already."""

    source: SourceHead


@dataclass(frozen=True, slots=True)
class Passed:
    """A page that the gate passed over: ``reason`` says what was looked for and what was found."""

    source: SourceHead
    why: Why
    reason: str


Outcome = Read | Known | Passed | Rejected
"""What one report came to."""


@dataclass(frozen=True, slots=True)
class Part:
    """What the end of a file says of it. ``last`` tells that no further part of the shard follows."""

    counts: Counts
    last: bool


class Writer:
    """Writes outcomes to ``NAME.parquet`` in a folder or store; it is there, whole, once the block is left in peace.

    Raises:
        ShardError: it cannot be written.
        UsageError: a package is missing, or the store is not known here.
    """

    def __init__(self, out: str, name: str) -> None:
        self._place = place_of(out, name)
        self._rows: list[dict[str, object]] = []
        self._readings = 0
        self._bytes = 0
        self._counts = Counts()
        self._last = False

    def __enter__(self) -> Self:
        parquet = needed("pyarrow.parquet")
        self._landing = Landing(self._place)
        self._parquet = parquet.ParquetWriter(
            self._landing.file,
            _schema(),
            compression="zstd",
            use_dictionary=_REPEATED,
            write_statistics=_SOUGHT,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            try:
                self._flush()
                with writing(self._place):
                    self._parquet.add_key_value_metadata(_told(self._counts, self._last))
                    self._parquet.close()
                self._landing.finish()
                return
            except BaseException:
                self._leave()
                raise
        self._leave()

    def add(self, outcome: Outcome) -> Outcome:
        """Add one; what is kept of it. A reading whose text cannot be kept becomes a rejected report, as it would in a
        record.

        Raises:
            ShardError: it cannot be written.
        """
        row, kept = _row(outcome)
        self._rows.append(row)
        self._counts += count_of(kept)
        if isinstance(kept, Read):
            self._readings += 1
            self._bytes += len(cast(bytes, row["reading"]))
        if self._readings >= GROUP or self._bytes >= GROUP_BYTES or len(self._rows) >= GROUP_ROWS:
            self._flush()
        return kept

    def last(self) -> None:
        """Say that this is the last part of the shard."""
        self._last = True

    def _flush(self) -> None:
        if self._rows:
            table = needed("pyarrow").Table.from_pylist(self._rows, schema=_schema())
            with writing(self._place):
                self._parquet.write_table(table)
        self._rows, self._readings, self._bytes = [], 0, 0

    def _leave(self) -> None:
        try:
            self._parquet.close()  # it would write its end when it is collected, to a file that is closed
        except Exception:  # the disk may be full: the error that brought us here is told
            pass
        finally:
            self._landing.abandon()


def place_of(out: str, name: str) -> str:
    """Where the outcomes of that name are."""
    return joined(out, name + ENDING)


def names(out: str) -> list[str]:
    """The names of what is whole in a folder or store, in order.

    Raises:
        ShardError: it cannot be looked into.
    """
    return [name.removesuffix(ENDING) for name in listed(out, ENDING)]


def part_counts(out: str, name: str) -> Part | None:
    """What a file says of itself; None where there is none, or none that is whole (a disk that lost power can leave one
    cut off): then it is written again.

    Raises:
        ShardError: it is of another version, or cannot be looked at.
    """
    place = place_of(out, name)
    try:
        with _parquet(place) as file:
            return _told_by(place, file)
    except (FileNotFoundError, _Torn):
        return None


def outcomes(out: str, name: str) -> Iterator[Outcome]:
    """The outcomes of that name, in order; one row group in memory at a time.

    Raises:
        FileNotFoundError: it is not there.
        ShardError: it is of another version, or damaged.
    """
    place = place_of(out, name)
    try:
        with _parquet(place) as file:
            _told_by(place, file)
            for group in range(file.num_row_groups):
                rows = file.read_row_group(group, columns=list(_NEEDED), use_threads=False).to_pylist()
                yield from map(_outcome, rows)
    except _Torn as error:
        raise _damaged(place, error) from error


def count_of(outcome: Outcome) -> Counts:
    """One outcome as a count."""
    match outcome:
        case Read():
            return Counts(read=1)
        case Known():
            return Counts(known=1)
        case Passed():
            return Counts(passed=1)
        case Rejected():
            return Counts(rejected=1)


def to_json(reading: Reading) -> bytes:
    """A reading as JSON.

    Raises:
        UnicodeEncodeError: a text in it holds half a character.
    """
    return _encoder().encode(reading)


def from_json(data: bytes) -> Reading:
    """The reading that :func:`to_json` wrote; equal.

    Raises:
        ValueError: it is none.
    """
    return _decoder().decode(data)


@cache
def _encoder() -> Encoder:
    return cast("Encoder", needed("msgspec").json.Encoder())


@cache
def _decoder() -> Decoder[Reading]:
    return cast("Decoder[Reading]", needed("msgspec").json.Decoder(Reading))


class _Torn(Exception):
    """Bytes that are no whole Parquet file."""


def _damaged(place: str, error: Exception) -> ShardError:
    return ShardError(
        f"{place} is damaged: {error}; remove it and run the same command again: only this part is read again"
    )


@contextmanager
def _parquet(place: str) -> Iterator[Any]:
    """An open Parquet file."""
    parquet = needed("pyarrow.parquet")
    invalid = needed("pyarrow").ArrowException
    with opened(place) as stream:
        try:
            with parquet.ParquetFile(stream) as file:
                yield file
        except (invalid, ValueError, EOFError) as error:
            raise _Torn(" ".join(str(error).split())) from error


# ── rows ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_NEEDED: Final = (
    "status", "uri", "sha256", "media_type", "fetched", "metadata", "stage", "why", "reason", "reading",
)  # fmt: skip
"""The columns that outcomes are made of."""


@cache
def _schema() -> Any:  # noqa: ANN401 - pyarrow has no types
    arrow = needed("pyarrow")
    text, day, number = arrow.string(), arrow.date32(), arrow.int32()
    pairs = arrow.list_(arrow.struct([("name", text), ("value", text)]))
    columns: list[tuple[str, object]] = [
        *((name, text) for name in ("status", "source_id", "uri", "sha256", "media_type", "fetched")),
        ("metadata", pairs),
        *((name, text) for name in ("stage", "why", "reason", "headline", "byline", "agency", "outlet", "kind")),
        *((f"published_{end}", day) for end in ("start", "end")),
        *((name, text) for name in ("published_precision", "published_basis", "language")),
        ("cases", arrow.list_(text)),
        *((name, number) for name in _FOUND),
        ("text", text),
        ("reading", text),
    ]
    return arrow.schema(columns)


def _row(outcome: Outcome) -> tuple[dict[str, object], Outcome]:
    """An outcome as a row, and what it is then."""
    head = outcome.source.head
    common: dict[str, object] = {
        "source_id": head.id,
        "uri": storable(head.uri),
        "sha256": head.sha256,
        "media_type": storable(head.media_type),
        "fetched": head.fetched,
        "metadata": [{"name": storable(name), "value": storable(value)} for name, value in head.metadata],
    }
    match outcome:
        case Read(_, reading):
            try:
                return {"status": "read"} | common | _of_reading(reading), outcome
            except UnicodeEncodeError as error:
                return _row(Rejected(head, "decode", _half(error)))
        case Known():
            return {"status": "known"} | common, outcome
        case Passed(_, why, reason):
            return {"status": "passed"} | common | {"why": why, "reason": storable(reason)}, outcome
        case Rejected(_, stage, reason):
            return {"status": "rejected"} | common | {"stage": stage, "reason": storable(reason)}, outcome


def _of_reading(reading: Reading) -> dict[str, object]:
    """The columns of a reading.

    Raises:
        UnicodeEncodeError: a text in it holds half a character.
    """
    # The uri may come from a file name that is not UTF-8: a record writes it out too.
    article = replace(reading.article, uri=storable(reading.article.uri))
    published = article.published
    return {
        "headline": article.headline,
        "byline": article.byline,
        "agency": article.agency,
        "outlet": article.outlet,
        "kind": article.kind,
        "published_start": published.start,
        "published_end": published.end,
        "published_precision": published.precision,
        "published_basis": published.basis,
        "language": article.language,
        "cases": list(reading.cases),
        **{name: len(getattr(reading, name)) for name in _FOUND},
        "text": article.text,
        "reading": to_json(replace(reading, article=article)),
    }


def _half(error: UnicodeEncodeError) -> str:
    return (
        f"the report holds half a character (a lone surrogate), near {error.object[:40]!r}; "
        "allowed: whole Unicode code points"
    )


def _outcome(row: Mapping[str, Any]) -> Outcome:
    metadata = tuple((pair["name"], pair["value"]) for pair in row["metadata"])
    head = SourceHead(row["uri"], row["sha256"], row["media_type"], row["fetched"], metadata)
    match row["status"]:
        case "read":
            return Read(head, from_json(row["reading"].encode()))
        case "known":
            return Known(head)
        case "passed" if row["why"] in get_args(Why):
            return Passed(head, row["why"], row["reason"])
        case "rejected":
            return Rejected(head, row["stage"], row["reason"])
        case other:
            raise ValueError(f"a row has the status {other!r}")


# ── the end of a file ──────────────────────────────────────────────────────────────────────────────────────────────


def _told(counts: Counts, last: bool) -> dict[str, str]:
    told = {"read": counts.read, "known": counts.known, "rejected": counts.rejected, "passed": counts.passed}
    return {
        "summitry.format": str(FORMAT),
        "summitry.counts": json.dumps(told),
        "summitry.last": json.dumps(last),
    }


def _told_by(place: str, file: Any) -> Part:  # noqa: ANN401 - pyarrow has no types
    found: Mapping[bytes, bytes] = file.metadata.metadata or {}
    version = found.get(b"summitry.format", b"").decode("utf-8", "replace")
    if not version:
        raise ShardError(f"{place} is a Parquet file, but not of readings; give the folder that summitry wrote them to")
    if version != str(FORMAT):
        raise ShardError(
            f"{place} holds readings of format {version}; this summitry reads format {FORMAT}: read the reports "
            "again into an empty folder, or use the summitry that wrote it"
        )
    return Part(Counts(**json.loads(found[b"summitry.counts"])), json.loads(found[b"summitry.last"]))
