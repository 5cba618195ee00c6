"""What the ledger is asked about: the rows of a record as known on a day, and the cases it was read with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from summitry.casebook import Case, parse_case
from summitry.errors import UsageError
from summitry.ledger import Holdings, Report
from summitry.record import parts, queries
from summitry.record.loading import (
    load_commitments,
    load_discrepancies,
    load_moves,
    load_positions,
    load_predictions,
    load_statements,
)
from summitry.record.queries import members_of
from summitry.record.rereads import AGAIN
from summitry.record.reviews import overlay, regrouped
from summitry.record.rows import Filters
from summitry.record.standing import Load, Standing
from summitry.review import Kind
from summitry.vocabulary import UNKNOWN_DATE, Event, Row

AnyRow = TypeVar("AnyRow", bound=Row)

ALL: Final = frozenset("statements events tellings moves positions commitments predictions discrepancies".split())
"""All kinds of rows that holdings may have."""


def holdings_of(
    connection: sqlite3.Connection,
    as_of: date | None,
    kinds: Collection[str] = ALL,
    standing: Standing | None = None,
) -> Holdings:
    """The rows of the kinds named, as known on a day; None: all there are. ``standing`` keeps what is loaded, and has
    what was loaded before."""
    kept = standing if standing is not None else Standing(as_of)
    filters = Filters(as_of=as_of)
    loading = kept.loaded.loading

    def rows(kind: str, find: Callable[[], Iterable[AnyRow]]) -> tuple[AnyRow, ...]:
        return kept.once(("held", kind), lambda: tuple(find())) if kind in kinds else ()

    def told(kind: Kind, load: Load[AnyRow]) -> tuple[AnyRow, ...]:
        def find() -> list[AnyRow]:
            found = loading(kind, load)(connection, queries.find_told(connection, table, as_of))
            return overlay(connection, kind, found, filters)

        table = "discrepancies" if kind == "discrepancy" else f"{kind}s"
        return rows(table, find)

    statements, moves = loading("statement", load_statements), loading("move", load_moves)
    positions = loading("position", load_positions)
    events = rows("events", lambda: queries.find_events(connection, filters))
    return Holdings(
        as_of=as_of,
        reports=kept.once(("held", "reports"), lambda: _reports(connection, as_of)),
        statements=rows("statements", lambda: queries.find_statements(connection, filters, statements)),
        events=events,
        tellings=kept.once(("held", "tellings"), lambda: _tellings(connection, events)) if "tellings" in kinds else {},
        moves=rows("moves", lambda: queries.find_moves(connection, filters, moves)),
        positions=rows("positions", lambda: queries.find_positions(connection, filters, positions)),
        commitments=told("commitment", load_commitments),
        predictions=told("prediction", load_predictions),
        discrepancies=told("discrepancy", load_discrepancies),
        cases=load_cases(connection),
    )


def _reports(connection: sqlite3.Connection, as_of: date | None) -> dict[str, Report]:
    rows = connection.execute(
        "SELECT id, outlet, agency, kind, copy_of, published_start, published_end, published_precision, "
        "published_basis FROM sources WHERE status = 'read' AND (:day IS NULL OR published_start IS NULL OR "
        "published_start <= :day) ORDER BY number",
        {"day": as_of.isoformat() if as_of else None},
    )
    return {
        row["id"]: Report(
            row["id"],
            row["outlet"] or row["agency"],
            parts.date_of(row, "published") or UNKNOWN_DATE,
            row["kind"] or "report",
            row["copy_of"],
        )
        for row in rows
    }


def _tellings(connection: sqlite3.Connection, events: Iterable[Event]) -> dict[str, tuple[Event, ...]]:
    """The article-level events of entries of several passages, as far as the reports of the day tell them."""
    known = {event.id: {one.source for one in event.evidence} for event in events if len(event.evidence) > 1}
    return {
        entry: told
        for entry, members in regrouped(connection, members_of(connection, sorted(known)), known).items()
        if len(told := tuple(each for each in members if each.evidence[0].source in known[entry])) > 1
    }


def read_since(connection: sqlite3.Connection, run: str) -> frozenset[str]:
    """Ids of the reports that a run of reading added (``run-3``; ``run``: the last one), or a later one.

    Raises:
        UsageError: there is no such run.
    """
    # A run that read reports again added none.
    query = f"SELECT id, started FROM runs WHERE instr(inputs, '{AGAIN}') = 0 ORDER BY id"
    rows = connection.execute(query).fetchall()
    known = {f"run-{row['id']}": row["id"] for row in rows}
    wanted = rows[-1]["id"] if run == "run" and rows else known.get(run)
    if wanted is None:
        last = ", ".join(f"{name} ({row['started'][:16]})" for name, row in zip(known, rows, strict=True))
        raise UsageError(f"since is {run!r}; allowed: a date, or a run of reading: {last or 'there is none yet'}")
    return frozenset(row[0] for row in connection.execute("SELECT id FROM sources WHERE run_id >= ?", (wanted,)))


def without(held: Holdings, sources: Collection[str]) -> Holdings:
    """Holdings as they would be without some reports."""
    return replace(
        held,
        reports={key: report for key, report in held.reports.items() if key not in sources},
        statements=_told_elsewhere(held.statements, sources),
        events=_told_elsewhere(held.events, sources),
        tellings={key: _told_elsewhere(rows, sources) for key, rows in held.tellings.items()},
        moves=_told_elsewhere(held.moves, sources),
        positions=_told_elsewhere(held.positions, sources),
        commitments=_told_elsewhere(held.commitments, sources),
        predictions=_told_elsewhere(held.predictions, sources),
        discrepancies=_told_elsewhere(held.discrepancies, sources),
    )


def _told_elsewhere(rows: Iterable[AnyRow], sources: Collection[str]) -> tuple[AnyRow, ...]:
    """The rows with the passages that stand in other reports; those without any are left out."""
    kept = ((row, tuple(one for one in row.evidence if one.source not in sources)) for row in rows)
    return tuple(replace(row, evidence=told) if told != row.evidence else row for row, told in kept if told)


def load_cases(connection: sqlite3.Connection) -> tuple[Case, ...]:
    """The cases that the record keeps, by name.

    Raises:
        CaseError: the record keeps a case that this version cannot read.
    """
    rows = connection.execute("SELECT name, text FROM cases ORDER BY name")
    return tuple(_parsed(row["name"], row["text"]) for row in rows)


@lru_cache(maxsize=16)
def _parsed(name: str, text: str) -> Case:
    # A tenth of a second each, and the same text at every question: only the text decides.
    return parse_case(text, f"case {name} of the record")


def cases_wanted(connection: sqlite3.Connection) -> list[str]:
    """Names of the cases that reports were read with and that the record does not keep."""
    rows = connection.execute(
        "SELECT DISTINCT value FROM sources, json_each(sources.cases) WHERE status = 'read' "
        "AND value NOT IN (SELECT name FROM cases) ORDER BY value"
    )
    return [row[0] for row in rows]


def keep_case(connection: sqlite3.Connection, name: str, text: str) -> None:
    """Keep the TOML of a case, in place of what was kept under its name."""
    connection.execute(
        "INSERT INTO cases (name, text) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET text = excluded.text "
        "WHERE text IS NOT excluded.text",
        (name, text),
    )


def overlapping(connection: sqlite3.Connection, match: str) -> dict[str, list[tuple[int, int]]]:
    """Where the sentences stand that a full-text query finds: by source, as offsets (code points, half-open)."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in connection.execute(
        "SELECT source_id, start_char, end_char FROM sentences WHERE number IN "
        "(SELECT rowid FROM sentences_search WHERE sentences_search MATCH ?)",
        (match,),
    ):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found
