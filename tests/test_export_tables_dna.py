"""Positions as a DNA event list: read by its published form, and made into the networks that DNA makes of it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import networkx as nx
import pytest

from export_factory import make_hostile, written
from record_factory import MINISTER, USA, day, make_reading
from summitry.export.dna import AGAINST, COLUMNS, concept
from summitry.export.types import Selection
from summitry.record import Record, open_record
from summitry.vocabulary import UNKNOWN_DATE, Stance

# The header that DNA writes: nine columns of document and statement, then the variables of "DNA Statement".
HEADER = (
    '"statement ID";"time";"document ID";"document title";"author";"source";"section";"type";"text";'
    '"person";"organization";"concept";"agreement"'
)


@pytest.fixture(name="record", scope="module")
def _record(desk_record: Path) -> Iterator[Record]:
    with open_record(desk_record, read_only=True) as record:
        yield record


def read(content: bytes) -> list[dict[str, str]]:
    """An event list by the form that DNA writes: one line a statement, numbers bare, text in quotation marks."""
    lines = content.decode("utf-8").splitlines()
    assert lines[0].startswith(HEADER)
    for line in lines[1:]:
        # DNA replaces both marks within a text, so that neither reader can be misled.
        assert line.count(";") == len(COLUMNS) - 1
        assert line.count('"') % 2 == 0
    rows = list(csv.DictReader(lines, delimiter=";"))
    for row in rows:
        int(row["statement ID"]), int(row["document ID"])
        assert row["agreement"] in ("0", "1")
        if row["time"]:
            datetime.strptime(row["time"], "%Y-%m-%d %H:%M:%S")
    return rows


def affiliation(rows: list[dict[str, str]]) -> nx.Graph[str]:
    """DNA's two-mode network of organizations and concepts, qualifier "agreement" by subtraction."""
    graph: nx.Graph[str] = nx.Graph()
    for row in rows:
        weight = 1 if row["agreement"] == "1" else -1
        edge = (f"organization:{row['organization']}", f"concept:{row['concept']}")
        graph.add_edge(*edge, weight=graph.get_edge_data(*edge, {"weight": 0})["weight"] + weight)
    return graph


def test_every_position_is_a_statement_in_the_order_of_time(record: Record) -> None:
    rows = read(written(record, "dna"))
    positions = record.positions()
    assert sorted(row["row"] for row in rows) == sorted(position.id for position in positions)
    assert [row["statement ID"] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    times = [row["time"] for row in rows if row["time"]]
    assert times == sorted(times)
    by_id = {position.id: position for position in positions}
    for row in rows:
        position = by_id[row["row"]]
        assert row["organization"] == position.party.name
        assert row["agreement"] == ("0" if position.stance in AGAINST else "1")
        assert row["concept"] == concept(position)


def test_the_network_is_that_of_the_positions(record: Record) -> None:
    graph = affiliation(read(written(record, "dna")))
    expected: Counter[tuple[str, str]] = Counter()
    for position in record.positions():
        key = (f"organization:{position.party.name}", f"concept:{concept(position)}")
        expected[key] += -1 if position.stance in AGAINST else 1
    assert {edge: graph.edges[edge]["weight"] for edge in expected} == expected
    assert graph.number_of_edges() == len(expected)
    assert nx.is_bipartite(graph)
    assert any(weight < 0 for weight in expected.values())


def test_a_person_has_one_name_in_all_documents(record: Record) -> None:
    """Reports spell a leader's name with a hyphen or without; a network must not have him twice."""
    people = {row["person"] for row in read(written(record, "dna")) if row["person"].startswith("Kim Jong")}
    assert (
        len({row.person.name for row in record.positions() if row.person and row.person.name.startswith("Kim Jong")})
        > 1
    )
    assert len(people) == 1


def test_documents_are_numbered_once(record: Record) -> None:
    documents = {(row["document ID"], row["document title"], row["source"]) for row in read(written(record, "dna"))}
    assert len({one[0] for one in documents}) == len(documents)


@pytest.mark.parametrize(
    ("stance", "pole", "told"),
    [
        ("support", None, ("drills", "1")),
        ("demand", "ended", ("drills: ended", "1")),
        ("condition", "ended", ("drills: ended", "1")),
        ("oppose", "ended", ("drills: ended", "0")),
        ("reject", None, ("drills", "0")),
    ],
)
def test_a_stance_is_agreement_with_a_concept(
    tmp_path: Path, stance: Stance, pole: str | None, told: tuple[str, str]
) -> None:
    reading, source = make_reading(1, published=day("2019-05-04"))
    only = replace(reading.positions[0], stance=stance, pole=pole, person=MINISTER, held=day("2019-05-02"))
    with open_record(tmp_path / "one.db", create=True) as record:
        record.add(replace(reading, positions=(only,)), source)
        (row,) = read(written(record, "dna"))
    assert (row["concept"], row["agreement"]) == told
    assert (row["person"], row["organization"], row["stance"]) == ("Han Song-ok", USA.name, stance)
    assert (row["time"], row["source"], row["author"]) == ("2019-05-02 00:00:00", "The Baltic Example", "Mari Tamm")
    assert row["text"] == "Washington might freeze the drills"
    assert row["document title"] == "Envoys meet in Tallinn"


def test_an_undated_position_stands_under_the_day_of_its_report_or_last(tmp_path: Path) -> None:
    with open_record(tmp_path / "two.db", create=True) as record:
        record.add(*make_reading(1, published=UNKNOWN_DATE))
        record.add(*make_reading(2, published=day("2019-05-04")))
        assert [row["time"] for row in read(written(record, "dna"))] == ["2019-05-04 00:00:00", ""]


def test_hostile_words_break_nothing(tmp_path: Path) -> None:
    with make_hostile(tmp_path / "hostile.db") as record:
        rows = read(written(record, "dna"))
        assert len(rows) == len(record.positions())
        assert any(row["source"].startswith("'=") for row in rows)
        assert all("\n" not in cell for row in rows for cell in row.values())


def test_without_rows_there_is_the_header(record: Record) -> None:
    content = written(record, "dna", Selection(as_of="1990-01-01"))
    assert read(content) == []
    assert next(csv.reader(io.StringIO(content.decode()), delimiter=";")) == list(COLUMNS)
