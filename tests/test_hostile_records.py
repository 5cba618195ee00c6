"""Records whose columns hold what they may not: commands and pages answer, or name the value; never a traceback."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from spoilt_factory import columns, spoilt
from summitry.cli.app import app
from summitry.errors import RecordError, UsageError
from summitry.record import Record, open_record
from summitry.record.checking import check_record
from summitry.record.spoilt import spoilt_values
from summitry.web import Settings, create_app

VALUES = ("spoilt", None, -1, b"\xff", '{"a":[[1', "9999-99-99", 1e308)
COMMANDS = (
    "sources", "statements", "timeline", "meetings", "moves", "positions", "commitments", "predictions",
    "discrepancies", "deadlocks", "status", "tone", "brief", "matrix", "scorecard", "diff --since 2019-05-03",
    "review list", "check",
)  # fmt: skip
PAGES = (
    "/", "/timeline", "/positions", "/statements", "/ledger/moves", "/ledger/commitments", "/ledger/predictions",
    "/ledger/discrepancies", "/ledger/deadlocks", "/people", "/sources", "/review", "/party/PRK", "/export/csv",
    "/statements.json", "/timeline.json", "/export/graphml", "/export/docx",
)  # fmt: skip
ROWS = (
    "sources", "statements", "timeline", "meetings", "moves", "positions", "commitments", "predictions",
    "discrepancies", "deadlocks", "status", "tone",
)  # fmt: skip
CASES = columns()
TABLES = sorted({table for table, _ in CASES})


def asks(record: Record) -> Iterator[Callable[[], object]]:
    for name in ROWS:
        yield getattr(record, name)
    yield record.brief
    yield record.review.list
    yield lambda: [record.reading(one) for one in record.source_ids()]


def value_of(number: int) -> object:
    """A value: words every second time, else one of the others, in turn."""
    return VALUES[0] if number % 2 else VALUES[1 + number // 2 % (len(VALUES) - 1)]


@pytest.mark.parametrize("table", TABLES)
def test_every_answer_is_one_or_names_the_value(tmp_path: Path, table: str) -> None:
    for number, (_, column) in enumerate(one for one in CASES if one[0] == table):
        value = value_of(number)
        path = spoilt(tmp_path, f"{number}", table, column, value)
        try:
            with open_record(path, read_only=True) as record:
                every = list(asks(record))
                ask = every[number % len(every)]
                for one in dict.fromkeys((ask, every[-1])):
                    named(record, one, f"{table}.{column} = {value!r}")
        except RecordError as error:
            assert told(str(error))


def named(record: Record, ask: Callable[[], object], what: str) -> None:
    """Ask, as a command does; only an error that names a value passes."""
    try:
        with record.blaming():
            ask()
    except RecordError as error:
        assert told(str(error)), f"{what}: {error}"
    except UsageError as error:  # an id that is none: nobody has such a report
        assert "no report" in str(error), f"{what}: {error}"


def told(message: str) -> bool:
    return bool(
        re.fullmatch(r"record \S+ holds what it may not: .+; see what else is off: summitry check --rec.+", message)
    )


@pytest.mark.parametrize(
    ("table", "column", "value", "allowed"),
    [
        ("sources", "published_start", "2019-02-30", "an ISO 8601 day, as 2019-05-04"),
        ("events", "date_precision", "week", "day, month, year, interval, unknown"),
        ("evidence", "attribution_chain", "[[", "a JSON list of texts"),
        ("statements", "content_spans", '[["a",2]]', "a JSON list of spans"),
        ("moves", "proposer_name", None, "a value"),
        ("statements", "confidence", 7.5, "0 to 1"),
        ("commitments", "status", 9, "0 to 3"),
        ("sentences", "start_char", "first", "integer"),
    ],
)
def test_the_error_names_table_row_column_and_value(
    tmp_path: Path, table: str, column: str, value: object, allowed: str
) -> None:
    path = spoilt(tmp_path, "a", table, column, value)
    with pytest.raises(RecordError) as error, open_record(path, read_only=True) as record:
        for ask in asks(record):
            ask()
    assert re.search(rf"{column} of {table} \S+.* is {re.escape(repr(value))}; allowed: {allowed};", str(error.value))
    assert f"summitry check --record {path}" in str(error.value)
    report = check_record(path)
    assert report.findings
    command = CliRunner().invoke(app, ["check", "--record", str(path)])
    assert "bug" not in command.output


def test_a_whole_record_has_no_such_value(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "a", "runs", "version", "1")
    with open_record(path, read_only=True) as record:
        assert list(spoilt_values(record._connection)) == []
        with pytest.raises(ZeroDivisionError), record.blaming():  # a bug stays one
            _ = 1 / 0
        with pytest.raises(UsageError, match="min confidence"):
            record.statements(min_confidence=7)


@pytest.mark.parametrize("table", TABLES)
def test_commands_and_pages_answer_or_name_the_value(tmp_path: Path, table: str) -> None:
    own = [one for one in CASES if one[0] == table]
    number = TABLES.index(table)
    column = own[number % len(own)][1]
    check_commands(spoilt(tmp_path, "a", table, column, "spoilt"), (2 * COMMANDS)[number % len(COMMANDS) :][:2])
    check_pages(spoilt(tmp_path, "b", table, column, "spoilt"), (2 * PAGES)[number % len(PAGES) :][:2])


SOME = range(3, len(CASES), 9)
"""Columns that every run of the tests tries; all of them (`range(len(CASES))`) take ten minutes of a core."""


@pytest.mark.slow
@pytest.mark.parametrize("number", SOME, ids=[".".join(CASES[number]) for number in SOME])
def test_every_column_by_commands_and_pages(tmp_path: Path, number: int) -> None:
    value = value_of(number)
    check_commands(spoilt(tmp_path, "a", *CASES[number], value), (2 * COMMANDS)[number % len(COMMANDS) :][:2])
    check_pages(spoilt(tmp_path, "b", *CASES[number], value), (2 * PAGES)[number % len(PAGES) :][:3])


def check_commands(path: Path, commands: Iterable[str]) -> None:
    for command in commands:
        answer = CliRunner().invoke(app, [*command.split(), "--record", str(path)])
        assert answer.exception is None or isinstance(answer.exception, SystemExit), (command, answer.exception)
        assert "this is a bug" not in answer.output, (command, answer.output)


def check_pages(path: Path, pages: Iterable[str]) -> None:
    try:
        desk = TestClient(create_app(Settings(record=path, read_only=True)), base_url="http://127.0.0.1:8642")
    except RecordError:
        return
    for page in pages:
        answer = desk.get(page)  # an exception of the application would come through
        clean = answer.status_code in (200, 404) or "That cannot be shown" in answer.text or "error" in answer.text[:9]
        assert clean, (page, answer.text[-600:])
