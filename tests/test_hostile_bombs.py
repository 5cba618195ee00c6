"""Bombs through the real command: each ends soon, in bounded memory, and is refused by its name with the reason; the
good report beside it is read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pyarrow import parquet  # type: ignore[import-untyped]

import bomb_factory as bombs
from benchmarks.giants import GOOD, kinds, run, write
from benchmarks.watching import Watched, watched
from bomb_factory import Make
from summitry.errors import UnreadableSource
from summitry.intake import iter_sources
from summitry.intake.lines import Lines
from summitry.intake.pages import Page, pages_of_chunk
from summitry.record import open_record
from summitry.vocabulary import Source

SECONDS = 120
"""For all files of a folder. Each of them takes less than one."""

MEMORY = 1_000_000_000
"""Bytes at most of the largest process: a fifth of it is what summitry takes to start."""

Rows = dict[str, list[tuple[str, str]]]


def _read(folder: Path, *options: str) -> tuple[Watched, Rows]:
    """Read a folder of bombs; by the name of a file, the status and reason of each report of it."""
    (folder / "zz good.txt").write_text(GOOD)
    record = folder.with_suffix(".db")
    done = watched(["read", folder, "--record", record, "--light", *options], SECONDS)
    assert "Traceback" not in done.said and "this is a bug" not in done.said, done.said
    assert done.peak < MEMORY, f"{done.peak:,} bytes"
    rows: Rows = {}
    with open_record(record, read_only=True) as opened:
        for row in opened.sources():
            rows.setdefault(Path(row.uri.rpartition("#")[0] or row.uri).name, []).append((row.status, row.reason or ""))
        texts = [article.text for article in opened.articles()]
    assert not any("root:" in text for text in texts), "a file of this machine was taken in"
    assert rows.pop("zz good.txt") == [("read", "")]
    return done, rows


def _refused(rows: Rows, group: dict[str, tuple[Make, str]]) -> None:
    for name, (_, reason) in group.items():
        assert any(reason in why for status, why in rows.get(name, ()) if status == "rejected"), (name, rows.get(name))


FOLDERS = {
    "packed": bombs.PACKED | bombs.ARCHIVES | bombs.PARQUETS,
    "markup and tables": bombs.MARKUP | bombs.TABLES,
    "pages": bombs.DEEP,
}


@pytest.mark.parametrize("kind", FOLDERS)
def test_each_is_refused_by_its_reason_and_the_rest_is_read(kind: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, (make, _) in FOLDERS[kind].items():
        make(tmp_path / "in" / name)
    harmless = bombs.SEEN if kind == "markup and tables" else bombs.SHALLOW if kind == "pages" else {}
    for name, make in harmless.items():
        make(tmp_path / "in" / name)
    done, rows = _read(tmp_path / "in", "--jobs", "1")
    assert done.status == 1
    _refused(rows, FOLDERS[kind])
    for name in harmless:
        assert rows[name] == [("read", "")], name


SOME_LARGE = sorted(bombs.LARGE)[::3]
"""Each takes ten seconds and more: every third is tried by every run of the tests (`bombs.LARGE` is all)."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SOME_LARGE)
def test_a_large_one_is_refused_by_its_reason(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    bombs.LARGE[name][0](tmp_path / "in" / name)
    done, rows = _read(tmp_path / "in")
    assert done.status == 1
    _refused(rows, {name: bombs.LARGE[name]})


@pytest.mark.parametrize("name", sorted(bombs.ARCHIVES.keys() - {"whole.warc.gz"}))
def test_a_page_behind_a_broken_record_is_read(name: str, tmp_path: Path) -> None:
    """``whole``: one gzip member of all, which is a bomb."""
    bombs.ARCHIVES[name][0](tmp_path / name)
    last = list(iter_sources([str(tmp_path / name)]))[-1]
    assert isinstance(last, Source)
    assert last.content == bombs.page()


@pytest.mark.parametrize("kind", ["txt", "jsonl", "csv", "rss", "warc", "jsonl.gz", "parquet, plain"])
def test_a_document_of_17_megabytes(kind: str, tmp_path: Path) -> None:
    """Just over the limit, by itself: the same makers as those of a gigabyte."""
    path = write(tmp_path, kind, 17_000_000)
    outcomes = list(iter_sources([str(path)]))
    rejected = [one for one in outcomes if not isinstance(one, Source)]
    assert len(rejected) == 1
    assert path.name in rejected[0].source.uri
    assert "at most 16,000,000" in rejected[0].reason or "Text node too long" in rejected[0].reason


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["json", "warc.gz", "parquet"])
def test_a_document_of_60_megabytes(kind: str) -> None:
    """Of three ways of reading; ``python -m benchmarks.giants`` has all."""
    assert kind in kinds()
    done = run(kind, 60_000_000, 300)
    assert done.status == 1
    assert done.good
    assert done.peak < MEMORY
    assert done.said.startswith(f"giant.{kind.partition(',')[0]}")


# ── the parts of intake that hold them ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "after", "number"),
    [
        ('a\nb"\nnext\n', "next\n", 3),
        ('a\n""x\nb" c\nnext\n', "next\n", 4),
        ("a" * 20_000 + "\n" + "b" * 9_000 + '"z\nnext\n', "next\n", 3),
        ("no end\nat all", None, 2),
        ('"', None, 1),
    ],
)
def test_a_cell_is_passed_over_with_the_line_that_ends_it(text: str, after: str | None, number: int) -> None:
    lines = Lines(io.BytesIO(text.encode()))
    lines.skip_cell()
    assert next(lines, None) == after
    assert lines.number == number


def test_rows_behind_one_that_is_too_long_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good = f'A,"{bombs.WORDS}"\n'
    long = f"{'word ' * 20}\n" * 170_000
    path.write_text(
        f'title,text\n{good}B,"{long}"\n{good}C,"{"x" * 17_000_000}\n{long}"\n{good}D,{"y" * 17_000_000}\n{good}'
    )
    outcomes = list(iter_sources([str(path)]))
    assert [isinstance(one, Source) for one in outcomes] == [True, False, True, False, True, False, True]
    assert "lines 3 to 170003 went with it" in outcomes[1].reason  # type: ignore[union-attr]


def test_the_pages_of_a_chunk_are_those_that_were_written(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    for version in ("1.0", "2.0"):
        bombs.parquet_cell(path, [1_000 * n for n in range(300)], data_page_size=50_000, data_page_version=version)
        column = parquet.ParquetFile(path).metadata.row_group(0).column(0)
        with path.open("rb") as file:
            start = column.dictionary_page_offset or column.data_page_offset
            found = list(pages_of_chunk(file, start, column.total_compressed_size, column.num_values))
        assert sum(page.values for page in found if page != found[0]) >= 300
        headers = column.total_uncompressed_size - sum(page.size for page in found)
        assert 0 < headers < 200 * len(found)


@pytest.mark.parametrize(
    "data", [b"", b"\x15", b"\x15\x00\x15\xff\xff\xff\xff\x0f" + bytes(9), b"\xff" * 2_000, b"\x1c" * 99]
)
def test_a_damaged_page_header_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableSource, match="page is damaged"):
        list[Page](pages_of_chunk(io.BytesIO(data), 0, 10_000, 1))
