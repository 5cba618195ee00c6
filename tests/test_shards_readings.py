"""Outcomes of shards as Parquet: what goes in comes out equal, and a file is there whole or not at all."""

from __future__ import annotations

import errno
import io
import subprocess
import sys
import types
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pyarrow.parquet as parquet  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from record_factory import make_reading
from summitry.errors import ShardError, UsageError
from summitry.ingest.keeping import Counts
from summitry.ingest.shards import readings, storing
from summitry.ingest.shards.readings import (
    Known,
    Outcome,
    Passed,
    Read,
    Writer,
    from_json,
    names,
    outcomes,
    part_counts,
    to_json,
)
from summitry.vocabulary import (
    PLOVER_TYPES,
    Commitment,
    DateInterval,
    Event,
    Evidence,
    Reading,
    Rejected,
    Row,
    Source,
    SourceHead,
    Span,
)

EXAMPLES = Path(__file__).parents[1] / "examples" / "korea-2019"


def mixed() -> list[Outcome]:
    """One of each, in an order."""
    reading, source = make_reading(3)
    other, second = make_reading(4)
    return [
        Read(source.head, reading),
        Passed(SourceHead("crawl.warc.gz#12", "0" * 64, "text/html", "2030-01-02T03:04:05Z"), "topic", "no word of it"),
        Rejected(SourceHead("b.txt", "1" * 64, metadata=(("title", "A"), ("title", "B"))), "decode", "half of a text"),
        Known(SourceHead("c.txt", "2" * 64)),
        Read(second.head, other),
    ]


def write(out: str, name: str, what: list[Outcome], last: bool = False) -> None:
    with Writer(out, name) as writer:
        for outcome in what:
            assert writer.add(outcome) == outcome
        if last:
            writer.last()


