"""The queries that every added report asks use an index: their cost is what they find, not the size of the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from ingest_factory import SmallReader, read_in, written
from record_factory import make_reading
from summitry.ingest.reconciling import reconcile_record
from summitry.record import Record, key_of, open_record
from summitry.vocabulary import UNKNOWN_DATE
from test_ingest_laws import LATE, corpus

GROWING = (
    "sources statements event_mentions event_mention_parties events event_parties event_links event_signatures "
    "signatures signature_keys evidence shingles anchors anchor_keys undated sentences mentions times people offices "
    "blocks furniture metadata_spans source_uris moves positions"
).split()
"""Tables that grow with the record."""

SCAN = re.compile(r"^SCAN (\w+)(?! USING INDEX sources_to_reconcile)")


@pytest.fixture(name="record")
def _record(tmp_path: Path) -> Iterator[Record]:
    file = tmp_path / "talks.db"
    read_in(written(tmp_path / "reports", corpus()), file)
    with open_record(file) as record:
        yield record


def scans(record: Record, statements: list[str]) -> list[str]:
    """What a plan scans whole: a table that grows, by no index."""
    found = []
    for statement in sorted(set(statements)):
        if statement.split(None, 1)[0] not in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            continue
        for row in record._connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
            scanned = SCAN.match(row["detail"])
            if scanned and scanned[1] in GROWING:
                found.append(f"{row['detail']}: {' '.join(statement.split())[:150]}")
    return found


def test_adding_a_report_scans_no_table(record: Record) -> None:
    asked: list[str] = []
    record._connection.set_trace_callback(asked.append)
    record.add(*make_reading(1))
    record.add(*make_reading(2, published=UNKNOWN_DATE))
    reconcile_record(record, lambda: SmallReader(None))
    record._connection.set_trace_callback(None)
    assert len(asked) > 50
    assert scans(record, asked) == []


def test_what_is_looked_up_for_dating_scans_no_table(record: Record) -> None:
    asked: list[str] = []
    record._connection.set_trace_callback(asked.append)
    undated = next(row.id for row in record.sources() if row.published.inferred)
    asked.clear()
    record.anchors_told(undated, date(2030, 1, 1), None)
    record.set_told(undated, [(frozenset({1}), frozenset({2, 3}))])
    record.set_anchors(undated, [(LATE, [key_of(1, 2), key_of(1, 3)])])
    record.undated_telling(undated, timedelta(60), timedelta(7))
    record._connection.set_trace_callback(None)
    assert scans(record, asked) == []


def test_scans_are_seen(record: Record) -> None:
    assert scans(record, ["SELECT id FROM sources WHERE outlet = 'x'"])
