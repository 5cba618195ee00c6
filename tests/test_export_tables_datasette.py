"""The record file in Datasette itself, with the metadata: pages, meanings, facets, ready questions."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from markupsafe import escape

from export_factory import written
from summitry.export.datasette_queries import QUERIES
from summitry.export.datasette_words import TABLES, meaning_of
from summitry.record import open_record
from summitry.record.layout import tables_of
from summitry.record.tabular.kinds import KINDS

SERVE = """
import asyncio, json, sys
from datasette.app import Datasette
from datasette.plugins import pm
# Its entry point does the same where the package is installed.
from summitry.export import datasette_links
pm.is_registered(datasette_links) or pm.register(datasette_links)

async def main():
    shown = Datasette([sys.argv[1]], metadata=json.load(open(sys.argv[2], encoding="utf-8")))
    for line in sys.stdin:
        found = [await shown.client.get(path) for path in json.loads(line)]
        print(json.dumps([(one.status_code, one.text) for one in found]), flush=True)

asyncio.run(main())
"""
"""Datasette in a process of its own: a line of paths in, a line of their status and text out."""


class Shown:
    """A record with its metadata, as Datasette shows it."""

    def __init__(self, folder: Path, record: Path) -> None:
        self.file = Path(shutil.copyfile(record, folder / "talks.db"))
        self.metadata = folder / "metadata.json"
        with open_record(self.file, read_only=True) as opened:
            self.metadata.write_bytes(written(opened, "datasette"))
        command = [sys.executable, "-c", SERVE, str(self.file), str(self.metadata)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.metadata.read_text(encoding="utf-8"))
        return found

    def pages(self, *paths: str) -> list[tuple[int, str]]:
        """Status and body of pages."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(paths) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "Datasette has stopped; its error is on stderr"
        return [(status, body) for status, body in json.loads(line)]


@pytest.fixture(name="shown", scope="module")
def _shown(desk_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    shown = Shown(tmp_path_factory.mktemp("datasette"), desk_record)
    with shown.process:
        yield shown
        # The end of its input ends it.
        assert shown.process.stdin
        shown.process.stdin.close()


def asked(name: str, **params: str) -> str:
    return f"/talks/{name}.json?{urlencode({**params, '_shape': 'array'})}"


def test_the_command_of_datasette_opens_the_record_with_the_metadata(shown: Shown) -> None:
    command = [sys.executable, "-m", "datasette", str(shown.file), "-m", str(shown.metadata)]
    done = subprocess.run(
        [*command, "--get", "/talks/statements.json?_shape=array&_size=5"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)) == 5


def test_every_page_answers_and_tells_what_it_shows(shown: Shown) -> None:
    visible = [name for name, table in TABLES.items() if not table.hidden]
    paths = ["/", "/talks", *(f"/talks/{name}" for name in visible), *(f"/talks/{one.name}" for one in QUERIES)]
    found = dict(zip(paths, shown.pages(*paths), strict=True))
    assert {status for status, _ in found.values()} == {200}
    assert "US-North Korea nuclear talks" in found["/"][1]
    for name in visible:
        assert TABLES[name].holds.split(".")[0][:40] in found[f"/talks/{name}"][1]
    assert KINDS["statements"].fields[3].meaning.split(".")[0] in found["/talks/statements"][1]
    assert "Party code" in found["/talks/statements"][1] or "party_code" in found["/talks/statements"][1]
    # What serves summitry itself is not in the way.
    assert shown.told["databases"]["talks"]["tables"]["shingles"]["hidden"] is True


def test_the_source_of_a_row_is_one_click_away(shown: Shown) -> None:
    with open_record(shown.file, read_only=True) as record:
        row = record.statements()[0]
        headline = record.citations([row.evidence[0].source])[row.evidence[0].source].headline
    source = row.evidence[0].source
    link = f'href="/talks/sources?id={source}"'
    pages = shown.pages(
        f"/talks/statements?id={row.id}", f"/talks/passages?row={row.id}", f"/talks/sources?id={source}"
    )
    assert [status for status, _ in pages] == [200, 200, 200]
    for _, body in pages[:2]:
        assert link in body
        assert f'href="/talks/sources/{source}"' not in body
    assert headline
    assert str(escape(headline)) in pages[0][1]
    assert "1 row" in pages[2][1]


def test_facets_and_order_are_those_of_the_metadata(shown: Shown) -> None:
    names = [name for name, table in TABLES.items() if table.facets or table.sort]
    found = shown.pages(*(f"/talks/{name}.json?_size=3&_nosuggest=1" for name in names))
    for name, (status, body) in zip(names, found, strict=True):
        assert status == 200
        told = json.loads(body)
        assert set(TABLES[name].facets) <= set(told["facet_results"]), name
    with sqlite3.connect(shown.file) as connection:
        newest = connection.execute("SELECT max(said_start) FROM statements").fetchone()[0]
    connection.close()
    ((_, body),) = shown.pages("/talks/statements.json?_shape=objects&_size=1")
    assert json.loads(body)["rows"][0]["said_start"] == newest


def test_ready_questions_are_answered_from_the_record(shown: Shown) -> None:
    with open_record(shown.file, read_only=True) as record:
        row = record.statements(party="PRK")[0]
        statements = {one.id for one in record.statements()}
        events = {one.id for one in record.timeline() if one.modality == "planned"}
        positions = {one.id for one in record.positions() if one.issue == "sanctions"}
        moves = {one.id for one in record.moves()}
    source = row.evidence[0].source
    found = [
        json.loads(body)
        for status, body in shown.pages(
            asked("who_said_what", party="", words=""),
            asked("timeline", party="", modality="planned"),
            asked("where_they_stand", party="", issue="sanctions"),
            asked("offers_and_demands", party=""),
            asked("passages", row=row.id),
            asked("source", id=source),
            asked("search", words="sanction"),
            asked("who_deals_with_whom"),
            asked("who_said_what", party="PRK", words='"un"closed OR ('),
        )
        if status == 200
    ]
    assert len(found) == 9
    assert {one["id"] for one in found[0]} == statements
    assert {one["id"] for one in found[1]} == events
    assert {one["id"] for one in found[2]} == positions
    assert {one["id"] for one in found[3]} == moves
    assert [one["exact"] for one in found[4]] == [one.exact for one in row.evidence]
    assert [one["id"] for one in found[5]] == [source]
    assert all("sanction" in one["text"].lower() for one in found[6])
    assert any({one["actor"], one["recipient"]} == {"USA", "PRK"} for one in found[7])
    assert found[8] == []


def test_every_question_has_been_asked() -> None:
    assert {one.name for one in QUERIES} == {
        "who_said_what",
        "timeline",
        "where_they_stand",
        "offers_and_demands",
        "passages",
        "source",
        "search",
        "who_deals_with_whom",
    }


def test_every_table_and_column_of_a_record_has_its_meaning(tmp_path: Path) -> None:
    with open_record(tmp_path / "fresh.db", create=True) as record:
        found = tables_of(record)
    assert set(found) == set(TABLES)
    for name, columns in found.items():
        table = TABLES[name]
        if not table.hidden:
            assert [column for column in columns if meaning_of(table, column) is None] == [], name
        # Nothing is told of what is not there.
        assert {*table.own, *table.facets, *filter(None, (table.sort, table.label))} <= set(columns), name