@pytest.fixture(params=["folder", "memory"])
def out(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A folder, and a store reached by fsspec."""
    if request.param == "folder":
        yield str(tmp_path / "readings")
    else:
        yield "memory://bucket/readings"
        store = import_module("fsspec").filesystem("memory")
        if store.exists("/bucket"):
            store.rm("/bucket", recursive=True)


# ── there and back ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_goes_in_comes_out(out: str) -> None:
    write(out, "a-00000", mixed())
    assert list(outcomes(out, "a-00000")) == mixed()
    assert part_counts(out, "a-00000") == readings.Part(Counts(read=2, known=1, rejected=1, passed=1), False)
    write(out, "a-00001", [], last=True)
    assert list(outcomes(out, "a-00001")) == []
    assert part_counts(out, "a-00001") == readings.Part(Counts(), True)
    assert part_counts(out, "a-00002") is None
    assert names(out) == ["a-00000", "a-00001"]


def test_a_source_is_kept_without_its_bytes(out: str) -> None:
    source = Source("a.txt", b"words")
    write(out, "a", [])
    with Writer(out, "a") as writer:
        writer.add(Rejected(source, "clean", "nothing in it"))
    assert list(outcomes(out, "a")) == [Rejected(source.head, "clean", "nothing in it")]


def test_many_are_read_in_row_groups(tmp_path: Path) -> None:
    reading, source = make_reading(1)
    many: list[Outcome] = [Read(source.head, reading)] * (2 * readings.GROUP + 3)
    write(str(tmp_path), "a", many)
    with parquet.ParquetFile(tmp_path / "a.parquet") as file:
        assert file.num_row_groups == 3
    assert list(outcomes(str(tmp_path), "a")) == many


def test_a_long_reading_makes_a_row_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "GROUP_BYTES", 10)
    write(str(tmp_path), "a", mixed())
    with parquet.ParquetFile(tmp_path / "a.parquet") as file:
        assert file.num_row_groups == 2
    assert list(outcomes(str(tmp_path), "a")) == mixed()


def test_the_same_outcomes_are_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write(str(tmp_path), name, mixed())
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_a_name_that_is_not_utf8_is_kept_as_a_record_keeps_it(tmp_path: Path) -> None:
    reading, source = make_reading(1)
    uri = "caf\udce9.txt"
    odd = replace(reading, article=replace(reading.article, uri=uri))
    with Writer(str(tmp_path), "a") as writer:
        writer.add(Read(replace(source.head, uri=uri), odd))
        writer.add(Rejected(SourceHead(uri, "0" * 64), "decode", f"{uri} is off"))
    read, rejected = outcomes(str(tmp_path), "a")
    assert isinstance(read, Read)
    assert read.source.uri == read.reading.article.uri == "caf\\udce9.txt"
    assert replace(read.reading.article, uri=uri) == odd.article
    assert rejected == Rejected(SourceHead("caf\\udce9.txt", "0" * 64), "decode", "caf\\udce9.txt is off")


def test_half_a_character_is_refused_and_said(tmp_path: Path) -> None:
    reading, source = make_reading(1)
    torn = replace(reading, article=replace(reading.article, headline="Half \ud83d of one"))
    with Writer(str(tmp_path), "a") as writer:
        kept = writer.add(Read(source.head, torn))
    assert isinstance(kept, Rejected) and kept.stage == "decode" and "half a character" in kept.reason
    assert list(outcomes(str(tmp_path), "a")) == [kept]
    assert part_counts(str(tmp_path), "a") == readings.Part(Counts(rejected=1), False)


# ── laws ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def _anything(kind: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - any type of the vocabulary
    """Any value of a type of the vocabulary that it allows, all fields filled in as their types say."""
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) in (Union, types.UnionType):
        return st.one_of([_anything(one) for one in get_args(kind)])
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return st.lists(_anything(inner[0]), max_size=2).map(tuple)
        return st.tuples(*(_anything(one) for one in inner))
    if kind is Span:
        return st.tuples(st.integers(0, 2**40), st.integers(0, 999)).map(lambda at: Span(at[0], at[0] + at[1]))
    if kind is DateInterval:
        return st.builds(_interval, _DAYS | st.none(), _DAYS | st.none(), _field(DateInterval, "precision"), _TEXT)
    if is_dataclass(kind):
        assert isinstance(kind, type)
        return st.builds(kind, **{one.name: _field(kind, one.name) for one in fields(kind)})
    plain = {
        str: _TEXT,
        int: st.integers(0, 2**40),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        date: _DAYS,
        type(None): st.none(),
    }
    return plain[kind]


def _field(kind: type, name: str) -> st.SearchStrategy[Any]:
    if issubclass(kind, Row) and name == "confidence":
        return st.floats(0, 1)
    if issubclass(kind, Row) and name == "evidence":
        return st.lists(_anything(Evidence), min_size=1, max_size=2).map(tuple)
    if kind is Event and name == "type":
        return st.sampled_from(PLOVER_TYPES)
    if kind is Commitment and name in ("status", "claimed"):
        return st.sampled_from([None, 0, 1, 2, 3])
    return _anything(get_type_hints(kind)[name])


def _interval(start: date | None, end: date | None, precision: Any, basis: str) -> DateInterval:  # noqa: ANN401
    if start is not None and end is not None:
        start, end = sorted((start, end))
    return DateInterval(start, end, precision, basis)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(_anything(Reading))
def test_every_field_comes_back_from_json(reading: Reading) -> None:
    assert from_json(to_json(reading)) == reading


@pytest.mark.parametrize("name", [one.name for one in fields(Reading) if one.name not in ("article", "cases")])
def test_every_kind_of_row_comes_back_from_json(name: str) -> None:
    reading, _ = make_reading(1)
    (kind, _) = get_args(get_type_hints(Reading)[name])

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(_anything(kind))
    def law(row: Any) -> None:  # noqa: ANN401 - a row of that kind
        rows: dict[str, Any] = {name: (row,)}
        full = replace(reading, **rows)
        assert from_json(to_json(full)) == full

    law()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(_anything(Reading), max_size=2), st.lists(_anything(SourceHead), min_size=2, max_size=2))
def test_every_reading_comes_back_from_parquet(several: list[Reading], heads: list[SourceHead]) -> None:
    out = "memory://laws"
    what: list[Outcome] = [Read(head, reading) for head, reading in zip(heads, several, strict=False)]
    what += [Known(heads[0]), Rejected(heads[1], "read", "why")]
    write(out, "a", what, last=True)
    assert list(outcomes(out, "a")) == what


@pytest.mark.slow
def test_readings_of_the_examples_come_back() -> None:
    from summitry.clean import clean
    from summitry.intake import iter_sources
    from summitry.reader.pipeline import Reader

    reader = Reader(None)
    found = 0
    for source in iter_sources([str(EXAMPLES)]):
        if isinstance(source, Source):
            article = clean(source)
            if article.language == "en":
                reading = reader.read(article)
                assert from_json(to_json(reading)) == reading
                found += len(reading.statements) + len(reading.events)
    assert found > 100


# ── whole or not at all ────────────────────────────────────────────────────────────────────────────────────────────


def _files(out: str) -> list[str]:
    return storing.listed(out, "")


def test_a_block_left_by_an_exception_leaves_nothing(out: str) -> None:
    with pytest.raises(ZeroDivisionError), Writer(out, "a") as writer:
        writer.add(mixed()[0])
        raise ZeroDivisionError
    assert part_counts(out, "a") is None
    assert _files(out) == []


def test_what_stood_there_stays_until_the_new_one_is_whole(out: str) -> None:
    write(out, "a", mixed())
    with pytest.raises(ZeroDivisionError), Writer(out, "a"):
        raise ZeroDivisionError
    assert list(outcomes(out, "a")) == mixed()
    with Writer(out, "a") as writer:
        writer.add(mixed()[1])
        assert list(outcomes(out, "a")) == mixed()
    assert list(outcomes(out, "a")) == mixed()[1:2]
    assert _files(out) == ["a.parquet"]


def test_two_writers_of_one_shard_do_not_mix(out: str) -> None:
    with Writer(out, "a") as first:
        first.add(mixed()[0])
        write(out, "a", mixed())
        first.add(mixed()[4])
    assert list(outcomes(out, "a")) == [mixed()[0], mixed()[4]]


def test_a_writer_that_is_killed_leaves_nothing_in_place(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from summitry.ingest.shards.readings import Writer\n"
        "from test_shards_readings import mixed\n"
        "with Writer(sys.argv[1], 'a') as out:\n"
        "    for _ in range(200):\n"
        "        out.add(mixed()[0])\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=Path(__file__).parent)
    assert done.returncode == -9
    assert names(str(tmp_path)) == [] and part_counts(str(tmp_path), "a") is None
    assert storing.sweep(str(tmp_path)) == 1
    assert _files(str(tmp_path)) == []


def test_a_file_cut_off_is_no_part(out: str) -> None:
    write(out, "a", mixed())
    with storing.opened(readings.place_of(out, "a")) as file:
        data = file.read()
    for keep in (0, 3, 4, 100, len(data) // 2, len(data) - 9, len(data) - 1):
        landing = storing.Landing(readings.place_of(out, "a"))
        landing.file.write(data[:keep])
        landing.finish()
        assert part_counts(out, "a") is None
        with pytest.raises(ShardError, match=r"a\.parquet is damaged: .*remove it and run the same command again"):
            list(outcomes(out, "a"))


def test_bytes_changed_within_are_noticed_or_harmless(tmp_path: Path) -> None:
    write(str(tmp_path), "a", mixed())
    data = (tmp_path / "a.parquet").read_bytes()
    for at in range(4, len(data) - 8, 97):
        (tmp_path / "a.parquet").write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        with suppress(ShardError):
            assert len(list(outcomes(str(tmp_path), "a"))) == 5


class _Full(io.BytesIO):
    """A file on a disk with little room."""

    def write(self, data: Any) -> int:  # noqa: ANN401 - what pyarrow hands over
        if self.tell() + len(data) > 600:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("reports", [1, 70])
def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports: int) -> None:
    # On the way where there are many; with the end of the file where there are few.
    monkeypatch.setattr(storing.Landing, "_opened", lambda _: _Full())
    with (
        pytest.raises(ShardError, match=r"a\.parquet cannot be written: the disk is full.*run the same command again"),
        Writer(str(tmp_path), "a") as writer,
    ):
        for _ in range(reports):
            writer.add(mixed()[0])
    assert names(str(tmp_path)) == []


def test_an_error_of_what_is_read_is_not_taken_for_one_of_writing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="input"), Writer(str(tmp_path), "a"):
        raise OSError(errno.EIO, "input")
    assert _files(str(tmp_path)) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ShardError, match="cannot be written"), Writer(str(tmp_path / "file"), "a"):
        pass


# ── files of others ────────────────────────────────────────────────────────────────────────────────────────────────


def test_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(readings, "FORMAT", 99)
        write(str(tmp_path), "a", mixed())
    for use in (lambda: part_counts(str(tmp_path), "a"), lambda: list(outcomes(str(tmp_path), "a"))):
        with pytest.raises(ShardError, match="readings of format 99; this summitry reads format 1: read the reports"):
            use()


def test_another_table_is_refused(tmp_path: Path) -> None:
    arrow = import_module("pyarrow")
    parquet.write_table(arrow.table({"status": ["read"]}), tmp_path / "a.parquet")
    with pytest.raises(ShardError, match="not of readings"):
        part_counts(str(tmp_path), "a")


def test_a_store_that_is_not_known_is_said() -> None:
    with pytest.raises(UsageError, match=r"attic://x/a\.parquet is in a store that cannot be reached from here"):
        part_counts("attic://x", "a")


def test_a_missing_package_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(UsageError, match=r"'pyarrow'.*pip install 'summitry\[archive\]'"), Writer(str(tmp_path), "a"):
        pass


# ── for other programs ─────────────────────────────────────────────────────────────────────────────────────────────


def test_columns_say_what_was_found(tmp_path: Path) -> None:
    write(str(tmp_path), "a", mixed())
    rows = parquet.read_table(tmp_path / "a.parquet").to_pylist()
    assert [row["status"] for row in rows] == ["read", "passed", "rejected", "known", "read"]
    first, passed, rejected, *_ = rows
    reading, source = make_reading(3)
    assert first["source_id"] == source.id and first["headline"] == reading.article.headline
    assert first["published_start"] == first["published_end"] == date(2019, 5, 4)
    assert (first["published_precision"], first["published_basis"]) == ("day", "stated")
    assert first["cases"] == ["korea"] and first["text"] == reading.article.text
    assert (first["statements"], first["events"], first["moves"], first["predictions"]) == (2, 1, 1, 0)
    assert (passed["why"], passed["reason"], passed["text"]) == ("topic", "no word of it", None)
    assert (rejected["stage"], rejected["reason"]) == ("decode", "half of a text")
    assert rejected["metadata"] == [{"name": "title", "value": "A"}, {"name": "title", "value": "B"}]
